"""The port to CBS, talking over HTTP to a server that behaves and misbehaves as CBS does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cbsodata
import pytest
import requests

from etl.readers.odata import CbsBroken, CbsNotFound, CbsUnreachable, OData, Patience
from etl.readers.odata_server import Fault, Recorded, serve
from tests.recorded_cbs import small_youth_table, write, write_metadata

QUICK = Patience(timeout=5.0, attempts=3, first_wait=0.01, total=20.0)
#: For a server that does not answer until the client has hung up. Many attempts: a busy machine is late by itself too.
HASTY = Patience(timeout=0.2, attempts=50, first_wait=0.01, total=60.0)


@pytest.fixture
def recorded(tmp_path: Path) -> Recorded:
    return Recorded(small_youth_table(tmp_path))


@pytest.fixture
def port(recorded: Recorded) -> Iterator[OData]:
    with serve(recorded) as base:
        yield OData(base, QUICK)


def test_gives_typed_rows_with_codes_and_padding(port: OData) -> None:
    rows = port.data("85098NED", filters="RegioS eq 'GM1895 ' and Perioden eq '2024JJ00'")
    assert [(r["RegioS"], r["Perioden"], r["JongerenMetJeugdhulpInNatura_1"]) for r in rows] == [
        ("GM1895 ", "2024JJ00", 15.3)
    ]


def test_gives_only_the_selected_columns(port: OData) -> None:
    rows = port.data("85098NED", select=["RegioS", "Perioden"])
    assert all(set(r) == {"RegioS", "Perioden"} for r in rows)


def test_gives_description_properties_and_code_lists(port: OData) -> None:
    assert port.info("85098NED")["Title"] == "Jeugdzorg (test)"
    assert port.properties("85098NED")[-1]["Key"] == "JongerenMetJeugdhulpInNatura_1"
    assert [c["Key"] for c in port.codes("85098NED", "RegioS")] == ["NL01   ", "PV20   ", "GM1895 "]


def test_reads_all_pages_once(recorded: Recorded, port: OData) -> None:
    recorded.page = 2
    rows = port.data("85098NED", filters="startswith(RegioS,'GM') or startswith(RegioS,'NL')")
    assert [r["ID"] for r in rows] == [0, 1, 4, 5]
    assert len(recorded.requests) == 2


def test_a_large_table_comes_in_pages_where_the_other_api_gives_an_error(tmp_path: Path) -> None:
    write_metadata(tmp_path / "T1", "T1", "Groot", ["Waarde_1"], {"RegioS": ["NL01  "]})
    write(tmp_path / "T1", "TypedDataSet", [{"ID": i, "RegioS": "NL01  ", "Waarde_1": i} for i in range(10_001)])
    with serve(tmp_path) as base:
        rows = OData(base, Patience(timeout=5, attempts=1, total=10)).data("T1")
        assert [r["ID"] for r in rows] == list(range(10_001))
        answer = requests.get(f"{base}/ODataApi/odata/T1/TypedDataSet?$format=json", timeout=5)
        assert answer.status_code == 500


@pytest.mark.parametrize("kind", ["500", "reset", "slow", "truncated", "html"])
def test_a_passing_fault_is_tried_again(recorded: Recorded, port: OData, kind: str) -> None:
    recorded.faults = [Fault(kind, "TypedDataSet", times=2)]
    port.patience = HASTY if kind == "slow" else QUICK
    assert len(port.data("85098NED")) == 6
    assert len(recorded.requests) >= 3


@pytest.mark.parametrize("kind", ["500", "reset", "slow", "truncated", "html"])
def test_a_lasting_fault_ends_after_the_set_attempts(recorded: Recorded, port: OData, kind: str) -> None:
    recorded.faults = [Fault(kind, "TypedDataSet")]
    # Long enough that each question is asked before it is given up, however busy the machine is.
    port.patience = replace(QUICK, timeout=0.8) if kind == "slow" else QUICK
    with pytest.raises(CbsUnreachable, match="CBS geeft de cijfers van tabel 85098NED niet"):
        port.data("85098NED")
    assert len(recorded.requests) == QUICK.attempts


def test_a_missing_table_is_not_tried_again(recorded: Recorded, port: OData) -> None:
    with pytest.raises(CbsNotFound, match="99999NED"):
        port.info("99999NED")
    assert len(recorded.requests) == 1


def test_ids_are_case_sensitive(port: OData) -> None:
    with pytest.raises(CbsNotFound):
        port.info("85098ned")


def test_a_refused_question_is_not_tried_again(recorded: Recorded, port: OData) -> None:
    with pytest.raises(CbsBroken, match="weigert"):
        port.data("85098NED", filters="Onbekend eq 'x'")
    assert len(recorded.requests) == 1


def test_a_server_that_drips_is_given_up(recorded: Recorded) -> None:
    recorded.faults = [Fault("drip", seconds=0.05)]
    with serve(recorded) as base, pytest.raises(CbsUnreachable):
        OData(base, Patience(timeout=0.2, attempts=3, first_wait=0.01, total=0.3)).data("85098NED")


def test_nothing_listening_is_said_in_dutch() -> None:
    with pytest.raises(CbsUnreachable, match="geen verbinding"):
        OData("http://127.0.0.1:9", QUICK).info("85098NED")


def test_the_globals_of_the_package_are_put_back(port: OData) -> None:
    before = (cbsodata.options.use_https, cbsodata.options.catalog_url)
    port.info("85098NED")
    with pytest.raises(CbsNotFound):
        port.info("99999NED")
    assert (cbsodata.options.use_https, cbsodata.options.catalog_url) == before


def test_two_servers_can_be_asked_at_once(tmp_path: Path) -> None:
    """The package knows one address for all: answers must not cross between threads."""
    values: dict[int, set[float]] = {}

    def ask(number: int, base: str) -> None:
        rows = [r for _ in range(5) for r in OData(base, Patience(timeout=5, total=20)).data("85098NED")]
        values[number] = {
            r["JongerenMetJeugdhulpInNatura_1"] for r in rows if r["RegioS"] == "GM1895 " and r["ID"] == 4
        }

    one = serve(small_youth_table(tmp_path / "a", value=1.0))
    two = serve(small_youth_table(tmp_path / "b", value=2.0))
    with one as first, two as second:
        threads = [threading.Thread(target=ask, args=(i, (first, second)[i % 2])) for i in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert values == {i: {1.0 + i % 2} for i in range(6)}


def test_loopback_is_not_asked_through_the_proxy(port: OData, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setitem(cbsodata.options.requests, "proxies", {"http": "http://127.0.0.1:9", "https": None})
    assert port.info("85098NED")["Identifier"] == "85098NED"


def test_untyped_rows_stay_text(tmp_path: Path) -> None:
    folder = small_youth_table(tmp_path) / "85098NED"
    (folder / "UntypedDataSet.csv").write_text("ID,RegioS,Waarde_1\n0,NL01   ,       .\n", encoding="utf-8")
    with serve(tmp_path) as base:
        assert OData(base, QUICK).collection("85098NED", "UntypedDataSet")[0]["Waarde_1"] == "       ."


def test_the_catalogue_names_the_tables(port: OData) -> None:
    answer = requests.get(f"{port.base}/ODataCatalog/Tables?$format=json", timeout=5).json()
    assert [t["Identifier"] for t in answer["value"]] == ["85098NED"]


def test_without_a_wish_for_json_the_answer_is_atom(port: OData) -> None:
    answer = requests.get(f"{port.base}/ODataFeed/odata/85098NED/TableInfos", timeout=5)
    assert answer.text.startswith("<?xml")
