"""A complete real metadata set of CBS, as the client meets it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from etl.cbs_tables.resolve import find_topic
from etl.readers.odata import CbsBroken, OData
from etl.readers.odata_server import serve
from indicators.core.cbs import Topic
from tests.recorded_cbs import DUMPS

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
