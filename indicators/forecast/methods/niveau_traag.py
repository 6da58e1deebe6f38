"""The seasonally adjusted level of more than a year, earlier years at the prices of this one (indexed.py)."""

from indicators.forecast.indexed import indexed
from indicators.forecast.level import complete, rolling_level
from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    now = indexed(view)
    return complete(now, rolling_level(now, memory=0.93))


METHOD = Method("niveau_traag", _forecast, candidate=True, start=0.08)
