"""The level of the rest of the year as it followed from earlier ones, at the prices of this year (learned.py)."""

from indicators.forecast.indexed import indexed
from indicators.forecast.learned import learned_level
from indicators.forecast.level import complete
from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    now = indexed(view)
    return complete(now, learned_level(now))


METHOD = Method("niveau_geleerd", _forecast, candidate=True, start=0.09)
