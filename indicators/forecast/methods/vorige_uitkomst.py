"""Last year's expected final total: with the late bookings that are still to come, unlike the baseline vorig_jaar."""

from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    return view.last


METHOD = Method("vorige_uitkomst", _forecast, candidate=True, in_year=False, start=0.09)
