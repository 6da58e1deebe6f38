"""Programmes and projects with their own temporary budget, their results, and the savings target (taakstelling)."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from etl.lines import Field, Kind, Notices, Rule, described, read_lines
from etl.lines.fields import money, number, text, year
from etl.lines.registration import SOURCE_HELP, date_field, period_rule
from etl.readers.cells import Sheet
from etl.source import Column, Context, Entity, Reading, Source, register

_EUR = "DECIMAL(18,2)"
_WHAT: dict[str, Field] = {
    "programma": Field(("Programma", "Naam programma", "Project"), text, True, True),
    "activiteit": Field(("Activiteit", "Deelproject", "Maatregel"), text),
}
_PROGRAMMA: dict[str, Field] = {
    **_WHAT,
    "doel": Field(("Doel", "Doelstelling"), text, True),
    "ingangsdatum": date_field("begindatum", "Van", "Startdatum", "Begindatum", "Start", required=True),
    "einddatum": date_field("einddatum", "Tot en met", "T/m", "Einddatum", "Eind", required=True),
    "dekking": Field(("Dekking", "Geldbron", "Budgetnaam", "Financiering"), text),
    "begroting": money("Begroting", "Budget", "Begroot", "Totaalbudget", required=True, filled=True),
    "besteed": money(
        "Besteed", "Realisatie", "Uitgegeven", "Uitgaven", "Werkelijk", "Geboekt", "Besteed tot nu toe", required=True
    ),
    "verplicht": money("Verplicht", "Verplichtingen", "Verplichtingen openstaand"),
}
PROGRAMMA = Entity(
    "programma", "A programme, or one activity of it, as at the peildatum",
    (
        Column("programma", "VARCHAR", "name", _PROGRAMMA["programma"].headers, True),
        Column("activiteit", "VARCHAR", "name of the activity; NULL: the programme as a whole",
               _PROGRAMMA["activiteit"].headers),
        Column("doel", "VARCHAR", "goal", _PROGRAMMA["doel"].headers, True),
        Column("van", "DATE", "first day", _PROGRAMMA["ingangsdatum"].headers, True),
        Column("tot_en_met", "DATE", "last day", _PROGRAMMA["einddatum"].headers, True),
        Column("dekking", "VARCHAR", "name of the temporary budget", _PROGRAMMA["dekking"].headers),
        Column("begroting_eur", _EUR, "budget over the whole period", _PROGRAMMA["begroting"].headers, True),
        Column("besteed_eur", _EUR, "spent so far", _PROGRAMMA["besteed"].headers, True),
        Column("verplicht_eur", _EUR, "committed, not yet spent", _PROGRAMMA["verplicht"].headers),
    ),
)  # fmt: skip
_RESULTAAT: dict[str, Field] = {
    **_WHAT,
    "resultaat": Field(("Resultaat", "Beoogd resultaat", "Prestatie", "Indicator"), text, True, True),
    "eenheid": Field(("Eenheid",), text),
    "gepland": Field(("Gepland", "Doelwaarde", "Plan", "Streefwaarde"), number, True,
                     reden="dit is geen getal dat zeker te lezen is."),
    "bereikt": Field(("Bereikt", "Gerealiseerd", "Stand", "Behaald"), number, True,
                     reden="dit is geen getal dat zeker te lezen is."),
}  # fmt: skip
RESULTAAT = Entity(
    "resultaat", "A result that a programme plans, and how far it is",
    (
        Column("programma", "VARCHAR", "name", _RESULTAAT["programma"].headers, True),
        Column("activiteit", "VARCHAR", "name of the activity; NULL: the programme as a whole",
               _RESULTAAT["activiteit"].headers),
        Column("resultaat", "VARCHAR", "what is counted", _RESULTAAT["resultaat"].headers, True),
        Column("eenheid", "VARCHAR", "unit", _RESULTAAT["eenheid"].headers),
        Column("gepland", _EUR, "plan for the whole period", _RESULTAAT["gepland"].headers, True),
        Column("bereikt", _EUR, "reached so far", _RESULTAAT["bereikt"].headers, True),
    ),
)  # fmt: skip
_TAAKSTELLING: dict[str, Field] = {
    "taakstelling": Field(("Taakstelling", "Bezuiniging", "Besparing"), text, True, True),
    "onderdeel": Field(("Onderdeel", "Domein", "Beleidsveld"), text, True, True),
    "boekjaar": Field(("Jaar", "Boekjaar"), year, True, True, reden="dit is geen jaar."),
    "doel": money("Doel", "Taakstellend bedrag", "Te realiseren", required=True, filled=True),
    "gerealiseerd": money("Gerealiseerd", "Gerealiseerd bedrag", "Ingevuld", required=True),
    "prognose": money("Prognose", "Verwacht", "Verwachte realisatie"),
    "toelichting": Field(("Toelichting", "Opmerking"), text),
}
TAAKSTELLING = Entity(
    "taakstelling", "A savings target for one part and year",
    (
        Column("taakstelling", "VARCHAR", "name", _TAAKSTELLING["taakstelling"].headers, True),
        Column("onderdeel", "VARCHAR", "what it is about", _TAAKSTELLING["onderdeel"].headers, True),
        Column("boekjaar", "INTEGER", "year", _TAAKSTELLING["boekjaar"].headers, True),
        Column("doel_eur", _EUR, "goal", _TAAKSTELLING["doel"].headers, True),
        Column("gerealiseerd_eur", _EUR, "realised so far", _TAAKSTELLING["gerealiseerd"].headers, True),
        Column("prognose_eur", _EUR, "expected by the owner", _TAAKSTELLING["prognose"].headers),
        Column("toelichting", "VARCHAR", "explanation", _TAAKSTELLING["toelichting"].headers),
    ),
    toestand="laatste",
)  # fmt: skip


def _period(frame: pd.DataFrame, _context: Context, _notices: Notices) -> pd.DataFrame:
    frame["van"], frame["tot_en_met"] = frame["ingangsdatum"], frame["einddatum"]
    return frame


def _once(*key: str):
    def rules(frame: pd.DataFrame, _peildatum: dt.date) -> list[Rule]:
        double = frame.duplicated(list(key), keep=False).to_numpy(bool)
        found = [Rule(key[-1], "deze regel staat er meer dan eens.", "Laat één regel staan.", double)]
        if "ingangsdatum" in frame:
            no_start = frame["ingangsdatum"].isna().to_numpy(bool)
            found = [period_rule(frame), Rule("ingangsdatum", "de begindatum is leeg.", SOURCE_HELP, no_start), *found]
        return found

    return rules


KINDS = (
    Kind(PROGRAMMA, _PROGRAMMA, _period, _once("programma", "activiteit")),
    Kind(RESULTAAT, _RESULTAAT, rules=_once("programma", "activiteit", "resultaat")),
    Kind(TAAKSTELLING, _TAAKSTELLING, rules=_once("taakstelling", "onderdeel", "boekjaar")),
)  # fmt: skip


def read(sheets: list[Sheet], context: Context) -> Reading:
    """Read one workbook: programmes, their results and the savings target, in any number and order of sheets."""
    return read_lines(sheets, context, KINDS, "programma's, resultaten of taakstellingen")


PROGRAMMAS = register(
    Source(
        name="programmas",
        title="Programma's en taakstelling",
        ritme_dagen=92,
        personal=False,
        entities=(PROGRAMMA, RESULTAAT, TAAKSTELLING),
        read=read,
        key={
            "programma": ("programma", "activiteit"),
            "resultaat": ("programma", "activiteit", "resultaat"),
            "taakstelling": ("taakstelling", "onderdeel", "boekjaar"),
        },
        **described(KINDS),
    )
)
