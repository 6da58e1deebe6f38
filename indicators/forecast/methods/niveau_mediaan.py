"""The level of about the last half year by its middle months: an odd month, high or low, does not move it."""

from indicators.forecast.level import complete, median_level
from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    return complete(view, median_level(view, memory=0.85))


METHOD = Method("niveau_mediaan", _forecast, candidate=True, start=0.10)
