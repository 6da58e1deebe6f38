"""What is booked, still to come and expected of a year, and below it what of that is committed already."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import formatting as f
from dashboard.charts import lying
from dashboard.charts.drawn import Drawn
from dashboard.theme import TOKENS


@dataclass(frozen=True)
class Bar:
    """A bar from one amount to another, in euros.

    Attributes:
        name: Words above it.
        start: Where the bar before it ended, or 0.
        end: Where it ends.
        token: Its colour, of theme.TOKENS.
        whole: It is a total, of which the end is the amount; else the length of the bar is.
    """

    name: str
    start: float
    end: float
    token: str
    whole: bool = False

    @property
    def amount(self) -> float:
        """What stands beside it, in euros."""
        return self.end if self.whole else self.end - self.start


def committed(bars: list[Bar], budget_eur: float | None, synthetic: bool = False) -> Drawn:
    """Draw the bars lying down, with the budget as a dotted line through all of them.

    Args:
        bars: From top to bottom.
        budget_eur: The budget in force; None where it is not known.
        synthetic: Add the watermark.
    """
    drawn = [lying.Bar(b.name, b.start, b.end, TOKENS[b.token], f.mln(b.amount, decimals=2)) for b in bars]
    return lying.lying(drawn, window(bars, budget_eur), budget_eur, synthetic)


def axis_from_nought(bars: list[Bar], budget_eur: float | None) -> bool:
    """Tell whether the axis of `committed` begins at nought."""
    return window(bars, budget_eur)[0] <= 0


def window(bars: list[Bar], budget_eur: float | None) -> tuple[float, float]:
    """Give both ends of the axis in euros: late in the year it begins later than nought, to show the rest."""
    budget = [budget_eur] if budget_eur is not None else []
    starts = [b.start for b in bars if b.start > 0 and not b.whole]
    high = max([b.end for b in bars] + budget)
    # A budget that was gone long ago lies before all that is still to come, and must be seen too.
    first = min(starts + budget) if starts else 0.0
    low = max(0.0, first - 0.6 * (high - first))
    lowest = min(0.0, *(b.end for b in bars))
    return (lowest if lowest < 0 else (low if low > 0.2 * high else 0.0)), high + 0.04 * abs(high - low)
