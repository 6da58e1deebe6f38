"""The persons of an inbox, and a search for them in everything that a folder holds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from etl.readers.cells import Cell
from etl.readers.files import read_file

#: Whatever has the form of something personal; only what is found is compared with the real ones. The forms may
#: overlap each other, so each is looked for by itself.
FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?=(9999\d{5}))",  # BSN of the test range, also inside a longer number
        # Postcode. In the bytes of a database codes stand side by side: in GM0757GM0758 there is none. Values are
        # searched one by one as well, and there nothing stands before them.
        r"(?=((?<!GM)\d{4} ?[A-Z]{2}))",
        r"(?=([CBPS]\d{6}))",  # number of a client or a decision
    )
)
#: Birth dates, in rows and texts only: in bytes that are no text they would be there by chance.
_FORM = re.compile(r"9999\d{5}|\d{4}[A-Z]{2}|[CBPS]\d{6}")
_NAME = {"naam", "client.naam"}
_BIRTH = {"geboortedatum", "client.geboortedatum"}
_POSTCODE = {"postcode", "client.postcode"}
#: Columns with numbers of a person, or of something that is about one.
_NUMBERS = {
    "bsn", "burgerservicenummer", "client.bsn", "clientnummer", "klantnummer", "client.clientnummer",
    "beschikkingnummer", "beschikkingsnummer", "beschikking.beschikkingnummer", "toewijzingnummer",
}  # fmt: skip
DATES = tuple(re.compile(form) for form in (r"(?=(\d{4}-\d\d-\d\d))", r"(?=(\d\d-\d\d-\d{4}))"))


@dataclass(frozen=True)
class Persons:
    """Everything that points at one person.

    Attributes:
        words: BSNs, surnames, postcodes (each with a house number in one file row: an address), client numbers and
            numbers of decisions; postcodes without blank.
        births: Birth dates in both forms, as far as before every other date of the files.
    """

    words: frozenset[str]
    births: frozenset[str]
    surname: re.Pattern[str]

    @classmethod
    def of(cls, paths: Iterable[Path]) -> Persons:
        """Collect the persons of exports of registrations: text, workbooks or JSON."""
        words: set[str] = set()
        names: set[str] = set()
        births: set[dt.date] = set()
        first = dt.date.max
        for header, values in (column for path in sorted(paths) for column in _columns(path)):
            if header in _NAME:
                names |= {str(v).removeprefix("Voorbeeld-").split(",")[0] for v in values}
            elif header in _BIRTH:
                births |= {_date(v) for v in values}
            elif header in _POSTCODE:
                words |= {str(v).replace(" ", "") for v in values}
            elif header in _NUMBERS:
                words |= {str(v).removesuffix("_OUD") for v in values}
            elif "datum" in header:
                first = min([first, *(_date(v) for v in values)])
        words = {w for w in words if _FORM.fullmatch(w)}  # without footers
        early = [b for b in births if b < first]
        dates = {f"{b:%Y-%m-%d}" for b in early} | {f"{b:%d-%m-%Y}" for b in early}
        surname = re.compile(_one_of(names))
        return cls(frozenset(words | names) - {""}, frozenset(dates), surname)

    def within(self, text: str, dates: bool = True) -> set[str]:
        """Give what a text holds of the persons."""
        found = {word.replace(" ", "") for form in FORMS for word in form.findall(text)} & self.words
        found.update(self.surname.findall(text))
        return found | ({d for form in DATES for d in form.findall(text)} & self.births if dates else set())

    def within_folder(self, folder: Path) -> dict[str, set[str]]:
        """Search names, bytes and decoded values of all files; gives where what was found."""
        found: dict[str, set[str]] = {}
        for place, text, is_text in _contents(folder):
            if words := self.within(text, dates=is_text):
                found.setdefault(place, set()).update(words)
        return found


def _one_of(names: set[str]) -> str:
    """Give a pattern of names, those with one beginning together: three times as quick as one by one."""
    parts = groupby(sorted(names, reverse=True), lambda name: name[:3])
    return "|".join(f"{re.escape(top)}(?:{'|'.join(re.escape(n[3:]) for n in own)})" for top, own in parts)


def _columns(path: Path) -> Iterator[tuple[str, set[Cell]]]:
    """Give header and distinct values of every column of every table in a file."""
    known = _NAME | _BIRTH | _POSTCODE | _NUMBERS
    for sheet in read_file(path):
        heads = [[str(cell or "").strip().lower() for cell in row] for row in sheet.rows[:10]]
        top = max(range(len(heads)), key=lambda n: len(known & set(heads[n])), default=0)
        if heads and known & set(heads[top]):
            for place, header in enumerate(heads[top]):
                yield header, {row[place] for row in sheet.rows[top + 1 :] if row[place] not in (None, "")}


def _date(cell: Cell) -> dt.date:
    """Read a date of the sample; what is none comes last."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = str(cell)[:10]
    day, month, year = text.split("-") if text.count("-") == 2 else ("", "", "")
    try:
        return dt.date.fromisoformat(text if len(day) == 4 else f"{year}-{month:0>2}-{day:0>2}")
    except ValueError:
        return dt.date.max


def _contents(folder: Path) -> Iterator[tuple[str, str, bool]]:
    """Give of every file its name, its bytes and its values: where, as text, and whether it is text."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        yield f"naam van {name}", name, True
        if not path.is_file():
            continue
        table = path.suffix in (".parquet", ".duckdb")
        yield name, path.read_bytes().decode("latin-1"), not table
        if path.suffix == ".parquet":
            for column in pq.read_table(path).itercolumns():
                yield name, "\n".join(map(str, column.unique().to_pylist())), True
        if path.suffix == ".duckdb":
            yield from ((name, text, True) for text in _database(path))


def _database(path: Path) -> Iterator[str]:
    """Give the distinct values of every column of every table and view, of whatever type."""
    with duckdb.connect(str(path), read_only=True) as connection:
        columns = connection.execute(
            "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
        for schema, table, column, kind in columns:
            text = f'CAST("{column}" AS VARCHAR)'
            if kind == "DOUBLE":  # a number of a person would be whole; 29.337999999999965 is what a difference left
                text = f"regexp_replace({text}, '\\..*', '')"
            sql = f'SELECT DISTINCT {text} FROM "{schema}"."{table}"'
            yield "\n".join(str(value) for (value,) in connection.execute(sql).fetchall())
