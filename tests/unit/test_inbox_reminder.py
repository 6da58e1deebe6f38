"""Files about persons that stay in the inbox are named after thirty days, without their names."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from etl.inbox import lying_too_long, scan
from etl.source import sources

NOW = dt.datetime(2026, 10, 31, 12)  # noqa: DTZ001  UTC without zone


def put(inbox: Path, name: str, days: float) -> None:
    path = inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", "utf-8")
    then = (NOW - dt.timedelta(days=days)).replace(tzinfo=dt.UTC).timestamp()
    os.utime(path, (then, then))


def notices(inbox: Path) -> list[str]:
    return lying_too_long(scan(inbox, sources()), sources(), NOW)


def test_old_files_about_persons_are_counted_and_not_named(tmp_path: Path) -> None:
    put(tmp_path, "wmo/Jansen A.csv", 31)
    put(tmp_path, "wmo/wmo_2026-09-30.csv", 40)
    put(tmp_path, "wmo/wmo_2026-10-30.csv", 1)
    [notice] = notices(tmp_path)
    assert "map wmo staan 2 bestanden met persoonsgegevens" in notice and "Jansen" not in notice


def test_fresh_files_and_files_without_persons_are_not_named(tmp_path: Path) -> None:
    put(tmp_path, "wmo/wmo_2026-10-30.csv", 29.9)
    put(tmp_path, "wmo/mapping.toml", 400)
    (tmp_path / "wmo" / "mapping.toml").write_text("", "utf-8")
    put(tmp_path, "k2f/k2f_2026-01-31.csv", 300)
    assert notices(tmp_path) == []
