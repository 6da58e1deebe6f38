"""The seasonally adjusted level of more than a year, over the year's end where needed, for the rest of the year."""

from indicators.forecast.level import complete, rolling_level
from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    return complete(view, rolling_level(view, memory=0.93))


METHOD = Method("niveau_traag", _forecast, candidate=True, start=0.08)
