"""Amounts that stand side by side, written so that they can be compared and taken from each other.

Each rounded on its own they need not: 99.24 and 107.76 are "99,2" and "107,8", which are 8.6 apart, and not 8.5. Then
the two get a digit more. The difference does not: it is what is told, and is no surer for it.
"""

from __future__ import annotations

from typing import Any

from dashboard import formatting as f

#: Steps in which the two amounts are written, the coarsest first: the last is for what no other makes agree.
_STEPS = (100_000, 10_000, 1_000, 1)


def apart(first: float, second: float) -> tuple[str, str, str]:
    """Write two amounts and the size of their difference, for running text and without signs.

    Args:
        first: Euros.
        second: Euros.

    Returns:
        The texts of `first`, `second` and `first - second`: the last as formatting.euro_text writes it, the others with
        the fewest digits of which the difference, rounded as the last is, is the last. Where one of them is below
        € 95.000 both are written in thousands.
    """
    gap = float(first) - float(second)
    told = _step(gap)
    step = next(s for s in _STEPS if s == 1 or _agree(float(first), float(second), gap, s, told))
    return _write(first, step), _write(second, step), f.euro_text(gap)


def _step(amount: float) -> int:
    """What one in the last digit of formatting.euro_text is worth."""
    return 100_000 if abs(amount) >= 95_000 else 1_000 if abs(amount) >= 1_000 else 1


def _steps(amount: float, step: int) -> int:
    return round(f.half_up(float(amount) / step))


def _agree(first: float, second: float, gap: float, step: int, told: int) -> bool:
    if any(0 < abs(v) < (95_000 if step > 1_000 else 950) for v in (first, second)):
        return False
    found = (_steps(first, step) - _steps(second, step)) * step
    return _steps(found, told) == _steps(gap, told)


def _write(amount: float, step: int) -> str:
    size = abs(_steps(amount, step)) * step
    if step < 10_000 or size == 0:
        return f.euro(size)
    return f"€{f.NBSP}{f.number(size / 1e6, 1 if step == 100_000 else 2)}{f.NBSP}miljoen"


def euro_texts(*values: Any) -> list[str]:
    """Write the sizes of amounts that stand side by side, so that they can be compared.

    In thousands where one of them would be in another unit than the rest, or where different amounts would read the
    same; from a million on only the last counts. "€ 0,5 miljoen, begroot € 0,5 miljoen" says that nothing is the
    matter.

    Args:
        values: The amounts; a missing one gives a dash.
    """
    sizes = [abs(float(v)) for v in values if not f.missing(v)]
    plain = [f.euro_text(v) for v in values]
    small = bool(sizes) and max(sizes) < 1e6
    mixed = small and min(sizes) < 95_000 <= max(sizes)
    alike = small and len({f.euro_text(v) for v in sizes}) < len({f.half_up(v, -3) for v in sizes})
    if not mixed and not alike:
        return plain
    return [
        text if f.missing(v) or abs(v) < 1000 else f"€{f.NBSP}{f.number(f.half_up(abs(float(v)), -3))}"
        for v, text in zip(values, plain, strict=True)
    ]


def spread(low: Any, high: Any) -> str:
    """Say in words where a difference with the budget ends: tussen € 0,2 miljoen onder en € 2,1 miljoen boven."""
    if f.missing(low) or f.missing(high):
        return ""
    sides = ["onder" if v < 0 else "boven" for v in (low, high)]
    if sides[0] == sides[1]:
        small, large = euro_texts(*sorted((low, high), key=abs))
        return f"tussen {small} en {large} {sides[0]}"
    under, above = euro_texts(low, high)
    return f"tussen {under} onder en {above} boven"
