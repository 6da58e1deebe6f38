"""What is published of providers: large ones by AGB code in round figures, the rest together, never one bill."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from etl.checks_provisions import providers_are_told_of_in_round_figures
from etl.deliveries import Selection
from indicators.core.contract import BY_NAME
from tests.support.person_build import build, connect, lines, load

D, ONDERDEEL = dt.date.fromisoformat, "begeleiding"
LARGE, SECOND, SMALL, ONE = "99010001", "99010002", "99010003", "99010004"
#: Provider -> clients, and what each is billed a month.
CLIENTS = {LARGE: (43, 500), SECOND: (24, 400), SMALL: (9, 700), ONE: (1, 5200)}
MARTS = ("fct_declaratie", "fct_declaratie_aanbieder", "fct_toewijzing", "fct_toewijzing_aanbieder")
MAY, JUNE, JULY, AUGUST = (D(f"2025-0{month}-01") for month in (5, 6, 7, 8))


def _bill(who: str, aanbieder: str | None, eur: int, ontvangen: dt.date, **other: Any) -> dict[str, Any]:
    return {
        "persoon": who, "prestatiemaand": MAY, "ontvangen_op": ontvangen, "bedrag_eur": eur, "onderdeel": ONDERDEEL,
        "leveringsvorm": "ZIN", "aanbieder": aanbieder, **other,
    }  # fmt: skip


def _bills() -> pd.DataFrame:
    """Half of each provider's clients in June, the others in July; a pgb, and a line without a code."""
    rows = [_bill("pgb", LARGE, 999, JUNE, leveringsvorm="PGB"), _bill("zonder", None, 130, JUNE)]
    for aanbieder, (count, eur) in CLIENTS.items():
        rows += [_bill(f"{aanbieder}-{i}", aanbieder, eur, JUNE if i % 2 == 0 else JULY) for i in range(count)]
    return lines("wmo__declaratie", *rows)


def _awards() -> pd.DataFrame:
    return lines("wmo__toekenning", *(
        {"persoon": f"{aanbieder}-{i}", "onderdeel": ONDERDEEL, "leveringsvorm": "ZIN", "aanbieder": aanbieder,
         "ingangsdatum": D("2025-01-01"), "besluitdatum": D("2025-01-01"), "volume": "1", "eenheid": "14",
         "frequentie": "4", "tarief_eur": str(eur)}
        for aanbieder, (count, eur) in CLIENTS.items() for i in range(count)
    ))  # fmt: skip


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = connect()
    load(connection, "wmo__declaratie", D("2025-07-31"), _bills())
    load(connection, "wmo__toekenning", D("2025-07-31"), _awards())
    build(connection, MARTS)
    yield connection
    connection.close()


def _of(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in connection.execute(sql).fetchall()}


def test_large_providers_are_named_in_round_figures(marts: duckdb.DuckDBPyConnection) -> None:
    # Five average bills are 5 * 42,730 / 78 = 2,739: a round number above it is 3,000.
    told = marts.execute(
        "SELECT aanbieder, ontvangstmaand, bedrag_eur, clienten FROM mart.fct_declaratie_aanbieder "
        "WHERE aanbieder <> 'overig' ORDER BY ALL"
    ).fetchall()
    assert told == [
        (LARGE, JUNE, 12_000, 20), (LARGE, JULY, 9_000, 25), (SECOND, JUNE, 6_000, 10), (SECOND, JULY, 3_000, 15),
    ]  # fmt: skip
    awarded = _of(marts, "SELECT aanbieder, clienten, verwacht_eur FROM mart.fct_toewijzing_aanbieder "
                         "WHERE maand = '2025-06-01'")  # fmt: skip
    assert awarded[LARGE] == (45, 21_000) and awarded[SECOND] == (25, 9_000)


def test_small_providers_are_told_of_nowhere(marts: duckdb.DuckDBPyConnection) -> None:
    for fact in ("fct_declaratie_aanbieder", "fct_toewijzing_aanbieder"):
        named = {row[0] for row in marts.execute(f"SELECT DISTINCT aanbieder FROM mart.{fact}").fetchall()}
        assert named == {LARGE, SECOND, "overig"}


def test_all_together_are_the_onderdeel_and_the_check_agrees(marts: duckdb.DuckDBPyConnection) -> None:
    sums = marts.execute(
        "SELECT (SELECT sum(bedrag_eur) FROM mart.fct_declaratie_aanbieder), "
        "(SELECT sum(bedrag_eur) FROM mart.fct_declaratie WHERE leveringsvorm <> 'PGB')"
    ).fetchone()
    billed = sum(count * eur for count, eur in CLIENTS.values()) + 130
    assert sums == (Decimal(billed), Decimal(billed))
    assert providers_are_told_of_in_round_figures(marts, Selection()) == []


def test_the_rest_does_not_give_one_small_provider_away(marts: duckdb.DuckDBPyConnection) -> None:
    """The exact onderdeel less what is told leaves the small ones and all that rounding took off or added."""
    rest = _of(marts, "SELECT aanbieder, sum(bedrag_eur) FROM mart.fct_declaratie_aanbieder GROUP BY 1")["overig"][0]
    small = sum(count * eur for count, eur in (CLIENTS[SMALL], CLIENTS[ONE])) + 130
    # Known at best to half a unit up or down for each provider that is named: more than most bills of one client.
    assert abs(rest - small) <= 2 * 1_500 and rest != small


def test_a_month_in_which_one_client_came_in_is_told_of_no_provider() -> None:
    """fct_declaratie has that bill to the cent: a change of one provider in that month would say whose it was."""
    connection = connect()
    rows = [_bill(f"{i}", LARGE if i < 22 else SECOND, 100, JUNE) for i in range(34)]
    rows += [_bill("nakomer", LARGE, 100, JULY), _bill("22", SECOND, 90, JULY)]
    rows += [_bill(f"later {i}", LARGE, 100, AUGUST) for i in range(11)]
    load(connection, "wmo__declaratie", D("2025-08-31"), lines("wmo__declaratie", *rows))
    build(connection, MARTS)
    told = "SELECT aanbieder, ontvangstmaand, bedrag_eur, clienten FROM mart.fct_declaratie_aanbieder ORDER BY ALL"
    # Five average bills: 520 and so 600 euros. A second bill of client 22 makes no client more.
    assert [row for row in connection.execute(told).fetchall() if row[0] != "overig"] == [
        (LARGE, JUNE, 2_400, 20), (LARGE, AUGUST, 1_200, 15), (SECOND, JUNE, 1_200, 10), (SECOND, AUGUST, 0, 0),
    ]  # fmt: skip
    assert providers_are_told_of_in_round_figures(connection, Selection()) == []


def _random_bills(seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    months = [MAY, JUNE, JULY, AUGUST]
    rows = []
    for _ in range(int(rng.integers(60, 500))):
        aanbieder = [LARGE, SECOND, SMALL, ONE, None][rng.choice(5, p=[0.45, 0.3, 0.15, 0.06, 0.04])]
        month = int(rng.integers(0, 4))
        eur = int(rng.integers(20, 900)) * int(rng.choice([1, 1, 1, 1, -1, 12], p=[0.2, 0.2, 0.2, 0.2, 0.1, 0.1]))
        who, form = f"{rng.integers(0, 90)}", ["ZIN", "ZIN", "ZIN", None, "PGB"][rng.integers(0, 5)]
        came = months[int(rng.integers(month, 4))]
        rows.append(_bill(who, aanbieder, eur, came, prestatiemaand=months[month], leveringsvorm=form))
    return lines("wmo__declaratie", *rows)


@pytest.mark.parametrize("seed", range(2))
def test_any_bills_keep_the_rule_also_when_old_ones_were_removed(seed: int) -> None:
    """Every named figure stands on ten clients, and in a month of receipt with ten."""
    bills = _random_bills(seed)
    for kept in (bills, bills[bills["ontvangen_op"] >= JULY]):
        connection = connect()
        load(connection, "wmo__declaratie", D("2025-08-31"), kept)
        build(connection, MARTS)
        assert providers_are_told_of_in_round_figures(connection, Selection()) == []
        few = """SELECT count(*) FROM mart.fct_declaratie_aanbieder AS a JOIN mart.fct_declaratie AS d
            USING (wet, onderdeel, prestatiemaand, ontvangstmaand)
            WHERE a.aanbieder <> 'overig' AND d.leveringsvorm <> 'PGB' AND d.clienten < 10"""
        assert connection.execute(few).fetchone() == (0,)
        told = set(connection.execute(
            "SELECT DISTINCT prestatiemaand, aanbieder FROM mart.fct_declaratie_aanbieder WHERE aanbieder <> 'overig'"
        ).fetchall())  # fmt: skip
        assert told <= set(kept[["prestatiemaand", "aanbieder"]].itertuples(index=False, name=None)) != told
        # Whoever is not told of in a month of care has ten clients there together, or nobody is told of.
        for month, care in kept[kept["leveringsvorm"] != "PGB"].groupby("prestatiemaand"):
            rest = care[[(month, who) not in told for who in care["aanbieder"]]].drop_duplicates(
                ["aanbieder", "persoon"]
            )
            assert len(rest) == 0 or len(rest) >= 10 or month not in {m for m, _ in told}


def test_the_smallest_joins_one_small_provider() -> None:
    """The onderdeel less all others would be the one client's bill: in the declarations and in the awards."""
    connection = connect()
    few = {LARGE, SECOND, ONE}
    bills, awarded = _bills(), _awards()
    load(connection, "wmo__declaratie", D("2025-07-31"), bills[bills["aanbieder"].isin(few)])
    load(connection, "wmo__toekenning", D("2025-07-31"), awarded[awarded["aanbieder"].isin(few)])
    build(connection, MARTS)
    for fact in ("fct_declaratie_aanbieder", "fct_toewijzing_aanbieder"):
        named = connection.execute(f"SELECT DISTINCT aanbieder FROM mart.{fact} ORDER BY 1").fetchall()
        assert named == [(LARGE,), ("overig",)]


def test_a_provider_that_used_to_be_large_is_told_of_with_nothing_in_a_silent_month() -> None:
    """Else one that bills late would be as if it were not there."""
    connection = connect()
    months = [dt.date(2024, 8, 1) + dt.timedelta(days=31 * i) for i in range(12)]
    rows = [
        _bill(f"{aanbieder}-{i}", aanbieder, 100, month.replace(day=28), prestatiemaand=month.replace(day=1))
        for month in months for aanbieder in (LARGE, SECOND) for i in range(20)
        if aanbieder == LARGE or month < months[-2]
    ]  # fmt: skip
    load(connection, "wmo__declaratie", D("2025-07-31"), lines("wmo__declaratie", *rows))
    build(connection, MARTS)
    told = dict(connection.execute(
        "SELECT aanbieder, bedrag_eur FROM mart.fct_declaratie_aanbieder "
        "WHERE prestatiemaand = (SELECT max(prestatiemaand) FROM mart.fct_declaratie_aanbieder)"
    ).fetchall())  # fmt: skip
    assert told == {LARGE: 1_800, SECOND: 0, "overig": 200}


def test_an_alone_provider_and_credits_and_nobody() -> None:
    connection = connect()
    rows = [_bill(f"{i}", LARGE, 100, JUNE) for i in range(12)]
    rows += [_bill(f"{i}", LARGE, -100, JULY) for i in range(12)]
    load(connection, "wmo__declaratie", D("2025-07-31"), lines("wmo__declaratie", *rows))
    build(connection, MARTS)
    assert connection.execute("SELECT sum(bedrag_eur) FROM mart.fct_declaratie_aanbieder").fetchone() in [(0,), (None,)]
    assert providers_are_told_of_in_round_figures(connection, Selection()) == []
    empty = connect()
    build(empty, MARTS)
    for name in MARTS[1::2]:
        assert empty.execute(f"SELECT * FROM mart.{name}").fetchall() == []
        columns = [(row[0], row[1]) for row in empty.execute(f"DESCRIBE mart.{name}").fetchall()]
        assert columns == [(c.name, c.type) for c in BY_NAME[f"mart.{name}"].columns]
