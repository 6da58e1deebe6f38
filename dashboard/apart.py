"""Two amounts and how far they are apart, written so that who takes one from the other finds the third.

Each rounded on its own they need not: 99.24 and 107.76 are "99,2" and "107,8", which are 8.6 apart, and not 8.5. Then
the two get a digit more. The difference does not: it is what is told, and is no surer for it.
"""

from __future__ import annotations

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


def _agree(first: float, second: float, gap: float, step: int, told: int) -> bool:
    if any(0 < abs(v) < (95_000 if step > 1_000 else 950) for v in (first, second)):
        return False
    found = (round(first / step) - round(second / step)) * step
    return round(found / told) == round(gap / told)


def _write(amount: float, step: int) -> str:
    size = abs(round(float(amount) / step)) * step
    if step < 10_000 or size == 0:
        return f.euro(size)
    return f"€{f.NBSP}{f.number(size / 1e6, 1 if step == 100_000 else 2)}{f.NBSP}miljoen"
