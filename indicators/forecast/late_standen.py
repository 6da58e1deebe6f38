"""Late invoices where only totals to date are known: what was booked after earlier years, by the course of the year."""

from __future__ import annotations

import datetime as dt

import duckdb
import numpy as np
import pandas as pd

from indicators.core.contract import AGGREGATEN
from indicators.core.views import as_known
from indicators.forecast.late_row import Peilmoment, Row, Told, late_row

_COURSE = """
    SELECT boekjaar, peildatum, onderdeel, maand, CAST(geboekt_eur AS DOUBLE) AS geboekt,
           CAST(nog_te_ontvangen_eur AS DOUBLE) AS laat
    FROM mart.fct_prognose_verloop
    WHERE scenario = 'basis' AND lasten_baten = 'L' AND geboekt_eur IS NOT NULL
    ORDER BY boekjaar, peildatum, onderdeel, maand
"""
_CLOSING = f"""
    SELECT onderdeel, boekjaar, CAST(sum(bedrag_eur) FILTER (periode = 13) AS DOUBLE) AS na_afloop,
           CAST(sum(bedrag_eur) AS DOUBLE) AS jaar
    FROM ({as_known("mart.v_realisatie_maand")}) WHERE lasten_baten = 'L' AND boekjaar < $2 GROUP BY ALL
"""


def from_standen(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """What the course of the forecast expects; its error from how closing entries differed between years."""
    course = connection.execute(_COURSE).df()
    if course.empty:
        return []
    errors: dict[tuple[str, dt.date], float] = {}
    for year, date in course[["boekjaar", "peildatum"]].drop_duplicates().itertuples(index=False):
        closing = connection.execute(_CLOSING, [date.date(), int(year)]).df()
        errors |= {(str(o), date): _closing_error(of) for o, of in closing.groupby("onderdeel")}
    told = Told(
        "standen",
        "Afgeleid van wat in eerdere jaren na afloop nog werd geboekt; de maand van levering is hier niet bekend.",
    )
    rows: list[Row] = []
    for (boekjaar, date, onderdeel), of in course.groupby(["boekjaar", "peildatum", "onderdeel"], sort=False):
        if onderdeel in AGGREGATEN:
            continue
        at = Peilmoment(int(boekjaar), date.date())
        late = np.diff(of["laat"].to_numpy(), prepend=0.0)
        booked = np.diff(of["geboekt"].to_numpy(), prepend=0.0)
        error_eur = errors.get((str(onderdeel), date), 0.0) * abs(float(of["laat"].iloc[-1]))
        part = np.abs(late) / max(float(np.abs(late).sum()), 1e-9)
        for maand, known, coming, p in zip(of["maand"], booked, late, part, strict=True):
            rows.append(late_row(at, str(onderdeel), maand.date(), (known, coming, error_eur * p), told))
    return rows


def _closing_error(of: pd.DataFrame) -> float:
    """Relative error of late bookings: how much the closing share scattered between years; 1 when hardly known."""
    shares = (of["na_afloop"].fillna(0.0) / of["jaar"].where(of["jaar"].abs() > 0)).dropna().to_numpy()
    if len(shares) < 3 or abs(shares.mean()) < 1e-9:
        return 1.0
    return float(np.clip(shares.std(ddof=1) / abs(shares.mean()), 0.05, 2.0))
