"""Workbooks (.xlsx, .xlsm, .xls, .ods) to sheets, with calamine; its blind spots are read from the XML itself."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import python_calamine as calamine

from etl.readers import container, sheetxml
from etl.readers.apart import read_apart
from etl.readers.cells import Cell, CellError, Sheet, UnreadableFile
from etl.readers.container import MAX_CELLS, PASSWORD, REMEDY


def read_workbook(path: Path, raw: bytes) -> list[Sheet]:
    """Read all worksheets of a workbook.

    Args:
        path: For its name only.
        raw: The bytes of the file.

    Raises:
        UnreadableFile: Encrypted, truncated, a zip that is no workbook, or one that unpacks beyond reason.
    """
    with _explained(path):
        if raw.startswith(b"PK"):
            notes = container.inspect(path, raw)
            return read_apart(path, raw) if notes is None else sheets_of(path, raw, notes)
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise UnreadableFile(path, *PASSWORD)
        return read_apart(path, raw)


def sheets_of(path: Path, raw: bytes, notes: dict[str, sheetxml.Notes] | None) -> list[Sheet]:
    """Give the sheets with what was noted beforehand; without notes they were not looked at.

    Raises:
        UnreadableFile: As `read_workbook`.
    """
    blind = not raw.startswith(b"PK") or b"xl/workbook.bin" in raw
    with _explained(path), calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
        return _sheets(path, book, notes, blind=blind)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Say in Dutch what a library could not do with a file."""
    try:
        yield
    except calamine.PasswordError:
        raise UnreadableFile(path, *PASSWORD) from None
    except (calamine.CalamineError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as e:
        if "password" in str(e).lower() or "encrypt" in str(e).lower():
            raise UnreadableFile(path, *PASSWORD) from None
        raise UnreadableFile(path, "het werkboek is beschadigd of afgebroken.", REMEDY) from None
    except (ValueError, KeyError, SyntaxError, OSError):
        raise UnreadableFile(path, "het werkboek is niet te begrijpen.", REMEDY) from None
    except BaseException as problem:
        # Rust panics arrive as a BaseException of their own; anything else (Ctrl-C) goes on.
        if type(problem).__name__ != "PanicException":
            raise
        raise UnreadableFile(path, "het werkboek is beschadigd.", REMEDY) from None


def _sheets(
    path: Path, book: calamine.CalamineWorkbook, notes: dict[str, sheetxml.Notes] | None, *, blind: bool
) -> list[Sheet]:
    sheets: list[Sheet] = []
    room = MAX_CELLS
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        if notes is not None and meta.name not in notes:
            raise ValueError("a sheet that was not looked at")
        table = book.get_sheet_by_name(meta.name)
        room -= table.total_height * table.total_width
        if room < 0:
            raise UnreadableFile(path, f"blad '{meta.name}' is te groot.", "Verwijder losse cellen buiten de tabel.")
        note = notes[meta.name] if notes is not None else sheetxml.Notes()
        rows = _rows(table)
        _put_errors(rows, note.errors)
        visible = meta.visible == calamine.SheetVisibleEnum.Visible
        sheets.append(
            Sheet(
                path.name,
                meta.name,
                rows,
                visible=visible,
                hidden_rows=note.hidden_rows,
                merged=_merged(table),
                blind=blind,
            )
        )
    if not sheets or not any(sheet.rows for sheet in sheets):
        raise UnreadableFile(path, "er staan geen gevulde werkbladen in.", "Maak de export opnieuw.")
    return sheets


def _merged(table: calamine.CalamineSheet) -> tuple[tuple[int, int, int, int], ...]:
    ranges = table.merged_cell_ranges or ()
    return tuple((top, left, bottom, right) for (top, left), (bottom, right) in ranges)


def _rows(table: calamine.CalamineSheet) -> list[list[Cell]]:
    """Give rows from A1 on; calamine's empty text becomes None."""
    if table.start is None:
        return []
    rows = cast(list[list[Cell]], table.to_python(skip_empty_area=False))
    for number, row in enumerate(rows):
        if "" in row:
            rows[number] = [None if cell == "" else cell for cell in row]
    # calamine's own count of rows and columns is one short where the table does not begin in A1.
    width = max(map(len, rows))
    for row in rows:
        if len(row) < width:
            row.extend([None] * (width - len(row)))
    return rows


def _put_errors(rows: list[list[Cell]], errors: dict[tuple[int, int], CellError]) -> None:
    """Put error cells where calamine gave nothing."""
    if not errors:
        return
    height = max(row for row, _ in errors) + 1
    width = max(max(column for _, column in errors) + 1, len(rows[0]) if rows else 0)
    rows.extend([] for _ in range(height - len(rows)))
    for row in rows:
        row.extend([None] * (width - len(row)))
    for (row_index, column), error in errors.items():
        rows[row_index][column] = error
