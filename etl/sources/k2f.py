"""K2F (Key2Financien) and its kin: an overview of budget and realisation per taakveld, up to a period.

Columns are found by synonyms or mapping.toml, lasten and baten by a column or a column group (never by their sign), and
printed subtotals are a check. A sum with a hole is a wrong sum: one refused line in the social domain refuses the file.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from etl.codes import in_year, valid_taakvelden
from etl.k2f.delivery import Delivery, Stop, understand
from etl.k2f.layout import WRITTEN
from etl.k2f.lines import Line
from etl.readers.cells import Sheet
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
    ),
)
_MEASURES = {
    "primitief_eur": "primitief",
    "wijzigingen_eur": "wijzigingen",
    "actueel_eur": "actueel",
    "bedrag_eur": "realisatie",
    "verplichting_eur": "verplichting",
}


def read(sheets: list[Sheet], context: Context) -> Reading:
    """Read one overview; anything uncertain refuses the whole file, with the questions it leaves open."""
    try:
        delivery = understand(sheets, context)
    except Stop as stop:
        gelezen = stop.gelezen
        return Reading(
            refusals=stop.refusals, notices=stop.notices, rijen_gelezen=gelezen, rijen_geweigerd=gelezen, refused=True
        )
    rows = _rows(delivery, context)
    geladen = len({line.rij for line in delivery.lines})
    frame = pd.DataFrame(rows, columns=[*OVERZICHT_COLUMNS, "bron_blad", "bron_rij"], dtype=object)
    geweigerd = len(delivery.refusals)
    return Reading(
        peildatum=delivery.peildatum,
        tables={"overzicht": frame},
        refusals=delivery.refusals,
        notices=delivery.notices,
        rijen_gelezen=delivery.gelezen,
        rijen_geladen=geladen,
        rijen_geweigerd=geweigerd,
        rijen_buiten_bereik=delivery.gelezen - geladen - geweigerd,
    )


OVERZICHT_COLUMNS = [column.name for column in OVERZICHT.columns]


def _rows(delivery: Delivery, context: Context) -> list[dict[str, object]]:
    """Give one row per key, amounts in euros with the sign of the contract; rows of one key are added up."""
    by_key: dict[tuple, list[Line]] = defaultdict(list)
    for line in delivery.lines:
        jaar = line.jaar or delivery.boekjaar
        code = in_year(line.code, jaar)
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
    if measure not in delivery.measures:
        return None
    total = sum((line.amounts.get(measure, Decimal(0)) * delivery.sign(line.side) for line in lines), Decimal(0))
    return (total * delivery.factor).quantize(_CENT, ROUND_HALF_UP)


def _onderdeel(code: str, kostenplaats: str | None, jaar: int, context: Context) -> str:
    """Give the onderdeel of a line: by kostenplaats, then by taakveld of the mapping, then by the reference list."""
    mapping = context.mapping
    if mapping:
        if kostenplaats and (found := mapping.onderdeel.kostenplaats.get(kostenplaats)):
            return found
        if found := mapping.onderdeel.taakveld.get(code):
            return found
    return valid_taakvelden(jaar)[code].onderdeel


K2F = register(
    Source(
        name="k2f",
        title="Financiën (K2F)",
        ritme_dagen=31,
        personal=False,
        entities=(OVERZICHT,),
        read=read,
        key={"overzicht": _KEY},
    )
)
