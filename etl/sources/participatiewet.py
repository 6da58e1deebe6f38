"""Participatiewet: benefits, special assistance, routes to work and integration, and the state money (BUIG).

A delivery is one workbook with a sheet per kind of line, or a file each. Codes are those of the BUS (benefits) and SRG
(re-integration) statistics that every gemeente delivers to CBS (DOMAIN.md 5); names are understood too.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

from etl.lines import BAD, Field, Kind, Notices, Rule, days, described, read_lines
from etl.lines.fields import money, year
from etl.lines.registration import (
    DECISION,
    PERIOD,
    PERSON,
    SOURCE_HELP,
    date_field,
    decision_rules,
    period_rule,
)
from etl.lines.values import choice, each, meanings
from etl.participatiewet.words import (
    BUIG_SOORTEN,
    CLUSTERS,
    LEEFVORMEN,
    REGELINGEN,
    RESULTATEN,
    ROUTES,
    SOORTEN,
    TRAJECTEN,
    ended_because,
)
from etl.readers.cells import Sheet
from etl.source import Column, Context, Entity, Privacy, Reading, Source, register

_BESLUITEN = ("toegekend", "afgewezen", "ingetrokken")


_PERSON_COLUMNS = (
    Column("persoon", "VARCHAR", "pseudonym of the person", PERSON["bsn"].headers + PERSON["clientnummer"].headers,
           True, Privacy.PSEUDONYM),
    Column("huishouden", "VARCHAR", "pseudonym of the address", PERSON["postcode"].headers, privacy=Privacy.PSEUDONYM),
    Column("leeftijdsklasse", "VARCHAR", "age band at the peildatum", PERSON["geboortedatum"].headers,
           privacy=Privacy.AGE_BAND),
    Column("wijk_code", "VARCHAR", "CBS code of the wijk; NULL when not certain",
           PERSON["wijk"].headers + PERSON["buurt"].headers),
)  # fmt: skip


def _columns(fields: dict[str, Field], *own: tuple[str, str, str, tuple[str, ...]]) -> tuple[Column, ...]:
    """Columns from (name, type, meaning, allowed values), with the headers of the field of that name."""
    return tuple(
        Column(name, kind, meaning, fields[name].headers, fields[name].required, values=allowed)
        for name, kind, meaning, allowed in own
    )


_OPEN_DECISION = {name: Field(one.headers, one.parse, reden=one.reden, oplossing=one.oplossing)
                  for name, one in DECISION.items()}  # fmt: skip
_UITKERING: dict[str, Field] = {
    **PERSON,
    "dossiernummer": Field(("Dossiernummer", "Dossiernr", "Uitkeringsnummer", "Dossier")),
    "leefvorm": Field(("Leefvorm", "Leefsituatie", "Huishoudtype"), choice(LEEFVORMEN)),
    "regeling": Field(
        ("Regeling", "Soort uitkering", "Uitkering", "Statistiekcode", "Wet"), choice(REGELINGEN), True, True,
        reden="deze regeling is niet bekend.", oplossing="Gebruik bijstand (01), IOAW (02), IOAZ (03) of Bbz (14).",
    ),
    **_OPEN_DECISION,
    **PERIOD,
    "reden_einde": Field(
        ("Reden beëindiging", "Reden einde", "Beëindigingsreden", "Reden uitstroom"), ended_because,
        reden="deze reden van beëindiging staat niet in de lijst van de BUS.",
        oplossing="Gebruik de code van de BUS, bijvoorbeeld 11 (werk) of 04 (overlijden).",
    ),
    "norm": money("Maandbedrag", "Norm", "Normbedrag", "Bedrag per maand", "Uitkering per maand"),
}  # fmt: skip
UITKERING = Entity(
    "uitkering", "A benefit for living costs, from its first to its last day",
    (
        *_PERSON_COLUMNS,
        Column("dossier", "VARCHAR", "pseudonym of the file number", _UITKERING["dossiernummer"].headers,
               privacy=Privacy.PSEUDONYM),
        *_columns(
            _UITKERING,
            ("leefvorm", "VARCHAR", "BUS: 1 single, 2 single parent, 3 couple, 4 other", ()),
            ("regeling", "VARCHAR", "bijstand, ioaw, ioaz or bbz", meanings(REGELINGEN)),
            ("aanvraagdatum", "DATE", "date of application, where known", ()),
            ("besluitdatum", "DATE", "date of the decision, where known", ()),
            ("besluit", "VARCHAR", "toegekend, afgewezen, ingetrokken; NULL while pending", _BESLUITEN),
            ("ingangsdatum", "DATE", "first day", ()), ("einddatum", "DATE", "last day; NULL while it runs", ()),
            ("reden_einde", "VARCHAR", "BUS code of the reason of ending", ()),
        ),
        Column("norm_eur", "DECIMAL(18,2)", "amount per month", _UITKERING["norm"].headers),
    ),
)  # fmt: skip
_VERSTREKKING: dict[str, Field] = {
    **PERSON,
    "soort": Field(
        ("Soort voorziening", "Soort verstrekking", "Verstrekking", "Soort bijzondere bijstand", "Voorziening"),
        choice(SOORTEN), True, True, reden="deze soort voorziening is niet bekend.",
        oplossing="Gebruik bijzondere bijstand (11 of 12), individuele inkomenstoeslag, energietoeslag, studietoeslag "
                  "of meedoenregeling.",
    ),
    "cluster": Field(("Cluster", "Kostencluster", "Clustercode", "Cluster bijzondere bijstand"), choice(CLUSTERS)),
    **DECISION,
    "bedrag": money("Bedrag", "Toegekend bedrag", "Bedrag toegekend", "Verstrekt bedrag", required=True),
    **{name: Field(one.headers, one.parse, reden=one.reden, oplossing=one.oplossing) for name, one in PERIOD.items()},
}  # fmt: skip
VERSTREKKING = Entity(
    "verstrekking", "Special assistance or an allowance: an application with its decision and amount",
    (
        *_PERSON_COLUMNS,
        *_columns(
            _VERSTREKKING,
            ("soort", "VARCHAR", "kind of assistance or allowance", meanings(SOORTEN)),
            ("cluster", "VARCHAR", "BUS cluster a-m of special assistance", tuple(CLUSTERS)),
            ("aanvraagdatum", "DATE", "date of application", ()), ("besluitdatum", "DATE", "date of the decision", ()),
            ("besluit", "VARCHAR", "toegekend, afgewezen, ingetrokken; NULL while pending", _BESLUITEN),
        ),
        Column("bedrag_eur", "DECIMAL(18,2)", "amount awarded", _VERSTREKKING["bedrag"].headers, True),
        *_columns(
            _VERSTREKKING,
            ("ingangsdatum", "DATE", "first day, where it runs for a time", ()),
            ("einddatum", "DATE", "last day", ()),
        ),
    ),
)  # fmt: skip
_TRAJECT: dict[str, Field] = {
    **PERSON,
    "soort": Field(
        ("Soort traject", "Traject", "Trajectsoort", "Type traject", "Type voorziening"), choice(TRAJECTEN), True, True,
        reden="dit soort traject is niet bekend.",
        oplossing="Gebruik inburgering, re-integratie, loonkostensubsidie, beschut werk of participatieplaats.",
    ),
    "route": Field(
        ("Route", "Leerroute", "Inburgeringsroute"), choice(ROUTES), reden="deze leerroute is niet bekend.",
        oplossing="Gebruik B1-route, onderwijsroute of Z-route.",
    ),
    **PERIOD,
    "resultaat": Field(
        ("Resultaat", "Uitkomst traject", "Reden einde traject", "Resultaat traject"), choice(RESULTATEN),
        reden="dit resultaat is niet bekend.",
        oplossing="Gebruik geslaagd, uitgestroomd naar werk, ontheffing, gestopt of verhuisd.",
    ),
    "trede": Field(
        ("Trede", "Trede participatieladder", "Participatieladder"), choice({str(n): str(n) for n in range(1, 7)}),
        reden="dit is geen trede van de participatieladder.", oplossing="Gebruik 1 tot en met 6, of laat de cel leeg.",
    ),
}  # fmt: skip
TRAJECT = Entity(
    "traject", "A route: integration, re-integration, wage subsidy, sheltered work",
    (
        *_PERSON_COLUMNS,
        *_columns(
            _TRAJECT,
            ("soort", "VARCHAR", "kind of route", meanings(TRAJECTEN)),
            ("route", "VARCHAR", "of inburgering: b1_route, onderwijsroute or z_route", meanings(ROUTES)),
            ("ingangsdatum", "DATE", "first day", ()), ("einddatum", "DATE", "last day; NULL while it runs", ()),
            ("resultaat", "VARCHAR", "how it ended", meanings(RESULTATEN)),
            ("trede", "VARCHAR", "step of the participation ladder, 1-6", ()),
        ),
    ),
)  # fmt: skip
_BUIG: dict[str, Field] = {
    "boekjaar": Field(("Jaar", "Boekjaar", "Budgetjaar"), year, True, True),
    "soort": Field(
        ("Soort beschikking", "Beschikking", "Status budget"), choice(BUIG_SOORTEN), True, True,
        reden="dit soort budget is niet bekend.", oplossing="Gebruik voorlopig, nader voorlopig of definitief.",
    ),
    "vastgesteld_op": date_field("datum", "Datum", "Datum beschikking", "Vastgesteld op", required=True),
    "bedrag": money("Bedrag", "Budget", "Bedrag budget", required=True, filled=True),
}  # fmt: skip
BUIG = Entity(
    "buig", "A decision of the ministry on the state money for benefits of a year",
    (
        *_columns(
            _BUIG,
            ("boekjaar", "INTEGER", "year of the money", ()),
            ("soort", "VARCHAR", "voorlopig, nader_voorlopig or definitief", meanings(BUIG_SOORTEN)),
            ("vastgesteld_op", "DATE", "date of the decision", ()),
        ),
        Column("bedrag_eur", "DECIMAL(18,2)", "amount for the whole year", _BUIG["bedrag"].headers, True),
    ),
    toestand="laatste",
)  # fmt: skip


def _benefit(frame: pd.DataFrame, _context: Context, _notices: Notices) -> pd.DataFrame:
    frame["dossier"] = frame["dossiernummer"]
    # A system that registers running benefits only has no column for the decision: what has a first day was awarded.
    if frame["besluit"].isna().all() and frame["besluitdatum"].isna().all():
        awarded = frame["ingangsdatum"].map(lambda v: isinstance(v, dt.date))
        frame["besluit"] = frame["besluit"].where(~awarded, "toegekend")
        frame["besluitdatum"] = frame["besluitdatum"].where(~awarded, frame["ingangsdatum"])
    return frame


def _benefit_rules(frame: pd.DataFrame, peildatum: dt.date) -> list[Rule]:
    ended = days(frame["einddatum"])
    reason = frame["reden_einde"].notna().to_numpy(bool)
    return [
        *decision_rules(frame, peildatum),
        Rule("reden_einde", "er is een reden van beëindiging, maar geen einddatum.", SOURCE_HELP,
             reason & pd.isna(ended)),
    ]  # fmt: skip


def _assistance(frame: pd.DataFrame, _context: Context, _notices: Notices) -> pd.DataFrame:
    # What is paid once has no period: it lasts the day of the decision, so that it is never counted as running.
    once = frame["besluit"].eq("toegekend") & frame["ingangsdatum"].isna()
    once &= frame["soort"].ne("bijzondere_bijstand_periodiek")
    for name in ("ingangsdatum", "einddatum"):
        frame[name] = frame[name].where(~once, frame["besluitdatum"])
    return frame


def _assistance_rules(frame: pd.DataFrame, peildatum: dt.date) -> list[Rule]:
    def negative(value: object) -> bool:
        return value is not None and value is not BAD and value < 0  # type: ignore[operator]

    hit = pd.Series(each(frame["bedrag"].tolist(), negative)).to_numpy(bool)
    return [*decision_rules(frame, peildatum), Rule("bedrag", "het bedrag is negatief.", SOURCE_HELP, hit)]


def _route_rules(frame: pd.DataFrame, peildatum: dt.date) -> list[Rule]:
    start, unknown = days(frame["ingangsdatum"]), frame["ingangsdatum"].isna().to_numpy(bool)
    wrong = frame["route"].notna().to_numpy(bool) & frame["soort"].ne("inburgering").to_numpy(bool)
    return [
        Rule("ingangsdatum", "het traject heeft geen startdatum.", SOURCE_HELP, unknown),
        period_rule(frame),
        Rule("route", "een leerroute hoort alleen bij inburgering.", SOURCE_HELP, wrong),
        Rule("ingangsdatum", "de startdatum ligt meer dan een jaar na de peildatum.", SOURCE_HELP,
             start > pd.Timestamp(peildatum).to_datetime64().astype("datetime64[D]") + 366),
    ]  # fmt: skip


KINDS = (
    Kind(UITKERING, _UITKERING, _benefit, _benefit_rules,
         ("persoon", "dossier", "regeling", "ingangsdatum", "einddatum", "besluit", "besluitdatum", "aanvraagdatum"),
         (("clientnummer", "bsn"),)),
    Kind(VERSTREKKING, _VERSTREKKING, _assistance, _assistance_rules,
         ("persoon", "soort", "cluster", "aanvraagdatum", "besluitdatum", "besluit", "bedrag", "ingangsdatum"),
         (("clientnummer", "bsn"),)),
    Kind(TRAJECT, _TRAJECT, rules=_route_rules,
         same=("persoon", "soort", "route", "ingangsdatum", "einddatum", "resultaat"),
         one_of=(("clientnummer", "bsn"),)),
    Kind(BUIG, _BUIG, same=("boekjaar", "soort", "vastgesteld_op", "bedrag")),
)  # fmt: skip


def read(sheets: list[Sheet], context: Context) -> Reading:
    """Read one export.

    Args:
        sheets: The sheets of the file: benefits, special assistance, routes and BUIG, in any number and order.
        context: File name, mapping and peildatum of the command line.

    Returns:
        The lines per entity, still with identifiers: etl.privacy.protect comes next.
    """
    return read_lines(sheets, context, KINDS, "uitkeringen, verstrekkingen, trajecten of BUIG-budget")


PARTICIPATIEWET = register(
    Source(
        name="participatiewet",
        title="Participatiewet",
        ritme_dagen=31,
        personal=True,
        entities=(UITKERING, VERSTREKKING, TRAJECT, BUIG),
        read=read,
        key={
            "uitkering": ("persoon", "dossier", "regeling", "ingangsdatum", "aanvraagdatum"),
            "verstrekking": ("persoon", "soort", "cluster", "aanvraagdatum", "besluitdatum"),
            "traject": ("persoon", "soort", "route", "ingangsdatum"),
            "buig": ("boekjaar", "soort"),
        },
        **described(KINDS),
    )
)
