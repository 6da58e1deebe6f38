"""Remembers what a mart gave for a peildatum, so that a new month costs one month and not the whole history.

A mart whose file says `-- per: peildatum` promises that its rows of one peildatum follow from the deliveries of that
peildatum and the reference lists alone. Its result per peildatum is kept in werk/onthouden under a digest of all that
it follows from: other SQL, lists, settings or deliveries give another digest, so nothing remembered is out of date.
Only published rows are kept, never a person.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from etl.atomic import TEMP_PREFIX, private_dir
from etl.deliveries import Selection
from etl.states import Part
from etl.vintages import digest
from indicators.core.settings import REFERENCE, settings

PER_PEILDATUM = re.compile(r"^-- per: peildatum$", re.M)
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.S)
_NAME = re.compile(r"\b(raw|stg)\.(\w+)")


class PerPeildatum:
    """One mart that is remembered per peildatum.

    Attributes:
        views: The raw views with deliveries that it reads, all the way down.
        known: Peildatum -> file with the rows.
        missing: Peildatum -> file still to be written.
    """

    def __init__(self, mart: Path, staging: Path, folder: Path, selection: Selection) -> None:
        self.mart = mart
        self._files = _closure(mart, staging)
        deliveries = {f"raw.{bron}__{entity}": parts for (bron, entity), parts in selection.parts.items()}
        self.views = sorted({n for f in self._files for n in _names(f, "raw")} & deliveries.keys())
        self.folder = private_dir(private_dir(folder) / mart.stem)
        base = self._base()
        days: dict[dt.date, list[Part]] = {}
        for view in self.views:
            for part in deliveries[view]:
                days.setdefault(part.peildatum, []).append(part)
        files = {day: self.folder / f"{day}-{digest(base, _print(parts))[:24]}.parquet" for day, parts in days.items()}
        self.known = {day: file for day, file in files.items() if _whole(file)}
        self.missing = {day: file for day, file in files.items() if day not in self.known}

    def _base(self) -> str:
        texts = [f.read_text("utf-8") for f in self._files] + [
            p.read_text("utf-8") for p in sorted(REFERENCE.glob("*.csv"))
        ]
        return digest(*texts, settings().model_dump_json(), duckdb.__version__)

    def only_missing(self, sql: str) -> str:
        """Narrow a raw view to the peildata that are still to be worked out."""
        days = ", ".join(f"DATE '{day}'" for day in sorted(self.missing))
        return f"SELECT * FROM ({sql}) WHERE " + (f"peildatum IN ({days})" if days else "false")

    def complete(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Keep the rows that were just worked out, add the remembered ones, and forget what no longer counts."""
        table = f"mart.{self.mart.stem}"
        for day, file in self.missing.items():
            temp = self.folder / f"{TEMP_PREFIX}{file.name}"
            connection.execute(
                f"COPY (SELECT * FROM {table} WHERE peildatum = DATE '{day}') TO '{_path(temp)}' (FORMAT parquet)"
            )
            temp.replace(file)
        if self.known:
            files = ", ".join(f"'{_path(file)}'" for _, file in sorted(self.known.items()))
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM read_parquet([{files}])")
        wanted = {*self.known.values(), *self.missing.values()}
        for old in self.folder.glob("*.parquet"):
            if old not in wanted:
                old.unlink(missing_ok=True)


def per_peildatum(root: Path, folder: Path, selection: Selection) -> list[PerPeildatum]:
    """Give every mart below `root` that is remembered.

    Raises:
        ValueError: When such a mart shares a staging file or a delivery with another: narrowing would rob the other.
    """
    found = [
        PerPeildatum(mart, root / "staging", folder, selection)
        for mart in sorted((root / "marts").glob("*.sql"))
        if PER_PEILDATUM.search(mart.read_text("utf-8"))
    ]
    for one in found:
        others = [f for f in root.rglob("*.sql") if f not in one._files]
        taken = {f"stg.{f.stem}" for f in one._files if f.parent.name == "staging"} | set(one.views)
        for other in others:
            if shared := taken & {*_names(other, "stg"), *_names(other, "raw")}:
                raise ValueError(f"{other.name} reads {sorted(shared)}, which {one.mart.name} narrows to new peildata")
    return found


def _names(file: Path, schema: str) -> set[str]:
    text = _COMMENT.sub(" ", file.read_text("utf-8"))
    return {f"{s}.{n}" for s, n in _NAME.findall(text) if s == schema}


def _closure(mart: Path, staging: Path) -> list[Path]:
    """Give the mart's file and every staging file that it stands on, in a fixed order."""
    seen, todo = [mart], [mart]
    while todo:
        for name in sorted(_names(todo.pop(), "stg")):
            file = staging / f"{name.removeprefix('stg.')}.sql"
            if file.is_file() and file not in seen:
                seen.append(file)
                todo.append(file)
    return [mart, *sorted(seen[1:])]


def _print(parts: list[Part]) -> str:
    return json.dumps(sorted((p.print for p in parts), key=str))


def _whole(file: Path) -> bool:
    try:
        pq.read_metadata(file)
    except (OSError, pa.ArrowException):
        return False
    return True


def _path(file: Path) -> str:
    return file.resolve().as_posix().replace("'", "''")
