"""K2F (Key2Financien) and its kin: overviews of budget and realisation per taakveld, and journals of booked lines.

Columns are found by synonyms or mapping.toml, lasten and baten by a column or a column group (never by their sign), and
printed subtotals are a check. A sum with a hole is a wrong sum: one refused line in the social domain refuses the file.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from etl import codes
from etl.cleaning import NotUnderstood, date, plain
from etl.codes import in_year, valid_taakvelden
from etl.k2f.delivery import Delivery
from etl.k2f.journal import Found, find_journal, understand_journal
from etl.k2f.journal_layout import AMOUNTS
from etl.k2f.journal_layout import WRITTEN as JOURNAL
from etl.k2f.layout import DIMENSIONS, MEASURES, WRITTEN
from etl.k2f.lines import Line
from etl.k2f.prognose import whole
from etl.k2f.prognose_header import PROGNOSE
from etl.k2f.sheets import understand_workbook
from etl.k2f.stop import Stop
from etl.lines.values import BAD, amount
from etl.mapping import Mapping
from etl.readers.cells import Cell, Sheet
from etl.source import Column, Context, Entity, Reading, Source, register

_EUR = "DECIMAL(18,2)"
_CENT = Decimal("0.01")
_KEY = ("boekjaar", "taakveld", "kostenplaats", "kostensoort", "lasten_baten")

OVERZICHT = Entity(
    "overzicht",
    "Balance of a taakveld, kostenplaats and kostensoort up to and with a period",
    (
        Column("boekjaar", "INTEGER", "financial year", WRITTEN["boekjaar"]),
        Column("periode", "INTEGER", "last period of the balance, 0-13", WRITTEN["periode"]),
        Column("taakveld", "VARCHAR", "taakveld as Iv3 writes it in that year", WRITTEN["taakveld"], True),
        Column("kostenplaats", "VARCHAR", "cost centre", WRITTEN["kostenplaats"]),
        Column("kostensoort", "VARCHAR", "kind of cost", WRITTEN["kostensoort"]),
        Column("onderdeel", "VARCHAR", "budget part, by kostenplaats or taakveld"),
        Column("lasten_baten", "VARCHAR", "L or B", WRITTEN["lasten_baten"]),
        Column("primitief_eur", _EUR, "budget as voted before the year", WRITTEN["primitief"]),
        Column("wijzigingen_eur", _EUR, "changes voted since", WRITTEN["wijzigingen"]),
        Column("actueel_eur", _EUR, "budget in force", WRITTEN["actueel"]),
        Column("bedrag_eur", _EUR, "booked; NULL in a budget-only file", WRITTEN["realisatie"]),
        Column("verplichting_eur", _EUR, "open commitments", WRITTEN["verplichting"]),
        Column("prognose_eur", _EUR, "year's outturn as the budget holder expects it; NULL: none", WRITTEN[PROGNOSE]),
    ),
)
_AMOUNTS = tuple(header for name in AMOUNTS for header in JOURNAL[name])
_NUMBERS = tuple(header for name in ("boekstuk", "regel", "dagboek") for header in JOURNAL[name])
JOURNAAL = Entity(
    "journaal",
    "A booked line of the journal; descriptions, relations and creditors are never stored",
    (
        Column("boekjaar", "INTEGER", "financial year", JOURNAL["boekjaar"]),
        Column("periode", "INTEGER", "booking period: 0 opening, 13 closing", JOURNAL["periode"]),
        Column("boekdatum", "DATE", "day of booking", JOURNAL["boekdatum"], True),
        Column(
            "prestatiemaand", "DATE", "month of the care, first day; NULL when not known", JOURNAL["prestatieperiode"]
        ),
        Column("taakveld", "VARCHAR", "taakveld as Iv3 writes it in that year", JOURNAL["taakveld"], True),
        Column("kostenplaats", "VARCHAR", "cost centre", JOURNAL["kostenplaats"]),
        Column("kostensoort", "VARCHAR", "kind of cost", JOURNAL["kostensoort"]),
        Column("onderdeel", "VARCHAR", "budget part, by kostenplaats or taakveld"),
        Column("lasten_baten", "VARCHAR", "L or B; debet and credit (D/C) are a sign only", JOURNAL["lasten_baten"]),
        Column("bedrag_eur", _EUR, "booked; lasten are spending, baten income", _AMOUNTS, True),
        Column("boekregel", "VARCHAR", "hash of boekstuk and line, or the place in the file", _NUMBERS),
    ),
    aangroei="periode",
)
_MEASURES = {
    "primitief_eur": "primitief",
    "wijzigingen_eur": "wijzigingen",
    "actueel_eur": "actueel",
    "bedrag_eur": "realisatie",
    "verplichting_eur": "verplichting",
    "prognose_eur": PROGNOSE,
}


def read(sheets: list[Sheet], context: Context) -> Reading:
    """Read one overview or journal; anything uncertain refuses the whole file, with the questions it leaves open."""
    try:
        if journal := find_journal(sheets, context.mapping or Mapping()):
            return _read_journal(journal, sheets, context)
        parts = understand_workbook(sheets, context)
    except Stop as stop:
        gelezen = stop.gelezen
        return Reading(
            refusals=stop.refusals, notices=stop.notices, rijen_gelezen=gelezen, rijen_geweigerd=gelezen, refused=True
        )
    columns = [*OVERZICHT_COLUMNS, "bron_blad", "bron_rij"]
    rows = [row for part in parts for row in _rows(part, context)]
    loaded = {(part.blad, line.rij) for part in parts for line in part.lines}
    refused = {(part.blad, refusal.rij) for part in parts for refusal in part.refusals} - loaded
    gelezen = sum(part.gelezen for part in parts)
    return Reading(
        peildatum=parts[0].peildatum,
        tables={"overzicht": pd.DataFrame(rows, columns=columns, dtype=object)},
        refusals=[refusal for part in parts for refusal in part.refusals],
        notices=[notice for part in parts for notice in part.notices],
        rijen_gelezen=gelezen,
        rijen_geladen=len(loaded),
        rijen_geweigerd=len(refused),
        rijen_buiten_bereik=gelezen - len(loaded) - len(refused),
    )


def _read_journal(found: Found, sheets: list[Sheet], context: Context) -> Reading:
    journal = understand_journal(found, sheets, context)
    known: dict[tuple[object, ...], str] = {}
    for row in journal.rows:
        key = (row["taakveld"], row["kostenplaats"], row["boekjaar"])
        if key not in known:
            kostenplaats = None if row["kostenplaats"] is None else str(row["kostenplaats"])
            known[key] = _onderdeel(str(row["taakveld"]), kostenplaats, int(str(row["boekjaar"])), context)
        row["onderdeel"] = known[key]
    columns = [*(column.name for column in JOURNAAL.columns), "bron_blad", "bron_rij"]
    geweigerd = len(journal.refusals)
    return Reading(
        peildatum=journal.peildatum,
        tables={"journaal": pd.DataFrame(journal.rows, columns=columns, dtype=object)},
        refusals=journal.refusals,
        notices=journal.notices,
        rijen_gelezen=journal.gelezen,
        rijen_geladen=journal.geladen,
        rijen_geweigerd=geweigerd,
        rijen_buiten_bereik=journal.gelezen - journal.geladen - geweigerd,
    )


OVERZICHT_COLUMNS = [column.name for column in OVERZICHT.columns]


def _rows(delivery: Delivery, context: Context) -> list[dict[str, object]]:
    """Give one row per key, amounts in euros with the sign of the contract; rows of one key are added up."""
    by_key: dict[tuple, list[Line]] = defaultdict(list)
    for line in delivery.lines:
        jaar = line.jaar or delivery.boekjaar
        code = in_year(line.code, jaar, own=(line.code,))  # what does not exist was refused
        by_key[jaar, code, line.kostenplaats, line.kostensoort, line.side].append(line)
    rows = []
    for key, lines in by_key.items():
        row: dict[str, object] = dict(zip(_KEY, key, strict=True))
        row["periode"] = delivery.periode_of(key[0])
        row["onderdeel"] = _onderdeel(key[1], key[2], key[0], context)
        for column, measure in _MEASURES.items():
            row[column] = _eur(lines, measure, delivery)
        row["bron_blad"], row["bron_rij"] = delivery.blad, min(line.rij for line in lines)
        rows.append(row)
    return rows


def _eur(lines: list[Line], measure: str, delivery: Delivery) -> Decimal | None:
    """Add up one measure in euros; None where the file has no such column."""
    if measure not in delivery.measures or (measure == PROGNOSE and not whole(lines)):
        return None
    total = sum((line.amounts.get(measure, Decimal(0)) * delivery.sign(line.side) for line in lines), Decimal(0))
    return (total * delivery.factor).quantize(_CENT, ROUND_HALF_UP)


def _onderdeel(code: str, kostenplaats: str | None, jaar: int, context: Context) -> str:
    """Give the onderdeel of a line: by kostenplaats, then by taakveld of the mapping, then by the reference list."""
    mapping = context.mapping
    if mapping:
        if kostenplaats and (found := _of_kostenplaats(kostenplaats, mapping.onderdeel.kostenplaats)):
            return found
        if found := mapping.onderdeel.taakveld.get(code):
            return found
    return valid_taakvelden(jaar)[code].onderdeel


def _of_kostenplaats(kostenplaats: str, listed: dict[str, str]) -> str | None:
    """Look a kostenplaats up; one that lost its leading zeros in a spreadsheet is still the same."""
    if found := listed.get(kostenplaats):
        return found
    bare = kostenplaats.lstrip("0")
    same = {onderdeel for code, onderdeel in listed.items() if code.lstrip("0") == bare}
    return same.pop() if len(same) == 1 else None


def _is_taakveld(cell: Cell) -> object:
    try:
        return codes.taakveld(cell)
    except NotUnderstood:
        return BAD


def _is_side(cell: Cell) -> object:
    return cell if plain(str(cell)) in {"l", "b", "lasten", "baten", "i", "u", "inkomsten", "uitgaven"} else BAD


def _is_day(cell: Cell) -> object:
    try:
        return date(cell)
    except NotUnderstood:
        return BAD


K2F = register(
    Source(
        name="k2f",
        title="Financiën (K2F)",
        ritme_dagen=31,
        personal=False,
        entities=(OVERZICHT, JOURNAAL),
        read=read,
        fields={name: WRITTEN[name] for name in (*DIMENSIONS, *MEASURES, PROGNOSE)}
        | {"boekdatum": JOURNAL["boekdatum"]},
        needed=("taakveld",),
        parsers={
            "taakveld": _is_taakveld,
            "lasten_baten": _is_side,
            "boekdatum": _is_day,
            **dict.fromkeys((*MEASURES, PROGNOSE), amount),
        },
        key={"overzicht": _KEY, "journaal": ("boekjaar", "boekregel")},
    )
)
