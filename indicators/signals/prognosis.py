"""What the forecast said at a date, and how often its warnings came true in earlier years."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import pandas as pd

from indicators.core.contract import AGGREGATEN
from indicators.signals.facts import Facts

#: A budget is at risk when it is this likely to be passed.
LIKELY = 0.8
#: Month of a year in which the track record of the warning is read: in time to do something.
MONTH = 6
_FORECAST = """
    SELECT onderdeel, lasten_baten, peildatum, CAST(p10_eur AS DOUBLE) AS p10_eur, CAST(p50_eur AS DOUBLE) AS p50_eur,
        CAST(p90_eur AS DOUBLE) AS p90_eur, kans_overschrijding AS kans, uitputting_p50
    FROM mart.fct_prognose
    WHERE methode = 'model' AND scenario = 'basis' AND boekjaar = $v1 AND peildatum <= $p ORDER BY ALL
"""
#: Of earlier years the test of the forecast says what it would have said: its peilmaand used nothing dated later.
_TESTED = """
    SELECT t.onderdeel, 'L' AS lasten_baten, last_day(make_date(t.boekjaar, t.peilmaand, 1)) AS peildatum,
        CAST(t.p10_eur AS DOUBLE) AS p10_eur, CAST(t.voorspeld_eur AS DOUBLE) AS p50_eur,
        CAST(t.p90_eur AS DOUBLE) AS p90_eur, CAST(NULL AS DATE) AS uitputting_p50
    FROM mart.fct_terugtoets t
    WHERE t.methode = 'model' AND t.boekjaar = $v1 AND last_day(make_date(t.boekjaar, t.peilmaand, 1)) <= $p
    ORDER BY ALL
"""
#: A year counts when its account is due (15 July of the next): before that its outcome was not known.
_RECORD = """
    SELECT t.boekjaar, t.onderdeel, CAST(t.p10_eur AS DOUBLE) AS p10_eur, CAST(t.voorspeld_eur AS DOUBLE) AS p50_eur,
        CAST(t.p90_eur AS DOUBLE) AS p90_eur, CAST(t.uitkomst_eur AS DOUBLE) AS uitkomst_eur,
        (SELECT CAST(sum(b.actueel_eur) AS DOUBLE) FROM mart.fct_begroting b
         WHERE b.boekjaar = t.boekjaar AND b.onderdeel = t.onderdeel AND b.lasten_baten = 'L' AND b.peildatum = (
            SELECT max(x.peildatum) FROM mart.fct_begroting x WHERE x.boekjaar = t.boekjaar
            AND x.peildatum <= last_day(make_date(t.boekjaar, t.peilmaand, 1)))) AS begroting_eur
    FROM mart.fct_terugtoets t
    WHERE t.methode = 'model' AND t.peilmaand = $v1 AND make_date(t.boekjaar + 1, 7, 15) <= $p ORDER BY ALL
"""


def forecasts(facts: Facts, newest: bool = True) -> pd.DataFrame:
    """Give the model's forecasts of the running year as known.

    Args:
        facts: What was known.
        newest: Only the newest; else every one of this year.

    Returns:
        onderdeel, lasten_baten, peildatum, p10_eur, p50_eur, p90_eur, kans (0-1), uitputting_p50.
    """
    rows = facts.ask(_FORECAST, facts.boekjaar)
    if rows.empty:
        rows = facts.ask(_TESTED, facts.boekjaar)
        rows["kans"] = [
            chance_above((r.p10_eur, r.p50_eur, r.p90_eur), facts.budget.get((r.onderdeel, "L")))
            for r in rows.itertuples()
        ]
    if newest and not rows.empty:
        rows = rows[rows["peildatum"] == rows["peildatum"].max()]
    return rows


def chance_above(band: tuple[float, float, float], budget: float | None) -> float | None:
    """Chance that the outturn passes a budget, from p10, p50 and p90: a normal law on either side of the middle."""
    low, middle, high = band
    if budget is None or any(pd.isna(v) for v in band):
        return None
    side = (high - middle) if budget >= middle else (middle - low)
    if side <= 0:
        return float(middle > budget)
    return 1 - NormalDist(middle, side / NormalDist().inv_cdf(0.9)).cdf(budget)


@dataclass(frozen=True)
class Record:
    """Warnings at half year in settled years: how many, how many wrong, and over how many onderdelen and years."""

    warned: int
    wrong: int
    judged: int

    @property
    def per_ten(self) -> float:
        """Wrong warnings a year per ten onderdelen."""
        return 10 * self.wrong / self.judged


def track_record(facts: Facts) -> Record | None:
    """Count the warnings of earlier years that did not come true; None without settled years."""
    rows = facts.ask(_RECORD, MONTH)
    rows = rows[~rows["onderdeel"].isin(AGGREGATEN)].dropna(subset=["begroting_eur", "p50_eur", "p10_eur", "p90_eur"])
    if rows.empty:
        return None
    chance = [chance_above((r.p10_eur, r.p50_eur, r.p90_eur), r.begroting_eur) or 0.0 for r in rows.itertuples()]
    warned = (pd.Series(chance, index=rows.index) >= LIKELY) & (rows["p50_eur"] >= 1.01 * rows["begroting_eur"])
    wrong = warned & (rows["uitkomst_eur"] <= rows["begroting_eur"])
    return Record(int(warned.sum()), int(wrong.sum()), len(rows))
