"""Reading a workbook of 100,000 x 12 cells, against openpyxl's normal mode."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import xlsxwriter

from tests.bench.measure import Row, cost


def _workbook(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "dd-mm-yyyy"})
    sheet = book.add_worksheet("Regels")
    day = dt.date(2026, 1, 1)
    for r in range(100_000):
        text = [f"{r:08d}", "6.711", "Hulp bij het huishouden", "L"]
        for c, value in enumerate([*text, r, r * 1.25, r / 7, 12, 0, -r, r % 97]):
            sheet.write(r, c, value)
        sheet.write_datetime(r, 11, dt.datetime.combine(day + dt.timedelta(days=r % 270), dt.time()))
    book.close()


def run(folder: Path) -> list[Row]:
    """Compare the reader with openpyxl on time and on peak memory."""
    path = folder / "regels.xlsx"
    _workbook(path)
    ours = cost(
        "from pathlib import Path\nfrom etl.readers.files import read_file",
        f"sheets = read_file(Path({str(path)!r}))\nassert len(sheets[0].rows) == 100000",
    )
    theirs = cost(
        "import openpyxl",
        f"rows = list(openpyxl.load_workbook({str(path)!r}).worksheets[0].iter_rows(values_only=True))\n"
        "assert len(rows) == 100000",
    )
    faster, memory = theirs.seconds / ours.seconds, ours.peak_mb / theirs.peak_mb
    return [
        Row(
            "workbook 100.000 x 12: times faster than openpyxl",
            f"{faster:.1f} ({ours.seconds:.2f} s)",
            ">= 5",
            faster >= 5,
        ),
        Row(
            "workbook 100.000 x 12: peak memory / openpyxl's",
            f"{memory:.2f} ({ours.peak_mb:.0f} MB)",
            "< 1.5",
            memory < 1.5,
        ),
    ]
