"""Whatever happens to a journal, the published state is the one of the overview, and what changed is not published."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from etl.sources.k2f import JOURNAAL, OVERZICHT
from etl.transform import ETL, in_order
from etl.typed import arrow_type
from etl.vintages import EXTRA

DAY = dt.date(2026, 6, 30)
CELLS = [("begeleiding", "6.712"), ("hulp_bij_het_huishouden", "6.711"), ("toegang", "6.21")]
Cell = tuple[str, str, str]
Lines = list[dict[str, object]]


@pytest.fixture(scope="module")
def work() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA raw; CREATE SCHEMA stg")
        yield connection


def journal(rng: random.Random) -> Lines:
    """Lines of six months, each with an amount that no other sum makes up for by chance."""
    lines: Lines = []
    for periode in range(1, 7):
        for onderdeel, taakveld in CELLS:
            for side in "LLB":
                lines.append(
                    {
                        "boekjaar": 2026, "periode": periode, "boekdatum": dt.date(2026, periode, 15),
                        "prestatiemaand": dt.date(2026, rng.randint(1, periode), 1), "taakveld": taakveld,
                        "onderdeel": onderdeel, "lasten_baten": side, "levering_id": "j", "peildatum": DAY,
                        "bedrag_eur": Decimal(rng.randint(-99_999, 999_999)) / 100, "bron_rij": len(lines) + 2,
                    }
                )  # fmt: skip
    return lines


def overview(lines: Lines) -> dict[Cell, Decimal]:
    sums: dict[Cell, Decimal] = defaultdict(Decimal)
    for line in lines:
        sums[str(line["onderdeel"]), str(line["taakveld"]), str(line["lasten_baten"])] += Decimal(
            str(line["bedrag_eur"])
        )
    return dict(sums)


def put(connection: duckdb.DuckDBPyConnection, entity: object, rows: Lines) -> None:
    columns = [*EXTRA, *((c.name, c.type) for c in entity.columns)]  # type: ignore[attr-defined]
    schema = pa.schema([(name, arrow_type(kind)) for name, kind in columns])
    name = entity.name  # type: ignore[attr-defined]
    connection.register("rijen", pa.Table.from_pylist(rows, schema))
    connection.execute(f"CREATE OR REPLACE TABLE raw.k2f__{name} AS FROM rijen")
    connection.unregister("rijen")


def realisatie(connection: duckdb.DuckDBPyConnection, sums: dict[Cell, Decimal], lines: Lines) -> None:
    """Run the SQL of a refresh and give fct_realisatie as table `fct`."""
    state: Lines = [
        {"boekjaar": 2026, "periode": 6, "onderdeel": o, "taakveld": t, "lasten_baten": s, "bedrag_eur": value,
         "verplichting_eur": Decimal(1), "levering_id": "o", "peildatum": DAY, "bron_rij": rij}
        for rij, ((o, t, s), value) in enumerate(sums.items(), 2)
    ]  # fmt: skip
    put(connection, OVERZICHT, state)
    put(connection, JOURNAAL, lines)
    for path in in_order(ETL / "staging", "stg"):
        if path.stem.startswith("k2f__"):
            connection.execute(f"CREATE OR REPLACE TABLE stg.{path.stem} AS {path.read_text('utf-8')}")
    connection.execute(f"CREATE OR REPLACE TABLE fct AS {_sql('fct_realisatie.sql')}")


def _sql(name: str) -> str:
    return (ETL / "marts" / Path(name)).read_text("utf-8")


def a_cent(rng: random.Random, lines: Lines) -> None:
    line = rng.choice(lines)
    line["bedrag_eur"] = Decimal(str(line["bedrag_eur"])) + Decimal("0.01")


def turned(rng: random.Random, lines: Lines) -> None:
    line = rng.choice(lines)
    line["bedrag_eur"] = -Decimal(str(line["bedrag_eur"])) - Decimal("0.01")


def dropped(rng: random.Random, lines: Lines) -> None:
    lines.pop(rng.randrange(len(lines)))


def doubled(rng: random.Random, lines: Lines) -> None:
    lines.append(dict(rng.choice(lines)) | {"bron_rij": 999})


def other_side(rng: random.Random, lines: Lines) -> None:
    line = rng.choice(lines)
    line["lasten_baten"] = "B" if line["lasten_baten"] == "L" else "L"


def other_code(rng: random.Random, lines: Lines) -> None:
    line = rng.choice(lines)
    line["onderdeel"], line["taakveld"] = rng.choice([c for c in CELLS if c[1] != line["taakveld"]])


def unknown_code(rng: random.Random, lines: Lines) -> None:
    line = rng.choice(lines)
    line["onderdeel"], line["taakveld"] = "sociale_basis", "6.1"


def a_month_less(rng: random.Random, lines: Lines) -> None:
    gone = rng.randint(1, 6)
    lines[:] = [line for line in lines if line["periode"] != gone]


CHANGES: list[Callable[[random.Random, Lines], None]] = [
    a_cent, turned, dropped, doubled, other_side, other_code, unknown_code, a_month_less,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("seed", range(4))
def test_a_changed_journal_never_changes_the_state(
    work: duckdb.DuckDBPyConnection, change: Callable[[random.Random, Lines], None], seed: int
) -> None:
    rng = random.Random(seed)
    lines = journal(rng)
    truth = overview(lines)
    change(rng, lines)
    realisatie(work, truth, lines)
    by = "onderdeel, taakveld, lasten_baten"
    state = {row[:3]: row[3] for row in work.execute(f"SELECT {by}, sum(bedrag_eur) FROM fct GROUP BY {by}").fetchall()}
    assert state == truth
    off = {cell for cell, value in overview(lines).items() if value != truth.get(cell, Decimal(0))}
    off |= {cell for cell, value in truth.items() if cell not in overview(lines) and value}
    told = work.execute(f"SELECT {by} FROM stg.k2f__journaal_aansluiting WHERE NOT sluit_aan").fetchall()
    assert set(told) == off and off
    detailed = work.execute(f"SELECT DISTINCT {by} FROM fct WHERE soort = 'mutatie'").fetchall()
    assert set(detailed) == set(truth) - off
    assert work.execute("SELECT sum(verplichting_eur) FROM fct").fetchall() == [(len(truth),)]


def test_a_journal_that_agrees_gives_every_booking_and_leaves_no_stand_but_the_commitments(
    work: duckdb.DuckDBPyConnection,
) -> None:
    lines = journal(random.Random(1))
    realisatie(work, overview(lines), lines)
    assert work.execute("SELECT count(*) FROM fct WHERE soort = 'stand' AND bedrag_eur IS NOT NULL").fetchall() == [
        (0,)
    ]
    booked: dict[tuple, Decimal] = defaultdict(Decimal)
    for line in lines:
        booked[line["periode"], line["prestatiemaand"], line["taakveld"], line["lasten_baten"]] += Decimal(
            str(line["bedrag_eur"])
        )
    found = work.execute(
        "SELECT periode, prestatiemaand, taakveld, lasten_baten, bedrag_eur FROM fct WHERE soort = 'mutatie'"
    ).fetchall()
    assert {row[:4]: row[4] for row in found} == booked


@pytest.mark.parametrize("name", ["fct_realisatie.sql"])
def test_every_row_has_its_origin(work: duckdb.DuckDBPyConnection, name: str) -> None:
    lines = journal(random.Random(2))
    truth = overview(lines)
    a_cent(random.Random(3), lines)
    realisatie(work, truth, lines)
    key = "boekjaar, peildatum, periode, soort, prestatiemaand, onderdeel, taakveld, lasten_baten"
    origins = work.execute(f"SELECT DISTINCT {key} FROM ({_sql(f'herkomst/{name}')})").fetchall()
    assert set(origins) == set(work.execute(f"SELECT {key} FROM fct").fetchall())
