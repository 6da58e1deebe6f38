"""Reads the lines of a contract CSV as its writer meant them; says in Dutch what is wrong with a file as a whole."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

#: So many kinds of reasons are given where no row at all can be used.
SHOWN = 3


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
    lines = ((number, cells) for number, cells in enumerate(_split(path), start=1) if any(c.strip() for c in cells))
    _, first = next(lines, (0, []))
    if not first:
        raise UnusableFile(f"{path.name} is leeg. Nodig is een kop met de kolommen {','.join(columns)}, en rijen.")
    header = [h.strip().lower() for h in first]
    missing = [c for c in columns if c not in header]
    if missing:
        raise UnusableFile(
            f"In {path.name} ontbreken de kolommen {', '.join(missing)}. Nodig zijn: {','.join(columns)}."
            f"{_other_form(header, columns)}"
        )
    double = [c for c in columns if header.count(c) > 1]
    if double:
        raise UnusableFile(f"In {path.name} staat meer dan één kolom {', '.join(double)}. Laat er één staan.")
    place = {c: header.index(c) for c in columns}
    for number, cells in lines:
        fits = len(cells) == len(header)
        yield number, {c: cells[i].strip() for c, i in place.items()} if fits else None


def _other_form(header: list[str], columns: tuple[str, ...]) -> str:
    """A Dutch Excel saves with semicolons and writes numbers and days its own way; all of it is said at once."""
    mark = next((name for sign, name in ((";", "puntkomma's"), ("\t", "tabs")) if sign in header[0]), None)
    if len(header) > 1 or mark is None:
        return ""
    days = " en dagen als 2024-01-31" if "peildatum" in columns else ""
    return f" Scheid de velden met komma's, niet met {mark}, en schrijf bedragen met een punt (1234.56){days}."


def _split(path: Path) -> Iterator[list[str]]:
    if path.is_dir():
        raise UnusableFile(f"{path.name or path} is een map. Geef de naam van een bestand.")
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


def first_of_every_kind(refusals: list[str]) -> str:
    """Sum up in Dutch why no row can be used: a column that is wrong is wrong in every row.

    Args:
        refusals: Dutch, one per row.

    Returns:
        The first of each kind, at most SHOWN of them, and how many more there are.
    """
    if not refusals:
        return "Na de kop staat er niets."
    kinds: dict[str, str] = {}
    for line in refusals:
        kinds.setdefault(re.sub(r"'[^']*'|\d+", "", line), line)
    shown = list(kinds.values())[:SHOWN]
    more = len(refusals) - len(shown)
    return " ".join(shown + ([f"Zo zijn er nog {more} weigeringen."] if more > 1 else []))
