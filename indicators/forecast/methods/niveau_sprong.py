"""The level since the last step, apart from that of 1 January: what came before no longer counts (jumps.py)."""

from indicators.forecast.indexed import indexed
from indicators.forecast.jumps import level_since_step
from indicators.forecast.level import complete
from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    now = indexed(view)
    return complete(now, level_since_step(now))


METHOD = Method("niveau_sprong", _forecast, candidate=True, start=0.09)
