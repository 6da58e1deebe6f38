"""The budget known at the cut."""

from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    return view.budget


METHOD = Method("begroting", _forecast, baseline=True)
