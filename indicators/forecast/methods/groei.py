"""Last year's expected final total x damped growth of the group and the series."""

from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    return view.grown


METHOD = Method("groei", _forecast, candidate=True, in_year=False, start=0.08)
