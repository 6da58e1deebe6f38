"""Builds folders of recorded CBS answers for tests: from the real dumps, or tiny ones made up on the spot."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

DUMPS = Path(__file__).resolve().parents[1] / ".." / "shared" / "data" / "cbs"
REAL_TABLES = ("82972NED", "85098NED", "83674NED", "85012NED", "85563NED", "86137NED")
#: Titles where the catalogue of tables names them; the dumps hold none.
TITLES = {
    "82972NED": "Jongeren met jeugdzorg in natura, 2015-2020",
    "85098NED": "Jongeren met jeugdzorg in natura",
    "83674NED": "Gezondheidsmonitor, regio, 2016",
    "85012NED": "Gezondheidsmonitor, regio, 2020",
    "85563NED": "Gezondheidsmonitor, regio, 2022",
    "86137NED": "Gezondheidsmonitor, regio, 2024",
}
KINDS = {"RegioS": "GeoDimension", "Perioden": "TimeDimension"}
NAMES = {"10000": "18 jaar of ouder", "MW00000": "Waarde", "MOG0095": "Ondergrens", "MBG0095": "Bovengrens"}


def needs_dumps() -> None:
    """Skip with a reason where the real dumps are absent."""
    if not (DUMPS / "cbs_85098NED_typed.csv").exists():
        pytest.skip("../shared/data/cbs is er niet: echte CBS-cijfers ontbreken")


def record_dumps(out: Path, tables: tuple[str, ...] = REAL_TABLES) -> Path:
    """Make a folder of recorded answers from the real dumps; metadata is derived from their columns and codes."""
    for table in tables:
        source = DUMPS / f"cbs_{table}_typed.csv"
        with source.open(newline="", encoding="utf-8") as handle:
            rows = list(csv.DictReader(handle))
        dimensions = [c for c in rows[0] if c in ("RegioS", "Perioden", "Leeftijd", "Marges")]
        topics = [c for c in rows[0] if c not in dimensions and c != "ID"]
        codes = {d: list(dict.fromkeys(r[d] for r in rows)) for d in dimensions}
        write_metadata(out / table, table, TITLES[table], topics, codes)
        shutil.copyfile(source, out / table / "TypedDataSet.csv")
    return out


def write_metadata(
    folder: Path,
    table: str,
    title: str,
    topics: list[str],
    codes: dict[str, list[str]],
    modified: str = "2025-10-31T02:00:00",
) -> None:
    """Write TableInfos, DataProperties and one code list per dimension."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, "TableInfos", [{"ID": 0, "Title": title, "Identifier": table, "Modified": modified}])
    properties = [
        {"ID": i, "ParentID": None, "Type": KINDS.get(d, "Dimension"), "Key": d, "Title": d}
        for i, d in enumerate(codes)
    ]
    properties += [
        {"ID": 100 + i, "ParentID": None, "Type": "Topic", "Key": key, "Title": key, "Datatype": "Double", "Unit": "%"}
        for i, key in enumerate(topics)
    ]
    write(folder, "DataProperties", properties)
    for dimension, keys in codes.items():
        write(folder, dimension, [_code(dimension, key) for key in keys])


def _code(dimension: str, key: str) -> dict[str, str]:
    code = {"Key": key, "Title": NAMES.get(key.strip(), key.strip()), "Description": ""}
    if dimension == "Perioden":
        code["Status"] = "Voorlopig" if key >= "2024" else "Definitief"
    return code


def write(folder: Path, collection: str, rows: list[dict[str, object]]) -> None:
    """Write one collection."""
    (folder / f"{collection}.json").write_text(json.dumps(rows), encoding="utf-8")


def read(folder: Path, collection: str) -> list[dict[str, object]]:
    """Read one collection."""
    return json.loads((folder / f"{collection}.json").read_text(encoding="utf-8"))


def small_youth_table(out: Path, table: str = "85098NED", width: int = 7, value: float = 15.3) -> Path:
    """Make one tiny youth care table with three regions and two periods; value is that of GM1895 in 2024."""
    regions = [code.ljust(width) for code in ("NL01", "PV20", "GM1895")]
    periods = ["2024JJ00", "2025HJ01"]
    topic = "JongerenMetJeugdhulpInNatura_1"
    write_metadata(out / table, table, "Jeugdzorg (test)", [topic], {"RegioS": regions, "Perioden": periods})
    rows = [
        {"ID": i, "RegioS": r, "Perioden": p, topic: value if (r.strip(), p) == ("GM1895", "2024JJ00") else 10.0 + i}
        for i, (r, p) in enumerate((r, p) for r in regions for p in periods)
    ]
    write(out / table, "TypedDataSet", rows)
    return out
