"""The rest of last year x how this year's months so far stand to the same months of last year."""

import numpy as np

from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    months = view.history[:, -1, :12]
    then = (months * view.share).sum(axis=1)
    base = 0.05 * np.abs(view.last)
    usable = (then > 0) & (view.booked > 0) & (view.last > 0)
    ratio = np.divide(view.booked + base, then + base, out=np.ones_like(base), where=usable)
    rest = (months * (1.0 - view.share)).sum(axis=1)
    closing = np.where(view.current[:, 12] == 0, view.history[:, -1, 12], 0.0)
    return view.booked + np.clip(ratio, 0.3, 3.0) * (rest + closing)


METHOD = Method("rest_vorig_jaar", _forecast, candidate=True, start=0.15)
