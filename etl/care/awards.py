"""Applications, decisions and awards of care, as the state at a peildatum: entity `toekenning` of Wmo and Jeugd."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from functools import partial

import numpy as np
import pandas as pd

from etl.care.codes import listed, without_old
from etl.care.fields import AWARD, REFERRER
from etl.care.law import Law, code_list
from etl.care.product import (
    MOST,
    SOURCE_HELP,
    above,
    as_of,
    below_zero,
    category_rules,
    derive_product,
    four_decimals,
    other_laws,
    unknown_onderdelen,
    wrong_folder,
)
from etl.care.status import decide
from etl.lines import Field, Kind, Notices, Rule, days
from etl.lines.kind import regels
from etl.lines.registration import decision_rules, removed
from etl.source import Column, Context, Entity, Privacy

_TWO_YEARS = np.timedelta64(731, "D")
_BEFORE_BIRTH = np.timedelta64(280, "D")
#: Above this a tariff per unit is most likely in eurocents, or a total.
_MOST_EUR = Decimal(100_000)
#: The Jeugdwet ends at 18, and can run on until 23.
_ADULT = 23
KEY = ("persoon", "beschikking", "productcategorie", "aanvraagdatum", "ingangsdatum")
EENHEDEN = ("01", "04", "14", "16", "82", "83", "84")
FREQUENTIES = ("1", "2", "3", "4", "6")
VERWIJZERS = ("01", "02", "03", "04", "05", "06", "08")


def fields(law: Law) -> dict[str, Field]:
    """Give the fields of an award under a law."""
    reason = replace(
        AWARD["reden_einde"], parse=listed(code_list(f"reden_einde_{law.wet}"), 2), soft=True,
        reden=f"de reden van beëindiging staat niet in de lijst van de {law.naam}.",
        oplossing="Gebruik de code of de naam uit de codelijst.",
    )  # fmt: skip
    own = AWARD | {"reden_einde": reason}
    return own | {"verwijzer": REFERRER} if law.wet == "jeugd" else own


def entity(law: Law) -> Entity:
    """Give what is stored of an award under a law."""
    known = fields(law)

    def h(*names: str) -> tuple[str, ...]:
        return tuple(header for name in names for header in known[name].headers)

    reasons = tuple(sorted(set(law.reasons().values())))
    columns: tuple[Column, ...] = (
        Column("persoon", "VARCHAR", "pseudonym of the person", h("bsn", "clientnummer"), True, Privacy.PSEUDONYM),
        Column("huishouden", "VARCHAR", "pseudonym of the address; NULL when not certain",
               h("postcode", "huisnummer", "toevoeging"), privacy=Privacy.PSEUDONYM),
        Column("beschikking", "VARCHAR", "pseudonym of the decision's number", h("beschikkingnummer"),
               privacy=Privacy.PSEUDONYM),
        Column("leeftijdsklasse", "VARCHAR", "age band at the peildatum", h("geboortedatum"),
               privacy=Privacy.AGE_BAND),
        Column("wijk_code", "VARCHAR", "CBS code of the wijk; NULL when not certain", h("wijk", "buurt")),
        Column("productcategorie", "VARCHAR", f"{law.lijst} code, or the municipality's own", h("productcategorie"),
               True),
        Column("onderdeel", "VARCHAR", "budget part of the productcategorie", values=law.onderdelen),
        Column("aanvraagdatum", "DATE", "date of application; NULL when there was none", h("aanvraagdatum"), True),
        Column("besluitdatum", "DATE", "date of the decision", h("besluitdatum"), True),
        Column("besluit", "VARCHAR", "toegekend, afgewezen, ingetrokken; NULL while pending", h("besluit"), True,
               values=("toegekend", "afgewezen", "ingetrokken")),
        Column("ingangsdatum", "DATE", "first day in", h("ingangsdatum"), True),
        Column("einddatum", "DATE", "last day in; NULL when open", h("einddatum"), True),
        Column("leveringsvorm", "VARCHAR", "ZIN or PGB", h("leveringsvorm"), values=("ZIN", "PGB")),
        Column("productcode", "VARCHAR", "code of the product", h("productcode")),
        Column("aanbieder", "VARCHAR", "AGB code of the provider, 8 digits; never a name", h("aanbieder")),
        Column("volume", "DECIMAL(18,4)", "number of units per frequentie", h("volume")),
        Column("eenheid", "VARCHAR", "WJ756 code of the unit", h("eenheid"), values=EENHEDEN),
        Column("frequentie", "VARCHAR", "WMO757 code; 3 (per four weeks) is outside the standard and occurs",
               h("frequentie"), values=FREQUENTIES),
        Column("tarief_eur", "DECIMAL(18,4)", "price in euros of one unit", h("tarief")),
        Column("reden_einde", "VARCHAR", "reason of ending, in the list of this law", h("reden_einde"),
               values=reasons),
    )  # fmt: skip
    if law.wet == "jeugd":
        columns += (
            Column("verwijzer", "VARCHAR", "COD327 code of who referred the child", h("verwijzer"), values=VERWIJZERS),
            Column("verblijf", "VARCHAR", "ja or nee, from the productcategorie; NULL when it can be either",
                   values=("ja", "nee")),
        )  # fmt: skip
    meaning = "An application for one product, with its decision and, when awarded, its period, volume and price"
    return Entity("toekenning", meaning, columns)


def kind(law: Law) -> Kind:
    """Give how an award under a law is read."""
    return Kind(
        entity(law),
        fields(law),
        derive=partial(_derive, law),
        rules=partial(_rules, law),
        # Where somebody lives is none of these: it differs after a move.
        same=(
            "persoon", "beschikkingnummer", "productcategorie", "productcode", "leveringsvorm", "aanvraagdatum",
            "besluitdatum", "besluit", "ingangsdatum", "einddatum", "aanbieder", "volume", "eenheid", "frequentie",
            "tarief_eur", "reden_einde",
        ),
        one_of=(("clientnummer", "bsn"), ("besluit", "status")),
        removed=removed,
        beyond=lambda frame, _context: [other_laws(frame, law), _replaced(frame)],
        problem=lambda context: unknown_onderdelen(context, law),
        wrong=lambda frame, context: wrong_folder(frame, context, law),
    )  # fmt: skip


def _replaced(frame: pd.DataFrame) -> tuple[np.ndarray, str]:
    """Mark lines whose number ends in _OUD while the number itself stands there too, from the same day or before."""
    notice = "{n} niet meegeteld: er staat _OUD achter het nummer, en er is een nieuwe regel met dat nummer."
    numbers = frame["beschikkingnummer"].tolist()
    old = {n: bare for n in set(numbers) - {None} if (bare := without_old(n)) != n}
    hit = np.zeros(len(frame), dtype=bool)
    if not old:
        return hit, notice
    again = set(old.values())
    who = [client or bsn for client, bsn in zip(frame["clientnummer"].tolist(), frame["bsn"].tolist(), strict=True)]
    columns = (numbers, who, frame["productcategorie"].tolist(), frame["ingangsdatum"].tolist())
    first: dict[tuple[object, ...], dt.date] = {}
    for number, *same, start in zip(*columns, strict=True):
        if number in again and isinstance(start, dt.date):
            first[number, *same] = min(start, first.get((number, *same), start))
    for place, (number, *same, start) in enumerate(zip(*columns, strict=True)):
        new = first.get((old.get(number), *same))
        hit[place] = new is not None and isinstance(start, dt.date) and new <= start
    return hit, notice


def _derive(law: Law, frame: pd.DataFrame, context: Context, notices: Notices) -> pd.DataFrame:
    frame = derive_product(frame, law, context, notices)
    frame["besluit_onbekend"] = decide(frame)
    numbers = frame["beschikkingnummer"].tolist()
    known = {n: without_old(n) for n in set(numbers) - {None}}
    bare = pd.Series([known.get(n) for n in numbers], index=frame.index, dtype=object)
    if renamed := sum(n is not None and known[n] != n for n in numbers):
        notices.append(f"Bij {regels(renamed)} is _OUD achter het nummer weggelaten.")
    frame["beschikking"] = frame["beschikkingnummer"] = bare
    frame["volume"], frame["tarief_eur"] = four_decimals(frame["volume"]), four_decimals(frame["tarief"])
    if free := sum(v is not None and v == 0 for v in frame["tarief_eur"].tolist()):
        notices.append(f"Bij {regels(free)} is het tarief 0; in de raming kost dat niets.")
    if without := int(frame["aanvraagdatum"].isna().sum()):
        notices.append(f"Bij {regels(without)} is er geen aanvraagdatum; dat telt niet mee als aanvraag.")
    if law.wet == "jeugd":
        _youth(frame, law, notices)
    return frame


def _youth(frame: pd.DataFrame, law: Law, notices: Notices) -> None:
    """Add verblijf, and count who is grown up at the start."""
    known = law.categories
    stays = {code: row["verblijf"] or None for code, row in known.items()}
    codes = frame["productcategorie"].tolist()
    frame["verblijf"] = pd.Series([stays.get(c) for c in codes], index=frame.index, dtype=object)
    start = days(frame["ingangsdatum"].where(frame["ingangsdatum"].notna(), frame["aanvraagdatum"]))
    age = (start - days(frame["geboortedatum"])) / np.timedelta64(1, "D") / 365.25
    with np.errstate(invalid="ignore"):
        adults = int((age >= _ADULT).sum())
    if adults:
        notices.append(f"Bij {regels(adults)} is iemand bij de start {_ADULT} jaar of ouder; dat telt gewoon mee.")


def _rules(law: Law, frame: pd.DataFrame, peildatum: dt.date) -> list[Rule]:
    start, applied, birth = (days(frame[name]) for name in ("ingangsdatum", "aanvraagdatum", "geboortedatum"))
    unknown = frame["besluit_onbekend"].to_numpy(bool)
    return [
        *category_rules(frame, law),
        Rule("status", "uit de status is het besluit niet op te maken.",
             "Lever een kolom Besluit mee: toegekend, afgewezen, ingetrokken of leeg.", unknown),
        *decision_rules(frame, peildatum),
        Rule("ingangsdatum", "de ingangsdatum ligt meer dan twee jaar na de peildatum.", SOURCE_HELP,
             start > as_of(peildatum) + _TWO_YEARS),
        Rule("geboortedatum", "de aanvraag of de ingangsdatum ligt vóór de geboorte.", SOURCE_HELP,
             (start < birth - _BEFORE_BIRTH) | (applied < birth - _BEFORE_BIRTH)),
        Rule("volume", "het volume is negatief.", SOURCE_HELP, below_zero(frame["volume"])),
        Rule("volume", "het volume is onmogelijk groot.", SOURCE_HELP, above(frame["volume"], MOST)),
        Rule("tarief", "het tarief is negatief.", SOURCE_HELP, below_zero(frame["tarief_eur"])),
        Rule("tarief", "het tarief is meer dan 100.000 euro per eenheid.",
             'Staat het tarief in eurocenten, schrijf dan eenheid = "eurocent" in mapping.toml.',
             above(frame["tarief_eur"], _MOST_EUR)),
    ]  # fmt: skip
