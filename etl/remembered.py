"""Remembers what marts gave for a peildatum, so that a new month costs one month and not the whole history.

A mart whose file says `-- per: peildatum` promises that its rows of one peildatum follow from the newest delivery of
every entity up to that day and the reference lists alone. Its result per peildatum is kept in werk/onthouden under a
digest of all that it follows from: other SQL, lists, settings or deliveries give another digest, so nothing remembered
is out of date. `-- per: peildatum (the newest in full)` says that the newest peildatum of a source, and of all, gives
more than an earlier one; being the newest is then part of the digest.

Several such marts may stand on the same staging files and deliveries. A staging file that only they stand on reads
views that are narrowed to the deliveries needed for what any of them misses; a file that another mart stands on too
reads everything. What a mart gives for a day that it remembers is thrown away: it may be worked out from a part.
Only published rows are kept, never a person.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from etl.atomic import TEMP_PREFIX, private_dir
from etl.corrections import FOLDER
from etl.deliveries import Selection
from etl.states import Part
from etl.vintages import digest
from indicators.core import disclosure_tables
from indicators.core.settings import REFERENCE, settings

PER_PEILDATUM = re.compile(r"^-- per: peildatum(?P<full> \(the newest in full\))?$", re.M)
#: What narrowed views are called: the raw view with this behind its name.
NARROWED = "__nieuw"
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.S)
_NAME = re.compile(r"\b(raw|stg)\.(\w+)")

Days = dict[dt.date, list[Part]]


class PerPeildatum:
    """One mart that is remembered per peildatum.

    Attributes:
        mart: Its file.
        files: Its file and every staging file that it stands on.
        views: The raw views with deliveries that it reads, all the way down, each with its deliveries per day.
        known: Peildatum -> file with the rows.
        missing: Peildatum -> file still to be written.
    """

    def __init__(self, mart: Path, staging: Path, folder: Path, deliveries: dict[str, Days]) -> None:
        self.mart = mart
        self.files = closure(mart, staging)
        self.views = {v: deliveries[v] for v in sorted(_reads(self.files, "raw") & deliveries.keys())}
        self.folder = private_dir(private_dir(folder) / mart.stem)
        found = PER_PEILDATUM.search(mart.read_text("utf-8"))
        self._full = bool(found and found["full"])
        base = self._base()
        days = {day for by_day in self.views.values() for day in by_day}
        files = {day: self.folder / f"{day}-{digest(base, self._print(day))[:24]}.parquet" for day in days}
        self.known = {day: file for day, file in files.items() if _whole(file)}
        self.missing = {day: file for day, file in files.items() if day not in self.known}

    def _base(self) -> str:
        texts = [f.read_text("utf-8") for f in (*self.files, Path(disclosure_tables.__file__))]
        texts += [p.read_text("utf-8") for p in (*sorted(REFERENCE.glob("*.csv")), *sorted(FOLDER.glob("*.toml")))]
        return digest(*texts, settings().model_dump_json(), duckdb.__version__)

    def needed(self, day: dt.date) -> dict[str, dt.date]:
        """Give per view the day of its newest delivery up to a day."""
        newest = {view: max((d for d in by_day if d <= day), default=None) for view, by_day in self.views.items()}
        return {view: found for view, found in newest.items() if found}

    def _print(self, day: dt.date) -> str:
        """All that the rows of a day follow from."""
        parts = {
            view: [str(at), sorted(p.print for p in self.views[view][at])] for view, at in self.needed(day).items()
        }
        last = [bron for bron, newest in self._newest().items() if newest == day] if self._full else []
        return json.dumps([parts, last])

    def _newest(self) -> dict[str, dt.date]:
        """Give the newest day of each source, and of all ('')."""
        newest: dict[str, dt.date] = {}
        for view, by_day in self.views.items():
            for bron in (view.removeprefix("raw.").partition("__")[0], ""):
                newest[bron] = max(newest.get(bron, dt.date.min), *by_day)
        return newest

    def complete(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Keep the rows that were just worked out, add the remembered ones, and forget what no longer counts."""
        table = f"mart.{self.mart.stem}"
        connection.execute(f"DELETE FROM {table} WHERE NOT {_on(self.missing)}")
        for day, file in self.missing.items():
            temp = self.folder / f"{TEMP_PREFIX}{file.name}"
            connection.execute(f"COPY (SELECT * FROM {table} WHERE {_on([day])}) TO '{_path(temp)}' (FORMAT parquet)")
            temp.replace(file)
        if self.known:
            files = ", ".join(f"'{_path(file)}'" for _, file in sorted(self.known.items()))
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM read_parquet([{files}])")
        wanted = {*self.known.values(), *self.missing.values()}
        for old in self.folder.glob("*.parquet"):
            if old not in wanted:
                old.unlink(missing_ok=True)


class Memory:
    """All marts that are remembered: what a build reads for them, and what it need not work out."""

    def __init__(self, marts: list[PerPeildatum], others: list[Path], staging: Path) -> None:
        self._marts = {one.mart.stem: one for one in marts}
        shared = {file for other in others for file in closure(other, staging)}
        self._files = {file for one in marts for file in one.files} - shared
        self._needed: dict[str, set[dt.date]] = {view: set() for one in marts for view in one.views}
        for one in marts:
            for day in one.missing:
                for view, at in one.needed(day).items():
                    self._needed[view].add(at)

    def views(self, views: dict[str, str]) -> dict[str, str]:
        """Give the views that are narrowed to what has to be worked out, beside the whole ones."""
        return {
            f"{view}{NARROWED}": f"SELECT * FROM ({views[view]}) WHERE {_on(days)}"
            for view, days in self._needed.items()
        }

    def sql(self, path: Path, statement: str) -> str:
        """Let the statement of a file read the narrowed views, where only remembered marts stand on it."""
        if path not in self._files:
            return statement
        return _NAME.sub(lambda m: m[0] + (NARROWED if m[0] in self._needed else ""), statement)

    def complete(self, connection: duckdb.DuckDBPyConnection, mart: str) -> None:
        """Complete a mart that was just filled, when it is one that is remembered."""
        if mart in self._marts:
            self._marts[mart].complete(connection)


def per_peildatum(root: Path, folder: Path, selection: Selection) -> Memory:
    """Give the memory of every mart below `root` that is remembered.

    Args:
        root: Folder with staging/ and marts/.
        folder: Where the memory lies.
        selection: The deliveries that count.
    """
    deliveries: dict[str, Days] = {}
    for (bron, entity), parts in selection.parts.items():
        days: Days = deliveries.setdefault(f"raw.{bron}__{entity}", {})
        for part in parts:
            days.setdefault(part.peildatum, []).append(part)
    staging, marts, others = root / "staging", [], []
    for path in sorted((root / "marts").rglob("*.sql")):
        if path.parent.name == "marts" and PER_PEILDATUM.search(path.read_text("utf-8")):
            marts.append(PerPeildatum(path, staging, folder, {v: d for v, d in deliveries.items() if d}))
        else:
            others.append(path)
    return Memory(marts, others, staging)


def _reads(files: list[Path], schema: str) -> set[str]:
    text = " ".join(_COMMENT.sub(" ", file.read_text("utf-8")) for file in files)
    return {f"{s}.{n}" for s, n in _NAME.findall(text) if s == schema}


def closure(mart: Path, staging: Path) -> list[Path]:
    """Give a mart's file and every staging file that it stands on, in a fixed order.

    Args:
        mart: The file.
        staging: Folder with the staging files.
    """
    seen, todo = [mart], [mart]
    while todo:
        for name in sorted(_reads([todo.pop()], "stg")):
            file = staging / f"{name.removeprefix('stg.')}.sql"
            if file.is_file() and file not in seen:
                seen.append(file)
                todo.append(file)
    return [mart, *sorted(seen[1:])]


def _on(days: Iterable[dt.date]) -> str:
    """Give the SQL that says whether a row is of one of these days."""
    listed = ", ".join(f"DATE '{day}'" for day in sorted(days))
    return f"(peildatum IN ({listed}))" if listed else "false"


def _whole(file: Path) -> bool:
    try:
        pq.read_metadata(file)
    except (OSError, pa.ArrowException):
        return False
    return True


def _path(file: Path) -> str:
    return file.resolve().as_posix().replace("'", "''")
