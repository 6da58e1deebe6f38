"""The annex of an edition: every table and drawing as numbers to go on with, in one workbook.

A cell with a number holds the value that the text was made from; where the reader of the edition sees something else
(rounded, in millions, 'geheim'), the column beside it says what.
"""

from __future__ import annotations

import datetime as dt
import io
import re

import xlsxwriter

from dashboard.edition.annex_sheets import Writer
from dashboard.edition.document import Editie, Figuur, Tabel

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def to_xlsx(editie: Editie) -> bytes:
    """Write the annex. The same edition gives the same bytes.

    Args:
        editie: The edition.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    )
    made = dt.datetime(editie.gemaakt_op.year, editie.gemaakt_op.month, editie.gemaakt_op.day)  # noqa: DTZ001
    title = f"Bijlage bij {editie.titel}"
    book.set_properties({"title": title, "author": f"Gemeente {editie.gemeente}", "created": made})
    writer = Writer(book, editie)
    parts = [(h, b) for h in editie.hoofdstukken for b in h.blokken if isinstance(b, (Tabel, Figuur))]
    names = sheet_names([part.id for _, part in parts])
    writer.contents(parts, names)
    for (_, part), name in zip(parts, names, strict=True):
        if isinstance(part, Tabel):
            writer.table(part, name)
        else:
            writer.figure(part, name)
    writer.text("Tekst", editie.hoofdstukken)
    writer.numbers("Getallen", editie.hoofdstukken)
    book.close()
    return buffer.getvalue()


def sheet_names(ids: list[str]) -> list[str]:
    """Give each table a name that Excel accepts: at most 31 characters, none forbidden, none twice."""
    taken = {"inhoud", "tekst", "getallen", "history"}
    names = []
    for raw in ids:
        base = _FORBIDDEN.sub("-", raw).strip() or "tabel"
        name, number = base[:31], 2
        while name.lower() in taken:
            tail = f"-{number}"
            name, number = base[: 31 - len(tail)] + tail, number + 1
        taken.add(name.lower())
        names.append(name)
    return names
