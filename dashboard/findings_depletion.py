"""When the money of a budget is gone, in one Dutch sentence each. Pure functions."""

from __future__ import annotations

from datetime import date
from typing import Any

from dashboard import formatting as f
from dashboard.findings import side


def depletion(  # noqa: PLR0911  (one return per finding reads as the list it is)
    row: Any, boekjaar: int, closed_at: float | None = None
) -> str:
    """Say when the money is gone, as the title of the page about one budget.

    Args:
        row: One row of queries.budgetten, or None.
        boekjaar: The year it is about.
        closed_at: The outturn in euros when the year is closed.
    """
    if row is None:
        return f"Voor {boekjaar} is er geen begroting en geen prognose"
    if closed_at is not None and not f.missing(row["actueel_eur"]):
        return f"In {boekjaar} kwam de uitkomst {side(closed_at - row['actueel_eur'])} uit"
    if f.missing(row["p50_eur"]):
        return "Te weinig gegevens voor een prognose"
    gone = f.as_date(row["uitputting_p50"])
    if gone is not None:
        verb = "was al" if _past(gone, row) else "is"
        return f"Het geld {verb} op rond {f.dag_maand(gone)}"
    if f.missing(row["actueel_eur"]):
        return f"Naar verwachting {f.euro_text(row['p50_eur'])} lasten; de begroting is niet bekend"
    if not f.missing(row["kans_overschrijding"]) and row["kans_overschrijding"] >= 0.5:
        return "Het budget komt aan het eind van het jaar net tekort"
    return "Het geld is naar verwachting genoeg tot het eind van het jaar"


def depletion_range(row: Any) -> str:
    """Say between which dates the money is gone, and with which chance at all."""
    if row is None or f.missing(row["kans_overschrijding"]):
        return ""
    chance = f"De kans dat het budget niet genoeg is, is {f.chance_text(row['kans_overschrijding'])}."
    early, late = f.as_date(row["uitputting_p10"]), f.as_date(row["uitputting_p90"])
    if early is None:
        return chance
    if late is None:
        return f"{chance} Op zijn vroegst is het geld op rond {f.dag_maand(early)}, misschien niet dit jaar."
    between = f"tussen {f.dag_maand(early)} en {f.dag_maand(late)}"
    if _past(late, row):
        return f"{chance} Waarschijnlijk was het geld op {between}, met de facturen die nog komen."
    return f"{chance} Waarschijnlijk is het geld op {between}."


def _past(day: date, row: Any) -> bool:
    """Whether a day lies before the forecast: booked may be less than the budget still, cost is counted when made."""
    made = f.as_date(row["peildatum"])
    return made is not None and day <= made
