"""The level as learned, with months held against the year around them, as they may wander."""

from dataclasses import replace

from indicators.forecast.learned import learned_level
from indicators.forecast.level import complete
from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    centred = replace(view, season=view.season_centred)
    return complete(centred, learned_level(centred))


METHOD = Method("niveau_geleerd_los", _forecast, candidate=True, start=0.09)
