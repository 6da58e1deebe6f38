"""Fills mart.fct_indicatorverandering: against the period before, over all periods, and against other regions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import duckdb
import numpy as np
import pandas as pd

from indicators.comparison import words
from indicators.comparison.counted import Scales, scales
from indicators.comparison.judge import judge
from indicators.comparison.series import beside, own_wijken, pairs, read_values
from indicators.comparison.trends import trends
from indicators.core.change import ALPHA, adjusted
from indicators.core.contract import BY_NAME
from indicators.core.indicator import Indicator, indicators
from indicators.core.region import own_regions
from indicators.core.settings import settings

_TABLE = BY_NAME["mart.fct_indicatorverandering"]


def changes(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> dict[str, pd.DataFrame]:
    """Judge every change that the monitor shows.

    The own gemeente, its wijken, its province and the country get soort vorige and trend, the own gemeente also gebied;
    all other gemeenten get vorige. A provisional month or quarter is not complete: it is said to be unknown, and the
    newest complete one is judged beside it.

    Args:
        connection: To the database under construction; the indicator values are there.
        peildatum: The monitor as of this date: values of a period that begins after it are left out.

    Returns:
        {"mart.fct_indicatorverandering": rows}.
    """
    known = indicators()
    values = read_values(connection, known, peildatum)
    judged = _judged(values, known)
    if judged.empty:
        return {_TABLE.name: pd.DataFrame(columns=_TABLE.column_names)}
    judged["p_waarde"] = corrected(judged)
    judged["oordeel"] = verdicts(judged, known)
    names = dict(connection.execute("SELECT gebied_code, naam FROM mart.dim_gebied").fetchall()) | own_regions()
    told = zip(*(judged[name].tolist() for name in words.NEEDED), strict=True)
    rows = (dict(zip(words.NEEDED, row, strict=True)) for row in told)
    judged["toelichting"] = [words.sentence(row, known[row["indicator"]], names) for row in rows]
    judged = judged.drop(columns=["ondergrens", "bovengrens"])
    judged = judged.rename(columns={"ondergrens_verschil": "ondergrens", "bovengrens_verschil": "bovengrens"})
    return {_TABLE.name: judged[_TABLE.column_names]}


def _judged(values: pd.DataFrame, known: Mapping[str, Indicator]) -> pd.DataFrame:
    history = pairs(values, known)
    scale = scales(values, known)
    shown = values[values["gebied_code"].isin(list(own_regions())) | (values["niveau"] == "wijk")]
    incomplete = history[history["laatste"] & history["lopend"]]
    found = [
        judge(history[history["nieuwste"] & ~history["lopend"]], history, known, scale).assign(soort="vorige"),
        incomplete.assign(soort="vorige", toets="geen", verschil=incomplete["waarde"] - incomplete["waarde_oud"]),
        trends(shown, known, scale).assign(soort="trend"),
        judge(_beside_others(shown, scale), history, known, scale, nested=True).assign(soort="gebied"),
    ]
    found = [frame for frame in found if len(frame)]
    if not found:
        return pd.DataFrame()
    judged = pd.concat(found, ignore_index=True).rename(columns={"periode_oud": "tegenover"})
    return judged.reindex(columns=[*judged.columns, *(name for name in words.NEEDED if name not in judged.columns)])


def _beside_others(shown: pd.DataFrame, scale: Scales) -> pd.DataFrame:
    """The own gemeente beside its province and country; a bare count says nothing beside that of a country."""
    own = settings().gemeente
    together = beside(shown, own.code, [own.provincie_code, own.land_code])
    return together[~scale.bare[together["familie"].to_numpy(dtype=int)]].reset_index(drop=True)


def corrected(judged: pd.DataFrame) -> pd.Series:
    """Correct p for the looks of one publication, in three families that are read apart.

    The own gemeente with its province and country; its wijken; the other gemeenten. A sea of small wijken must not
    hide what is found for the gemeente.
    """
    code = judged["gebied_code"]
    own, wijk = code.isin(list(own_regions())), code.str.startswith(own_wijken())
    family = np.where(own, "eigen", np.where(wijk, "wijk", "ander"))
    result = pd.Series(np.nan, index=judged.index)
    for name in np.unique(family):
        rows = family == name
        result[rows] = adjusted(judged.loc[rows, "p"])
    return result


def verdicts(judged: pd.DataFrame, known: Mapping[str, Indicator]) -> np.ndarray:
    """Give the oordeel of each row, from its corrected p and the direction of its indicator."""
    wanted = judged["indicator"].map({name: i.hoger_is for name, i in known.items()})
    up = judged["verschil"] > 0
    good = ((wanted == "beter") & up) | ((wanted == "slechter") & ~up)
    sure = np.where(wanted == "neutraal", "anders", np.where(good, "beter", "slechter"))
    p = judged["p_waarde"]
    verdict = np.where(p.isna(), "onbekend", np.where(p < ALPHA, sure, "ruis"))
    return np.where(judged["breuk"] != "", "breuk", verdict)
