"""Wmo registration: applications, decisions and awards per person and product, as the state at a peildatum.

How lines are found, judged and counted: etl/lines. Everything about a person leaves this module only to be protected by
etl.privacy; it is never stored, printed or put in a message.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

from etl.lines import BAD, Field, Kind, Notices, Problem, Rule, described, read_lines
from etl.lines.registration import DECISION, PERIOD, PERSON, STATUS, decision_rules, form, removed
from etl.readers.cells import Sheet
from etl.source import Column, Context, Entity, Privacy, Reading, Source, register
from etl.wmo import values

FIELDS: dict[str, Field] = {
    **PERSON,
    **DECISION,
    "beschikkingnummer": Field(
        ("Beschikkingnummer", "Beschikkingsnummer", "Beschikkingnr", "Beschikkingsnr", "Beschikking")
    ),
    "productcategorie": Field(
        ("Productcategorie", "Productcategoriecode", "Code productcategorie", "Categorie", "Categoriecode"),
        values.category, required=True, filled=True,
        reden="deze productcategorie staat niet in de lijst van de Wmo.",
        oplossing="Gebruik code 01 tot en met 18 (codelijst WMO020), of de naam precies zoals in die lijst.",
    ),
    "productcode": Field(("Productcode", "Code product", "Product")),
    **PERIOD,
    "leveringsvorm": Field(("Leveringsvorm", "Verstrekkingsvorm", "ZIN/PGB", "PGB/ZIN", "Vorm")),
    **STATUS,
}  # fmt: skip


def _headers(*names: str) -> tuple[str, ...]:
    return tuple(header for name in names for header in FIELDS[name].headers)


TOEKENNING = Entity(
    "toekenning",
    "An application for one product, with its decision and, when awarded, its period",
    (
        Column("persoon", "VARCHAR", "pseudonym of the person", _headers("bsn", "clientnummer"), True,
               Privacy.PSEUDONYM),
        Column("beschikking", "VARCHAR", "pseudonym of the decision's number", _headers("beschikkingnummer"),
               privacy=Privacy.PSEUDONYM),
        Column("leeftijdsklasse", "VARCHAR", "age band at the peildatum", _headers("geboortedatum"),
               privacy=Privacy.AGE_BAND),
        Column("wijk_code", "VARCHAR", "CBS code of the wijk; NULL when not certain", _headers("wijk", "buurt")),
        Column("productcategorie", "VARCHAR", "WMO020 code, 01-18", _headers("productcategorie"), True),
        Column("onderdeel", "VARCHAR", "budget part of the productcategorie",
               values=tuple(sorted(values.wmo_onderdelen()))),
        Column("aanvraagdatum", "DATE", "date of application; NULL when there was none", _headers("aanvraagdatum"),
               True),
        Column("besluitdatum", "DATE", "date of the decision", _headers("besluitdatum"), True),
        Column("besluit", "VARCHAR", "toegekend, afgewezen, ingetrokken; NULL while pending", _headers("besluit"), True,
               values=("toegekend", "afgewezen", "ingetrokken")),
        Column("ingangsdatum", "DATE", "first day in", _headers("ingangsdatum"), True),
        Column("einddatum", "DATE", "last day in; NULL when open", _headers("einddatum"), True),
        Column("leveringsvorm", "VARCHAR", "ZIN or PGB", _headers("leveringsvorm"), values=("ZIN", "PGB")),
    ),
)  # fmt: skip


def _derive(frame: pd.DataFrame, context: Context, notices: Notices) -> pd.DataFrame:
    own = context.mapping.onderdeel.productcategorie if context.mapping else {}
    onderdeel = {c: values.onderdeel_of(c, own) for c in frame["productcategorie"].unique() if isinstance(c, str)}
    frame["onderdeel"] = frame["productcategorie"].map(onderdeel)
    frame["beschikking"] = frame["beschikkingnummer"]
    forms = frame["leveringsvorm"].map(form)
    if unclear := sum(v is BAD for v in forms):
        notices.append(f"Bij {unclear} regels is de leveringsvorm niet bekend (ZIN of PGB); die is leeg gelaten.")
    frame["leveringsvorm"] = forms.map(lambda v: None if v is BAD else v)
    if without := int(frame["aanvraagdatum"].isna().sum()):
        notices.append(f"{without} besluiten hebben geen aanvraagdatum; zij tellen niet mee als aanvraag.")
    return frame


def _unknown_onderdelen(context: Context) -> Problem | None:
    known = values.wmo_onderdelen()
    for code, onderdeel in (context.mapping.onderdeel.productcategorie if context.mapping else {}).items():
        if onderdeel not in known:
            return Problem(
                f"mapping.toml deelt productcategorie {code} in bij '{onderdeel}'; dat is geen onderdeel van de Wmo.",
                f"Kies uit: {', '.join(sorted(known))}.",
            )
    return None


def _rules(frame: pd.DataFrame, peildatum: dt.date) -> list[Rule]:
    return decision_rules(frame, peildatum)


KINDS = (
    Kind(
        TOEKENNING,
        FIELDS,
        derive=_derive,
        rules=_rules,
        # Wijk is none of these: it differs after a move.
        same=(
            "persoon", "beschikkingnummer", "productcategorie", "productcode", "leveringsvorm", "aanvraagdatum",
            "besluitdatum", "besluit", "ingangsdatum", "einddatum",
        ),
        one_of=(("clientnummer", "bsn"),),
        removed=removed,
        problem=_unknown_onderdelen,
    ),
)  # fmt: skip


def read(sheets: list[Sheet], context: Context) -> Reading:
    """Read one export of the registration.

    Args:
        sheets: The sheets of the file; hidden ones are skipped and counted in a notice.
        context: File name, mapping and peildatum of the command line.

    Returns:
        The lines as entity `toekenning`, still with identifiers: etl.privacy.protect comes next.
    """
    return read_lines(sheets, context, KINDS, "Wmo-regels")


WMO = register(
    Source(
        name="wmo",
        title="Wmo-registratie",
        ritme_dagen=31,
        personal=True,
        entities=(TOEKENNING,),
        read=read,
        key={TOEKENNING.name: ("persoon", "beschikking", "productcategorie", "aanvraagdatum", "ingangsdatum")},
        **described(KINDS),
    )
)
