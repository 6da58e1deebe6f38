"""Delimited text to a sheet: encoding, separator and quotes are taken from the content."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

from etl.readers.cells import Cell, Sheet, UnreadableFile

_SEPARATORS = ";\t|,"  # a comma last: it is also the Dutch decimal sign
_PROBE_LINES = 300
_ENOUGH = 0.8  # share of lines that must be equally wide before a separator is believed at once
_MAX_WIDTH = 5_000


def read_delimited(path: Path, raw: bytes) -> Sheet:
    """Read delimited text; every cell stays text, an empty one is None.

    Raises:
        UnreadableFile: No text, or a quote that is never closed (a truncated file).
    """
    text = _decode(path, raw)
    separator, skip = _separator(text)
    rows = _parse(path, text, separator)
    if skip:
        rows[0] = [rows[0][0] if rows[0] else None]
    width = max((len(row) for row in rows), default=0)
    if width > _MAX_WIDTH:
        raise UnreadableFile(path, "er staan te veel kolommen in dit bestand.", "Controleer het scheidingsteken.")
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    for row in rows:
        row.extend([None] * (width - len(row)))
    if not rows:
        raise UnreadableFile(path, "het bestand is leeg.", "Maak de export opnieuw.")
    return Sheet(path.name, "", rows, text=True)


def _decode(path: Path, raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError:
            raise UnreadableFile(path, "de tekst is beschadigd of afgebroken.", "Maak de export opnieuw.") from None
    if b"\x00" in raw:
        raise UnreadableFile(path, "dit is geen tabel en geen werkboek.", "Lever een .xlsx, .xls, .ods of .csv aan.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Excel on a Dutch Windows writes cp1252; its five undefined bytes mean that it is neither.
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            raise UnreadableFile(
                path, "de tekens in dit bestand zijn niet te herkennen.", "Bewaar het bestand opnieuw als CSV UTF-8."
            ) from None


def _separator(text: str) -> tuple[str, bool]:
    """Give the separator, and whether Excel's own `sep=;` line says so."""
    first = text[:20].partition("\n")[0].strip().strip('"').lower()
    if first.startswith("sep=") and len(first) >= 4:
        return (first[4:] or "\t"), True
    probe = "\n".join(text.splitlines()[:_PROBE_LINES])
    best, best_share = ";", 0.0
    for separator in _SEPARATORS:
        share = _share_of_even_lines(probe, separator)
        if share >= _ENOUGH:
            return separator, False
        if share > best_share:
            best, best_share = separator, share
    return best, False


def _share_of_even_lines(probe: str, separator: str) -> float:
    widths = Counter(len(row) for row in csv.reader(io.StringIO(probe), delimiter=separator) if row)
    wide = {width: n for width, n in widths.items() if width > 1}
    return max(wide.values()) / sum(widths.values()) if wide else 0.0


def _parse(path: Path, text: str, separator: str) -> list[list[Cell]]:
    try:
        # strict: a quote that is never closed would otherwise swallow the rest of the file without a word.
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        return [[cell if cell.strip() else None for cell in row] for row in reader]
    except csv.Error:
        raise UnreadableFile(
            path,
            "een aanhalingsteken in dit bestand wordt niet afgesloten; het bestand is misschien afgebroken.",
            "Maak de export opnieuw, of bewaar haar als .xlsx.",
        ) from None
