"""As profiel, with last year x growth counting for a quarter of a year (Bornhuetter-Ferguson)."""

from indicators.forecast.level import complete, year_level
from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    return complete(view, year_level(view, view.grown, 0.25))


METHOD = Method("profiel_met_prior", _forecast, candidate=True, start=0.10)
