"""The level as learned, with months held against the year around them, as they may wander."""

from indicators.forecast.learned import learned_level
from indicators.forecast.level import complete
from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    return complete(view.centred, learned_level(view.centred))


METHOD = Method("niveau_geleerd_los", _forecast, candidate=True, start=0.09)
