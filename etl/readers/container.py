"""Is a zip a workbook of reasonable size? Decided before anything in it is unpacked by a reader that trusts it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import numpy as np

from etl.readers import sheetxml
from etl.readers.cells import UnreadableFile

MAX_UNPACKED = 600_000_000
MAX_RATIO = 150  # a real sheet packs 5-30 times; far above that, and big, is a bomb
BIG = 50_000_000
MAX_PARTS = 5_000
#: Cells of all sheets together, empty ones inside the table included: a full sheet of 15 columns. Measured at 120 bytes
#: each, mixed texts and numbers, while they are read, this stays under 2 GB.
MAX_CELLS = 16_000_000
#: Every cell gets a copy of its shared text, so one long text that is used often is a bomb of another kind.
MAX_TEXT = 500_000_000
REMEDY = "Maak de export opnieuw, of open het bestand in Excel en bewaar het als .xlsx."
PASSWORD = ("het bestand is beveiligd met een wachtwoord.", "Haal de beveiliging eraf en lever het opnieuw aan.")
_SHARED = "xl/sharedstrings.xml"
_TEXT_REF = re.compile(rb"""\bt=["']s["'][^>]*>\s*<v>(\d+)</v>""")


def inspect(path: Path, raw: bytes) -> dict[str, sheetxml.Notes] | None:
    """Check the container, and note what calamine does not tell per sheet.

    Args:
        path: For its name only.
        raw: The bytes of a zip.

    Returns:
        Notes by sheet name; None for a workbook whose sheets are no XML of Excel (.ods, .xlsb).

    Raises:
        UnreadableFile: No workbook, or one that takes more memory than a table of its size should.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        _reasonable(path, archive, len(raw))
        names = set(archive.namelist())
        if "content.xml" in names:
            _open_document(path, archive)
            return None
        if "xl/workbook.bin" in names:
            return None
        if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
            raise UnreadableFile(
                path, "dit is een zip-bestand en geen werkboek.", "Pak het uit en lever de inhoud aan."
            )
        parts = sheetxml.parts(archive)
        notes = {}
        for sheet, part in parts.items():
            try:
                notes[sheet] = sheetxml.scan(archive, part, MAX_UNPACKED, MAX_CELLS)
            except sheetxml.TooManyCells:
                raise _too_many(path) from None
            if sum(note.area for note in notes.values()) > MAX_CELLS:
                raise _too_wide(path, sheet, notes[sheet])
        _texts(path, archive, parts, notes)
        return notes


def _too_wide(path: Path, sheet: str, note: sheetxml.Notes) -> UnreadableFile:
    if note.cells * 4 < note.area:
        return UnreadableFile(
            path,
            f"blad '{sheet}' heeft gevulde cellen heel ver buiten de tabel.",
            "Verwijder de losse cellen rechts van en onder de tabel.",
        )
    return _too_many(path)


def _too_many(path: Path) -> UnreadableFile:
    return UnreadableFile(
        path,
        f"het werkboek heeft meer dan {MAX_CELLS // 1_000_000} miljoen cellen.",
        "Splits de export, bijvoorbeeld per maand, of lever haar als .csv aan.",
    )


def _reasonable(path: Path, archive: zipfile.ZipFile, size: int) -> None:
    parts = archive.infolist()
    unpacked = sum(info.file_size for info in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or (unpacked > BIG and unpacked > MAX_RATIO * size):
        raise UnreadableFile(path, "het werkboek is uitgepakt onredelijk groot.", REMEDY)
    # Readers differ in which of two equal names they take, so what is checked might not be what is read.
    if len({info.filename.replace("\\", "/").casefold() for info in parts}) < len(parts):
        raise UnreadableFile(path, "het werkboek bevat een onderdeel dubbel.", REMEDY)


def _open_document(path: Path, archive: zipfile.ZipFile) -> None:
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.namelist() else b""
    if b"encryption-data" in manifest:
        raise UnreadableFile(path, *PASSWORD)
    tail = b""
    with archive.open("content.xml") as stream:
        while chunk := stream.read(1 << 20):
            block = tail + chunk
            if b"<!DOCTYPE" in block:
                raise ValueError("not a sheet")
            if b':value-type="error"' in block:
                # calamine gives nothing there, and nothing beside amounts would be read as nought.
                raise UnreadableFile(
                    path,
                    "in dit .ods-bestand staan foutcellen (zoals #N/B).",
                    "Herstel de formules, of bewaar het bestand als .xlsx; dan noemt de monitor de cellen.",
                )
            tail = block[-100:]


def _texts(path: Path, archive: zipfile.ZipFile, parts: dict[str, str], notes: dict[str, sheetxml.Notes]) -> None:
    """Refuse a workbook whose shared texts become too much once every cell has its own."""
    part = next((name for name in archive.namelist() if name.casefold() == _SHARED), None)
    used = sum(note.texts for note in notes.values())
    if part is None or not used:
        return
    lengths = _lengths(archive, part)
    longest = int(lengths.max(initial=0))
    if used * longest <= MAX_TEXT:
        return
    total = 0
    for sheet in parts.values():
        total += _text_in(archive, sheet, lengths, longest)
        if total > MAX_TEXT:
            raise UnreadableFile(
                path, "de teksten in dit werkboek zijn samen onredelijk groot.", "Laat kolommen met lange teksten weg."
            )


def _lengths(archive: zipfile.ZipFile, part: str) -> np.ndarray:
    """Give how many bytes each shared text takes, markup included."""
    starts, offset, tail = [], 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 20):
            block = tail + chunk
            if b"<!DOCTYPE" in block:
                raise ValueError("not a workbook")
            end = len(block) - 9  # the tag may be cut in two
            starts += [offset + found.start() for found in re.finditer(rb"<(?:\w{1,4}:)?si\b", block[: end + 8])
                       if found.start() < end]  # fmt: skip
            tail = block[max(end, 0) :]
            offset += max(end, 0)
    return np.diff(np.array([*starts, offset + len(tail)], dtype=np.int64))


def _text_in(archive: zipfile.ZipFile, part: str, lengths: np.ndarray, longest: int) -> int:
    total, tail = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 20):
            block = tail + chunk
            cut = max(block.rfind(b"<c "), 0)
            block, tail = (block[:cut], block[cut:]) if cut else (block, b"")
            used = np.array(_TEXT_REF.findall(block), dtype="S10").astype(np.int64)
            known = used[used < len(lengths)]
            # What is written in another way counts as the longest.
            total += int(lengths[known].sum()) + (block.count(b't="s"') - len(used)) * longest
    return total
