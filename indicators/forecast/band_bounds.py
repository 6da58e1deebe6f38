"""What a band must heed beside earlier errors: habits of billing that may have changed, and what is booked already."""

from __future__ import annotations

import numpy as np

from indicators.forecast.panel import Array, Mask, Panel
from indicators.forecast.view import View

#: Standard deviations between p10 and p90 of a normal distribution.
BAND = 2.563
#: What went down by less than this part of the largest amount so far is rounding.
ROUNDING = 1e-9


def wider(view: View, quantiles: Array) -> Array:
    """How much wider a band [series] is where habits of billing may have changed at once."""
    season = np.maximum(view.season[:, :12], 0.0)
    exposure = (season * view.share).sum(axis=1)
    missing = np.maximum(1.0 - exposure, 0.0)
    unsure = (season * view.unsure).sum(axis=1) * (1.0 + missing / (exposure + 0.25))
    sigma = (quantiles[:, 4] - quantiles[:, 0]) / BAND
    return np.sqrt(1.0 + np.square(np.divide(unsure, sigma, out=np.zeros_like(sigma), where=sigma > 0)))


def first_fall(panel: Panel) -> Array:
    """Month index [series] at which an amount below zero, or one that went down, was first known; inf if never."""
    series, years, _, ages = panel.amounts.shape
    first, largest = np.full(series, np.inf), np.zeros((series, years * 12 + ages))
    for year in range(years):
        of_year = np.abs(np.nan_to_num(panel.amounts[:, year])).max(axis=1)
        here = largest[:, year * 12 : year * 12 + ages]
        np.maximum(here, of_year, out=here)
    # As known then: an amount of later does not make an earlier one small.
    largest = np.maximum.accumulate(largest, axis=1)
    for year in range(years):
        known = panel.amounts[:, year]
        least = ROUNDING * largest[:, year * 12 + 1 : year * 12 + ages]
        down = np.nan_to_num(known) < 0
        down[:, :, 1:] |= np.nan_to_num(np.diff(known, axis=2)) < -least[:, None, :]
        at = np.argmax(down.any(axis=1), axis=1) + year * 12.0
        first = np.minimum(first, np.where(down.any(axis=(1, 2)), at, np.inf))
    return first


def in_order(quantiles: Array, view: View, may_fall: Mask) -> Array:
    """No quantile below what is booked, where bookings never went down so far; and never falling."""
    floor = np.where(may_fall, -np.inf, view.booked)[:, None]
    return np.maximum.accumulate(np.maximum(quantiles, floor), axis=1)
