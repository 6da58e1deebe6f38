"""What a method is: a name and a function of what is known at a cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indicators.forecast.panel import Array
from indicators.forecast.view import View


@dataclass(frozen=True)
class Method:
    """One way to forecast a year's total.

    Attributes:
        name: Name in the output and in docs.
        forecast: View -> total [series] in euros; NaN where the method has nothing to go on.
        baseline: Shown beside the model.
        candidate: The model may use it; its weight is learned from its past errors.
        start: Relative error assumed before any past error is known (a weak prior, see combine).
        in_year: Its error shrinks as the year is booked; False for methods that do not look at this year's bookings.
    """

    name: str
    forecast: Callable[[View], Array]
    baseline: bool = False
    candidate: bool = False
    start: float = 0.12
    in_year: bool = True
