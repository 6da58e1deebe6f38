"""Euros or thousands: from the mapping, from what the sheet says, or from amounts that can be nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from etl.k2f.facts import unit
from etl.k2f.lines import Line
from etl.k2f.stop import Ask

#: Five billion euros in one file, if it were thousands: more than any gemeente spends on its social domain.
_TOO_MUCH_FOR_THOUSANDS = 5_000_000
_SHARE_WITH_CENTS = 0.2
#: Below this, amounts with decimals may just as well be thousands with a digit more.
_ENOUGH_FOR_EUROS = 500_000


def decide_unit(texts: Iterable[str], lines: list[Line], said: Literal["euro", "eurocent", "x1000"] | None, ask: Ask) -> int:
    """Give the factor to euros (1 or 1000); asks when nothing says it, or two things contradict."""
    named = unit(texts)
    if len(named) > 1:
        named.discard("misschien")  # something else says it
    if said == "eurocent":
        ask.question(
            "bedragen in eurocenten leest de monitor hier niet.", "Lever de bedragen aan in euro's, of in duizenden."
        )
        return 1
    if said:
        if named - {"misschien"} and said not in named:
            ask.question(
                f"mapping.toml zegt eenheid = \"{said}\", maar het bestand zegt iets anders.",
                "Controleer de eenheid in mapping.toml en boven de tabel.",
            )  # fmt: skip
        return 1000 if said == "x1000" else 1
    if named == {"x1000"}:
        return 1000
    if named == {"euro"} or (not named and _must_be_euros(lines)):
        return 1
    reden = (
        "de teksten boven de tabel noemen verschillende of onbekende eenheden."
        if named
        else "staan de bedragen in euro's of in duizenden euro's? Het bestand zegt het niet."
    )
    ask.question(reden, 'Schrijf in mapping.toml eenheid = "euro" of eenheid = "x1000".')
    return 1


def _must_be_euros(lines: list[Line]) -> bool:
    """Say whether amounts prove euros: many have cents, or the social domain would cost billions in thousands."""
    values = [value for line in lines for value in line.amounts.values() if value]
    if not values:
        return False
    cents = sum(value != value.to_integral_value() for value in values)
    social = [line for line in lines if line.code.startswith("6")]
    measures = {measure for line in social for measure in line.amounts}
    largest = max(
        (sum((abs(line.amounts.get(m, Decimal(0))) for line in social), Decimal(0)) for m in measures), default=0
    )
    with_cents = cents >= _SHARE_WITH_CENTS * len(values)
    return largest >= (_ENOUGH_FOR_EUROS if with_cents else _TOO_MUCH_FOR_THOUSANDS)
