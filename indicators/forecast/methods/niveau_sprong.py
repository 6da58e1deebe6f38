"""The level since the last step: what came before it no longer counts (jumps.py)."""

from indicators.forecast.jumps import level_since_step
from indicators.forecast.level import complete
from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    return complete(view, level_since_step(view))


METHOD = Method("niveau_sprong", _forecast, candidate=True, start=0.09)
