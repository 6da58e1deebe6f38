"""The sheets of the annex: a workbook in the style of the edition, and what a number looks like in it."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from typing import Any

from dashboard import formatting as f
from dashboard.edition.document import Alinea, Blok, Editie, Figuur, Getal, Hoofdstuk, Lijst, Tabel
from dashboard.edition.drawings import COLUMNS
from dashboard.edition.html import VOORBEELD
from dashboard.theme import TOKENS

_HEADER = 4
_THOUSANDS = re.compile(r"(?:in )?× €\s?1\.000")
#: A text that is a number all the same ("1.234", "−12,5 %") needs no second column when the cell shows the same.
_DIGITS = re.compile(r"[^\d,−+-]")


class Writer:
    """A workbook with the styles of the edition."""

    def __init__(self, book: Any, editie: Editie) -> None:
        self.book, self.editie = book, editie
        text = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        self.plain = book.add_format(text)
        self.wrap = book.add_format({**text, "text_wrap": True})
        self.whole = book.add_format({**text, "num_format": "#,##0", "align": "right"})
        self.broken = book.add_format({**text, "num_format": "#,##0.00##", "align": "right"})
        self.day = book.add_format({**text, "num_format": "dd-mm-yyyy", "align": "left"})
        self.title = book.add_format({**text, "bold": True, "font_size": 14, "font_color": TOKENS["ink"]})
        self.muted = book.add_format({**text, "font_color": TOKENS["muted"]})
        self.bold = book.add_format({**text, "bold": True})
        self.header = book.add_format(
            {**text, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": TOKENS["sea_light"]}
        )
        self.banner = book.add_format({**text, "bold": True, "bg_color": TOKENS["wheat_light"]})
        self.link = book.add_format({**text, "font_color": TOKENS["sea"], "underline": 1})

    def _sheet(self, name: str, title: str, source: str, columns: list[str], widths: list[float]) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, title, self.title)
        if source:
            sheet.write_string(1, 0, source, self.muted)
        if self.editie.voorbeelddata:
            sheet.write_string(2, 0, VOORBEELD, self.banner)
        for i, column in enumerate(columns):
            sheet.write_string(_HEADER, i, column, self.header)
        for i, width in enumerate(widths):
            sheet.set_column(i, i, width)
        sheet.freeze_panes(_HEADER + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEADER)
        sheet.set_footer(f"&L{self.editie.titel.replace('&', '&&')}&RBladzijde &P van &N")
        return sheet

    def _cell(self, sheet: Any, row: int, column: int, value: Any, style: Any = None) -> None:
        if f.missing(value) or value == "":
            return
        if isinstance(value, dt.date):
            sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), self.day)  # noqa: DTZ001
        elif isinstance(value, bool):
            sheet.write_string(row, column, "ja" if value else "nee", style or self.plain)
        elif isinstance(value, (int, float)) or hasattr(value, "dtype"):
            number = float(value)
            if math.isfinite(number):
                sheet.write_number(row, column, number, style or (self.whole if number.is_integer() else self.broken))
        else:
            sheet.write_string(row, column, str(value), style or self.plain)

    def contents(self, parts: list[tuple[Hoofdstuk, Tabel | Figuur]], names: list[str]) -> None:
        """Write the first sheet: what is where, how to read it, and from what it was made."""
        e = self.editie
        source = f"Gemeente {e.gemeente} · cijfers tot en met {f.datum(e.peildatum)} · publicatie {e.run}"
        sheet = self._sheet(
            "Inhoud", f"Bijlage bij {e.titel}", source, ["Blad", "Wat het laat zien", "Hoofdstuk"], [26, 80, 44]
        )
        for i, ((chapter, part), name) in enumerate(zip(parts, names, strict=True), _HEADER + 1):
            sheet.write_url(i, 0, f"internal:'{name}'!A1", self.link, name)
            self._cell(sheet, i, 1, part.titel, self.wrap)
            self._cell(sheet, i, 2, chapter.titel, self.wrap)
        row = _HEADER + len(parts) + 1
        for name, words in (("Tekst", "De tekst van de editie"), ("Getallen", "Elk getal met zijn herkomst")):
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self.link, name)
            self._cell(sheet, row, 1, words)
            row += 1
        for words in (
            "Getallen staan hier zo precies als de editie ze kent. Staat in de editie iets anders (afgerond, geheim), "
            "dan zegt de kolom ernaast wat daar staat.",
            "Aantallen mensen zijn afgerond en te kleine aantallen zijn weggelaten, ook in deze bijlage.",
        ):
            row += 1
            sheet.merge_range(row, 0, row, 2, words, self.wrap)
            sheet.set_row(row, 28)

    def table(self, table: Tabel, name: str) -> None:
        """Write a table of the edition; a column of numbers gets the printed text beside it where that differs."""
        beside = [i for i in range(len(table.kolommen)) if any(_differs(row[i]) for row in table.rijen if i < len(row))]
        columns: list[str] = []
        widths: list[float] = []
        place: dict[int, int] = {}
        for i, title in enumerate(table.kolommen):
            place[i] = len(columns)
            columns.append(title)
            widths.append(44 if i == 0 else 16.0)
            if i in beside:
                columns.append(f"{title} (in de editie)")
                widths.append(18)
        # The sheet holds whole euros, also where the edition has no room for them.
        title = _THOUSANDS.sub("in euro's (in de editie × € 1.000)", table.titel)
        sheet = self._sheet(name, title, table.bron, columns, widths)
        for r, row in enumerate(table.rijen, _HEADER + 1):
            group = len(row) > 1 and not any(_text(part) for part in row[1:])
            for i, part in enumerate(row):
                value = part.waarde if isinstance(part, Getal) and not f.missing(part.waarde) else _text(part)
                self._cell(sheet, r, place[i], value, self.bold if group else None)
                if i in beside and isinstance(part, Getal):
                    self._cell(sheet, r, place[i] + 1, part.tekst, self.muted)

    def figure(self, figuur: Figuur, name: str) -> None:
        """Write the rows behind a drawing."""
        rows = figuur.gegevens.drop(columns=["x", "reeks"], errors="ignore").rename(columns=COLUMNS)
        widths = [36.0, *([16.0] * max(len(rows.columns) - 1, 0))]
        sheet = self._sheet(name, figuur.titel, figuur.bron, [str(c) for c in rows.columns], widths)
        for r, row in enumerate(rows.itertuples(index=False), _HEADER + 1):
            for i, value in enumerate(row):
                # As it is: a column of figures may be years or shares, which a separator for thousands would spoil.
                self._cell(sheet, r, i, value, self.plain)

    def text(self, name: str, chapters: tuple[Hoofdstuk, ...]) -> None:
        """Write the text of the edition, a row per paragraph."""
        sheet = self._sheet(name, "De tekst van de editie", "", ["Hoofdstuk", "Soort", "Tekst"], [44, 14, 110])
        row = _HEADER + 1
        for chapter in chapters:
            for alinea in _paragraphs(chapter.blokken):
                for i, words in enumerate((chapter.titel, alinea.soort, alinea.tekst)):
                    self._cell(sheet, row, i, words, self.wrap)
                row += 1

    def numbers(self, name: str, chapters: tuple[Hoofdstuk, ...]) -> None:
        """Write where every number of the edition stands in the published database."""
        columns, widths = ["Hoofdstuk", "Waar", "In de editie", "Waarde", "Herkomst"], [44, 30, 18, 18, 110.0]
        sheet = self._sheet(name, "Elk getal van de editie met zijn herkomst", "", columns, widths)
        row = _HEADER + 1
        for chapter in chapters:
            for where, getal in _numbers(chapter):
                for i, value in enumerate((chapter.titel, where, getal.tekst, getal.waarde, getal.bron)):
                    self._cell(sheet, row, i, value)
                row += 1
        sheet.autofilter(_HEADER, 0, max(row - 1, _HEADER), len(columns) - 1)


def _text(part: str | Getal) -> str:
    return part.tekst if isinstance(part, Getal) else part


def _differs(part: str | Getal) -> bool:
    """Tell whether the reader of the edition sees something else than the bare value."""
    if not isinstance(part, Getal) or f.missing(part.waarde):
        return False
    shown = _DIGITS.sub("", part.tekst).replace("−", "-").replace("+", "").replace(",", ".")
    try:
        return "miljoen" in part.tekst or abs(float(shown) - float(part.waarde or 0)) > 1e-9
    except ValueError:
        return True


def _paragraphs(blocks: tuple[Blok, ...]) -> Iterator[Alinea]:
    for block in blocks:
        if isinstance(block, Alinea):
            yield block
        elif isinstance(block, Lijst):
            yield from block.punten


def _numbers(chapter: Hoofdstuk) -> Iterator[tuple[str, Getal]]:
    for alinea in _paragraphs(chapter.blokken):
        yield from (("tekst", part) for part in alinea.delen if isinstance(part, Getal))
    for table in (b for b in chapter.blokken if isinstance(b, Tabel)):
        for row in table.rijen:
            yield from ((f"{table.id}: {_text(row[0])}", part) for part in row if isinstance(part, Getal))
