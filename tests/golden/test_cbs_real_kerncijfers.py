"""Kerncijfers wijken en buurten 2025 with its real metadata and the one real record that was kept.

The kept record is that of the country. Rows of the own gemeente and a wijk are made up here, in the same form.
"""
# ruff: noqa: DTZ001  the database keeps UTC moments without a zone

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import duckdb
import pytest

from etl import cbs
from etl.cbs import CbsResult, raw_views, refresh_cbs
from etl.cbs_tables import tables
from tests.recorded_cbs import DUMPS, write

pytestmark = pytest.mark.shared
TABLE = "86165NED"


def _record(folder: Path) -> Path:
    metadata = json.loads((DUMPS / "kwb_86165NED_2025_metadata.json").read_text("utf-8"))
    example = json.loads((DUMPS / "kwb_86165NED_2025_example_record.json").read_text("utf-8"))["data"]["records"][0]
    with (DUMPS / "cbs_WijkenEnBuurten_codes_oldambt.csv").open(encoding="utf-8", newline="") as handle:
        codes = [{"Key": row["Key"], "Title": row["Title"]} for row in csv.DictReader(handle)]
    here = folder / TABLE
    here.mkdir(parents=True)
    info = {"Title": metadata["dataset"]["title"], "Modified": metadata["additional_info"]["modified"]}
    write(here, "TableInfos", [info])
    properties = [
        {
            "ID": i,
            "ParentID": None,
            "Key": p["key"],
            "Title": p["title"],
            "Unit": p["unit"],
            "Type": "GeoDetail" if p["key"] == "WijkenEnBuurten" else "Topic" if p["key"] else "TopicGroup",
        }
        for i, p in enumerate(metadata["metadata"]["properties"])
    ]
    write(here, "DataProperties", properties)
    write(here, "WijkenEnBuurten", codes)
    filled = {k: 1 for k, v in example.items() if v is None}  # made up: what was still empty for the country
    own = [{**example, **filled, "WijkenEnBuurten": code, "AantalInwoners_5": n}
           for code, n in (("GM1895    ", 39_586), ("WK189500  ", 18_800))]  # fmt: skip
    write(here, "TypedDataSet", [example, *own])
    return folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[CbsResult, dict[tuple[str, str], float | None]]:
    if not (DUMPS / "kwb_86165NED_2025_metadata.json").exists():
        pytest.skip("../shared/data/cbs is er niet: echte metadata ontbreken")
    folder = tmp_path_factory.mktemp("kern")
    wanted = tuple(t for t in tables() if t.id == TABLE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cbs, "tables", lambda: wanted)
        result = refresh_cbs(folder / "v", _record(folder / "cbs"), dt.datetime(2026, 10, 1))[0]
        sql = raw_views(folder / "v")["raw.cbs__waarneming"]
    rows = duckdb.sql(f"SELECT onderwerp, gebied_code, waarde FROM ({sql})").fetchall()
    return result, {(topic, region): value for topic, region, value in rows}


def test_every_topic_that_is_asked_stands_in_the_real_table(kept: tuple[CbsResult, dict]) -> None:
    result, figures = kept
    assert (result.status, result.titel, result.ontbrekend) == ("vers", "Kerncijfers wijken en buurten 2025", None)
    assert result.gewijzigd == dt.datetime(2026, 1, 15, 2)
    asked = next(t for t in tables() if t.id == TABLE).topics
    assert {topic.naam for topic in asked} == {name for name, _ in figures}


@pytest.mark.parametrize(
    ("topic", "value"),
    [
        ("AantalInwoners", 18_044_027),
        ("k_0Tot15Jaar", 2_698_534),
        ("k_65JaarOfOuder", 3_755_679),
        ("HuishoudensTotaal", 8_430_352),
        ("GemiddeldeWOZWaardeVanWoningen", 398),
        ("Omgevingsadressendichtheid", 2077),
        ("PersonenautoSPerHuishouden", 1.1),
        ("PersonenPerSoortUitkeringBijstand", None),
        ("AfstandTotHuisartsenpraktijk", None),
    ],
)
def test_the_country_as_cbs_published_it(kept: tuple[CbsResult, dict], topic: str, value: float | None) -> None:
    assert kept[1][topic, "NL01"] == value


def test_hints_are_the_keys_of_this_edition() -> None:
    if not (DUMPS / "kwb_86165NED_2025_metadata.json").exists():
        pytest.skip("../shared/data/cbs is er niet: echte metadata ontbreken")
    metadata = json.loads((DUMPS / "kwb_86165NED_2025_metadata.json").read_text("utf-8"))
    keys = {p["key"] for p in metadata["metadata"]["properties"]}
    topics = next(t for t in tables() if t.id == TABLE).topics
    assert {t.hint for t in topics} <= keys


def test_rows_of_the_gemeente_and_its_wijken_are_kept(kept: tuple[CbsResult, dict]) -> None:
    assert (kept[1]["AantalInwoners", "GM1895"], kept[1]["AantalInwoners", "WK189500"]) == (39_586, 18_800)
