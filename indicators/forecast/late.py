"""Late invoices ("nog te ontvangen") per onderdeel and month, from the best source there is.

Care declarations say when care was given and when the bill came; journal lines say it where they carry the month of
the care; totals to date say it by the closing entries of earlier years only. One onderdeel has one source at a time.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from indicators.core.contract import AGGREGATEN, BY_NAME
from indicators.core.period import MAANDEN
from indicators.core.views import as_known
from indicators.forecast.late_sources import AWARDS, LAST_YEAR, LEDGER, Source, covered, month_number, sources
from indicators.forecast.panel import Array
from indicators.forecast.triangle import LAGS, LEAST_MONTHS, develop

TABLE = "mart.fct_nog_te_ontvangen"
#: The own pattern weighs so little that a reader should know whose it is.
LITTLE_OWN = 0.5

_CUTS = "SELECT DISTINCT boekjaar, peildatum FROM mart.fct_prognose WHERE methode = 'model' ORDER BY peildatum"
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
Row = dict[str, Any]


def late_invoices(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> dict[str, pd.DataFrame]:
    """Expect what earlier months will still cost, at every peildatum of the running year.

    Args:
        connection: Database with the marts and mart.fct_prognose and fct_prognose_verloop filled (read only).
        peildatum: Nothing dated later is used.

    Returns:
        mart.fct_nog_te_ontvangen, in euros, lasten only. An onderdeel without any pattern has no rows.
    """
    return {TABLE: pd.DataFrame(late_rows(connection, peildatum), columns=BY_NAME[TABLE].column_names)}


def late_rows(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> list[Row]:
    """Give the rows of the table, each with `trager_eur`: the part of `verwacht_eur` because bills come slower."""
    cuts = connection.execute(_CUTS).fetchall()
    if not cuts:
        cuts = [(peildatum.year, peildatum)]
    rows: list[Row] = []
    standen = _from_standen(connection)
    for boekjaar, date in cuts:
        done: set[str] = set()
        for source in sources(connection, date):
            found = _of_source(connection, source, int(boekjaar), date, done)
            rows += found
            done |= {row["onderdeel"] for row in found}
        rows += [row for row in standen if row["peildatum"] == date and row["onderdeel"] not in done]
    return rows


def _of_source(
    connection: duckdb.DuckDBPyConnection, source: Source, boekjaar: int, date: dt.date, done: set[str]
) -> list[Row]:
    # A delivery in the middle of a month says nothing final about that month's bookings.
    last = month_number(date + dt.timedelta(days=1)) - 1
    last = last if source.until is None else min(last, source.until)
    rows = source.rows[(source.rows["geboekt"] <= last) & ~source.rows["onderdeel"].isin(done)]
    if rows.empty:
        return []
    first = max(int(rows["geboekt"].min()), last + 1 - 60)
    if last + 1 - first < LEAST_MONTHS:
        return []
    rows = rows[(rows["maand"] >= first) & (rows["maand"] <= last)]
    declared = source.bron == "declaraties"
    query, values = (LAST_YEAR, [date, boekjaar - 1]) if declared else (LEDGER, [date])
    ledger = dict(connection.execute(query, values).fetchall())
    awards = connection.execute(AWARDS, [date]).df() if declared else None
    result: list[Row] = []
    for _, of_wet in rows.groupby("wet", sort=True):
        names = covered(of_wet, source.bron, ledger, boekjaar)
        if names:
            result += _develop(of_wet, names, (first, last), awards, source.bron, boekjaar, date)
    return result


def _develop(
    rows: pd.DataFrame,
    names: list[str],
    span: tuple[int, int],
    awards: pd.DataFrame | None,
    bron: str,
    boekjaar: int,
    date: dt.date,
) -> list[Row]:
    first, last = span
    months = last + 1 - first
    place = {name: i for i, name in enumerate(names)}
    rows = rows[rows["onderdeel"].isin(place)]
    increments = np.zeros((len(names), months, min(months, LAGS)))
    lag = np.minimum(rows["geboekt"] - rows["maand"], increments.shape[2] - 1).to_numpy()
    at = (rows["onderdeel"].map(place).to_numpy(), rows["maand"].to_numpy() - first, lag)
    np.add.at(increments, at, rows["bedrag"].to_numpy())
    exposure = None
    if awards is not None and not awards.empty:
        exposure = np.full((len(names), months), np.nan)
        known = awards[awards["onderdeel"].isin(place) & awards["maand"].between(first, last)]
        exposure[known["onderdeel"].map(place), known["maand"] - first] = known["waarde"]
    found = develop(increments, exposure)
    if found is None:
        return []
    result: list[Row] = []
    for name, i in place.items():
        text = _text(found.own[i], found.apart[i], first, bron, exposure is not None)
        for m in range(max(0, (boekjaar - 1) * 12 - first), months):
            year, month = divmod(first + m, 12)
            if year < boekjaar and abs(found.late[i, m]) < 0.5:
                continue
            values = (found.booked[i, m], found.late[i, m], found.error[i, m])
            row = _row(boekjaar, date, name, dt.date(year, month + 1, 1), bron, values, text)
            result.append({**row, "trager_eur": float(found.slower[i, m])})
    return result


def _row(
    boekjaar: int,
    date: dt.date,
    onderdeel: str,
    maand: dt.date,
    bron: str,
    values: tuple[float, float, float],
    text: str,
) -> Row:
    booked, late, error = (round(float(v), 2) for v in values)
    return {
        "boekjaar": boekjaar,
        "peildatum": date,
        "onderdeel": onderdeel,
        "maand": maand,
        "bron": bron,
        "geboekt_eur": booked,
        "verwacht_eur": late,
        "standaardfout_eur": error,
        "toelichting": text,
    }


def _text(own: float, apart: Array, first: int, bron: str, awards: bool) -> str:
    source = "de declaraties" if bron == "declaraties" else "de boekingen met een maand van levering"
    text = f"Geleerd van hoe {source} over eerdere maanden binnenkwamen."
    if own < LITTLE_OWN:
        text += " De eigen reeks is kort of grillig; het patroon van de hele wet telt daarom zwaarder."
    if awards:
        text += " Voor de laatste maanden telt de waarde van de lopende toewijzingen mee."
    recent = [m for m in np.flatnonzero(apart) if m >= len(apart) - 24]
    if recent:
        names = ", ".join(f"{MAANDEN[(first + m) % 12]} {(first + m) // 12}" for m in recent[-3:])
        text += f" Apart gehouden, omdat het bedrag of het tempo daar sterk afwijkt: {names}."
    return text


def _from_standen(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """What the course of the forecast expects; its error from how closing entries differed between years."""
    course = connection.execute(_COURSE).df()
    if course.empty:
        return []
    errors: dict[tuple[str, dt.date], float] = {}
    for year, date in course[["boekjaar", "peildatum"]].drop_duplicates().itertuples(index=False):
        closing = connection.execute(_CLOSING, [date.date(), int(year)]).df()
        errors |= {(str(o), date): _closing_error(of) for o, of in closing.groupby("onderdeel")}
    text = "Afgeleid van wat in eerdere jaren na afloop nog werd geboekt; de maand van levering is hier niet bekend."
    rows: list[Row] = []
    for (boekjaar, date, onderdeel), of in course.groupby(["boekjaar", "peildatum", "onderdeel"], sort=False):
        if onderdeel in AGGREGATEN:
            continue
        late = np.diff(of["laat"].to_numpy(), prepend=0.0)
        booked = np.diff(of["geboekt"].to_numpy(), prepend=0.0)
        error_eur = errors.get((str(onderdeel), date), 0.0) * abs(float(of["laat"].iloc[-1]))
        part = np.abs(late) / max(float(np.abs(late).sum()), 1e-9)
        for maand, known, coming, p in zip(of["maand"], booked, late, part, strict=True):
            values = (known, coming, error_eur * p)
            rows.append(_row(int(boekjaar), date.date(), str(onderdeel), maand.date(), "standen", values, text))
    return rows


def _closing_error(of: pd.DataFrame) -> float:
    """Relative error of late bookings: how much the closing share scattered between years; 1 when hardly known."""
    shares = (of["na_afloop"].fillna(0.0) / of["jaar"].where(of["jaar"].abs() > 0)).dropna().to_numpy()
    if len(shares) < 3 or abs(shares.mean()) < 1e-9:
        return 1.0
    return float(np.clip(shares.std(ddof=1) / abs(shares.mean()), 0.05, 2.0))
