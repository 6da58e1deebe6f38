"""Last year's total, as far as it is known at the cut."""

from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    return view.known_last


METHOD = Method("vorig_jaar", _forecast, baseline=True)
