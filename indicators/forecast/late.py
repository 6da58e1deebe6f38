"""Late invoices ("nog te ontvangen") per onderdeel and month, from the best source there is.

Care declarations say when care was given and when the bill came; journal lines say it where they carry the month of
the care; totals to date say it by the closing entries of earlier years only. One onderdeel has one source at a time.
"""

from __future__ import annotations

import datetime as dt

import duckdb
import numpy as np
import pandas as pd

from indicators.core.contract import BY_NAME
from indicators.core.period import MAANDEN
from indicators.forecast.late_row import Peilmoment, Row, Told, late_row
from indicators.forecast.late_sources import AWARDS, LAST_YEAR, LEDGER, Source, covered, month_number, sources
from indicators.forecast.late_standen import from_standen
from indicators.forecast.panel import Array
from indicators.forecast.triangle import LAGS, LEAST_MONTHS, develop

TABLE = "mart.fct_nog_te_ontvangen"
#: The own pattern weighs so little that a reader should know whose it is.
LITTLE_OWN = 0.5
#: So many months of care are looked at.
MOST_MONTHS = 60
#: Of last year's months of which less than so many euros are still to come nothing is said.
CRUMB = 0.5

_CUTS = """
    SELECT DISTINCT boekjaar, peildatum FROM mart.fct_prognose WHERE methode = 'model' AND peildatum <= $1
    ORDER BY peildatum
"""


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
    """Give the rows of the table.

    Args:
        connection: As for `late_invoices`.
        peildatum: The same.

    Returns:
        The rows; those of a source that knows the month of the care also have `trager_eur`: the part of `verwacht_eur`
        because bills come slower than they used to.
    """
    cuts = connection.execute(_CUTS, [peildatum]).fetchall()
    if not cuts:
        cuts = [(peildatum.year, peildatum)]
    rows: list[Row] = []
    standen = from_standen(connection)
    for boekjaar, date in cuts:
        done: set[str] = set()
        for source in sources(connection, date):
            found = _of_source(connection, source, Peilmoment(int(boekjaar), date), done)
            rows += found
            done |= {row["onderdeel"] for row in found}
        rows += [row for row in standen if row["peildatum"] == date and row["onderdeel"] not in done]
    return rows


def _of_source(connection: duckdb.DuckDBPyConnection, source: Source, at: Peilmoment, done: set[str]) -> list[Row]:
    """Rows of the onderdelen that a source speaks for, save those that are done."""
    # A delivery in the middle of a month says nothing final about that month's bookings.
    last = month_number(at.peildatum + dt.timedelta(days=1)) - 1
    last = last if source.until is None else min(last, source.until)
    rows = source.rows[(source.rows["geboekt"] <= last) & ~source.rows["onderdeel"].isin(done)]
    if rows.empty:
        return []
    first = max(int(rows["geboekt"].min()), last + 1 - MOST_MONTHS)
    if last + 1 - first < LEAST_MONTHS:
        return []
    rows = rows[(rows["maand"] >= first) & (rows["maand"] <= last)]
    declared = source.bron == "declaraties"
    query, values = (LAST_YEAR, [at.peildatum, at.boekjaar - 1]) if declared else (LEDGER, [at.peildatum])
    ledger = dict(connection.execute(query, values).fetchall())
    awards = connection.execute(AWARDS, [at.peildatum]).df() if declared else None
    result: list[Row] = []
    for _, of_wet in rows.groupby("wet", sort=True):
        names = covered(of_wet, source.bron, ledger, at.boekjaar)
        if names:
            result += _develop(of_wet, names, range(first, last + 1), awards, source.bron, at)
    return result


def _develop(
    rows: pd.DataFrame,
    names: list[str],
    span: range,
    awards: pd.DataFrame | None,
    bron: str,
    at: Peilmoment,
) -> list[Row]:
    """Rows of the onderdelen of one wet, which learn from each other, over the months of `span`."""
    first, last, months = span[0], span[-1], len(span)
    place = {name: i for i, name in enumerate(names)}
    rows = rows[rows["onderdeel"].isin(place)]
    increments = np.zeros((len(names), months, min(months, LAGS)))
    lag = np.minimum(rows["geboekt"] - rows["maand"], increments.shape[2] - 1).to_numpy()
    cells = (rows["onderdeel"].map(place).to_numpy(), rows["maand"].to_numpy() - first, lag)
    np.add.at(increments, cells, rows["bedrag"].to_numpy())
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
        told = Told(bron, _text(found.own[i], found.apart[i], first, bron, exposure is not None))
        for m in range(max(0, (at.boekjaar - 1) * 12 - first), months):
            year, month = divmod(first + m, 12)
            if year < at.boekjaar and abs(found.late[i, m]) < CRUMB:
                continue
            values = (found.booked[i, m], found.late[i, m], found.error[i, m])
            row = late_row(at, name, dt.date(year, month + 1, 1), values, told)
            result.append({**row, "trager_eur": float(found.slower[i, m])})
    return result


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
