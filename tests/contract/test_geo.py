"""Boundaries of wijken: what is kept of an answer, and that nothing broken replaces it or is needed."""
# ruff: noqa: DTZ001  the database keeps UTC moments without a zone

from __future__ import annotations

import datetime as dt
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.geo import Borders, borders
from etl.geo_answer import wijken_in
from etl.geo_copies import copies
from etl.geo_middle import middle
from etl.geo_shapes import area, fitting, geojson
from etl.readers.odata import CbsBroken, Patience
from etl.readers.odata_server import Fault, Recorded, serve
from indicators.core.settings import settings

OWN = settings().gemeente.code
DIGITS = OWN[2:]
DAY, FIRST, SECOND = dt.date(2026, 9, 30), dt.datetime(2026, 10, 1, 6), dt.datetime(2026, 11, 1, 6)
QUICK = Patience(timeout=0.2, attempts=2, first_wait=0.01, total=0.5, run=5.0)
GIVEN = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "geo" / "oldambt_wijken_2024.geojson"


def square(x: float, y: float, size: float = 0.1) -> list[list[float]]:
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def wijk(number: int, rings: list[Any], **more: str) -> dict[str, Any]:
    code = f"WK{DIGITS}{number:02d}"
    properties = {"wijkcode": code, "wijknaam": f"Wijk {number:02d} Voorbeeld", "gemeentecode": OWN, **more}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": rings},
    }


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def two(shift: float = 0.0) -> dict[str, Any]:
    water = wijk(99, [square(5.0, 52.3)]), wijk(3, [square(5.2, 52.3)], water="JA")
    return collection(wijk(0, [square(5.0 + shift, 52.0)]), wijk(1, [square(5.1 + shift, 52.0)]), *water)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    write(tmp_path / "answers", 2025, two())
    return tmp_path / "answers"


def write(folder: Path, year: int, answer: Any) -> None:
    path = folder / "geo" / "wijkenbuurten" / f"{year}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(answer), "utf-8")


def ask(
    store: Path, answers: Path, *faults: Fault, moment: dt.datetime = FIRST, day: dt.date = DAY
) -> tuple[Borders, Recorded]:
    recorded = Recorded(answers, faults=list(faults))
    with serve(recorded) as base:
        return borders(store, day, moment, base, patience=QUICK), recorded


def rows(found: Borders) -> list[tuple[Any, ...]]:
    return duckdb.sql(f"{found.views['raw.geo__wijk']} ORDER BY jaar, gebied_code").fetchall()


def test_the_newest_year_that_answers_is_kept_without_water(tmp_path: Path, answers: Path) -> None:
    found, recorded = ask(tmp_path, answers)
    assert found.meldingen == []
    assert [path.split("?")[0][-4:] for path in recorded.requests] == ["2026", "2025"]
    assert "gemeentecode" in recorded.requests[0] and OWN in recorded.requests[0]
    first, second = rows(found)
    assert first[:4] == (f"WK{DIGITS}00", 2025, 5.05, 52.05) and second[0] == f"WK{DIGITS}01"
    assert json.loads(first[4])["coordinates"] == [[[[5.1, 52.0], [5.1, 52.1], [5.0, 52.1], [5.0, 52.0], [5.1, 52.0]]]]
    assert first[5] == "Wijkgrenzen 2025 van CBS en Kadaster, via PDOK, opgehaald op 01-10-2026"
    manifest = json.loads((copies(tmp_path, OWN, 2026)[0].map / "manifest.json").read_text("utf-8"))
    assert manifest["wijken"] == 2 and len(manifest["inhoud"]) == 64


@pytest.mark.parametrize("kind", ["html", "500", "slow", "drip", "truncated", "reset", "empty"])
def test_a_broken_answer_leaves_the_copy_of_before(tmp_path: Path, answers: Path, kind: str) -> None:
    good, _ = ask(tmp_path, answers)
    write(answers, 2025, two(0.3))
    found, _ = ask(tmp_path, answers, Fault(kind, "2025"), moment=SECOND)
    assert rows(found) == rows(good)
    assert len(found.meldingen) == 1
    assert found.meldingen[0].startswith("De grenzen van de wijken zijn niet opgehaald: ")
    assert found.meldingen[0].endswith("De kopie van 01-10-2026 (grenzen van 2025) blijft in gebruik.")


@pytest.mark.parametrize("kind", ["html", "500", "404"])
def test_without_any_copy_the_tiles_stay(tmp_path: Path, answers: Path, kind: str) -> None:
    found, _ = ask(tmp_path, answers, Fault(kind))
    assert rows(found) == [] and found.meldingen[0].endswith("De tegelkaart blijft.")
    assert found.meldingen[0].count("PDOK") == 1, "not the same three times"
    assert list((tmp_path / "geo").glob("*")) == []


def test_a_folder_without_boundaries_and_no_cbs_say_nothing(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    for found in (
        borders(tmp_path, DAY, FIRST, tmp_path / "answers"),
        borders(tmp_path, DAY, FIRST, None, ask=False),
        borders(tmp_path, DAY, FIRST, tmp_path / "does-not-exist"),
    ):
        assert found.meldingen == [] and rows(found) == []


def test_a_folder_may_have_them(tmp_path: Path, answers: Path) -> None:
    found = borders(tmp_path, DAY, FIRST, answers)
    assert len(rows(found)) == 2 and found.meldingen == []


def test_the_same_again_is_no_new_copy_and_other_boundaries_are(tmp_path: Path, answers: Path) -> None:
    first, _ = ask(tmp_path, answers)
    assert ask(tmp_path, answers, moment=SECOND)[0] == first
    write(answers, 2025, two(0.3))
    changed, _ = ask(tmp_path, answers, moment=SECOND)
    assert changed.views != first.views and rows(changed)[0][2] == pytest.approx(5.35)
    copy = copies(tmp_path, OWN, 2026)[0]
    copy.parquet.write_bytes(b"damaged")
    assert rows(borders(tmp_path, DAY, SECOND, None, ask=False)) == rows(first)


def test_every_year_keeps_its_own_rows_and_later_years_are_left_out_of_an_earlier_state(
    tmp_path: Path, answers: Path
) -> None:
    ask(tmp_path, answers)
    write(answers, 2026, collection(wijk(0, [square(5.0, 52.0)]), wijk(7, [square(5.1, 52.0)])))
    found, _ = ask(tmp_path, answers, moment=SECOND)
    assert [(row[0][-2:], row[1]) for row in rows(found)] == [("00", 2025), ("01", 2025), ("00", 2026), ("07", 2026)]
    then, _ = ask(tmp_path, answers, day=dt.date(2025, 12, 31))
    assert {row[1] for row in rows(then)} == {2025}


def swapped(answer: dict[str, Any]) -> dict[str, Any]:
    for feature in answer["features"]:
        geometry = feature["geometry"]
        geometry["coordinates"] = [[[y, x] for x, y in ring] for ring in geometry["coordinates"]]
    return answer


def test_the_order_of_the_axes_follows_from_the_bounds_of_the_country() -> None:
    assert wijken_in(swapped(two()), OWN) == wijken_in(two(), OWN)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"value": []}, "bevat geen grenzen"),
        (collection(), "geen wijken van gemeente"),
        (collection(wijk(99, [square(5, 52)])), "geen wijken van gemeente"),
        (two() | {"numberMatched": 9}, "9 wijken, maar het antwoord bevat er 4"),
        (collection(wijk(0, [square(5, 52)], gemeentecode="GM0000")), "andere gemeente"),
        (collection(wijk(0, [square(5, 52)], wijkcode="WK000000", gemeentecode="")), "andere gemeente"),
        (collection(wijk(0, [square(5, 52)], wijkcode="BU12345678")), "zonder wijkcode"),
        (collection(wijk(0, [square(5, 52)]), wijk(0, [square(5.1, 52)])), "meer dan één keer"),
        (collection(wijk(0, [square(5, 52)[:-1]])), "niet gesloten"),
        (collection(wijk(0, [[[5, 52], [5, 52], [5, 52], [5, 52]]])), "niet gesloten"),
        (collection(wijk(0, [square(5, 42)])), "niet in Nederland"),
        (collection(wijk(0, [square(265_000, 577_000, 100)])), "niet in Nederland"),
        (collection(wijk(0, [[[5, float("nan")], *square(5, 52)]])), "anders dan punten"),
        (collection(wijk(0, [[["5", "52"]] * 5])), "anders dan punten"),
        (collection(wijk(0, [])), "lege grens"),
        (collection(wijk(0, [square(5, 52)]) | {"geometry": None}), "heeft geen grens"),
        ([], "bevat geen grenzen"),
    ],
)
def test_an_answer_that_is_something_else_is_refused(answer: Any, why: str) -> None:
    with pytest.raises(CbsBroken, match=why):
        wijken_in(answer, OWN)


def wavy(x: float, points: int) -> list[tuple[float, float]]:
    """A winding border from south to north at this longitude, of which no point lies on a straight line."""
    return [(x + ((i * 7919) % 31 - 15) * 2e-4, 52.0 + 0.2 * i / points) for i in range(points + 1)]


def strips(count: int, points: int) -> dict[str, Any]:
    lines = [wavy(5.0 + 0.05 * n, points) for n in range(count + 1)]
    return {
        f"WK{DIGITS}{n:02d}": [[[*west, *reversed(east), west[0]]]] for n, (west, east) in enumerate(pairwise(lines))
    }


def sides(ring: list[Any]) -> set[frozenset[Any]]:
    return {frozenset((tuple(a), tuple(b))) for a, b in pairwise(ring)}


def test_shapes_become_small_and_neighbours_keep_one_border() -> None:
    wijken = strips(5, 300)
    assert sum(len(geojson(shape)) for shape in wijken.values()) > 30_000
    found = list(fitting(wijken, limit=20_000).values())
    assert sum(len(geojson(shape)) for shape in found) < 20_000
    for left, right in pairwise(found):
        shared = sides(left[0][0]) & sides(right[0][0])
        height = sum(abs(a[1] - b[1]) for a, b in map(tuple, shared))
        assert height >= 0.2 - 1e-9, "the whole border from south to north is one and the same in both"
    assert all(shape[0][0][0] == shape[0][0][-1] and area(shape[0][0]) > 0 for shape in found)


def test_an_enclave_fits_its_hole_and_a_tiny_wijk_does_not_vanish() -> None:
    hole = square(5.02, 52.02, 0.02)
    tiny, dust = square(5.3, 52.3, 0.0003), square(5.4, 52.3, 0.000001)
    wijken = wijken_in(
        collection(wijk(0, [square(5, 52), hole]), wijk(1, [hole]), wijk(2, [tiny]), wijk(3, [dust])), OWN
    )
    around, inside, smallest, least = fitting({code: shape for code, (_, shape) in wijken.items()}).values()
    assert sides(around[0][1]) == sides(inside[0][0]) and area(around[0][1]) < 0 < area(around[0][0])
    assert len(smallest[0][0]) == 5 == len(least[0][0]) and middle(least) == (5.4, 52.3)


def test_a_speck_at_sea_goes_and_an_exclave_or_a_large_island_stays() -> None:
    sea, island, exclave = square(5, 53, 0.01), square(5.3, 53, 0.05), square(5.2, 52.02, 0.01)
    first = wijk(0, [square(5, 52)])
    first["geometry"] = {"type": "MultiPolygon", "coordinates": [[square(5, 52)], [sea], [island], [exclave]]}
    other = wijk(1, [square(5.15, 52), exclave])
    shapes = fitting({code: shape for code, (_, shape) in wijken_in(collection(first, other), OWN).items()})
    assert sorted(min(polygon[0]) for polygon in shapes[f"WK{DIGITS}00"]) == [(5.0, 52.0), (5.2, 52.02), (5.3, 53.0)]


def test_the_middle_lies_inside_also_of_a_hook_and_beside_a_hole() -> None:
    hook = [(5.0, 52.0), (5.3, 52.0), (5.3, 52.1), (5.1, 52.1), (5.1, 52.4), (5.0, 52.4), (5.0, 52.0)]
    x, y = middle([[hook]])
    assert 5.0 < x < 5.3 and 52.0 < y < 52.4 and (x < 5.1 or y < 52.1)
    ring = [[(x, y) for x, y in square(5, 52)], [(x, y) for x, y in square(5.02, 52.02, 0.06)]]
    x, y = middle([ring])
    assert not (5.02 < x < 5.08 and 52.02 < y < 52.08) and 5.0 < x < 5.1


@pytest.mark.shared
@pytest.mark.skipif(not GIVEN.exists(), reason="the real boundaries are not on this machine")
def test_real_boundaries_are_read_and_small() -> None:
    answer = json.loads(GIVEN.read_text("utf-8"))
    gemeente = answer["features"][0]["properties"]["gemeentecode"]
    wijken = wijken_in(answer, gemeente)
    shapes = fitting({code: shape for code, (_, shape) in wijken.items()})
    assert len(shapes) == 11 and sum(len(geojson(s)) for s in shapes.values()) < 20_000
    for code, (_, shape) in wijken.items():
        before, after = (sum(area(r) for p in s for r in p[:1]) for s in (shape, shapes[code]))
        assert abs(after) == pytest.approx(abs(before), rel=0.05)
