"""This year's bookings, developed, against the seasonal profile of earlier years."""

from indicators.forecast.level import complete, year_level
from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    return complete(view, year_level(view, view.grown, 0.02))


METHOD = Method("profiel", _forecast, candidate=True, start=0.20)
