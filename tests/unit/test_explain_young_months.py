"""A month that is hardly billed yet is held against one that was as young: who bills early is not like the others."""

import numpy as np
import pytest

from indicators.forecast.explain_data import YEARS
from indicators.forecast.explain_factors import change
from indicators.forecast.explain_known import Known

AXIS = (YEARS + 1) * 12
NOW = YEARS * 12
#: Part of the clients whose bills are in after so many months, and what these cost beside the others.
PART, DEARER = np.array([0.2, 0.6, 0.85, 1.0]), np.array([1.3, 1.15, 1.05, 1.0])


def _billed(price: np.ndarray, last: int) -> tuple[np.ndarray, np.ndarray]:
    """Euros and clients by month of care, as known at the end of month `last`."""
    age = np.clip(last - np.arange(AXIS), 0, len(PART) - 1)
    clients = np.where(np.arange(AXIS) <= last, 300.0 * PART[age], np.nan)
    return clients * price * DEARER[age], clients


def _known(month: int, jump: float) -> Known:
    random = np.random.default_rng(month)
    price = 900.0 * np.exp(0.005 * random.standard_normal(AXIS) + 0.03 * (np.arange(AXIS) // 12))
    price[NOW:] *= 1.0 + jump
    counts = np.full(AXIS, 300.0)
    counts[NOW + month :] = np.nan
    ledger = (counts * price).reshape(YEARS + 1, 12)
    now, then = _billed(price, NOW + month - 1), _billed(price, NOW + month - 13)
    flow = np.where(np.isfinite(counts), 10.0, np.nan)
    return Known(
        month, counts, np.full(AXIS, 30.0), *now, *then, counts, flow, flow, ledger, ledger[:-1].sum(axis=1)
    )  # fmt: skip


@pytest.mark.parametrize("month", range(4, 13))
def test_early_bills_that_are_dearer_are_no_price(month: int) -> None:
    moved = change(_known(month, 0.0), [])
    assert moved is not None
    assert moved.price == 0.0
    assert abs(moved.duration) < 0.02


@pytest.mark.parametrize("month", range(4, 13))
def test_a_tariff_that_rose_is_measured_as_large_as_it_is(month: int) -> None:
    moved = change(_known(month, 0.08), [])
    assert moved is not None
    assert moved.price == pytest.approx(np.log(1.08), abs=0.015)
