"""What the late provider of the synthetic municipality keeps out of the books, month by month: with and without it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import numpy as np

from etl.sample.simulation import simulate

_EXPLAINED = """
    SELECT month(peildatum), CAST(sum(effect_eur) FILTER (oorzaak = 'nog_te_ontvangen') AS DOUBLE)
    FROM mart.fct_verklaring WHERE onderdeel = $1 AND lasten_baten = 'L' AND boekjaar = $2 GROUP BY ALL ORDER BY ALL
"""


def held_back(truth: dict[str, Any]) -> tuple[str, int, np.ndarray]:
    """Simulate the municipality again and leave the late provider out.

    Args:
        truth: The truth.json of a sample.

    Returns:
        Onderdeel, first month in which the provider is late, and euros that are not booked because of it at the end of
        each month of the year of the peildatum [12].
    """
    world = simulate(truth["seed"], truth["van"], dt.date.fromisoformat(truth["peildatum"]))
    onderdeel, since, _ = world.events.late
    posts = [i for i, post in enumerate(world.ledger.posts) if post.onderdeel == onderdeel]
    return onderdeel, since.month, np.cumsum(world.ledger.unplanted[posts, -1, :12].sum(axis=0)) / 100


def explained_and_true(connection: duckdb.DuckDBPyConnection, truth: dict[str, Any]) -> list[tuple[int, float, float]]:
    """Per month (from the third of the event): euros that the explanation gives to late bills, and the true ones.

    A forecast carries a level that is too low by what is held back on over the whole year: held back x 12 / month.
    """
    onderdeel, first, euros = held_back(truth)
    year = int(truth["peildatum"][:4])
    rows = connection.execute(_EXPLAINED, [onderdeel, year]).fetchall()
    return [(m, float(e or 0.0), -12.0 / m * float(euros[m - 1])) for m, e in rows if m >= first + 2]
