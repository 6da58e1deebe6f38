"""The simulated municipality straight into the marts, without files: what a forecast and its explanation read of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from etl.sample.catalog import JEUGD, WMO, Catalog
from etl.sample.journal import CLOSING
from etl.sample.ledger import Ledger
from etl.sample.simulation import World
from etl.sample.streams import month_end
from indicators.compute import insert as insert_into
from indicators.core.contract import BY_NAME
from tests.support.explain_awards import award_lines, awards, counts, month, providers
from tests.support.marts import empty_marts

READ = (
    *("dim_onderdeel", "fct_realisatie", "fct_begroting", "fct_voorziening", "fct_toewijzing", "fct_declaratie"),
    *("fct_prognose", "fct_prognose_verloop", "fct_buig", "fct_declaratie_aanbieder", "fct_toewijzing_aanbieder"),
)
#: What etl makes the facts of providers with: these are protected, so that a test must see them no sharper.
_SQL = Path(__file__).parents[2] / "etl" / "marts"
Rows = list[dict[str, Any]]


def marts(world: World, wetten: dict[str, str], budgets: Ledger | None = None) -> duckdb.DuckDBPyConnection:
    """Give a database with the marts of a simulated municipality, lasten only.

    Args:
        world: What happened.
        wetten: Onderdeel -> wet, of the onderdelen to give.
        budgets: Books whose budgets count; None: its own.
    """
    connection = empty_marts(READ, ("v_realisatie", "v_realisatie_maand"))
    names = [{"onderdeel": o, "naam": o, "wet": w, "taakveld_familie": "f", "volgorde": i}
             for i, (o, w) in enumerate(wetten.items())]  # fmt: skip
    put(connection, "dim_onderdeel", pd.DataFrame(names))
    put(connection, "fct_realisatie", pd.DataFrame(_booked(world, wetten)))
    put(connection, "fct_begroting", pd.DataFrame(_budgets(world, budgets or world.ledger, wetten)))
    put(connection, "fct_voorziening", counts(world))
    put(connection, "fct_toewijzing", awards(connection, award_lines(world)))
    lines = {care.wet: _declared(world, care) for care in (WMO, JEUGD)}
    put(connection, "fct_declaratie", pd.concat(_by_month(of) for of in lines.values()))
    _tell_providers(connection, world, lines)
    return connection


def _tell_providers(connection: duckdb.DuckDBPyConnection, world: World, lines: dict[str, pd.DataFrame]) -> None:
    """Fill the facts by provider from the lines, by the SQL of the pipeline itself."""
    connection.execute("CREATE SCHEMA stg")
    for wet, of in lines.items():
        connection.register("lines_of_wet", of)
        connection.execute(f"CREATE TABLE stg.{wet}__declaratie AS SELECT * FROM lines_of_wet")
    connection.register("awarded", award_lines(world))
    connection.execute("CREATE TABLE stg.voorziening__toewijzing AS SELECT * FROM awarded")
    for name in ("fct_declaratie_aanbieder", "fct_toewijzing_aanbieder"):
        made = (_SQL / f"{name}.sql").read_text("utf-8").replace("-- per:", "--")
        connection.execute(f"INSERT INTO mart.{name} BY NAME {made}")
    connection.execute("DROP SCHEMA stg CASCADE")


def put(connection: duckdb.DuckDBPyConnection, name: str, rows: pd.DataFrame) -> None:
    """Fill a mart anew; columns that are not there are NULL."""
    table = BY_NAME[f"mart.{name}"]
    connection.execute(f"DELETE FROM {table.name}")
    insert_into(connection, table, rows.reindex(columns=table.column_names))


def _own(ledger: Ledger, wetten: dict[str, str]) -> dict[str, list[int]]:
    return {o: [i for i, p in enumerate(ledger.posts) if p.onderdeel == o and p.lasten_baten == "L"] for o in wetten}


def _deliveries(world: World) -> Iterator[tuple[int, int, dt.date]]:
    for year in range(world.van, world.peildatum.year + 1):
        for positions in (*range(1, 13), *CLOSING):
            if month_end(year, positions) <= world.peildatum:
                yield year, positions, month_end(year, positions)


def _booked(world: World, wetten: dict[str, str]) -> Rows:
    own = _own(world.ledger, wetten)
    rows = []
    for year, positions, date in _deliveries(world):
        stand = world.ledger.stand(year, positions)
        rows += [
            {"boekjaar": year, "peildatum": date, "periode": min(positions, 13), "soort": "stand", "onderdeel": o,
             "taakveld": "6", "lasten_baten": "L", "bedrag_eur": stand[at].sum() / 100, "verplichting_eur": 0}
            for o, at in own.items() if at
        ]  # fmt: skip
    return rows


def _budgets(world: World, books: Ledger, wetten: dict[str, str]) -> Rows:
    own = _own(books, wetten)
    rows = []
    for year, positions, date in _deliveries(world):
        j = books.year_index(year)
        first, changes = books.budgets.primitief[:, j] / 100, books.budgets.changes_until(positions)[:, j] / 100
        rows += [
            {"boekjaar": year, "peildatum": date, "onderdeel": o, "taakveld": "6", "lasten_baten": "L",
             "primitief_eur": first[at].sum(), "wijzigingen_eur": changes[at].sum(),
             "actueel_eur": first[at].sum() + changes[at].sum()}
            for o, at in own.items() if at
        ]  # fmt: skip
    return rows


def _declared(world: World, care: Catalog) -> pd.DataFrame:
    """Declared lines, one row each; a pgb is paid without declarations."""
    lines = world.ledger.declarations[care.wet]
    seen = (lines.received >= world.first_declared * 12) & (lines.received <= world.last_month)
    lines = lines.take(np.flatnonzero(seen & (lines.row != world.ledger.pgb_row(care))))
    of = world.lines[care.wet]
    k, names = of.product[lines.line], providers(care)
    first = int(lines.month.min())
    months = np.array([month(m) for m in range(first, world.last_month + 1)], dtype="datetime64[D]")
    return pd.DataFrame(
        {"levering_id": 0, "peildatum": world.peildatum, "leveringsvorm": "ZIN",
         "onderdeel": np.array(care.onderdelen, dtype=object)[k], "aanbieder": names[k, of.provider[lines.line]],
         "persoon_nr": of.person[lines.line], "prestatiemaand": months[lines.month - first],
         "ontvangstmaand": months[lines.received - first], "bedrag_eur": lines.cents / 100, "wet": care.wet}
    )  # fmt: skip


def _by_month(lines: pd.DataFrame) -> pd.DataFrame:
    """Declared euros and clients by month of care and of receipt."""
    key = ["prestatiemaand", "ontvangstmaand", "wet", "onderdeel", "leveringsvorm", "peildatum"]
    return lines.groupby(key, as_index=False).agg(
        bedrag_eur=("bedrag_eur", "sum"), regels=("bedrag_eur", "size"), clienten=("persoon_nr", "nunique")
    )
