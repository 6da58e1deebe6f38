"""A figure as a workbook: its table with typed numbers, the explanation on sheet two, further tables behind it."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import xlsxwriter

from dashboard import formatting as f
from dashboard.export.cells import Cell
from dashboard.export.notes import BANNER, VOORBEELD, Taken, notes
from dashboard.export.read import Table
from dashboard.theme import TOKENS
from indicators.core.spreadsheet import safe_cell

BREEDST, SMALST = 60, 9
#: Rows above the titles of the columns: finding, caption, source, and the banner or nothing.
KOP = 4


def workbook(taken: Taken) -> bytes:
    """Write the workbook; the same figure of the same publication gives the same bytes."""
    held = io.BytesIO()
    # In memory, and nothing in a cell is read as a formula, an address or a number that it is not.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, options) as book:
        made = f.as_date(taken.gemaakt) or dt.date(2000, 1, 1)
        moment = dt.datetime.combine(made, dt.time())
        about = {"title": taken.figure.title, "subject": "Monitor Sociaal Domein", "author": taken.gemeente}
        book.set_properties({**about, "created": moment})
        writer = _Writer(book, taken)
        first, *others = taken.figure.tables
        writer.table("Cijfers", first)
        writer.notes()
        for number, table in enumerate(others, 2):
            writer.table(f"Tabel {number}", table)
    return held.getvalue()


class _Writer:
    """Writes the sheets of one workbook, with its formats."""

    def __init__(self, book: Any, taken: Taken) -> None:
        self.book, self.taken = book, taken
        self.formats: dict[tuple[Any, ...], Any] = {}

    def format(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"valign": "top", **properties})
        return self.formats[key]

    def text(self, sheet: Any, row: int, column: int, value: str, **properties: Any) -> None:
        # Whoever saves the sheet as csv later must not make a formula of a text.
        quoted = {"quote_prefix": True} if safe_cell(value) != value else {}
        sheet.write_string(row, column, value, self.format(**properties, **quoted))

    def table(self, name: str, table: Table) -> None:
        sheet = self.book.add_worksheet(name)
        self.text(sheet, 0, 0, self.taken.figure.title, bold=True, font_size=14)
        self.text(sheet, 1, 0, table.caption)
        self.text(sheet, 2, 0, self.taken.figure.source)
        if self.taken.synthetic:
            self.text(sheet, 3, 0, BANNER, bold=True, font_color=TOKENS["rust"])
        for column, head in enumerate(table.heads):
            self.text(sheet, KOP, column, head, bold=True, text_wrap=True, bottom=1)
        for number, row in enumerate(table.rows, KOP + 1):
            for column, cell in enumerate(row):
                self.cell(sheet, number, column, cell)
        for column in range(max((len(row) for row in table.rows), default=0)):
            longest = max([len(row[column].text) for row in table.rows if column < len(row)], default=0)
            sheet.set_column(column, column, min(max(longest + 2, SMALST), BREEDST))
        sheet.freeze_panes(KOP + 1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(KOP)
        # & begins a code in what is printed above and below.
        source = self.taken.figure.source.replace("&", "&&")[:200]
        sheet.set_footer(f"&L{source}&R&P / &N")
        if self.taken.synthetic:
            sheet.set_header(f"&C{VOORBEELD}")

    def cell(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        if cell.number is None:
            self.text(sheet, row, column, cell.text, text_wrap=len(cell.text) > BREEDST)
        else:
            sheet.write_number(row, column, float(cell.number), self.format(num_format=cell.number_format))

    def notes(self) -> None:
        sheet = self.book.add_worksheet("Toelichting")
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 100)
        for number, (name, text) in enumerate(notes(self.taken)):
            self.text(sheet, number, 0, name, bold=True)
            self.text(sheet, number, 1, text, text_wrap=True)
