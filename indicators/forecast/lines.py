"""Reads the lines of a contract CSV as its writer meant them; says in Dutch what is wrong with a file as a whole."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path


class UnusableFile(Exception):
    """The file as a whole cannot be used; the message is Dutch."""


def read_lines(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Read the named columns of a CSV file; other columns are left out.

    Args:
        path: UTF-8 (with or without BOM), comma, a header; any line ends, also within quotes.
        columns: What the header must name, each once, in any order; upper and lower case are the same.

    Yields:
        Row number as a spreadsheet counts (the header is 1) and its cells by column, without spaces around them; None
        for a row with more or fewer fields than the header. Empty rows are left out.

    Raises:
        UnusableFile: Not there, not readable, not CSV, or without the columns; the message is Dutch.
    """
    lines = _split(path)
    header = [h.strip().lower() for h in next(lines, [])]
    missing = [c for c in columns if c not in header]
    if missing:
        # A Dutch Excel saves with semicolons: the whole header is then one field.
        hint = " Scheid de velden met komma's, niet met puntkomma's." if len(header) == 1 and ";" in header[0] else ""
        raise UnusableFile(
            f"In {path.name} ontbreken de kolommen {', '.join(missing)}. Nodig zijn: {','.join(columns)}.{hint}"
        )
    double = [c for c in columns if header.count(c) > 1]
    if double:
        raise UnusableFile(f"In {path.name} staat meer dan één kolom {', '.join(double)}. Laat er één staan.")
    place = {c: header.index(c) for c in columns}
    for number, cells in enumerate(lines, start=2):
        if any(cell.strip() for cell in cells):
            fits = len(cells) == len(header)
            yield number, {c: cells[i].strip() for c, i in place.items()} if fits else None


def _split(path: Path) -> Iterator[list[str]]:
    if path.is_dir():
        raise UnusableFile(f"{path.name} is een map. Geef de naam van een bestand.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            yield from csv.reader(handle, strict=True)
    except FileNotFoundError as error:
        raise UnusableFile(f"Het bestand {path.name} is er niet.") from error
    except UnicodeDecodeError as error:
        raise UnusableFile(f"{path.name} is geen UTF-8-tekst. Sla het op als 'CSV UTF-8'.") from error
    except csv.Error as error:
        raise UnusableFile(
            f"{path.name} is niet als CSV te lezen: er staat waarschijnlijk een aanhalingsteken te veel of te weinig."
        ) from error
    except OSError as error:
        raise UnusableFile(f"Het bestand {path.name} is niet te lezen.") from error
