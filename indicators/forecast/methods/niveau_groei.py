"""The level of about the last five months, growing on at the damped yearly rate."""

from indicators.forecast.level import complete, rolling_level
from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    return complete(view, rolling_level(view, memory=0.8), view.growth)


METHOD = Method("niveau_groei", _forecast, candidate=True, start=0.09)
