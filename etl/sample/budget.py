"""How the council votes budgets: early, on old figures, hopeful; and changes them twice in the year.

A budget uses only what the books showed on the day it was made. It is the municipality's own, imperfect forecast; it
shares nothing with the monitor's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.sample.posts import Post
from etl.sample.streams import INDEX, OTHER_INDEX, stream

#: How much too low the first budget tends to be, by group.
OPTIMISM = {"jeugd": 0.06, "wmo": 0.025, "participatiewet": 0.03, "overig": 0.03, "baten": 0.01}
#: Booking month in which the two changes of a year are booked, and the last month whose bookings they use.
CHANGES = ((7, 4, 0.7, 0.2), (12, 8, 0.7, 0.12))
STEP = 100_000  # budgets are voted in thousands of euros; amounts are cents


@dataclass
class Budgets:
    """Budgets in cents per post and year.

    Attributes:
        primitief: As voted before the year.
        wijzigingen: The two changes, in the order of CHANGES.
    """

    primitief: np.ndarray
    wijzigingen: np.ndarray

    def changes_until(self, month: int) -> np.ndarray:
        """Give the changes booked up to and with a month (above 12: all), per post and year."""
        known = [self.wijzigingen[:, :, i] for i, (booked, *_rest) in enumerate(CHANGES) if booked <= month]
        return np.sum(known, axis=0) if known else np.zeros_like(self.primitief)


def _group(post: Post, wetten: dict[str, str]) -> str:
    return "baten" if post.lasten_baten == "B" else wetten.get(post.onderdeel or "", "overig")


def _rounded(cents: np.ndarray) -> np.ndarray:
    return (np.rint(cents / STEP) * STEP).astype(np.int64)


def _change(booked: np.ndarray, j: int, budget: np.ndarray, rule: tuple[int, int, float, float]) -> np.ndarray:
    """Give the change that a burap asks for, by comparing the bookings with the same months of last year."""
    _, until, follow, limit = rule
    so_far = booked[:, j, :until].sum(axis=1).astype(float)
    previous = booked[:, j - 1, :until].sum(axis=1)
    outturn = booked[:, j - 1, : 12 + min(until, 6)].sum(axis=1)  # last year as its books stand by now
    share = np.where((previous > 0) & (outturn > 0), previous / np.maximum(outturn, 1), until / 12)
    expected = so_far / np.clip(share, 0.1, 1.0)
    change = follow * (expected - budget)
    bound = np.where(budget > 0, limit * budget, np.inf)
    change = np.clip(change, -bound, bound)
    change[np.abs(change) < np.maximum(2_500_000, 0.02 * budget)] = 0  # below the threshold nobody writes a proposal
    return _rounded(change)


def vote_budgets(
    seed: int, posts: tuple[Post, ...], booked: np.ndarray, years: range, wetten: dict[str, str]
) -> Budgets:
    """Let the council vote all budgets, year after year.

    Args:
        seed: Seed of the sample.
        posts: The ledger's posts.
        booked: Cents per post, boekjaar and booking position.
        years: Boekjaren; the first two only serve as history.
        wetten: Onderdeel -> wet.

    Returns:
        Budgets of all years.
    """
    shape = (len(posts), len(years))
    budgets = Budgets(np.zeros(shape, dtype=np.int64), np.zeros((*shape, len(CHANGES)), dtype=np.int64))
    optimism = np.array([OPTIMISM[_group(p, wetten)] for p in posts])
    known_ahead = np.array([bool(p.bedragen_eur) for p in posts])
    outturn = booked.sum(axis=2)
    for j, year in enumerate(years):
        rng = stream(seed, "begroting", year)
        drift, noise = rng.normal(0, 0.012), rng.normal(0, 0.03, len(posts))
        # Of this year's prices the council knows the rise; the rise of next year it expects halfway back to normal.
        seen = 1 + INDEX.get(year - 1, OTHER_INDEX)
        coming = 1 + (seen - 1 + OTHER_INDEX) / 2
        old = outturn[:, max(j - 2, 0)] * seen * coming
        current = (budgets.primitief[:, j - 1] + budgets.wijzigingen[:, j - 1, 0]) * coming if j > 0 else old
        base = 0.55 * old + 0.45 * current
        # Temporary schemes end unless the state says otherwise, so they are budgeted only when last year had them.
        base = np.where(known_ahead, 0.8 * current if j > 0 else 0.0, base)
        budgets.primitief[:, j] = _rounded(base * (1 - optimism + drift + noise))
        if j > 0:
            for i, rule in enumerate(CHANGES):
                so_far = budgets.primitief[:, j] + budgets.wijzigingen[:, j, :i].sum(axis=1)
                budgets.wijzigingen[:, j, i] = _change(booked, j, so_far, rule)
    return budgets


def follow_state(budgets: Budgets, row: int, amounts: list[tuple[int, int, int]]) -> None:
    """Let the budget of a post move with what the state sets: nobody votes another amount than the state has named.

    Args:
        budgets: Budgets of all posts; those of this one are replaced.
        row: Place of the post.
        amounts: Per year in euros what is set before the year, in June and in the autumn, as many as there are CHANGES.
    """
    for j, (before, *later) in enumerate(amounts):
        steps = _rounded(np.array([before, *later], dtype=float) * 100)
        budgets.primitief[row, j] = steps[0]
        budgets.wijzigingen[row, j] = np.diff(steps)
