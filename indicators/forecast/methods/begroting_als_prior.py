"""The budget as the model may use it: a budget of nothing is no opinion on a series that does cost money."""

from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    return view.likely_budget


METHOD = Method("begroting_als_prior", _forecast, candidate=True, in_year=False)
