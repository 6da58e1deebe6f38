"""Booked so far / peilmaand x 12: what most budget holders do. Knows no season and no late bookings."""

from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    return view.booked / view.peilmaand * 12


METHOD = Method("lineair", _forecast, baseline=True)
