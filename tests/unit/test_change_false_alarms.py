"""How often each test cries wolf on noise: near 5 % of the times, and not far above. Simulated, with a fixed seed."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.core.change import ALPHA, Estimate, adjusted, margin_test, movement_test, proportion_test
from indicators.core.change_counts import count_test, dispersion
from indicators.core.change_trend import trend_test


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(20260930)


def rate(p: np.ndarray) -> float:
    return float((p < ALPHA).mean())


def test_margins_of_a_survey(random: np.random.Generator) -> None:
    # Shares of samples of 300, with the score bounds (Wilson) that lie askew near 0 and 100 %.
    for share in (0.5, 0.9):
        p, z2 = random.binomial(300, share, (2, 8000)) / 300, 1.96**2 / 300
        middle, half = (p + z2 / 2) / (1 + z2), np.sqrt(z2 * (p * (1 - p) + z2 / 4)) / (1 + z2)
        new, old = (Estimate(p[i], middle[i] - half[i], middle[i] + half[i]) for i in (0, 1))
        assert 0.035 < rate(margin_test(new, old).p) < 0.06


@pytest.mark.parametrize(("size", "share", "least"), [(1000, 0.2, 0.04), (60, 0.2, 0.03), (40, 0.03, 0.0)])
def test_proportions(random: np.random.Generator, size: int, share: float, least: float) -> None:
    x1, x0 = random.binomial(size, share, (2, 4000))
    assert least <= rate(proportion_test(x1, size, x0, size).p) < 0.062


def test_proportions_of_rounded_counts(random: np.random.Generator) -> None:
    x1, x0 = 5 * np.rint(random.binomial(200, 0.15, (2, 4000)) / 5)
    assert rate(proportion_test(x1, 200, x0, 200).p) > rate(proportion_test(x1, 200, x0, 200, 5).p)
    assert 0.03 < rate(proportion_test(x1, 200, x0, 200, 5).p) < 0.06


@pytest.mark.parametrize("mean", [3, 40, 600])
def test_counts(random: np.random.Generator, mean: int) -> None:
    x1, x0 = random.poisson(mean, (2, 5000))
    assert 0.015 < rate(count_test(x1, 1, x0, 1).p) < 0.06


@pytest.mark.parametrize("spread", [0.0, 0.01])
def test_counts_with_the_spread_of_their_own_history(random: np.random.Generator, spread: float) -> None:
    found = []
    for _ in range(120):
        means = 300 * (random.gamma(1 / spread, spread, (10, 8)) if spread else np.ones((10, 8)))
        counts = random.poisson(means * np.linspace(1.0, 1.3, 8))  # a growth that all share
        ones = np.ones(60)
        history = dispersion(counts[:, 1:7].ravel(), ones, counts[:, :6].ravel(), ones, np.tile(np.arange(6), 10))
        found.append(count_test(counts[:, 7], 1.04, counts[:, 6], 1.0, history).p)
    assert 0.015 < rate(np.concatenate(found)) < 0.075


def test_counts_of_one_region_with_spread(random: np.random.Generator) -> None:
    found = []
    for _ in range(600):
        counts = random.poisson(200 * random.gamma(100, 0.01, 9))
        ones = np.ones(7)
        history = dispersion(counts[1:8], ones, counts[:7], ones, np.arange(7))
        found.append(float(count_test(counts[8], 1, counts[7], 1, history).p))
    # Seven steps measure the spread poorly: somewhat too often, where Poisson alone is wrong one time in four.
    assert 0.01 < rate(np.array(found)) < 0.10


def test_movements_of_a_register(random: np.random.Generator) -> None:
    steps = random.standard_t(4, (342, 11))
    p, _ = movement_test(steps[:, 10], steps[:, :10].ravel())
    assert 0.02 < rate(p) < 0.08


@pytest.mark.parametrize(("alike", "most"), [(0.0, 0.055), (0.3, 0.085), (0.5, 0.13)])
def test_trends(random: np.random.Generator, alike: float, most: float) -> None:
    found = []
    for length in (5, 8, 12):
        noise = random.normal(size=(350, length + 20))
        for i in range(1, length + 20):
            noise[:, i] += alike * noise[:, i - 1]
        found += [trend_test(range(length), row[20:]).p for row in noise]
    assert 0.015 < rate(np.array(found)) < most


def test_trends_of_survey_figures(random: np.random.Generator) -> None:
    figures = random.normal(70, 2, (400, 6))
    found = [trend_test(range(6), row, np.full(6, 4.0)).p for row in figures]
    # Two tests must agree, so less often than 5 %.
    assert 0.0 < rate(np.array(found)) < 0.05


def test_many_looks_at_noise_alone_seldom_find_anything(random: np.random.Generator) -> None:
    alarms = [bool((adjusted(random.uniform(size=200)) < ALPHA).any()) for _ in range(400)]
    assert 0.02 < np.mean(alarms) < 0.08
