"""Known steps in an explanation: what they add is taken apart first, and put back as the cause that it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import duckdb

from indicators.core.period import MAANDEN
from indicators.forecast.explain_causes import Cause, cents
from indicators.forecast.explain_text import costs
from indicators.forecast.optional import is_there

#: A step of the price is a price; a payment beside the usual ones stands alone.
CAUSE = {"procent": "prijs", "bedrag": "incidenteel"}
_STEPS = """
    SELECT peildatum, onderdeel, lasten_baten, soort, vanaf, waarde, CAST(effect_eur AS DOUBLE), toelichting
    FROM mart.fct_prognose_stap WHERE peildatum <= $1 ORDER BY peildatum, onderdeel, lasten_baten, volgorde
"""
Key = tuple[dt.date, str, str]


@dataclass(frozen=True)
class KnownStep:
    """A step in the forecast of an onderdeel: what it adds in whole cents, and its sentence."""

    cause: str
    cents: int
    sentence: str


def read_steps(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> dict[Key, list[KnownStep]]:
    """Give the steps per (peildatum, onderdeel, lasten_baten); empty where the forecast has none."""
    result: dict[Key, list[KnownStep]] = {}
    if is_there(connection, "fct_prognose_stap"):
        rows = connection.execute(_STEPS, [peildatum]).fetchall()
        for date, onderdeel, lb, soort, since, value, effect, what in rows:
            sentence = _sentence(soort, since, value, what, costs(effect, lb == "L"), since <= date)
            result.setdefault((date, onderdeel, lb), []).append(KnownStep(CAUSE[soort], cents(effect), sentence))
    return result


def _sentence(soort: str, since: dt.date, value: float, what: str, effect: str, runs: bool) -> str:
    if soort == "bedrag":
        return f"Al bekend is een bedrag dat nog komt: {what}; {effect}."
    step = f"{abs(value):g} % {'omhoog' if value > 0 else 'omlaag'}".replace(".", ",")
    month = MAANDEN[since.month - 1]
    if runs:
        seen = effect.removeprefix("dat ")
        return f"De prijs ging vanaf {month} {step} ({what}); wat daarvan nog niet in de boekingen te zien is, {seen}."
    return f"Al bekend is dat de prijs vanaf {month} {step} gaat ({what}); {effect}."


def in_euros(steps: list[KnownStep]) -> float:
    """Give what the steps of an onderdeel add together, in euros."""
    return sum(step.cents for step in steps) / 100


def put_back(found: dict[str, Cause], steps: list[KnownStep]) -> dict[str, Cause]:
    """Add the steps to the causes of the forecast without them.

    Args:
        found: Causes of what the forecast would be without the steps.
        steps: The steps.

    Returns:
        The causes, which add up to as much more as the steps are.
    """
    result = dict(found)
    detail = next(iter(found.values())).detail
    for step in steps:
        before = result.get(step.cause, Cause(0, "", detail))
        sentence = f"{before.sentence} {step.sentence}" if before.cents else step.sentence
        result[step.cause] = replace(before, cents=before.cents + step.cents, sentence=sentence)
    return result
