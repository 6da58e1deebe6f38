"""Every delivery kept for ever: Parquet per entity and a manifest, named by what was read (append-only).

A vintage is addressed by the bytes of the file, the part of mapping.toml that holds for it and the version of the
reader: the same three give the same rows, so nothing is read twice, and a change in any of them is read again.
Which vintages take part is in `register/<ronde>.json`, one file per refresh that brought something: it appears at
once, so that files that complete each other are never counted by halves after a killed run.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import hashlib
import json
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from etl.atomic import TEMP_PREFIX, move_dir, private_dir, to_json, write_bytes, write_json
from etl.source import Entity, Reading, Refusal, Source
from etl.typed import typed

MANIFEST = "manifest.json"
REGISTER = "register"
CONFIRMED = "bevestigd.json"
#: Metadata of a stored file: how many keys its pseudonyms went through (etl/rekey).
KEYS_USED = b"sleutels"
WHOLE_REFUSED = "geweigerd"
NOT_OURS = ("cbs", "geo")  # copies of CBS tables and boundaries have a manifest of their own kind
#: Columns that every stored entity has besides its own.
EXTRA = (("levering_id", "VARCHAR"), ("peildatum", "DATE"), ("bron_blad", "VARCHAR"), ("bron_rij", "INTEGER"))


def state_columns(entity: Entity) -> list[str]:
    """Give the columns whose values are each a part of the state of its own: boekjaar, and what the entity says."""
    own = [c.name for c in entity.columns]
    return [c for c in ("boekjaar", *entity.delen) if c in own]


def digest(*parts: str) -> str:
    """Give the sha256 of texts, in hexadecimal."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass
class Vintage:
    """One delivery as it was read, from its manifest; counts obey gelezen = geladen + geweigerd + buiten bereik.

    Attributes:
        levering: "volledig": the whole state at its peildatum; "aanvulling": what is new since the one before.
        omvang: Entity -> part of the state that it holds (values of `state_columns` joined by |; "" when the state is
            one) -> rows, for a ledger the sum of its lasten in euros, and the first and last value of Entity.aangroei.
        boekjaren: The parts in manifests of before `omvang`, for boekjaar only.
    """

    levering_id: str
    bron: str
    bestand: str
    sha256: str
    sleutel: str
    peildatum: dt.date | None
    ingelezen_op: dt.datetime
    rijen_gelezen: int = 0
    rijen_geladen: int = 0
    rijen_geweigerd: int = 0
    rijen_buiten_bereik: int = 0
    refused: bool = False
    voorbeelddata: bool = False
    meldingen: list[str] = field(default_factory=list)
    weigeringen: list[Refusal] = field(default_factory=list)
    entiteiten: dict[str, int] = field(default_factory=dict)
    boekjaren: dict[str, list[int]] = field(default_factory=dict)
    levering: str = "volledig"
    omvang: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    opgeschoond: dt.date | None = None
    map: Path | None = None
    namen: set[str] = field(default_factory=set)
    ronde: int = 0

    @property
    def aanvulling(self) -> bool:
        """Whether it holds only what is new since the delivery before it."""
        return self.levering == "aanvulling"

    def delen_of(self, entity: str) -> list[str]:
        """Give the parts of the state of an entity that it holds; none when the state is one."""
        known = self.omvang.get(entity) or [str(year) for year in self.boekjaren.get(entity, [])]
        return [deel for deel in known if deel]

    def omvang_of(self, entity: str, deel: str | None) -> list[Any] | None:
        """Give rows, lasten in euros, first and last of one part of the state; None when the manifest does not tell."""
        found = self.omvang.get(entity, {}).get(deel or "")
        if found is None:
            return None if deel or entity not in self.entiteiten else [self.entiteiten[entity], None, None, None]
        rijen, lasten, first, last = (*found, None, None)[:4]
        return [rijen, None if lasten is None else decimal.Decimal(lasten), first, last]

    def same_file(self, other: Vintage) -> bool:
        """Say whether both are readings of one delivered file: same source, bytes and (hashed) name."""
        return self.bron == other.bron and self.sha256 == other.sha256 and bool(self.namen & other.namen)

    def manifest(self) -> dict[str, Any]:
        """What is stored beside the rows."""
        left_out = {"map", "namen", "ronde"}
        return {k: v for k, v in dataclasses.asdict(self).items() if k not in left_out}


def _from_manifest(folder: Path) -> Vintage:
    content = json.loads((folder / MANIFEST).read_text("utf-8"))
    content["weigeringen"] = [Refusal(**r) for r in content["weigeringen"]]
    content["ingelezen_op"] = dt.datetime.fromisoformat(content["ingelezen_op"])
    if content["peildatum"]:
        content["peildatum"] = dt.date.fromisoformat(content["peildatum"])
    if content.get("opgeschoond"):
        content["opgeschoond"] = dt.date.fromisoformat(content["opgeschoond"])
    names = {p.name.removeprefix("naam-") for p in folder.glob("naam-*")}
    return Vintage(**content, map=folder, namen=names)


def to_arrow(entity: Entity, rows: pd.DataFrame | pa.Table, levering_id: str, peildatum: dt.date) -> pa.Table:
    """Give the rows of an entity with its declared types, and the delivery they came from in every row."""
    table = typed(entity, rows) if isinstance(rows, pd.DataFrame) else rows
    place = len(entity.columns)
    own = {"levering_id": pa.scalar(levering_id, pa.string()), "peildatum": pa.scalar(peildatum, pa.date32())}
    for name, value in reversed(own.items()):
        table = table.add_column(place, name, pa.repeat(value, table.num_rows))
    return table


def _omvang(table: pa.Table, entity: Entity) -> dict[str, list[Any]]:
    """Give of each part of the state its rows, of a ledger the sum of its lasten, and where its rows begin and end."""
    columns = state_columns(entity)
    ledger = ["lasten_baten", "bedrag_eur"] if {"lasten_baten", "bedrag_eur"} <= set(table.column_names) else []
    growth = [entity.aangroei] if entity.aangroei else []
    if not columns and not ledger and not growth:
        return {"": [table.num_rows, None, None, None]}
    found: dict[str, list[Any]] = {}
    for row in table.select([*dict.fromkeys([*columns, *ledger, *growth])]).to_pylist():
        deel = "|".join("" if row[c] is None else str(row[c]) for c in columns)
        size = found.setdefault(deel, [0, None, None, None])
        size[0] += 1
        if ledger and row["lasten_baten"] == "L" and row["bedrag_eur"] is not None:
            size[1] = (size[1] or decimal.Decimal(0)) + row["bedrag_eur"]
        if growth and row[growth[0]] is not None:
            at = str(row[growth[0]]).zfill(10)  # days as they are, numbers in order too
            size[2:] = [min(size[2] or at, at), max(size[3] or at, at)]
    return {deel: [s[0], None if s[1] is None else str(s[1]), s[2], s[3]] for deel, s in sorted(found.items())}


class Vintages:
    """The vintages of one store."""

    def __init__(self, root: Path, keys: int = 1) -> None:
        self.root = root
        self.keys = keys  # how many keys the pseudonyms of new rows went through

    @cached_property
    def _all(self) -> dict[str, Vintage]:
        paths = sorted(self.root.glob(f"*/*/*/{MANIFEST}"))
        found = [_from_manifest(p.parent) for p in paths if p.parts[-4] not in NOT_OURS]
        by_path = {self._name(v): v for v in found}
        for path in sorted((self.root / REGISTER).glob("*.json")):
            accepted = json.loads(path.read_text("utf-8"))
            for name in accepted["leveringen"]:
                if name in by_path:  # absent only when somebody removed a vintage by hand
                    by_path[name].ronde = accepted["in_plaats_van_ronde"].get(name, int(path.stem))
        return by_path

    def _name(self, vintage: Vintage) -> str:
        assert vintage.map
        return vintage.map.relative_to(self.root).as_posix()

    def all(self) -> list[Vintage]:
        """Every vintage, in the order in which they were accepted and read."""
        return sorted(self._all.values(), key=lambda v: (v.ronde, v.ingelezen_op, v.levering_id))

    def accepted(self) -> list[Vintage]:
        """The vintages that took part in an earlier refresh."""
        return [v for v in self.all() if v.ronde]

    def confirmed(self) -> set[str]:
        """Checksums of the files that somebody confirmed; a confirmation is remembered."""
        try:
            return set(json.loads((self.root / CONFIRMED).read_text("utf-8")))
        except (OSError, ValueError):
            return set()

    def confirm(self, checksums: set[str]) -> None:
        """Remember that these files may count."""
        if checksums - self.confirmed():
            write_json(private_dir(self.root) / CONFIRMED, sorted(checksums | self.confirmed()))

    def find(self, bron: str, sleutel: str, naam: str, sha256: str) -> Vintage | None:
        """Give the vintage of these bytes, mapping and reader under this (hashed) name, when it was read before.

        Bytes of which the person rows were purged are known whatever the mapping, reader or name: reading them again
        would bring the rows back.
        """
        for vintage in self._all.values():
            if vintage.bron == bron and vintage.sleutel == sleutel and naam in vintage.namen:
                return vintage
        for vintage in self._all.values():
            if vintage.bron == bron and vintage.opgeschoond and vintage.sha256 == sha256:
                return vintage
        return None

    def purged(self, bron: str, day: dt.date | None) -> bool:
        """Say whether the person rows of this day were removed."""
        return any(v.opgeschoond and v.bron == bron and v.peildatum == day for v in self._all.values())

    def write(self, source: Source, vintage: Vintage, reading: Reading, naam: str) -> Vintage:
        """Store what was read of one file, all at once, and give the vintage with its folder."""
        day = vintage.peildatum.isoformat() if vintage.peildatum and not vintage.refused else WHOLE_REFUSED
        target = self.root / source.name / day / vintage.sleutel
        if not target.exists():
            private_dir(self.root)
            private_dir(self.root / source.name)
            temp = private_dir(self.root / f"{TEMP_PREFIX}{os.getpid()}-{vintage.sleutel}")
            if not vintage.refused:
                assert vintage.peildatum
                for entity in source.entities:
                    rows = reading.typed.get(entity.name, reading.tables.get(entity.name))
                    if rows is None:
                        continue
                    table = to_arrow(entity, rows, vintage.levering_id, vintage.peildatum)
                    table = table.replace_schema_metadata({KEYS_USED: str(self.keys).encode()})
                    pq.write_table(table, temp / f"{entity.name}.parquet", compression="zstd")
                    vintage.entiteiten[entity.name] = table.num_rows
                    vintage.omvang[entity.name] = _omvang(table, entity)
            (temp / f"naam-{naam}").touch()
            (temp / MANIFEST).write_bytes(to_json(vintage.manifest()))
            move_dir(temp, target)
            target.parent.chmod(0o700)
        else:
            write_bytes(target / f"naam-{naam}", b"")
        stored = _from_manifest(target)
        known = self._all.get(self._name(stored))
        stored.ronde = known.ronde if known else 0
        self._all[self._name(stored)] = stored
        return stored

    def rewrite(self, vintage: Vintage, **changes: Any) -> Vintage:
        """Write the manifest of a vintage anew, with other values in some of its fields."""
        assert vintage.map
        write_json(vintage.map / MANIFEST, dataclasses.replace(vintage, **changes).manifest())
        stored = _from_manifest(vintage.map)
        stored.ronde = vintage.ronde
        self._all[self._name(stored)] = stored
        return stored

    def accept(self, vintages: list[Vintage], rondes: dict[str, int], moment: dt.datetime) -> None:
        """Let new vintages take part from now on, all of them at once.

        Args:
            vintages: What is new.
            rondes: levering_id -> the earlier refresh whose place it takes (the same file read with another mapping).
            moment: When.
        """
        if not vintages:
            return
        folder = private_dir(self.root / REGISTER)
        newest = max((int(p.stem) for p in folder.glob("*.json")), default=0)
        content = {
            "moment": moment,
            "leveringen": [self._name(v) for v in vintages],
            "in_plaats_van_ronde": {self._name(v): rondes[v.levering_id] for v in vintages if v.levering_id in rondes},
        }
        write_json(folder / f"{newest + 1:06d}.json", content)
        for vintage in vintages:
            vintage.ronde = rondes.get(vintage.levering_id, newest + 1)
