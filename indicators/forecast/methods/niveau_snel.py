"""The level of about the last two months, with the season of months held against the year around them."""

from dataclasses import replace

from indicators.forecast.level import complete, rolling_level
from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    centred = replace(view, season=view.season_centred)
    return complete(centred, rolling_level(centred, memory=0.55))


METHOD = Method("niveau_snel", _forecast, candidate=True, start=0.12)
