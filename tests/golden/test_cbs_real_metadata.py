"""A complete real metadata set of CBS, as the client meets it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from etl.cbs_tables import shapes
from etl.cbs_tables.resolve import find_topic, resolve
from etl.cbs_tables.rows import download
from etl.readers.odata import CbsBroken, OData
from etl.readers.odata_server import serve
from indicators.core.cbs import Topic
from indicators.definitions.gezondheid.ervaren_gezondheid_wijken import TOPIC
from tests.recorded_cbs import DUMPS, write, write_metadata

pytestmark = pytest.mark.shared
TABLE = "83474NED"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OData]:
    source = DUMPS / "v3_metadata_sample"
    if not source.is_dir():
        pytest.skip("../shared/data/cbs/v3_metadata_sample is er niet")
    folder = tmp_path_factory.mktemp("answers")
    (folder / TABLE).mkdir()
    for path in source.glob(f"{TABLE}_*.csv"):
        name = path.stem.removeprefix(f"{TABLE}_")
        shutil.copyfile(path, folder / TABLE / f"{'TypedDataSet' if name == 'data' else name}.csv")
    with serve(folder) as base:
        yield OData(base)


def test_reads_the_description_of_a_table(port: OData) -> None:
    info = port.info(TABLE)
    assert (info["Title"], info["Modified"]) == ("Bevolkingsontwikkeling; maand en jaar", "2022-07-28T02:00:00")


def test_finds_a_topic_by_its_stem_and_unit(port: OData) -> None:
    properties = port.properties(TABLE)
    assert find_topic(TABLE, Topic("LevendGeborenKinderen", "aantal"), properties) == "LevendGeborenKinderen_2"
    with pytest.raises(CbsBroken, match="Geboorten"):
        find_topic(TABLE, Topic("Geboorten", "aantal"), properties)


def test_reads_codes_with_status_and_figures(port: OData) -> None:
    assert {c["Status"] for c in port.codes(TABLE, "Perioden")} <= {"Definitief", "NaderVoorlopig", "Voorlopig"}
    rows = port.data(TABLE, filters="Perioden eq '1995MM01'", select=["Perioden", "LevendGeborenKinderen_2"])
    assert rows == [{"Perioden": "1995MM01", "LevendGeborenKinderen_2": 16436}]


def test_the_attribute_type_tells_a_group_from_a_topic() -> None:
    """SES tables repeat a stem; the title of the group it stands in tells which one is meant."""
    properties = [
        {"ID": 1, "ParentID": None, "Type": "TopicGroup", "Key": None, "Title": "Totaal"},
        {"ID": 2, "ParentID": 1, "Type": "Topic", "Key": "GemiddeldeScore_29", "Unit": "score"},
        {"ID": 3, "ParentID": None, "Type": "TopicGroup", "Key": None, "Title": "Welvaart"},
        {"ID": 4, "ParentID": 3, "Type": "Topic", "Key": "GemiddeldeScore_31", "Unit": "score"},
    ]
    assert find_topic("T", Topic("GemiddeldeScore", "score", parent="Welvaart"), properties) == "GemiddeldeScore_31"
    with pytest.raises(CbsBroken, match="meer dan een keer"):
        find_topic("T", Topic("GemiddeldeScore", "score"), properties)
    with pytest.raises(CbsBroken, match="niet"):
        find_topic("T", Topic("GemiddeldeScore", "score", parent="Onderwijs"), properties)


def test_health_per_wijk_as_rivm_estimates_it(tmp_path: Path) -> None:
    """The dump is of 50090NED, the table before 50150NED, untyped: padded text, and no bounds."""
    path = DUMPS / "rivm_50090NED_untyped_oldambt_wijken_buurten_18plus.csv"
    if not path.exists():
        pytest.skip("de dump van RIVM is er niet")
    with path.open(encoding="utf-8", newline="") as handle:
        rows = [{k: v for k, v in row.items() if k != "bron_bestand"} for row in csv.DictReader(handle)]
    shape = replace(shapes()["50150NED"], id="50090NED", topics=(TOPIC,))
    codes = {
        d: list(dict.fromkeys(row[d] for row in rows)) for d in ("Leeftijd", "Marges", "WijkenEnBuurten", "Perioden")
    }
    write_metadata(tmp_path / "50090NED", "50090NED", "Gezondheid per wijk", [TOPIC.hint], codes)
    write(tmp_path / "50090NED", "TypedDataSet", rows)
    with serve(tmp_path) as base:
        frame = download(OData(base), resolve(OData(base), shape, ""))
    assert set(frame["onderwerp"]) == {"ErvarenGezondheidGeschat"}
    found = frame.set_index(["gebied_code", "periode"])["waarde"]
    assert (found["NL01", "2012JJ00"], found["GM1895", "2012JJ00"]) == (76.1, 72.7)
    assert {code[:2] for code in frame["gebied_code"]} == {"NL", "GM", "WK", "BU"}
    assert found["WK189500", "2012JJ00"] == 72.7
    assert frame["waarde"].isna().sum() == sum(row[TOPIC.hint].strip() == "." for row in rows)
