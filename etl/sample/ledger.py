"""The ledger: every post booked month by month, with its budgets."""

from __future__ import annotations

import csv
from dataclasses import dataclass

import numpy as np

from etl.sample.budget import Budgets, vote_budgets
from etl.sample.events import Events
from etl.sample.flows import booked_directly, care_cost
from etl.sample.invoices import POSITIONS, invoice, lag_means
from etl.sample.posts import POSTS, Post
from indicators.core.settings import REFERENCE

INWONERS = 39_700


@dataclass
class Ledger:
    """The books of all years.

    Attributes:
        posts: The posts, in the order of all arrays.
        years: Boekjaren; the first two are history that is not exported.
        booked: Cents per post, boekjaar and booking position (0-11 its months, 12-17 January-June after it).
        committed: Cents committed at the start of the year, per post and boekjaar.
        budgets: Budgets per post and boekjaar.
        cost: Cents per post, year and month of care; zero for posts that no care stands behind.
        late_eur: Onderdeel -> cents per booking position of the last year that lateness kept out (planted event).
    """

    posts: tuple[Post, ...]
    years: range
    booked: np.ndarray
    committed: np.ndarray
    budgets: Budgets
    cost: np.ndarray
    unplanted: np.ndarray

    def year_index(self, boekjaar: int) -> int:
        """Give the place of a boekjaar in the arrays."""
        return boekjaar - self.years.start

    def stand(self, boekjaar: int, positions: int) -> np.ndarray:
        """Give what is booked per post in a boekjaar up to and with a booking position (1-18)."""
        return self.booked[:, self.year_index(boekjaar), :positions].sum(axis=1)


def wetten() -> dict[str, str]:
    """Give the wet of every onderdeel, from the reference list."""
    with (REFERENCE / "onderdelen.csv").open(encoding="utf-8", newline="") as handle:
        return {row["onderdeel"]: row["wet"] for row in csv.DictReader(handle)}


def keep_books(seed: int, years: range, scale: float, wmo_cost: dict[str, np.ndarray], events: Events) -> Ledger:
    """Book all years.

    Args:
        seed: Seed of the sample.
        years: Boekjaren, the first two as history.
        scale: Size of the municipality against INWONERS.
        wmo_cost: Cost centre -> euros per provider, year and month of care.
        events: The planted events.

    Returns:
        The ledger.
    """
    count = len(POSTS)
    booked = np.zeros((count, len(years), POSITIONS), dtype=np.int64)
    committed = np.zeros((count, len(years)), dtype=np.int64)
    rows: list[int] = []
    costs: list[np.ndarray] = []
    lags: list[float] = []
    for i, post in enumerate(POSTS):
        if post.soort in ("wmo", "declaratie"):
            euros = (
                wmo_cost[post.kostenplaats] if post.soort == "wmo" else care_cost(seed, post, years, scale)
            ) * events.tariff_factor(post.onderdeel, years)
            rows += [i] * len(post.vertraging)
            costs.append(np.rint(euros * 100).astype(np.int64))
            lags += post.vertraging
            continue
        for j, year in enumerate(years):
            booked[i, j], committed[i, j] = booked_directly(seed, post, year, scale)
    cost = np.concatenate(costs)
    owner = np.array(rows)
    means = lag_means(seed, np.array(lags), years)
    late = events.late_rows([POSTS[i].onderdeel for i in rows], years)
    unplanted = np.zeros_like(booked)
    np.add.at(unplanted, owner, invoice(seed, cost, means, years, {}))
    actual = np.zeros_like(booked)
    np.add.at(actual, owner, invoice(seed, cost, means, years, late)) if late else np.copyto(actual, unplanted)
    booked += actual
    for i, j, position, cents in events.incidental(POSTS, years, scale):
        booked[i, j, position] += cents
    monthly = np.zeros((count, len(years), 12), dtype=np.int64)
    np.add.at(monthly, owner, cost)
    budgets = vote_budgets(seed, POSTS, booked, years, wetten())
    return Ledger(POSTS, years, booked, committed, budgets, monthly, unplanted - actual)
