"""What happened in the year of a budget: known moments, changes of the budget and signals, in one numbered list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from dash import html

from dashboard import formatting as f
from dashboard import queries_budget as queries
from dashboard.components.table import data_table, details
from dashboard.store import Publication

#: More than these would make a picture of lines; the newest stay.
HOOGSTENS = 8


@dataclass(frozen=True)
class Moment:
    """A moment on the axis: its day, what kind it is and what happened, in Dutch."""

    datum: date
    soort: str
    tekst: str


def moments(pub: Publication, onderdeel: str, year: int) -> list[Moment]:
    """Give what happened to a budget in a year, in order of time.

    Args:
        pub: The publication.
        onderdeel: A budget part or a sum.
        year: Boekjaar.
    """
    found = budget_changes(queries.begrotingen(pub, onderdeel, year))
    for row in queries.gebeurtenissen(pub, onderdeel, year).itertuples():
        found.append(Moment(row.datum.date(), "gebeurtenis", str(row.titel)))
    for row in queries.signalen_sinds(pub, onderdeel, year).itertuples():
        found.append(Moment(row.sinds.date(), "signaal", str(row.titel)))
    return sorted(found, key=lambda m: m.datum)[-HOOGSTENS:]


def budget_changes(rows: pd.DataFrame) -> list[Moment]:
    """Give the jumps of the budget in force: first seen in the delivery of that day, decided some time before.

    Args:
        rows: queries_budget.begrotingen of one year.
    """
    found = []
    for before, now in zip(rows.iloc[:-1].itertuples(), rows.iloc[1:].itertuples(), strict=True):
        day = now.peildatum.date()
        gap = now.actueel_eur - before.actueel_eur
        # Deliveries that came after the year tell of changes within it; on this axis they have no day.
        if f.missing(gap) or abs(gap) < 0.5 or day.year > rows["peildatum"].iloc[0].year:
            continue
        word = "hoger" if gap > 0 else "lager"
        found.append(Moment(day, "begroting", f"begroting {f.euro_text(gap)} {word}, gezien in deze levering"))
    return found


def spoken(found: list[Moment]) -> str:
    """Say the moments in one sentence for the text alternative; "" when there are none."""
    if not found:
        return ""
    return " Momenten: " + "; ".join(f"{n}. {_when(m)}: {m.tekst}" for n, m in enumerate(found, 1)) + "."


def _when(moment: Moment, year: bool = False) -> str:
    """Write the day; of a signal only its month is known."""
    month = f.maand(moment.datum)
    if moment.soort == "signaal":
        return month if year else month.split()[0]
    return f.datum(moment.datum) if year else f.dag_maand(moment.datum)


def moments_list(found: list[Moment]) -> Any:
    """Give the list below the chart that says what the numbers are, or None."""
    if not found:
        return None
    items = [html.Li([html.Span(_when(m), className="dag"), f" {m.tekst}"]) for m in found]
    return html.Ol(items, className="momenten")


def moments_table(found: list[Moment]) -> Any:
    """Give the moments as a table that is taken along with the chart, or None."""
    if not found:
        return None
    cells = [[str(n), _when(m, True), m.soort, m.tekst] for n, m in enumerate(found, 1)]
    table = data_table("Momenten in de grafiek", ["Nummer", "Datum", "Soort", "Wat er gebeurde"], cells)
    return details("Tabel met de momenten", table)
