"""The budget holder's own forecast beside the monitor's in the track record, where one was delivered."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import findings
from dashboard import formatting as f

METHODE = "budgethouder"
KOP = "De budgethouder zei"
LEAD = "Wat de budgethouder zelf verwacht, staat in het overzicht uit K2F; de monitor rekent er niet mee."


def said(terugtoets: pd.DataFrame) -> dict[tuple[int, int], float]:
    """Give what the budget holder said, in euros, per (boekjaar, peilmaand); empty where nothing was delivered.

    Args:
        terugtoets: queries.terugtoets, one onderdeel.
    """
    rows = terugtoets[(terugtoets["methode"] == METHODE) & terugtoets["voorspeld_eur"].notna()]
    return {(int(r.boekjaar), int(r.peilmaand)): float(r.voorspeld_eur) for r in rows.itertuples()}


def with_holder(
    heads: list[str], cells: list[list[Any]], moments: list[tuple[int, int]], rows: pd.DataFrame
) -> list[str]:
    """Put what the budget holder said behind the rows of a table, in place; nothing where nothing was delivered.

    Args:
        heads: Names of the columns.
        cells: Rows of the table; each gets one cell more.
        moments: (boekjaar, peilmaand) of each row.
        rows: queries.terugtoets, one onderdeel.

    Returns:
        The names of the columns as they are now.
    """
    found = said(rows)
    if not any(moment in found for moment in moments):
        return heads
    for row, moment in zip(cells, moments, strict=True):
        row.append(f.euro(found[moment]) if moment in found else None)
    return [*heads, KOP]


def sentence(terugtoets: pd.DataFrame) -> str:
    """Compare the budget holder's error with the monitor's over the moments at which both said something.

    Args:
        terugtoets: queries.terugtoets, one onderdeel.
    """
    beside = findings.beside(terugtoets, METHODE)
    if not beside.keren:
        return ""
    times = "Eén keer" if beside.keren == 1 else f"{f.number(beside.keren)} keer"
    return (
        f" {times} gaf ook de budgethouder een prognose: die zat er gemiddeld {f.percent(beside.fout, 1)} naast, de "
        f"monitor op dezelfde momenten {f.percent(beside.model, 1)}."
    )
