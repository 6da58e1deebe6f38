"""Figures that the statistics office gives as a workbook only. All are drawn; the addresses lead nowhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.sample.exports import Log, table
from etl.sample.plain_xlsx import CellValue, PlainSheet, write_sheets
from etl.sample.streams import VOORBEELDDATA, stream
from indicators.core.settings import settings

#: First year of every series.
FIRST_YEAR = 2015
#: From this edition on a period is written as the statistics office codes it, and the region by its code.
NEW_LAYOUT = 2025
_OLD_HEADER = (
    "Indicator",
    "Regio",
    "Periode",
    "Uitsplitsing",
    "Waarde",
    "Ondergrens",
    "Bovengrens",
    "Eenheid",
    "Status",
    "Bron",
)
_NEW_HEADER = ("Indicator", "Gebiedscode", "Periode", "Uitsplitsing", "Eenheid", "Waarde", "Ondergrens", "Bovengrens",
               "Status", "Adres")  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A series: its level in the own gemeente, provincie and country, its yearly trend and half its margin, in %."""

    indicator: str
    niveau: tuple[float, float, float]
    trend: float
    marge: float


FIGURES = (
    Figure("problematische_schulden", (12.5, 10.0, 8.6), -0.1, 0.0),
    Figure("tevredenheid_met_het_leven", (82.0, 84.5, 85.5), -0.05, 2.4),
    Figure("langdurige_werkloosheid", (1.9, 1.4, 1.1), -0.04, 0.3),
)  # fmt: skip


def observations(seed: int, edition: int) -> list[dict[str, Any]]:
    """Give what the edition of a year holds: all years before it, the last one provisional."""
    own = settings().gemeente
    rows = []
    for figure in FIGURES:
        for code, level, widths in zip(
            (own.code, own.provincie_code, own.land_code), figure.niveau, (1.0, 0.3, 0.08), strict=True
        ):
            for year in range(FIRST_YEAR, edition):
                rng = stream(seed, "maatwerk", figure.indicator, code, year)
                value = level + figure.trend * (year - FIRST_YEAR) + float(rng.normal(0, 0.012 * level * widths))
                revised = float(rng.normal(0, 0.004 * level))
                last = year == edition - 1
                value = round(max(value + (revised if last else 0.0), 0.1), 1)
                half = round(figure.marge * widths, 1)
                rows.append({
                    "indicator": figure.indicator, "gebied_code": code, "periode": f"{year}JJ00",
                    "uitsplitsing": "totaal", "waarde": value,
                    "ondergrens": round(max(value - half, 0.0), 1) if half else None,
                    "bovengrens": round(min(value + half, 100.0), 1) if half else None,
                    "eenheid": "procent", "status": "voorlopig" if last else "definitief",
                    "adres": f"https://voorbeeld.invalid/{figure.indicator.replace('_', '-')}/{edition}",
                })  # fmt: skip
    return rows


def _cells(row: dict[str, Any], edition: int) -> list[CellValue]:
    year = int(row["periode"][:4])
    own = {
        "Indicator": row["indicator"], "Regio": row["gebied_code"], "Gebiedscode": row["gebied_code"],
        # Half of the old editions has the year as a number, half as text.
        "Periode": row["periode"] if edition >= NEW_LAYOUT else year if edition % 2 else str(year),
        "Uitsplitsing": row["uitsplitsing"].capitalize(), "Waarde": row["waarde"], "Ondergrens": row["ondergrens"],
        "Bovengrens": row["bovengrens"], "Eenheid": row["eenheid"], "Status": row["status"].capitalize(),
        "Bron": row["adres"], "Adres": row["adres"],
    }  # fmt: skip
    return [own[name] for name in (_NEW_HEADER if edition >= NEW_LAYOUT else _OLD_HEADER)]


def write_maatwerk(out: Path, seed: int, van: int, peildatum: dt.date, log: Log) -> list[dict[str, Any]]:
    """Write the workbook of every edition; each comes out at the end of March.

    Args:
        out: Folder cbs_maatwerk of the inbox.
        seed: Seed of the sample.
        van: First year of an edition.
        peildatum: Last day that anything is known of.
        log: Notes every file.

    Returns:
        What the newest edition holds, for truth.json.
    """
    out.mkdir(parents=True, exist_ok=True)
    truth: list[dict[str, Any]] = []
    for edition in range(van, peildatum.year + 1):
        day = dt.date(edition, 3, 31)
        if day > peildatum:
            break
        truth = observations(seed, edition)
        header = _NEW_HEADER if edition >= NEW_LAYOUT else _OLD_HEADER
        rows = table("Maatwerkcijfers", day, header, [_cells(row, edition) for row in truth])
        path = out / f"cbs_maatwerk_{VOORBEELDDATA.lower()}_{day}.xlsx"
        log.add("cbs_maatwerk", path.name, len(truth))
        write_sheets(path, [PlainSheet("Waarnemingen", rows)])
    return truth
