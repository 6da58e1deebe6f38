"""Debt aid: the files of the office (VKB) and its month overview of credits, budget management and settlements."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from etl.lines import Field, Kind, Rule, days, described, read_lines
from etl.lines.fields import money
from etl.lines.registration import PERIOD, PERSON, SOURCE_HELP, date_field, period_rule
from etl.lines.values import choice, first_of_month, meanings, whole
from etl.readers.cells import Sheet
from etl.source import Column, Context, Entity, Privacy, Reading, Source, register

SOORTEN = {
    "krediet": "krediet", "sociaalkrediet": "krediet", "lening": "krediet", "kredietverlening": "krediet",
    "budgetbeheer": "budgetbeheer", "bbr": "budgetbeheer", "inkomensbeheer": "budgetbeheer",
    "schuldregeling": "schuldregeling", "schuldbemiddeling": "schuldregeling", "msnp": "schuldregeling",
    "minnelijkeschuldregeling": "schuldregeling",
    "saneringskrediet": "saneringskrediet", "schuldsanering": "saneringskrediet",
    "vroegsignaal": "vroegsignaal", "vroegsignalering": "vroegsignaal", "vroegsignalen": "vroegsignaal",
    "stabilisatie": "stabilisatie", "stabilisatietraject": "stabilisatie",
}  # fmt: skip
RESULTATEN = {
    "geslaagd": "geslaagd", "afgerond": "geslaagd", "schuldenvrij": "geslaagd", "schuldvrij": "geslaagd",
    "afgelost": "geslaagd", "mislukt": "mislukt", "nietgeslaagd": "mislukt", "afgewezen": "mislukt",
    "gestopt": "gestopt", "voortijdiggestopt": "gestopt", "uitval": "gestopt", "ingetrokken": "gestopt",
    "lopend": None, "actief": None,
}  # fmt: skip
MATEN = {
    "nieuw": "nieuw", "aanmelding": "nieuw", "aanmeldingen": "nieuw", "gestart": "nieuw", "instroom": "nieuw",
    "lopend": "lopend", "stand": "lopend", "actief": "lopend", "inbeheer": "lopend",
    "beeindigd": "beeindigd", "uitstroom": "beeindigd", "afgesloten": "beeindigd",
    "geslaagd": "geslaagd", "succesvolafgerond": "geslaagd",
}  # fmt: skip
_UNKNOWN_KIND = "deze soort dienst is niet bekend."
_KINDS_KNOWN = "Gebruik krediet, budgetbeheer, schuldregeling, saneringskrediet, vroegsignaal of stabilisatie."
_DOSSIER: dict[str, Field] = {
    **PERSON,
    "soort": Field(
        ("Soort dienst", "Dienst", "Product", "Soort hulp"), choice(SOORTEN), True, True, reden=_UNKNOWN_KIND,
        oplossing=_KINDS_KNOWN,
    ),
    "aanmelddatum": date_field(
        "aanmelddatum", "Aanmelddatum", "Datum aanmelding", "Aangemeld op", "DAT_AANMELDING", required=True
    ),
    **PERIOD,
    "resultaat": Field(
        ("Resultaat", "Uitkomst", "Reden einde", "Afloop"), choice(RESULTATEN), reden="dit resultaat is niet bekend.",
        oplossing="Gebruik geslaagd, mislukt of gestopt, of laat de cel leeg zolang het loopt.",
    ),
    "schuld": money("Totale schuld", "Schuld", "Schuldbedrag", "Schuldenlast", "Kredietbedrag"),
    "schuldeisers": Field(
        ("Aantal schuldeisers", "Schuldeisers", "Aantal crediteuren"), whole,
        reden="dit is geen aantal.", oplossing="Vul een heel getal in.",
    ),
}  # fmt: skip


DOSSIER = Entity(
    "dossier", "A person who gets one kind of debt aid, from application to result",
    (
        Column("persoon", "VARCHAR", "pseudonym of the person",
               PERSON["bsn"].headers + PERSON["clientnummer"].headers, True, Privacy.PSEUDONYM),
        Column("huishouden", "VARCHAR", "pseudonym of the address", PERSON["postcode"].headers,
               privacy=Privacy.PSEUDONYM),
        Column("leeftijdsklasse", "VARCHAR", "age band at the peildatum", PERSON["geboortedatum"].headers,
               privacy=Privacy.AGE_BAND),
        Column("wijk_code", "VARCHAR", "CBS code of the wijk; NULL when not certain", PERSON["wijk"].headers),
        Column("soort", "VARCHAR", "kind of debt aid", _DOSSIER["soort"].headers, True, values=meanings(SOORTEN)),
        Column("aanmelddatum", "DATE", "date of application", _DOSSIER["aanmelddatum"].headers, True),
        Column("ingangsdatum", "DATE", "first day; NULL while waiting", _DOSSIER["ingangsdatum"].headers, True),
        Column("einddatum", "DATE", "last day; NULL while it runs", _DOSSIER["einddatum"].headers, True),
        Column("resultaat", "VARCHAR", "how it ended", _DOSSIER["resultaat"].headers, values=meanings(RESULTATEN)),
        Column("schuld_eur", "DECIMAL(18,2)", "debt or credit at the start", _DOSSIER["schuld"].headers),
        Column("schuldeisers", "INTEGER", "number of creditors", _DOSSIER["schuldeisers"].headers),
    ),
)  # fmt: skip
_OVERZICHT: dict[str, Field] = {
    "maand": Field(
        ("Maand", "Periode", "Verslagmaand"), first_of_month, True, True, reden="dit is geen maand.",
        oplossing="Schrijf de maand als 2026-03 of maart 2026.",
    ),
    "soort": Field(
        ("Soort", "Soort dienst", "Dienst", "Product"), choice(SOORTEN), True, True, reden=_UNKNOWN_KIND,
        oplossing=_KINDS_KNOWN,
    ),
    "maat": Field(
        ("Maat", "Telling", "Status"), choice(MATEN), True, True, reden="deze telling is niet bekend.",
        oplossing="Gebruik nieuw, lopend, beëindigd of geslaagd.",
    ),
    "aantal": Field(("Aantal", "Aantallen"), whole, True, True, reden="dit is geen aantal.",
                    oplossing="Vul een heel getal in."),
    "bedrag": money("Bedrag", "Totaalbedrag", "Bedrag in euro"),
}  # fmt: skip
OVERZICHT = Entity(
    "overzicht", "A count of the office's own month report; it holds no persons",
    (
        Column("maand", "DATE", "first day of the month", _OVERZICHT["maand"].headers, True),
        Column("soort", "VARCHAR", "kind of debt aid", _OVERZICHT["soort"].headers, True, values=meanings(SOORTEN)),
        Column("maat", "VARCHAR", "nieuw, lopend, beeindigd or geslaagd", _OVERZICHT["maat"].headers, True,
               values=meanings(MATEN)),
        Column("aantal", "INTEGER", "count", _OVERZICHT["aantal"].headers, True),
        Column("bedrag_eur", "DECIMAL(18,2)", "debt or credit, where reported", _OVERZICHT["bedrag"].headers),
    ),
    toestand="laatste",
    delen=("maand",),
)  # fmt: skip


def _file_rules(frame: pd.DataFrame, peildatum: dt.date) -> list[Rule]:
    applied, start, end = (days(frame[name]) for name in ("aanmelddatum", "ingangsdatum", "einddatum"))
    as_of = pd.Timestamp(peildatum).to_datetime64().astype("datetime64[D]")
    nothing = frame["aanmelddatum"].isna().to_numpy(bool) & frame["ingangsdatum"].isna().to_numpy(bool)
    result = frame["resultaat"].notna().to_numpy(bool) & pd.isna(end)
    return [
        Rule("aanmelddatum", "de regel heeft geen aanmelddatum en geen startdatum.", SOURCE_HELP, nothing),
        Rule("aanmelddatum", "de aanmelddatum ligt na de peildatum.", SOURCE_HELP, applied > as_of),
        Rule("ingangsdatum", "de hulp is gestart vóór de aanmelding.", SOURCE_HELP, start < applied),
        period_rule(frame),
        Rule("einddatum", "er is een einddatum, maar geen startdatum en geen resultaat.", SOURCE_HELP,
             ~pd.isna(end) & pd.isna(start) & ~frame["resultaat"].notna().to_numpy(bool)),
        Rule("resultaat", "er is een resultaat, maar geen einddatum.", SOURCE_HELP, result),
    ]  # fmt: skip


def _month_rules(frame: pd.DataFrame, peildatum: dt.date) -> list[Rule]:
    later = days(frame["maand"]) > pd.Timestamp(peildatum).to_datetime64().astype("datetime64[D]")
    double = frame.duplicated(["maand", "soort", "maat"], keep=False).to_numpy(bool)
    return [
        Rule("maand", "de maand ligt na de peildatum.", SOURCE_HELP, later),
        Rule("maat", "deze telling staat er voor dezelfde maand en soort meer dan eens.", SOURCE_HELP, double),
    ]


KINDS = (
    Kind(DOSSIER, _DOSSIER, rules=_file_rules,
         same=("persoon", "soort", "aanmelddatum", "ingangsdatum", "einddatum", "resultaat", "schuld"),
         one_of=(("clientnummer", "bsn"),)),
    Kind(OVERZICHT, _OVERZICHT, rules=_month_rules),
)  # fmt: skip


def read(sheets: list[Sheet], context: Context) -> Reading:
    """Read one export.

    Args:
        sheets: The sheets of the file: files of persons, the month overview, or both.
        context: File name, mapping and peildatum of the command line.

    Returns:
        The lines per entity, still with identifiers: etl.privacy.protect comes next.
    """
    return read_lines(sheets, context, KINDS, "dossiers of maandcijfers van schuldhulp")


SCHULDHULP = register(
    Source(
        name="schuldhulp",
        title="Schuldhulpverlening",
        ritme_dagen=92,
        personal=True,
        entities=(DOSSIER, OVERZICHT),
        read=read,
        key={
            "dossier": ("persoon", "soort", "aanmelddatum", "ingangsdatum"),
            "overzicht": ("maand", "soort", "maat"),
        },
        **described(KINDS),
    )
)
