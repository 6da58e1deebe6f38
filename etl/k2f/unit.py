"""Euros, cents or thousands: from the mapping, from what the sheet says, or from amounts that can be nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from etl.k2f.facts import unit
from etl.k2f.lines import Line
from etl.k2f.stop import Ask

#: What an amount is multiplied by to get euros, by its unit as mapping.toml names it.
FACTORS = {"euro": Decimal(1), "eurocent": Decimal("0.01"), "x1000": Decimal(1000)}
#: Five billion euros in one file, if it were thousands: more than any gemeente spends on its social domain.
_TOO_MUCH_FOR_THOUSANDS = 5_000_000
#: Whole amounts beyond this may be cents: only the largest gemeenten spend so many euros, and they can say so.
TOO_MUCH_FOR_EUROS = 300_000_000
_SHARE_WITH_CENTS = 0.2
#: Below this, amounts with decimals may just as well be thousands with a digit more.
_ENOUGH_FOR_EUROS = 500_000
_REMEDY = 'Schrijf in mapping.toml eenheid = "euro", eenheid = "x1000" of eenheid = "eurocent".'


def decide_unit(texts: Iterable[str], lines: list[Line], said: str | None, absolute: bool, ask: Ask) -> Decimal:
    """Give the factor to euros; asks when nothing says it, or two things contradict.

    Args:
        texts: Everything written outside the lines.
        lines: The lines, amounts as written.
        said: What the mapping says: a key of FACTORS, or None.
        absolute: Amounts have their sign in a column of its own (D/C); such exports are often in cents.
        ask: Hears the question.
    """
    named = unit(texts)
    if len(named) > 1:
        named.discard("misschien")  # something else says it
    if said:
        if named - {"misschien"} and said not in named:
            ask.question(
                f'mapping.toml zegt eenheid = "{said}", maar het bestand zegt iets anders.',
                "Controleer de eenheid in mapping.toml en boven de tabel.",
            )
        return FACTORS[said]
    if len(named) == 1 and (only := next(iter(named))) in FACTORS:
        return FACTORS[only]
    if not named and _must_be_euros(lines, absolute):
        return FACTORS["euro"]
    reden = (
        "de teksten boven de tabel noemen verschillende of onbekende eenheden."
        if named
        else "staan de bedragen in euro's, in centen of in duizenden euro's? Het bestand zegt het niet."
    )
    ask.question(reden, _REMEDY)
    return FACTORS["euro"]


def _must_be_euros(lines: list[Line], absolute: bool) -> bool:
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
    if not cents and (absolute or largest > TOO_MUCH_FOR_EUROS):
        return False
    with_cents = cents >= _SHARE_WITH_CENTS * len(values)
    return largest >= (_ENOUGH_FOR_EUROS if with_cents else _TOO_MUCH_FOR_THOUSANDS)
