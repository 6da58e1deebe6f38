"""Delimited text to a sheet: encoding, separator and quotes are taken from the content."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from etl.readers.cells import Cell, Sheet, UnreadableFile

_SEPARATORS = ";\t|,"  # a comma last: it is also the Dutch decimal sign
_PROBE_LINES = 300
_PROBE_SIZE = 1_000_000
_ENOUGH = 0.8  # share of lines that must be equally wide before a separator is believed at once
_MAX_WIDTH = 5_000
#: What the cells may take: a row, a place in it, and a text cost about this many bytes of Python's memory.
MAX_MEMORY = 1_400_000_000
_ROW, _PLACE, _TEXT = 120, 8, 56
#: Longest text in one cell; a line that never ends would otherwise be read as one.
csv.field_size_limit(131_072)
_CHUNK = 1 << 20
#: Letters with an accent as UTF-8 writes them; in cp1252 this is a letter and a mark that never follow each other.
_UTF8_LETTER = re.compile(rb"[\xc3\xc4\xc5][\x80-\xbf]|\xe2\x82\xac")
_SEPARATOR = "Controleer het scheidingsteken en of de regels niet aan elkaar zijn geplakt."
_AGAIN = "Maak de export opnieuw."


def read_delimited(path: Path, raw: bytes) -> Sheet:
    """Read delimited text; every cell stays text, an empty one is None.

    Raises:
        UnreadableFile: No text, more than one encoding, a quote that is never closed (a truncated file), or a line
            or table of a size that no export has.
    """
    encoding = _encoding(path, raw)
    separator, skip = _separator(raw[:_PROBE_SIZE].decode(encoding, "ignore"))
    rows = _parse(path, raw, encoding, separator)
    if skip:
        rows[0] = [rows[0][0] if rows[0] else None]
    width = max((len(row) for row in rows), default=0)
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    if width * len(rows) * _PLACE > MAX_MEMORY:
        raise _too_much(path)
    for row in rows:
        row.extend([None] * (width - len(row)))
    if not rows:
        raise UnreadableFile(path, "het bestand is leeg.", _AGAIN)
    return Sheet(path.name, "", rows, text=True)


def _encoding(path: Path, raw: bytes) -> str:
    """Give the encoding in which every byte is a letter; nothing is decoded twice, so a big file stays small."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        if not _fits(raw, "utf-16"):
            raise UnreadableFile(path, "de tekst is beschadigd of afgebroken.", _AGAIN)
        return "utf-16"
    if b"\x00" in raw:
        raise UnreadableFile(path, "dit is geen tabel en geen werkboek.", "Lever een .xlsx, .xls, .ods of .csv aan.")
    if _fits(raw, "utf-8"):
        return "utf-8-sig"
    # Excel on a Dutch Windows writes cp1252; its five undefined bytes mean that it is neither.
    if not _fits(raw, "cp1252"):
        raise UnreadableFile(
            path, "de tekens in dit bestand zijn niet te herkennen.", "Bewaar het bestand opnieuw als CSV UTF-8."
        )
    if raw.startswith(codecs.BOM_UTF8) or (_UTF8_LETTER.search(raw) and _mostly_utf8(raw)):
        raise UnreadableFile(
            path,
            "in dit bestand staan twee soorten tekens door elkaar (UTF-8 en Windows).",
            "Voeg geen bestanden samen; maak de export opnieuw en bewaar haar als CSV UTF-8.",
        )
    return "cp1252"


def _mostly_utf8(raw: bytes) -> bool:
    """Say whether some of the letters with an accent are UTF-8 beyond doubt: as a line, they are nothing else."""
    return any(_UTF8_LETTER.search(line) and _fits(line, "utf-8") for line in raw.splitlines())


def _fits(raw: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(raw), _CHUNK):
            decoder.decode(raw[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


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
    widths: Counter[int] = Counter()
    with contextlib.suppress(csv.Error):  # a cell that is too long; reading it says so
        widths.update(len(row) for row in csv.reader(io.StringIO(probe), delimiter=separator) if row)
    wide = {width: n for width, n in widths.items() if width > 1}
    return max(wide.values()) / sum(widths.values()) if wide else 0.0


def _parse(path: Path, raw: bytes, encoding: str, separator: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    room = MAX_MEMORY
    try:
        # strict: a quote that is never closed would otherwise swallow the rest of the file without a word.
        for row in csv.reader(_lines(path, raw, encoding), delimiter=separator, strict=True):
            if len(row) > _MAX_WIDTH:
                raise UnreadableFile(path, "er staan te veel kolommen in dit bestand.", _SEPARATOR)
            cells: list[Cell] = [cell if cell.strip() else None for cell in row]
            filled = len(cells) - cells.count(None)
            room -= _ROW + len(row) * _PLACE + filled * _TEXT + sum(map(len, row))
            if room < 0:
                raise _too_much(path)
            rows.append(cells)
    except csv.Error as problem:
        if "field larger" in str(problem):
            reden = (
                f"de tekst in een cel op rij {len(rows) + 1} houdt niet op; er ontbreekt misschien een aanhalingsteken."
            )
            raise UnreadableFile(path, reden, _SEPARATOR) from None
        raise UnreadableFile(
            path,
            "een aanhalingsteken in dit bestand wordt niet afgesloten; het bestand is misschien afgebroken.",
            "Maak de export opnieuw, of bewaar haar als .xlsx.",
        ) from None
    return rows


def _lines(path: Path, raw: bytes, encoding: str) -> Iterator[str]:
    """Give the lines one by one, ends of lines included; a line that never ends is refused before it is one text."""
    longest = 4 * _CHUNK
    with io.TextIOWrapper(io.BytesIO(raw), encoding, newline="") as stream:
        while line := stream.readline(longest):
            if len(line) >= longest:
                raise UnreadableFile(path, "een regel in dit bestand houdt niet op.", _SEPARATOR)
            yield line


def _too_much(path: Path) -> UnreadableFile:
    return UnreadableFile(
        path,
        "het bestand heeft te veel cellen om in één keer te lezen.",
        "Splits de export, bijvoorbeeld per jaar, en laat lege kolommen weg.",
    )
