"""Values, positions and changes of 60 indicators: 350 gemeenten with 12 wijken each, over 12 years."""

from __future__ import annotations

from pathlib import Path

from tests.bench.measure import Row, cost

INDICATORS, GEMEENTEN, WIJKEN, YEARS = 60, 350, 12, 12
MAX_SECONDS, MAX_MB = 20, 2_000

_SETUP = """
import datetime as dt
from tests.bench.bench_indicators import database, registered
from indicators import compute as computing
import importlib
records = registered({indicators})
connection = database({path!r}, {gemeenten}, {wijken}, {years})
computing.indicators = lambda: records
computing.STEPS = tuple(s for s in computing.STEPS if s[0].startswith("indicators.comparison."))
for name, _ in computing.STEPS:
    module = importlib.import_module(name)
    if hasattr(module, "indicators"):
        module.indicators = lambda: records
"""
_WORK = """
computing.compute(connection, dt.date(2026, 9, 30))
"""
_SQL = """
WITH cijfer AS (
    SELECT *, ondergrens AS noemer, round((waarde + {shift}) * ondergrens / 100) AS teller
    FROM mart.fct_cbs_waarneming WHERE onderwerp = 'Proef'
)
SELECT periode, gebied_code, 'totaal' AS uitsplitsing, teller, noemer, 100 * teller / noemer AS waarde,
       {low} + {shift} AS ondergrens, {high} + {shift} AS bovengrens, status, false AS onderdrukt
FROM cijfer"""


def registered(number: int) -> dict:
    """Give so many records, of every kind of test in turn; each reads its own figures from the mart."""
    from indicators.core.indicator import Breuk, Indicator

    tests = ("marge", "proportie", "telling", "geen")
    made = {}
    for i in range(number):
        toets = tests[i % 4]
        bounds = ("waarde - 2", "waarde + 2") if toets == "marge" else ("NULL", "NULL")
        made[f"proef_{i:02d}"] = Indicator(
            id=f"proef_{i:02d}",
            domein="proef",
            titel="Proef",
            vraag="Hoe snel?",
            definitie="-",
            teller="-",
            noemer="-",
            eenheid="%",
            hoger_is=("beter", "slechter", "neutraal")[i % 3],
            decimalen=1,
            bron=("-",),
            niveaus=("land", "provincie", "gemeente", "wijk"),
            breuken=(Breuk("2020JJ00", "Nieuwe telling."),) if i % 5 == 0 else (),
            toets=toets,
            sql=_SQL.format(shift=i, low=bounds[0], high=bounds[1]),
        )
    return made


def database(path: str, gemeenten: int, wijken: int, years: int):
    """Make a database with the tables of the contract, and figures of every region and year (noise, seed fixed)."""
    import duckdb

    from indicators.core.contract import TABLES
    from indicators.core.settings import settings

    own = settings().gemeente
    connection = duckdb.connect(path)
    connection.execute("CREATE SCHEMA mart; CREATE SCHEMA meta")
    for table in TABLES:
        connection.execute(table.ddl)
    connection.execute("SELECT setseed(0.5)")
    connection.execute(
        f"""INSERT INTO mart.fct_cbs_waarneming
        WITH gemeente AS (
            SELECT ? AS code UNION SELECT printf('GM%04d', i) FROM range(2000, 2000 + {gemeenten} - 1) AS r(i)
        ), gebied AS (
            SELECT code, 15000 AS omvang FROM gemeente
            UNION ALL SELECT 'WK' || code[3:] || printf('%02d', w), 1200 FROM gemeente, range({wijken}) AS r(w)
            UNION ALL VALUES (?, 500000), (?, 9000000)
        )
        SELECT 'proef', 'Proef', code, printf('%04dJJ00', jaar), 'totaal', 20 + 3 * random(), omvang, NULL, '%',
               'definitief'
        FROM gebied, range(2026 - {years}, 2026) AS r(jaar)""",
        [own.code, own.provincie_code, own.land_code],
    )
    return connection


def run(folder: Path) -> list[Row]:
    """Measure it on the processors there are, from the marts to the filled tables."""
    size = {"indicators": INDICATORS, "gemeenten": GEMEENTEN, "wijken": WIJKEN, "years": YEARS}
    ours = cost(_SETUP.format(path=str(folder / "proef.duckdb"), **size), _WORK, runs=1)
    what = f"{INDICATORS} indicators x {GEMEENTEN} gemeenten x {WIJKEN} wijken x {YEARS} years"
    return [
        Row(
            f"{what}: seconds",
            f"{ours.seconds:.1f} (of processors {ours.cpu:.1f})",
            f"<= {MAX_SECONDS}",
            ours.seconds <= MAX_SECONDS,
        ),
        Row(f"{what}: peak memory", f"{ours.peak_mb:.0f} MB", f"<= {MAX_MB} MB", ours.peak_mb <= MAX_MB),
    ]
