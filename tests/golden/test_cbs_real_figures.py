"""Real CBS dumps, through a server on loopback, the real client, staging and mart, to the published indicators."""
# ruff: noqa: DTZ001  the database keeps UTC moments without a zone

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import etl
from etl import cbs
from etl.cbs import raw_views, refresh_cbs
from etl.cbs_tables import tables
from etl.readers.odata_server import Recorded, serve
from indicators.compute import insert, values
from indicators.core.contract import BY_NAME
from indicators.core.indicator import indicators
from tests.recorded_cbs import DUMPS, REAL_TABLES, needs_dumps, record_dumps

pytestmark = pytest.mark.shared
ETL = Path(etl.__file__).parent
MOMENT = dt.datetime(2026, 11, 1, 6)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    needs_dumps()
    folder = tmp_path_factory.mktemp("cbs")
    recorded = Recorded(record_dumps(folder / "answers"), page=2_500)  # several pages per table
    wanted = tuple(t for t in tables() if t.id in REAL_TABLES)
    with serve(recorded) as base, pytest.MonkeyPatch.context() as patch:
        patch.setattr(cbs, "tables", lambda: wanted)
        results = refresh_cbs(folder / "vintages", base, MOMENT)
    assert {r.tabel for r in results if r.status == "vers"} == set(REAL_TABLES)
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA raw; CREATE SCHEMA stg; CREATE SCHEMA mart")
    for view, sql in raw_views(folder / "vintages").items():
        connection.execute(f"CREATE VIEW {view} AS {sql}")
    for path in sorted((ETL / "staging").glob("cbs__*.sql")):
        connection.execute(f"CREATE VIEW stg.{path.stem} AS {path.read_text('utf-8')}")
    for name in ("mart.fct_cbs_waarneming", "mart.fct_indicatorwaarde"):
        connection.execute(BY_NAME[name].ddl)
    mart = (ETL / "marts" / "fct_cbs_waarneming.sql").read_text("utf-8")
    connection.execute(f"INSERT INTO mart.fct_cbs_waarneming BY NAME {mart}")
    for indicator in indicators().values():
        if (
            set(t for topic in indicator.cbs for t in topic.tabellen) <= {"jeugd", "gezondheid", *REAL_TABLES}
            and indicator.cbs
        ):
            insert(connection, BY_NAME["mart.fct_indicatorwaarde"], values(connection, indicator, MOMENT.date()))
    yield connection
    connection.close()


def figure(connection: duckdb.DuckDBPyConnection, indicator: str, period: str, region: str = "GM1895") -> tuple:
    return connection.execute(
        """SELECT waarde, ondergrens, bovengrens FROM mart.fct_indicatorwaarde
        WHERE indicator = ? AND periode = ? AND gebied_code = ? AND uitsplitsing = 'totaal'""",
        (indicator, period, region),
    ).fetchall()[0]


@pytest.mark.parametrize(
    ("period", "value"),
    [("2024JJ00", 15.3), ("2025HJ01", 12.4), ("2021HJ01", 14.1), ("2021JJ00", 16.0), ("2015HJ01", 13.2)],
)
def test_youth_care_as_cbs_published_it(published: duckdb.DuckDBPyConnection, period: str, value: float) -> None:
    assert figure(published, "jeugdhulpgebruik", period) == (value, None, None)


@pytest.mark.parametrize(
    ("period", "figures"),
    [
        ("2016JJ00", (71.0, 67.1, 74.5)),
        ("2020JJ00", (69.5, 65.8, 73.0)),
        ("2022JJ00", (67.4, 62.9, 71.5)),
        ("2024JJ00", (69.2, 65.2, 72.9)),
    ],
)
def test_good_health_with_its_bounds(published: duckdb.DuckDBPyConnection, period: str, figures: tuple) -> None:
    assert figure(published, "ervaren_gezondheid", period) == figures


def test_the_country_stands_beside_it(published: duckdb.DuckDBPyConnection) -> None:
    assert figure(published, "ervaren_gezondheid", "2024JJ00", "NL01")[0] == 74.1
    assert figure(published, "jeugdhulpgebruik", "2024JJ00", "NL01")[0] == 14.0


def test_every_figure_of_the_dumps_that_is_kept_arrives_unchanged(published: duckdb.DuckDBPyConnection) -> None:
    path = (DUMPS / "cbs_85098NED_typed.csv").resolve().as_posix()
    differing = published.execute(
        """SELECT count(*) FROM (
            SELECT trim(RegioS) AS gebied_code, Perioden AS periode, JongerenMetJeugdhulpInNatura_1 AS waarde
            FROM read_csv(?, header = true) WHERE substr(RegioS, 1, 2) IN ('NL', 'PV', 'GM')
        ) d FULL JOIN (FROM mart.fct_cbs_waarneming WHERE tabel = '85098NED') w USING (gebied_code, periode)
        WHERE d.waarde IS DISTINCT FROM w.waarde OR d.gebied_code IS NULL OR w.gebied_code IS NULL""",
        [path],
    ).fetchall()[0][0]
    assert differing == 0


@pytest.mark.parametrize("table", ["82972NED", "85098NED"])
def test_youth_care_of_all_gemeenten_is_published_to_the_digit(
    published: duckdb.DuckDBPyConnection, table: str
) -> None:
    differing = _differing(
        published,
        table,
        """SELECT trim(RegioS) AS gebied_code, Perioden AS periode, JongerenMetJeugdhulpInNatura_1 AS waarde,
            NULL AS ondergrens, NULL AS bovengrens FROM read_csv(?, header = true)
        WHERE substr(RegioS, 1, 2) IN ('NL', 'PV', 'GM') AND substr(Perioden, 5, 2) IN ('JJ', 'HJ')""",
        "jeugdhulpgebruik",
        "periode < '2021'" if table == "82972NED" else "periode >= '2021'",
    )
    assert differing == 0


HEALTH = (
    "ervaren_gezondheid",
    "mantelzorgers",
    "overgewicht",
    "rokers",
    "voldoende_beweging",
    "wekelijkse_sporters",
    "zwaar_belaste_mantelzorgers",
)


@pytest.mark.parametrize(
    ("table", "year"), [("83674NED", 2016), ("85012NED", 2020), ("85563NED", 2022), ("86137NED", 2024)]
)
def test_health_of_all_gemeenten_is_published_with_its_bounds_to_the_digit(
    published: duckdb.DuckDBPyConnection, table: str, year: int
) -> None:
    with (DUMPS / f"cbs_{table}_typed.csv").open(encoding="utf-8") as handle:
        keys = handle.readline().strip().split(",")
    for indicator in HEALTH:
        topic = indicators()[indicator].cbs[0]
        if not {table, "gezondheid"} & set(topic.tabellen):
            continue
        key = next(name for name in keys if name.rpartition("_")[0] in (topic.stem, *topic.ook))
        source = f"""SELECT trim(RegioS) AS gebied_code, '{year}JJ00' AS periode,
            max({key}) FILTER (trim(Marges) = 'MW00000') AS waarde,
            max({key}) FILTER (trim(Marges) = 'MOG0095') AS ondergrens,
            max({key}) FILTER (trim(Marges) = 'MBG0095') AS bovengrens
        FROM read_csv(?, header = true)
        WHERE substr(RegioS, 1, 2) IN ('NL', 'PV', 'GM') AND trim(CAST(Leeftijd AS VARCHAR)) = '10000' GROUP BY 1"""
        assert _differing(published, table, source, indicator, f"periode = '{year}JJ00'") == 0, indicator


def _differing(connection: duckdb.DuckDBPyConnection, table: str, source: str, indicator: str, where: str) -> int:
    """Count figures of an indicator that differ from the dump, on either side, printed to one decimal as CBS does."""
    path = (DUMPS / f"cbs_{table}_typed.csv").resolve().as_posix()
    printed = " OR ".join(
        f"printf('%.1f', d.{c}) IS DISTINCT FROM printf('%.1f', w.{c})" for c in ("waarde", "ondergrens", "bovengrens")
    )
    rows, found = connection.execute(
        f"""SELECT count(*), count(*) FILTER (d.gebied_code IS NULL OR w.gebied_code IS NULL OR {printed})
        FROM ({source}) AS d FULL JOIN (
            FROM mart.fct_indicatorwaarde WHERE indicator = '{indicator}' AND {where}
        ) AS w USING (gebied_code, periode)""",
        [path],
    ).fetchall()[0]
    assert rows > 300
    return int(found)


def test_only_adults_as_a_whole_are_taken(published: duckdb.DuckDBPyConnection) -> None:
    found = published.execute(
        "SELECT DISTINCT uitsplitsing FROM mart.fct_cbs_waarneming WHERE onderwerp LIKE 'Ervaren%'"
    ).fetchall()
    assert found == [("10000",)]


def test_the_status_of_a_period_is_published(published: duckdb.DuckDBPyConnection) -> None:
    found = published.execute(
        """SELECT DISTINCT periode, status FROM mart.fct_indicatorwaarde
        WHERE indicator = 'jeugdhulpgebruik' AND periode IN ('2015JJ00', '2025HJ01') ORDER BY ALL"""
    ).fetchall()
    assert found == [("2015JJ00", "definitief"), ("2025HJ01", "voorlopig")]
