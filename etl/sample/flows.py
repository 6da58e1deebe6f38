"""Money that does not follow from the Wmo lines: youth care, benefits, subsidies, salaries, state contributions."""

from __future__ import annotations

import numpy as np

from etl.sample.posts import Post
from etl.sample.streams import BASE_YEAR, price_level, stream

#: Care delivered by month: holidays and short months.
SEIZOEN = np.array([1.02, 0.97, 1.06, 1.0, 0.98, 1.02, 0.9, 0.86, 1.06, 1.08, 1.07, 0.98])


def yearly_amount(seed: int, post: Post, year: int, scale: float) -> float:
    """Give what a post costs in a year before the noise of its months, in euros."""
    if post.bedragen_eur:
        amount = post.bedragen_eur.get(year, 0.0)
        return amount * scale * float(np.exp(stream(seed, post.sleutel, "jaar", year).normal(0, 0.04)))
    level = post.basis_eur * price_level(year) * (1 + post.groei) ** (year - BASE_YEAR)
    for y in range(BASE_YEAR, year + 1):
        # A random walk that leans back a little: shocks last, but do not pile up.
        level *= float(np.exp(0.85 ** (year - y) * stream(seed, post.sleutel, "jaar", y).normal(0, post.onzekerheid)))
    return level * scale


def care_cost(seed: int, post: Post, years: range, scale: float) -> np.ndarray:
    """Simulate monthly cost of a post that is paid per client: numbers come and go, and clients differ in price.

    Returns:
        Euros per provider, year and month of care.
    """
    providers = len(post.vertraging)
    shares = stream(seed, post.sleutel, "aandeel").dirichlet(np.full(providers, 8.0))
    cost = np.zeros((providers, len(years), 12))
    target = max(post.clienten * scale, 1.0)
    clients = target
    for j, year in enumerate(years):
        rng = stream(seed, post.sleutel, "maand", year)
        unit = yearly_amount(seed, post, year, scale) / 12 / target
        for m in range(12):
            # Some 6 % of clients leave each month; inflow draws the number back to what the area produces.
            clients = clients - 0.06 * clients + rng.poisson(0.06 * target)
            # The sum of unequal clients: a few expensive ones move the month.
            price = rng.gamma(max(clients, 1.0) / 0.6) / (max(clients, 1.0) / 0.6)
            split = shares * np.exp(rng.normal(0, 0.05, providers))
            cost[:, j, m] = clients * unit * price * SEIZOEN[m] * split / split.sum()
    return cost


def _uitkering(rng: np.random.Generator, amount: float) -> np.ndarray:
    weights = np.ones(12) * np.exp(np.cumsum(rng.normal(0, 0.006, 12)))
    weights[4] += 0.62  # holiday pay of a whole year is paid out in May
    return amount * weights / 12.62


def _kwartaal(rng: np.random.Generator, amount: float) -> np.ndarray:
    months = np.zeros(12)
    months[[0, 3, 6, 9]] = np.array([0.25, 0.25, 0.25, 0.25]) * np.exp(rng.normal(0, 0.02, 4))
    # One in four payments is booked a month later.
    for m in (0, 3, 6, 9):
        if rng.random() < 0.25:
            months[m + 1], months[m] = months[m], 0.0
    return amount * months


def _salaris(rng: np.random.Generator, amount: float) -> np.ndarray:
    weights = np.ones(12) * np.exp(rng.normal(0, 0.015, 12))
    weights[11] += 0.15  # year-end settlement of choice budgets and overtime
    return amount * weights / 12.15


def _state_money(rng: np.random.Generator, amount: float) -> tuple[int, int, int]:
    """Give what the state sets before the year, in June and in the autumn, in whole euros."""
    provisional = amount * float(np.exp(rng.normal(-0.012, 0.015)))
    return round(provisional), round((provisional + amount) / 2), round(amount)


def state_money(seed: int, post: Post, year: int, scale: float) -> tuple[int, int, int]:
    """Give the provisional, changed and final amount that the state sets for a post, as the ledger books it."""
    return _state_money(stream(seed, post.sleutel, "boeking", year), yearly_amount(seed, post, year, scale))


def _rijk(rng: np.random.Generator, amount: float) -> np.ndarray:
    """Advance per month on a provisional amount, which the state moves in June and settles in October."""
    provisional, middle, final = _state_money(rng, amount)
    months = np.full(12, provisional / 12)
    months[5] += (middle - provisional) / 2
    months[6:] += (middle - provisional) / 2 / 6
    months = np.round(months, 2)
    months[9] += final - months.sum()
    return months


def _eigen_bijdrage(rng: np.random.Generator, amount: float) -> np.ndarray:
    return amount / 12 * np.exp(rng.normal(0, 0.06, 12))


_SHAPES = {"uitkering": _uitkering, "kwartaal": _kwartaal, "salaris": _salaris, "rijk": _rijk,
           "eigen_bijdrage": _eigen_bijdrage}  # fmt: skip


def booked_directly(seed: int, post: Post, year: int, scale: float) -> tuple[np.ndarray, int]:
    """Give what is booked for a post in a year, when no invoice of care is waited for.

    Returns:
        Cents per booking position (0-17), and the cents that are committed at the start of the year (subsidies granted
        and instalments agreed).
    """
    rng = stream(seed, post.sleutel, "boeking", year)
    amount = yearly_amount(seed, post, year, scale)
    euros = np.zeros(18)
    committed = 0.0
    if post.soort == "termijn":
        plan = amount * float(np.exp(rng.normal(-0.01, 0.015)))
        euros[:12] = plan / 12
        euros[13 + int(rng.integers(0, 3))] += amount - plan  # settled when the other party closes its own books
        committed = plan
    else:
        euros[:12] = _SHAPES[post.soort](rng, amount)
        if post.soort == "kwartaal" and post.lasten_baten == "L":
            committed = float(euros[:12].sum())
        if post.soort == "eigen_bijdrage":
            euros[2:14] = euros[:12].copy()  # collected by a national office, which pays two months later
            euros[:2] = 0
    return np.rint(euros * 100).astype(np.int64), round(committed * 100)
