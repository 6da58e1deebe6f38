"""The budget x how outturns of earlier years stood to the budget known at the same peilmaand."""

import numpy as np

from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array
from indicators.forecast.view import View


def _forecast(view: View) -> Array:
    usable = view.valid & (view.past_budget > 0) & (view.totals > 0)
    ratio = np.divide(view.totals, view.past_budget, out=np.ones_like(view.totals), where=usable)
    logs = np.clip(np.log(ratio), -0.4, 0.4) * view.weight * usable
    n = (view.weight * usable).sum(axis=1)
    # Two years' worth of "the budget is right" keeps one odd year from deciding.
    return view.likely_budget * np.exp(logs.sum(axis=1) / (n + 2.0))


METHOD = Method("begroting_gecorrigeerd", _forecast, candidate=True, in_year=False, start=0.09)
