"""The seasonally adjusted level of about the last five months, also over the turn of the year, for the rest of it."""

from indicators.forecast.level import complete, rolling_level
from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    return complete(view, rolling_level(view, memory=0.8))


METHOD = Method("niveau_midden", _forecast, candidate=True, start=0.09)
