"""The sentences about the cost per client: a price that jumped, and care that gets heavier or lighter."""

from __future__ import annotations

import math

from indicators.core.period import MAANDEN
from indicators.forecast.explain_factors import BOTH, Change
from indicators.forecast.explain_text import costs, percent


def price(effect: float, moved: Change) -> str:
    """Sentence of `prijs`."""
    if not moved.doubt:  # without an earlier year nothing is usual
        return f"Het bedrag per cliënt is {_beside_last_year(moved.price)} dan vorig jaar; {costs(effect)}."
    what = "De prijs" if moved.detail == BOTH else "Het bedrag per cliënt"
    step = "meer omhoog" if effect >= 0 else "minder omhoog, of meer omlaag,"
    when = f"rond {MAANDEN[moved.since]}" if moved.since else "bij het begin van het jaar"
    text = f"{what} ging {when} {percent(moved.jump)} {step} dan gebruikelijk{between(moved)}; {costs(effect)}."
    other = "zwaarder" if effect >= 0 else "lichter"
    maybe = moved.unclear and moved.detail == BOTH
    return f"{text} Het kan ook zijn dat de hulp langzaam {other} wordt." if maybe else text


def between(moved: Change) -> str:
    """Say between which whole percentages a price most likely went, rounded so that they do not say too much."""
    near, far = (abs(math.expm1(bound)) * 100 for bound in moved.jump_between)
    return f" (waarschijnlijk tussen {math.floor(near)} en {math.ceil(far)} %)"


def duration(effect: float, moved: Change) -> str:
    """Sentence of `duur`."""
    more = effect >= 0
    grown = f"{_beside_last_year(moved.duration + moved.usual)} dan vorig jaar, waar {_beside_last_year(moved.usual)}"
    if moved.detail != BOTH:
        how = "meer" if more else "minder"
        apart = "los van die sprong " if moved.price else ""
        return f"Het bedrag per cliënt groeit {how} dan gebruikelijk ({apart}{grown} gewoon is); {costs(effect)}."
    how = "zwaarder of langer" if more else "lichter of korter"
    apart = "bedrag per cliënt los van de prijs" if moved.price else "bedrag per cliënt"
    text = f"De hulp per cliënt wordt {how} dan gebruikelijk ({apart} {grown} gewoon is); {costs(effect)}."
    other = "omhoog" if more else "omlaag"
    # Where a price has the euros, what is left to duration is no other reading of the same months.
    return f"{text} Het kan ook zijn dat de prijs {other} ging." if moved.unclear and not moved.price else text


def _beside_last_year(change: float) -> str:
    return f"{percent(change)} {'hoger' if change >= 0 else 'lager'}"
