"""The persons of a Wmo inbox, and a search for them in everything that a folder holds."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

#: Whatever has the form of something personal; only what is found is compared with the real ones. The forms may
#: overlap each other, so each is looked for by itself.
FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?=(9999\d{5}))",  # BSN of the test range, also inside a longer number
        r"(?=(\d{4} ?[A-Z]{2}))",  # postcode
        r"(?=([CB]\d{6}))",  # number of a client or a decision
    )
)
#: Birth dates, in rows and texts only: in bytes that are no text they would be there by chance.
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
    def of(cls, wmo: Path) -> Persons:
        """Collect the persons of the exports in a folder."""
        words: set[str] = set()
        names: set[str] = set()
        births: set[tuple[str, str, str]] = set()
        first = "9999"
        for path in sorted(wmo.glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as handle:
                next(handle)
                for row in csv.DictReader(handle, delimiter=";"):
                    names.add(row["Naam"].removeprefix("Voorbeeld-").split(",")[0])
                    words |= {row["BSN"], row["Postcode"].replace(" ", "")}
                    words |= {row["Clientnummer"], row["Beschikkingnummer"]}
                    day, month, year = row["Geboortedatum"].split("-")
                    births.add((year, month, day))
                    first = min(first, "-".join(reversed(row["Aanvraagdatum"].split("-"))))
        early = [b for b in births if "-".join(b) < first]
        dates = {"-".join(b) for b in early} | {"-".join(reversed(b)) for b in early}
        surname = re.compile("|".join(sorted(map(re.escape, names), reverse=True)))
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
            "SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
        for schema, table, column in columns:
            sql = f'SELECT DISTINCT CAST("{column}" AS VARCHAR) FROM "{schema}"."{table}"'
            yield "\n".join(str(value) for (value,) in connection.execute(sql).fetchall())
