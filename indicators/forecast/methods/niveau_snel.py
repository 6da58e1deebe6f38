"""The level of about the last two months, with the season of months held against the year around them."""

from indicators.forecast.level import complete, rolling_level
from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    return complete(view.centred, rolling_level(view.centred, memory=0.55))


METHOD = Method("niveau_snel", _forecast, candidate=True, start=0.12)
