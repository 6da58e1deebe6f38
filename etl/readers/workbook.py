"""Workbooks (.xlsx, .xlsm, .xls, .ods) to sheets, with calamine; its blind spots are read from the XML itself."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import python_calamine as calamine

from etl.readers import sheetxml
from etl.readers.cells import Cell, CellError, Sheet, UnreadableFile

_MAX_UNPACKED = 600_000_000
_MAX_RATIO = 150  # a real sheet packs 5-30 times; far above that, and big, is a bomb
_BIG = 50_000_000
_MAX_CELLS = 40_000_000
_REMEDY = "Maak de export opnieuw, of open het bestand in Excel en bewaar het als .xlsx."
_PASSWORD = ("het bestand is beveiligd met een wachtwoord.", "Haal de beveiliging eraf en lever het opnieuw aan.")


def read_workbook(path: Path, raw: bytes) -> list[Sheet]:
    """Read all worksheets of a workbook.

    Args:
        path: For its name only.
        raw: The bytes of the file.

    Raises:
        UnreadableFile: Encrypted, truncated, a zip that is no workbook, or one that unpacks beyond reason.
    """
    notes: dict[str, sheetxml.Notes] = {}
    try:
        if raw.startswith(b"PK"):
            notes = _inspect_zip(path, raw)
        elif "EncryptedPackage".encode("utf-16-le") in raw:
            raise UnreadableFile(path, *_PASSWORD)
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            return _sheets(path, book, notes, blind=not raw.startswith(b"PK") or b"xl/workbook.bin" in raw)
    except calamine.PasswordError:
        raise UnreadableFile(path, *_PASSWORD) from None
    except (calamine.CalamineError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as e:
        if "password" in str(e).lower() or "encrypt" in str(e).lower():
            raise UnreadableFile(path, *_PASSWORD) from None
        raise UnreadableFile(path, "het werkboek is beschadigd of afgebroken.", _REMEDY) from None
    except (ValueError, KeyError, SyntaxError, OSError):
        raise UnreadableFile(path, "het werkboek is niet te begrijpen.", _REMEDY) from None
    except BaseException as problem:
        # Rust panics arrive as a BaseException of their own; anything else (Ctrl-C) goes on.
        if type(problem).__name__ != "PanicException":
            raise
        raise UnreadableFile(path, "het werkboek is beschadigd.", _REMEDY) from None


def _inspect_zip(path: Path, raw: bytes) -> dict[str, sheetxml.Notes]:
    """Check the container before anything is parsed, and note what calamine does not tell per sheet."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        unpacked = sum(info.file_size for info in archive.infolist())
        if unpacked > _MAX_UNPACKED or (unpacked > _BIG and unpacked > _MAX_RATIO * len(raw)):
            raise UnreadableFile(path, "het werkboek is uitgepakt onredelijk groot.", _REMEDY)
        names = set(archive.namelist())
        if "content.xml" in names:
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            if b"encryption-data" in manifest:
                raise UnreadableFile(path, *_PASSWORD)
            if b':value-type="error"' in archive.read("content.xml"):
                # calamine gives nothing there, and nothing beside amounts would be read as nought.
                raise UnreadableFile(
                    path,
                    "in dit .ods-bestand staan foutcellen (zoals #N/B).",
                    "Herstel de formules, of bewaar het bestand als .xlsx; dan noemt de monitor de cellen.",
                )
            return {}
        if "xl/workbook.xml" not in names and "xl/workbook.bin" not in names and "[Content_Types].xml" not in names:
            raise UnreadableFile(
                path, "dit is een zip-bestand en geen werkboek.", "Pak het uit en lever de inhoud aan."
            )
        notes = {}
        for sheet, part in sheetxml.parts(archive).items():
            notes[sheet] = sheetxml.scan(archive, part, _MAX_UNPACKED)
            if notes[sheet].area > _MAX_CELLS:
                raise UnreadableFile(
                    path,
                    f"blad '{sheet}' heeft gevulde cellen heel ver buiten de tabel.",
                    "Verwijder de losse cellen rechts van en onder de tabel.",
                )
        return notes


def _sheets(
    path: Path, book: calamine.CalamineWorkbook, notes: dict[str, sheetxml.Notes], *, blind: bool
) -> list[Sheet]:
    sheets = []
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        table = book.get_sheet_by_name(meta.name)
        if table.total_height * table.total_width > _MAX_CELLS:
            raise UnreadableFile(path, f"blad '{meta.name}' is te groot.", "Verwijder losse cellen buiten de tabel.")
        note = notes.get(meta.name, sheetxml.Notes())
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
    rows: list[list[Cell]] = [
        [None if cell == "" else cell for cell in row] for row in table.to_python(skip_empty_area=False)
    ]
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
