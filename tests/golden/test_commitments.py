"""Worth of awards for the rest of the year, by hand: open ends, half months, later starts, no price."""

import datetime as dt
from decimal import Decimal as EUR
from typing import Any

import duckdb
import pytest

from indicators.core.contract import BY_NAME
from tests.support.person_build import build, connect, lines, load

D = dt.date.fromisoformat
PEILDATUM, HH, BG, DB = D("2025-09-30"), "hulp_bij_het_huishouden", "begeleiding", "dagbesteding"
#: Persons who share what is told: with one of them it would be told of nobody.
PERSONS = 8


def award(van: str, tot: str | None = None, frequentie: str | None = "2", **other: Any) -> dict[str, Any]:
    """A Wmo award of 2 units of EUR 50, every week unless told otherwise."""
    return {
        "ingangsdatum": D(van), "einddatum": D(tot) if tot else None, "volume": "2", "eenheid": "04",
        "tarief_eur": "50", "frequentie": frequentie, "leveringsvorm": "ZIN", "onderdeel": HH, **other,
    }  # fmt: skip


#: Worth for each of the persons of 1 October up to and with 31 December: 31 + 30 + 31 = 92 days.
WORTH = {
    "open-ended, 100 a week: 100 x 92 / 7": (award("2025-01-01"), "1314.29"),
    "100 a day": (award("2025-01-01", frequentie="1"), "9200.00"),
    "100 in four weeks: 100 x 92 / 28": (award("2025-01-01", frequentie="3"), "328.57"),
    "100 a month: three months": (award("2025-01-01", frequentie="4"), "300.00"),
    "ends in a later year: up to 31 December": (award("2025-01-01", "2027-12-31"), "1314.29"),
    "ends in the middle of a month: 31 + 15 days, 100 x 46 / 7": (award("2025-01-01", "2025-11-15"), "657.14"),
    "October and half of November": (award("2025-01-01", "2025-11-15", "4"), "150.00"),
    "within one month: 20 of 31 days": (award("2025-01-01", "2025-10-20", "4"), "64.52"),
    "starts in the future: 21 of the 31 days of December": (award("2025-12-11", None, "4"), "67.74"),
    "begins later and ends: 21 days, 100 x 21 / 7": (award("2025-11-10", "2025-11-30"), "300.00"),
    "100 in all over 20 days, 10 of them to come": (award("2025-09-21", "2025-10-10", "6"), "50.00"),
    "a personal budget": (award("2025-01-01", leveringsvorm="PGB"), "1314.29"),
}
NOTHING = {
    "its last day is the peildatum itself": award("2025-01-01", "2025-09-30"),
    "next year": award("2026-01-01"),
    "refused": award("2025-01-01", besluit="afgewezen"),
}
WITHOUT_PRICE = {
    "no tariff": award("2025-01-01", tarief_eur=None),
    "a volume in euros": award("2025-01-01", eenheid="83"),
    "no frequency": award("2025-01-01", frequentie=None),
    "an unknown frequency": award("2025-01-01", frequentie="9"),
    "so much in all, and no end": award("2025-01-01", None, "6"),
    "no form": award("2025-01-01", leveringsvorm=None),
}
MONTHLY = award("2025-01-01", frequentie="4")
#: Name -> awards of each person, and how many persons.
SHARED = {
    "seven persons": ([MONTHLY], 7),
    "eight persons": ([MONTHLY], 8),
    "two awards a person make no more persons": ([MONTHLY, MONTHLY], 4),
    "with and without a price": ([MONTHLY, award("2025-01-01", tarief_eur=None)], 8),
}


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[Any, ...]]:
    """Onderdeel -> persons, awards, awards without a price, euros; every case is an onderdeel of its own."""
    cases = {name: ([one], PERSONS) for name, (one, _) in WORTH.items()}
    cases |= {name: ([one], PERSONS) for name, one in (NOTHING | WITHOUT_PRICE).items()} | SHARED
    rows = [
        {"persoon": f"p{n}", **one, "onderdeel": name}
        for name, (awards, persons) in cases.items() for n in range(persons) for one in awards
    ]  # fmt: skip
    one_priced = [MONTHLY, *[award("2025-01-01", tarief_eur=None)] * 8]
    rows += [{"persoon": f"p{n}", **one, "onderdeel": "one priced of nine"} for n, one in enumerate(one_priced)]
    connection = connect()
    load(connection, "wmo__toekenning", PEILDATUM, lines("wmo__toekenning", *rows))
    build(connection, ("fct_verplichting",))
    sql = "SELECT onderdeel, clienten, toewijzingen, zonder_prijs, verplicht_eur FROM mart.fct_verplichting"
    result = {row[0]: row[1:] for row in connection.execute(sql).fetchall()}
    whose = connection.execute("SELECT DISTINCT boekjaar, wet, peildatum FROM mart.fct_verplichting").fetchall()
    assert whose == [(2025, "wmo", PEILDATUM)]
    return result


@pytest.mark.parametrize("name", WORTH)
def test_one_award_from_the_day_after_the_peildatum(found: dict[str, tuple[Any, ...]], name: str) -> None:
    assert found[name] == (PERSONS, PERSONS, 0, PERSONS * EUR(WORTH[name][1]))


@pytest.mark.parametrize("name", NOTHING)
def test_what_ended_or_is_not_for_this_year_is_no_commitment(found: dict[str, tuple[Any, ...]], name: str) -> None:
    assert name not in found


@pytest.mark.parametrize("name", WITHOUT_PRICE)
def test_awards_without_a_price_are_counted_apart(found: dict[str, tuple[Any, ...]], name: str) -> None:
    assert found[name] == (PERSONS, PERSONS, PERSONS, None)


def test_an_award_with_and_one_without_a_price(found: dict[str, tuple[Any, ...]]) -> None:
    assert found["with and without a price"] == (8, 16, 8, EUR("2400.00"))


def test_no_euros_of_seven_persons_or_fewer(found: dict[str, tuple[Any, ...]]) -> None:
    """Beside the worth of a month, the worth up to the end of the year would tell when a person's help ends."""
    assert found["seven persons"] == (7, 7, 0, None)
    assert found["eight persons"] == (8, 8, 0, EUR("2400.00"))
    assert found["two awards a person make no more persons"] == (4, 8, 0, None)
    assert found["one priced of nine"] == (9, 9, 8, None), "only who has a price shares what is told"


def test_every_peildatum_has_its_own_rest_of_its_own_year() -> None:
    connection = connect()
    for day in ("2024-12-30", "2024-12-31", "2025-02-28"):
        rows = [{"persoon": f"p{n}", **award("2024-01-01", frequentie="4")} for n in range(PERSONS)]
        load(connection, "jeugd__toekenning", D(day), lines("jeugd__toekenning", *rows))
    build(connection, ("fct_verplichting",))
    found = connection.execute("SELECT * FROM mart.fct_verplichting ORDER BY peildatum").fetchall()
    assert found == [
        (2024, "jeugd", HH, 8, 8, 0, 8 * EUR("3.23"), D("2024-12-30")),  # one day of December
        (2025, "jeugd", HH, 8, 8, 0, 8 * EUR("1000.00"), D("2025-02-28")),
    ], "on 31 December nothing is left of the year"
    columns = [(row[0], row[1]) for row in connection.execute("DESCRIBE mart.fct_verplichting").fetchall()]
    assert columns == [(c.name, c.type) for c in BY_NAME["mart.fct_verplichting"].columns]


def test_the_months_of_the_award_add_up_to_its_rest_of_the_year() -> None:
    """On 30 September and on 31 October: what October is worth by itself is what the rest loses, but for rounding."""
    awards = [award("2025-01-01", frequentie=f, onderdeel=o) for f, o in (("1", HH), ("2", BG), ("4", DB))]
    connection = connect()
    for day in ("2025-09-30", "2025-10-31"):
        rows = [{"persoon": f"p{n}", **one} for n in range(PERSONS) for one in awards]
        load(connection, "wmo__toekenning", D(day), lines("wmo__toekenning", *rows))
    build(connection, ("fct_toewijzing", "fct_verplichting"))
    lost = _lost(connection)
    october = dict(connection.execute(
        "SELECT onderdeel, verwacht_eur FROM mart.fct_toewijzing WHERE maand = '2025-10-01'").fetchall())  # fmt: skip
    assert october == {HH: 24_800, BG: PERSONS * EUR("442.86"), DB: 800}
    for onderdeel, eur in october.items():
        assert abs(lost[onderdeel] - eur) <= EUR("0.01") * PERSONS


def _lost(connection: duckdb.DuckDBPyConnection) -> dict[str, EUR]:
    sql = "SELECT onderdeel, max(verplicht_eur) - min(verplicht_eur) FROM mart.fct_verplichting GROUP BY 1"
    return dict(connection.execute(sql).fetchall())
