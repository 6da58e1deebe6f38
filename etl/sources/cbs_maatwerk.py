"""Figures that CBS publishes only as a workbook or dashboard (problematic debts, satisfaction, ...), in an own file.

They stand beside the tables of CBS and are never mixed with them: each row says where it was published.
"""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd

from etl.lines import BAD, Field, Kind, Notices, Rule, days, described, read_lines
from etl.lines.fields import cbs_period, number, region, text
from etl.lines.registration import SOURCE_HELP
from etl.lines.values import choice
from etl.readers.cells import Cell, Sheet
from etl.source import Column, Context, Entity, Reading, Source, register

_STATUS = {"definitief": "definitief", "voorlopig": "voorlopig", "nadervoorlopig": "voorlopig"}
_ID = re.compile(r"[a-z][a-z0-9_]{2,60}")


def _indicator(cell: Cell) -> object:
    """Understand the id of an indicator; "Problematische schulden" is problematische_schulden."""
    written = text(cell)
    if written is None or written is BAD:
        return written
    found = re.sub(r"[\s-]+", "_", str(written).strip().lower())
    return found if _ID.fullmatch(found) else BAD


def _address(cell: Cell) -> object:
    """Understand the address of a publication; only https, since it is shown as a link."""
    written = text(cell)
    if not isinstance(written, str):
        return written
    return written if re.fullmatch(r"https://[^\s<>\"']{4,300}", written) else BAD


_FIELDS: dict[str, Field] = {
    "indicator": Field(
        ("Indicator", "Indicator-id", "Onderwerp"), _indicator, True, True, reden="dit is geen naam van een indicator.",
        oplossing="Gebruik letters, cijfers en streepjes, bijvoorbeeld problematische_schulden.",
    ),
    "gebied": Field(
        ("Gebiedscode", "Regio", "Regiocode", "Gebied", "Gemeente"), region, True, True,
        reden="dit gebied is niet bekend.", oplossing="Gebruik de code van CBS: NL01, PV20, GM1234 of WK123456.",
    ),
    "periode": Field(
        ("Periode", "Jaar"), cbs_period, True, True, reden="deze periode is niet te begrijpen.",
        oplossing="Schrijf een jaar (2024) of een code van CBS (2024JJ00, 2025HJ01, 2024KW01).",
    ),
    "uitsplitsing": Field(("Uitsplitsing", "Groep"), text),
    "waarde": Field(("Waarde", "Cijfer"), number, True, reden="dit is geen getal dat zeker te lezen is.",
                    oplossing="Vul een getal in, bijvoorbeeld 9,7; laat de cel leeg als er geen cijfer is."),
    "ondergrens": Field(("Ondergrens", "Ondergrens 95%"), number, reden="dit is geen getal."),
    "bovengrens": Field(("Bovengrens", "Bovengrens 95%"), number, reden="dit is geen getal."),
    "eenheid": Field(("Eenheid",), text, True, True),
    "status": Field(("Status",), choice(_STATUS), True, True, reden="deze status is niet bekend.",
                    oplossing="Gebruik definitief of voorlopig."),
    "adres": Field(("Adres", "Bron", "Webadres", "URL", "Vindplaats"), _address, True, True,
                   reden="dit is geen webadres.", oplossing="Vul het adres in waar het cijfer staat (https://...)."),
}  # fmt: skip
_GETAL = "DECIMAL(18,4)"
WAARNEMING = Entity(
    "waarneming", "One figure for one region, period and group",
    (
        Column("indicator", "VARCHAR", "id of the indicator", _FIELDS["indicator"].headers, True),
        Column("gebied_code", "VARCHAR", "CBS code of the region", _FIELDS["gebied"].headers, True),
        Column("periode", "VARCHAR", "CBS period code", _FIELDS["periode"].headers, True),
        Column("uitsplitsing", "VARCHAR", "'totaal' or the group", _FIELDS["uitsplitsing"].headers),
        Column("waarde", _GETAL, "the figure; NULL when CBS gives none", _FIELDS["waarde"].headers, True),
        Column("ondergrens", _GETAL, "lower bound", _FIELDS["ondergrens"].headers),
        Column("bovengrens", _GETAL, "upper bound", _FIELDS["bovengrens"].headers),
        Column("eenheid", "VARCHAR", "unit", _FIELDS["eenheid"].headers, True),
        Column("status", "VARCHAR", "definitief or voorlopig", _FIELDS["status"].headers, True),
        Column("adres", "VARCHAR", "where it was published", _FIELDS["adres"].headers, True),
    ),
    toestand="laatste",
    delen=("indicator", "periode"),
)  # fmt: skip


def _derive(frame: pd.DataFrame, _context: Context, _notices: Notices) -> pd.DataFrame:
    frame["gebied_code"] = frame["gebied"]
    groups = frame["uitsplitsing"]
    frame["uitsplitsing"] = groups.where(groups.notna(), "totaal")
    return frame


def _rules(frame: pd.DataFrame, peildatum: dt.date) -> list[Rule]:
    key = ["indicator", "gebied_code", "periode", "uitsplitsing"]
    pairs = list(zip(frame["ondergrens"], frame["waarde"], frame["bovengrens"], strict=True))
    outside = [_outside(*pair) for pair in pairs]
    year = frame["periode"].map(lambda p: dt.date(int(p[:4]), 1, 1) if isinstance(p, str) else None)
    later = days(year) > pd.Timestamp(peildatum).to_datetime64().astype("datetime64[D]")
    double = frame.duplicated(key, keep=False).to_numpy(bool)
    return [
        Rule("periode", "de periode begint na de peildatum.", SOURCE_HELP, later),
        Rule("waarde", "de waarde ligt niet tussen de onder- en bovengrens.", SOURCE_HELP,
             pd.Series(outside, dtype=bool).to_numpy()),
        Rule("indicator", "dit cijfer staat er meer dan eens.", "Laat één regel staan.", double),
    ]  # fmt: skip


def _outside(low: object, value: object, high: object) -> bool:
    known = [v for v in (low, value, high) if v is not None and v is not BAD]
    return known != sorted(known)  # type: ignore[type-var]


KINDS = (Kind(WAARNEMING, _FIELDS, _derive, _rules),)


def read(sheets: list[Sheet], context: Context) -> Reading:
    """Read one workbook or text file of figures."""
    return read_lines(sheets, context, KINDS, "cijfers van het CBS")


CBS_MAATWERK = register(
    Source(
        name="cbs_maatwerk",
        title="Cijfers van het CBS die alleen als werkboek of dashboard bestaan",
        ritme_dagen=366,
        personal=False,
        entities=(WAARNEMING,),
        read=read,
        key={"waarneming": ("indicator", "gebied_code", "periode", "uitsplitsing")},
        **described(KINDS),
    )
)
