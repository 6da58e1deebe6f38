"""Recorded answers of CBS in a folder, and the faults that tests put in them.

The folder has one folder per table, named by its id (case counts, as at CBS)::

    <id>/TableInfos.json       list with one record: Title, Modified, ...
    <id>/DataProperties.json   list of dimensions, topic groups and topics: Key, Type, Title, ParentID, Unit, ...
    <id>/CategoryGroups.json   optional; [] when absent
    <id>/<Dimension>.json      code list of one dimension: Key (with padding), Title, Status (Perioden), ...
    <id>/TypedDataSet.json     rows with numbers and null; or TypedDataSet.csv
    <id>/UntypedDataSet.json   optional; or UntypedDataSet.csv

Any of them may be CSV instead. A JSON file is a list, or an answer of CBS as it came ({"value": [...]}). In a CSV all
is text, padding included, but for the topics of TypedDataSet: those are numbers, and an empty field is null.
"""

from __future__ import annotations

import csv
import json
import re
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.readers.odata_filter import FilterError, parse_filter

#: Rows at which ODataApi gives up and ODataFeed begins a new page.
LIMIT = 10_000

Rows = list[dict[str, Any]]


@dataclass
class Fault:
    """Something that goes wrong, for tests.

    Attributes:
        kind: "500", "404", "reset" (connection cut), "slow" (no answer until the client has hung up), "drip" (a byte
            at a time), "truncated" (half a body), "empty" (a value list without rows), "html" (a page, no JSON).
        path: Part of the path it applies to.
        times: How many answers it spoils.
        seconds: Between two bytes of a drip.
    """

    kind: str
    path: str = ""
    times: int = 10**9
    seconds: float = 0.3


@dataclass
class Recorded:
    """The folder of answers, read when asked and kept in memory.

    Attributes:
        folder: Described in this module's docstring.
        page: Rows a page on ODataFeed.
        faults: Applied in order; one whose times are used up is skipped.
        requests: Path and query of every request, for tests.
    """

    folder: Path
    page: int = LIMIT
    faults: list[Fault] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    _cache: dict[tuple[str, str], Rows | None] = field(default_factory=dict)

    def tables(self) -> list[str]:
        """Give the ids of the tables in the folder."""
        return sorted(p.name for p in self.folder.iterdir() if p.is_dir())

    def collections(self, table: str) -> list[str] | None:
        """Give the collections of a table, or None for an unknown id."""
        if table not in self.tables():
            return None
        names = {p.stem for p in (self.folder / table).iterdir() if p.suffix in (".json", ".csv")}
        return sorted(names | {"CategoryGroups"})

    def rows(self, table: str, collection: str) -> Rows | None:
        """Give all rows of a collection, or None where there is none of that name."""
        key = (table, collection)
        if key not in self._cache:
            names = self.collections(table)
            self._cache[key] = self._read(table, collection) if names and collection in names else None
        return self._cache[key]

    def _read(self, table: str, collection: str) -> Rows:
        base = self.folder / table
        path = base / f"{collection}.json"
        if path.exists():
            content = json.loads(path.read_text(encoding="utf-8"))
            return content["value"] if isinstance(content, dict) else content
        path = base / f"{collection}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows: Rows = list(csv.DictReader(handle))
        if collection == "TypedDataSet":
            text = {p.stem for p in base.iterdir()}
            for row in rows:
                row.update({c: _number(v) for c, v in row.items() if c not in text})
        return rows

    def next_fault(self, path: str) -> Fault | None:
        """Take the first fault that still applies to this path."""
        for fault in self.faults:
            if fault.times > 0 and fault.path in path:
                fault.times -= 1
                return fault
        return None


def _number(value: str) -> int | float | None:
    if value.strip() == "":
        return None
    return int(value) if re.fullmatch(r"-?\d+", value) else float(value)


def query_rows(rows: Rows, query: dict[str, str]) -> Rows:
    """Apply $filter, $skip, $top and $select.

    Raises:
        FilterError: The filter or a column is not understood (a real server answers 400).
    """
    if "$filter" in query:
        keep = parse_filter(query["$filter"])
        rows = [r for r in rows if keep(r)]
    rows = rows[int(query.get("$skip", 0)) :]
    if "$top" in query:
        rows = rows[: int(query["$top"])]
    if "$select" in query:
        names = [n.strip() for n in query["$select"].split(",")]
        missing = [n for n in names if rows and n not in rows[0]]
        if missing:
            raise FilterError(f"unknown column {missing[0]}")
        rows = [{n: r[n] for n in names} for r in rows]
    return rows
