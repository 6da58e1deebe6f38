"""A million registration rows from 12 workbooks into the published database, by the refresh that everybody runs.

Each workbook is the whole state of a large Wmo registration at one month's end, as Excel writes it: shared texts, real
dates, 18 columns. The baseline reads with pandas and openpyxl and inserts with to_sql into SQLite; that takes minutes,
so it is measured on one workbook and multiplied, which is fair to it: it gets no slower from what is there already.
"""

from __future__ import annotations

import datetime as dt
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from tests.bench.measure import Cost, Row, cost, tree_cost
from tests.support.hostile import BOOK, LINKS, MAIN, TYPES
from tests.support.hostile import ROOT as PACKAGE
from tests.support.wmo_export import bsns

ROWS, BOOKS = 83_334, 12
HEADER = (
    "Cliëntnummer", "BSN", "Naam", "Geboortedatum", "Postcode", "Huisnummer", "Wijkcode", "Aanvraagdatum",
    "Besluitdatum", "Besluit", "Beschikkingnummer", "Productcategorie", "Productcode", "Omschrijving", "Ingangsdatum",
    "Einddatum", "Leveringsvorm", "Status",
)  # fmt: skip
DATES = frozenset(place for place, name in enumerate(HEADER) if "datum" in name.lower())
_EPOCH = dt.date(1899, 12, 30)
_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd-mm-yyyy"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/></border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def line(i: int) -> list[str | dt.date | None]:
    """Line i of the registration: every third client has a second product; the test BSNs do not reach for all."""
    client = i * 3 // 4
    numbers = bsns(9_000)
    start = dt.date(2021, 1, 4) + dt.timedelta(days=i * 7919 % 1400)
    refused, ended = i % 11 == 0, i % 3 == 0
    category = f"{(1, 1, 1, 2, 4, 12, 13)[i % 7]:02d}"
    return [
        f"C{client:06d}", numbers[client] if client < len(numbers) else None, f"Voorbeeld-{client % 400}, A.",
        dt.date(1930, 1, 1) + dt.timedelta(days=client * 37 % 27_000), f"{9600 + client % 90}AB", str(client % 250 + 1),
        f"WK1895{client % 11:02d}", start - dt.timedelta(days=30), start - dt.timedelta(days=9),
        "afgewezen" if refused else "toegekend", f"B{i:07d}", category, f"{category}A{i % 40:02d}",
        "Ondersteuning thuis, volgens plan", None if refused else start,
        None if refused or not ended else start + dt.timedelta(days=90 + i % 400),
        "ZIN" if i % 5 else "PGB", "Actief",
    ]  # fmt: skip


def make(folder: Path, books: int) -> list[Path]:
    """Write the workbooks; from month to month one line in twenty gets another status."""
    folder.mkdir(parents=True, exist_ok=True)
    texts: dict[str, int] = {}
    base = ["".join(_cell(value, column, row, texts) for column, value in enumerate(line(row - 2)))
            for row in range(2, ROWS + 2)]  # fmt: skip
    head = "".join(_cell(name, column, 1, texts) for column, name in enumerate(HEADER))
    active, closed = (f"<v>{texts.setdefault(word, len(texts))}</v>" for word in ("Actief", "Afgesloten"))
    shared = f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{escape(text)}</t></si>" for text in texts) + "</sst>"
    made = []
    for month in range(books):
        year, month_of_year = divmod(month + 9, 12)
        day = dt.date(2025 + year, month_of_year + 1, 28)
        body = "".join(
            f'<row r="{n}">{cells.replace(active, closed) if (n + month) % 20 == 0 else cells}</row>'
            for n, cells in enumerate(base, start=2)
        )
        path = folder / f"wmo_{day}.xlsx"
        parts = {
            "[Content_Types].xml": TYPES, "_rels/.rels": PACKAGE, "xl/workbook.xml": BOOK,
            "xl/_rels/workbook.xml.rels": LINKS, "xl/styles.xml": _STYLES, "xl/sharedStrings.xml": shared,
            "xl/worksheets/sheet1.xml":
                f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{head}</row>{body}</sheetData></worksheet>',
        }  # fmt: skip
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        made.append(path)
    return made


def _cell(value: str | dt.date | None, column: int, row: int, texts: dict[str, int]) -> str:
    place = f"{chr(65 + column)}{row}"
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f'<c r="{place}" s="1"><v>{(value - _EPOCH).days}</v></c>'
    return f'<c r="{place}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'


def refresh(folder: Path, books: list[Path]) -> Cost:
    """Put workbooks in an inbox of their own and refresh once; gives time and peak memory of all processes."""
    inbox, store = folder / f"inbox-{len(books)}", folder / f"store-{len(books)}"
    (inbox / "wmo").mkdir(parents=True)
    for path in books:
        (inbox / "wmo" / path.name).hardlink_to(path)
    words = ["-m", "etl", "refresh", "--inbox", str(inbox), "--store", str(store), "--no-cbs"]
    return tree_cost([sys.executable, *words])


def run(folder: Path) -> list[Row]:
    """Refresh 3, 6 and 12 workbooks, and read one of them in the usual way."""
    books = make(folder / "books", BOOKS)
    ours = {count: refresh(folder, books[:count]) for count in (3, 6, BOOKS)}
    usual = cost(
        "import sqlite3, pandas",
        f"pandas.read_excel({str(books[0])!r}, engine='openpyxl').to_sql("
        f"'wmo', sqlite3.connect({str(folder / 'usual.db')!r}), index=False, if_exists='append')",
        runs=1,
    )
    faster = usual.seconds * BOOKS / ours[BOOKS].seconds
    peak = {count: one.peak_mb for count, one in ours.items()}
    grows = peak[6] < 2 * peak[3] and peak[BOOKS] < 2 * peak[6]
    return [
        Row(
            "1,000,000 rows from 12 workbooks, published",
            f"{ours[BOOKS].seconds:.0f} s ({ours[BOOKS].cpu:.0f} s processor)",
            "-",
            True,
        ),
        Row(
            "  times faster than read_excel(openpyxl) + to_sql (one workbook x 12)",
            f"{faster:.1f} ({usual.seconds:.1f} s each, {usual.cpu:.1f} s processor)",
            ">= 4",
            faster >= 4,
        ),
        Row("  peak memory, all processes", f"{peak[BOOKS]:.0f} MB", "< 2048 MB", peak[BOOKS] < 2048),
        Row(
            "  peak memory with 3, 6, 12 workbooks",
            ", ".join(f"{value:.0f} MB" for value in peak.values()),
            "less than linear",
            grows,
        ),
    ]
