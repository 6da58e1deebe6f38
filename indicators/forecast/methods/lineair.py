"""Booked so far / peilmaand x 12: what most budget holders do. Knows no season and no late bookings."""

import numpy as np

from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    # No month known at all is not the same as nothing spent.
    return np.where(view.seen, view.booked / view.peilmaand * 12, np.nan)


METHOD = Method("lineair", _forecast, baseline=True)
