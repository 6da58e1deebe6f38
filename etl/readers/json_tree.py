"""JSON to sheets: every list of records becomes one, with a row per record and the fields of its parents beside it.

    {"peildatum": "2026-09-30", "_embedded": {"aanvraag": [{"id": 1, "besluit": {"op": "...", "regels": [...]}}]}}

gives sheet "aanvraag" with headers id and besluit.op, and sheet "aanvraag.besluit.regels" with those two and then
besluit.regels.<field>. Names of headers are the whole path from the record of the outermost list. Lists beside each
other get a sheet each, so that they never multiply each other's rows.

Where a value came from: what stands above the lists (peildatum) comes first, one row each, as titles above a table;
then the row with headers; row h + n (h: the row of headers) is the n-th record of that list in the order of the file.
In the sheet of a nested list a parent without children takes one row, with nothing in the columns of the child.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.readers.cells import Cell, Sheet, UnreadableFile

MAX_BYTES = 80_000_000  # unpacked to objects it takes about ten times as much memory
MAX_DEPTH = 24
MAX_COLUMNS = 2_000
MAX_CELLS = 20_000_000
MAX_TITLES = 100
_TABLE = "Lever een lijst van regels aan, elk met dezelfde velden, of een .xlsx of .csv."
_AGAIN = "Maak de export opnieuw."
_START = re.compile(rb"\s*(?:\{|\[\s*(?:[\[{\]\"\-\d]|$|null|true|false))")
_HALF_A_SIGN = re.compile(r"\\u[dD][89a-fA-F]")

Record = dict[str, Any]


@dataclass
class _Level:
    """One list in the tree: its name, the path of its records, the lists inside, and its own columns in order.

    A column is True when it holds anything in some record.
    """

    naam: str
    path: str
    columns: dict[str, bool] = field(default_factory=dict)
    inside: dict[str, _Level] = field(default_factory=dict)


@dataclass(frozen=True)
class _List:
    """A list at the top: its name and records, and the values that stand above it."""

    naam: str
    records: list[Record]


class _Odd(Exception):
    """What was found has no form of a table; gives the Dutch reason."""


def is_json(start: bytes) -> bool:
    """Say whether bytes begin as JSON does; `[Jaar];[Bedrag]` is a header of a text file."""
    return _START.match(start) is not None


def read_json(path: Path, raw: bytes) -> list[Sheet]:
    """Read JSON (UTF-8, or UTF-16 with its mark), or a file with one JSON record a line.

    Args:
        path: For its name only.
        raw: The bytes of the file.

    Returns:
        A sheet per list of records, outer lists first; `Sheet.onder` names the sheets whose records one repeats.

    Raises:
        UnreadableFile: No valid JSON (with line and column), no list of records in it, or deeper or bigger than
            a table of a registration is.
    """
    if len(raw) > MAX_BYTES:
        reden = f"dit JSON-bestand is groter dan {MAX_BYTES // 1_000_000} MB."
        raise UnreadableFile(path, reden, "Lever het per maand of per jaar aan, of als .csv.")
    text = _text(path, raw)
    try:
        return _sheets(path, _parse(path, text), careful=_HALF_A_SIGN.search(text) is not None)
    except _Odd as problem:
        raise UnreadableFile(path, str(problem), _TABLE) from None
    except RecursionError:
        raise UnreadableFile(path, "de lijsten in dit JSON-bestand zitten te diep in elkaar.", _TABLE) from None


def _text(path: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(
            path, "dit JSON-bestand bevat tekens die niet te lezen zijn.", "Bewaar het opnieuw als UTF-8."
        ) from None


def _parse(path: Path, text: str) -> Any:
    decode = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number).decode
    try:
        return decode(text)
    except json.JSONDecodeError as problem:
        lines = text.splitlines()
        if problem.msg == "Extra data" and problem.lineno > 1 and _ends(lines[0], decode):
            return _lines(path, lines, decode)
        cut = problem.pos >= len(text.rstrip()) or "Unterminated" in problem.msg
        raise _invalid(path, problem.lineno, problem.colno, cut) from None
    except ValueError as problem:
        if isinstance(problem, _Wrong):
            raise UnreadableFile(path, str(problem), _AGAIN) from None
        raise UnreadableFile(path, "in dit JSON-bestand staat een getal dat te lang is.", _AGAIN) from None


class _Wrong(ValueError):
    """Valid for the decoder, but its meaning is not certain; Dutch."""


def _object(pairs: list[tuple[str, Any]]) -> Record:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Wrong("een veld staat in één record van dit JSON-bestand dubbel.")
    return found


def _no_number(word: str) -> None:
    raise _Wrong(f"in dit JSON-bestand staat {word} waar een getal hoort.")


def _ends(line: str, decode: Any) -> bool:
    """Say whether a line is a whole record by itself."""
    try:
        return isinstance(decode(line), dict)
    except ValueError:
        return False


def _lines(path: Path, lines: list[str], decode: Any) -> list[Record]:
    records = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            records.append(decode(line))
        except json.JSONDecodeError as problem:
            raise _invalid(path, number, problem.colno, cut=number == len(lines)) from None
    return records


def _invalid(path: Path, line: int, column: int, cut: bool) -> UnreadableFile:
    why = "het bestand is afgebroken" if cut else "daar klopt de opbouw niet"
    return UnreadableFile(path, f"dit is geen geldige JSON: regel {line}, teken {column}; {why}.", _AGAIN)


# --- tree to sheets --------------------------------------------------------------------------------------------------


def _sheets(path: Path, tree: Any, careful: bool) -> list[Sheet]:
    titles: list[str] = []
    lists = [_List("", _records("", tree))] if isinstance(tree, list) else list(_top(tree, "", titles, 0))
    lists = [one for one in lists if one.records]
    if not lists:
        raise _Odd("in dit JSON-bestand staat geen lijst met regels.")
    sheets: list[Sheet] = []
    room = MAX_CELLS
    for one in lists:
        top = _Level(one.naam, "")
        for record in one.records:
            _learn(record, top)
        for chain in _chains(top):
            head = _head(chain, titles)
            rows: list[list[Cell]] = []
            width = max(map(len, head))
            for row in _rows(one.records, chain, []):
                rows.append(row)
                room -= width
                if room < 0:
                    raise _Odd("de lijsten in dit JSON-bestand geven samen een te grote tabel.")
            if careful:
                _whole_signs(rows)
            onder = tuple(level.naam for level in chain[:-1])
            sheets.append(Sheet(path.name, chain[-1].naam, [*_even(head, width), *rows], onder=onder))
    return sheets


def _top(tree: Any, name: str, titles: list[str], depth: int) -> Iterator[_List]:
    """Find the lists of records below wrappers such as {"_embedded": {"aanvraag": [...]}}; values become titles."""
    if not isinstance(tree, dict):
        raise _Odd("in dit JSON-bestand staat één losse waarde en geen lijst met regels.")
    _not_too_deep(depth)
    for key, value in tree.items():
        # "_embedded" and "_links" are how a web service wraps; they say nothing about what is inside.
        full = name if key.startswith("_") else f"{name}.{key}" if name else key
        if isinstance(value, dict):
            yield from _top(value, full, titles, depth + 1)
        elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
            yield _List(full, _records(full, value))
        elif (cell := _scalar(full, value)) is not None and len(titles) < MAX_TITLES:
            titles.append(f"{full or key}: {cell}")


def _records(name: str, items: list[Any]) -> list[Record]:
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            where = f" van '{name}'" if name else ""
            raise _Odd(f"regel {number} in de lijst{where} in dit JSON-bestand heeft geen velden.")
    return items


def _not_too_deep(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _Odd("de lijsten in dit JSON-bestand zitten te diep in elkaar.")


def _scalar(name: str, value: Any) -> Cell:
    """Give one cell; a list of plain values becomes one text, so that it does not make rows."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, list):
        if any(isinstance(item, dict | list) for item in value):
            raise _Odd(f"de lijst '{name}' in dit JSON-bestand bevat regels en losse waarden door elkaar.")
        return value[0] if len(value) == 1 else "; ".join(str(v) for v in value if v is not None) or None
    return value  # a number, true, false or null


def _flat(record: Record, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Give the fields of a record by dotted name: plain values as a cell, lists of records as a list."""
    _not_too_deep(depth)
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _flat(value, f"{name}.", depth + 1)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield name, _records(name, value)
        elif not (isinstance(value, list) and not value):
            yield name, _scalar(name, value)


def _learn(record: Record, level: _Level, depth: int = 0) -> None:
    """Add what a record has to the columns of its list and to the lists inside."""
    _not_too_deep(depth)
    seen: set[str] = set()
    for name, value in _flat(record):
        if name in seen:
            raise _Odd("een veld in dit JSON-bestand heeft een punt in zijn naam en valt samen met een ander veld.")
        seen.add(name)
        if isinstance(value, list):
            full = f"{level.path}{name}"
            inside = level.inside.setdefault(name, _Level(f"{level.naam}.{name}" if level.naam else name, f"{full}."))
            for item in value:
                _learn(item, inside, depth + 1)
        else:
            level.columns[name] = level.columns.get(name, False) or value is not None
            if len(level.columns) > MAX_COLUMNS:
                raise _Odd("de regels in dit JSON-bestand hebben te veel verschillende velden.")


def _chains(level: _Level, above: tuple[_Level, ...] = ()) -> Iterator[tuple[_Level, ...]]:
    """Give every list with the lists around it, outermost first."""
    # A field that is null wherever it is no group or list has no column of its own.
    groups = {name[:end] for name in (*level.columns, *level.inside) for end in _dots(name)} | set(level.inside)
    level.columns = {name: filled for name, filled in level.columns.items() if filled or name not in groups}
    chain = (*above, level)
    yield chain
    for inside in level.inside.values():
        yield from _chains(inside, chain)


def _dots(name: str) -> list[int]:
    return [place for place, sign in enumerate(name) if sign == "."]


def _rows(records: list[Record], chain: tuple[_Level, ...], above: list[Cell]) -> Iterator[list[Cell]]:
    level, deeper = chain[0], chain[1:]
    key = next((name for name, inside in level.inside.items() if deeper and inside is deeper[0]), None)
    blanks: list[Cell] = [None] * sum(len(one.columns) for one in deeper)
    for record in records:
        fields = dict(_flat(record))
        row = [*above, *map(fields.get, level.columns)]
        if key is None:
            yield row
        elif isinstance(inside := fields.get(key), list):
            yield from _rows(inside, deeper, row)
        else:
            yield row + blanks


def _head(chain: tuple[_Level, ...], titles: list[str]) -> list[list[Cell]]:
    above: list[list[Cell]] = [[title] for title in titles]
    return [*above, [f"{level.path}{name}" for level in chain for name in level.columns]]


def _even(rows: list[list[Cell]], width: int) -> list[list[Cell]]:
    return [row + [None] * (width - len(row)) for row in rows]


def _whole_signs(rows: list[list[Cell]]) -> None:
    """Refuse half of a sign (an unpaired surrogate): it can be stored nowhere."""
    for row in rows:
        for cell in row:
            if isinstance(cell, str) and any("\ud800" <= sign <= "\udfff" for sign in cell):
                raise _Odd("in dit JSON-bestand staat een half teken.")
