"""Any file to sheets: the type is taken from the content, never from the name."""

from __future__ import annotations

import io
from pathlib import Path

from etl.readers.cells import Sheet, UnreadableFile
from etl.readers.delimited import read_delimited
from etl.readers.json_tree import is_json, read_json
from etl.readers.workbook import read_workbook

_MAX_BYTES = 300_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_OTHER = {
    b"%PDF": "een PDF",
    b"\x1f\x8b": "een ingepakt bestand (gzip)",
    b"Rar!": "een ingepakt bestand (rar)",
    b"7z\xbc\xaf": "een ingepakt bestand (7z)",
    b"\x89PNG": "een afbeelding",
    b"\xff\xd8\xff": "een afbeelding",
    b"{\\rtf": "een tekstdocument (rtf)",
    b"PAR1": "een Parquet-bestand",
    b"SQLite": "een database",
}
_FORMATS = "Lever een .xlsx, .xls, .ods, .csv of .json aan."


def read_file(path: Path) -> list[Sheet]:
    """Read a file into its sheets: .xlsx, .xlsm, .xls and .ods workbooks, delimited text and JSON.

    Args:
        path: The file; its extension plays no part.

    Returns:
        All sheets, hidden ones too (Sheet.visible says so); a text file gives one sheet without a name, JSON one for
        every list in it.

    Raises:
        UnreadableFile: The file cannot be read as a whole; message and remedy are Dutch.
    """
    try:
        if not path.is_file():
            raise UnreadableFile(path, "dit is geen bestand.", "Controleer de naam en de map.")
        size = path.stat().st_size
        if size > _MAX_BYTES:
            raise UnreadableFile(path, "het bestand is groter dan 300 MB.", "Splits de export, bijvoorbeeld per jaar.")
        raw = path.read_bytes()
    except OSError as problem:
        reden = f"het bestand kan niet worden geopend ({problem.strerror or 'onbekende oorzaak'})."
        raise UnreadableFile(path, reden, "Controleer de rechten en of het nog ergens openstaat.") from None
    return _read(path, raw)


def _read(path: Path, raw: bytes) -> list[Sheet]:
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableFile(path, "het bestand is leeg.", "Maak de export opnieuw.")
    if raw.startswith((_ZIP, _OLE)):
        return read_workbook(path, raw)
    for magic, what in _OTHER.items():
        if raw.startswith(magic):
            raise UnreadableFile(path, f"dit is {what} en geen tabel.", _FORMATS)
    start = io.BytesIO(raw).read(2000).replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    _refuse_markup(path, start.lower())
    if is_json(start):
        return read_json(path, raw)
    return [read_delimited(path, raw)]


def _refuse_markup(path: Path, low: bytes) -> None:
    """Refuse web pages and data trees that are named as if they were tables."""
    if low.startswith(b"<"):
        html = b"<html" in low or b"<table" in low or b"<!doctype html" in low
        what = "een webpagina (HTML) met de naam van een werkboek" if html else "een XML-bestand en geen tabel"
        raise UnreadableFile(path, f"dit is {what}.", "Open het in Excel en kies Opslaan als, Excel-werkmap (.xlsx).")
    if low.startswith((b"mime-version", b"content-type")):
        raise UnreadableFile(path, "dit is een opgeslagen webpagina.", "Open het in Excel en bewaar het als .xlsx.")
