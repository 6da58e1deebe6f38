"""The ledger: every post booked month by month, with its budgets."""

from __future__ import annotations

import csv
from dataclasses import dataclass

import numpy as np

from etl.sample.budget import Budgets, follow_state, vote_budgets
from etl.sample.care import Lines
from etl.sample.catalog import JEUGD, WMO, Catalog
from etl.sample.declarations import Declarations, declare
from etl.sample.delivery import Delivered, deliver
from etl.sample.events import Events
from etl.sample.flows import booked_directly, care_cost, state_money
from etl.sample.invoices import LAGS, POSITIONS, arrivals, book, invoice, lag_means
from etl.sample.posts import POSTS, Post
from indicators.core.settings import REFERENCE

INWONERS = 39_700
#: Posts that follow from declarations per client.
DECLARED = ("wmo", "jeugd")


@dataclass(frozen=True)
class Provider:
    """One provider of one cost centre: a row of Ledger.detail."""

    post: int
    number: int
    vertraging: float


@dataclass
class Ledger:
    """The books of all years.

    Attributes:
        posts: The posts, in the order of all arrays.
        years: Boekjaren; the first two are history that is not exported.
        booked: Cents per post, boekjaar and booking position (0-11 its months, 12-17 January-June after it).
        committed: Cents committed at the start of the year, per post and boekjaar.
        budgets: Budgets per post and boekjaar.
        providers: The providers whose care is declared.
        detail: Cents per provider, year and month of care, and months until it was booked.
        single: What was booked besides: post, year index, booking position, cents, and what it is.
        declarations: Wet -> its declarations, also those for a pgb, which is paid without one.
        unplanted: Cents per post, boekjaar and booking position that lateness kept out (planted event).
    """

    posts: tuple[Post, ...]
    years: range
    booked: np.ndarray
    committed: np.ndarray
    budgets: Budgets
    providers: tuple[Provider, ...]
    detail: np.ndarray
    single: list[tuple[int, int, int, int, str]]
    declarations: dict[str, Declarations]
    unplanted: np.ndarray

    def year_index(self, boekjaar: int) -> int:
        """Give the place of a boekjaar in the arrays."""
        return boekjaar - self.years.start

    def stand(self, boekjaar: int, positions: int) -> np.ndarray:
        """Give what is booked per post in a boekjaar up to and with a booking position (1-18)."""
        return self.booked[:, self.year_index(boekjaar), :positions].sum(axis=1)

    def still_committed(self, boekjaar: int, positions: int) -> np.ndarray:
        """Give what is committed per post and not yet booked after a booking position; nothing from December on.

        A single booking belongs to no commitment, so it lets none of them go.
        """
        j = self.year_index(boekjaar)
        own = self.stand(boekjaar, positions)
        for i, year, position, cents, _ in self.single:
            if year == j and position < positions:
                own[i] -= cents
        return np.maximum(self.committed[:, j] - own, 0) if positions < 12 else np.zeros_like(own)

    def pgb_row(self, care: Catalog) -> int:
        """Give the provider row of what is paid as a pgb under a law."""
        return next(r for r, p in enumerate(self.providers) if self.posts[p.post].kostenplaats == care.pgb_post)

    @property
    def cost(self) -> np.ndarray:
        """Give cents per post, year and month of care; zero for posts that no care stands behind."""
        return _per_post(self.providers, self.detail.sum(axis=3))


def wetten() -> dict[str, str]:
    """Give the wet of every onderdeel, from the reference list."""
    with (REFERENCE / "onderdelen.csv").open(encoding="utf-8", newline="") as handle:
        return {row["onderdeel"]: row["wet"] for row in csv.DictReader(handle)}


def providers() -> tuple[Provider, ...]:
    """Give every provider of every post that care is declared for, in the order of the posts."""
    care = (*DECLARED, "declaratie")
    return tuple(
        Provider(i, n, lag) for i, post in enumerate(POSTS) if post.soort in care
        for n, lag in enumerate(post.vertraging)
    )  # fmt: skip


def keep_books(seed: int, years: range, scale: float, lines: dict[str, Lines], events: Events) -> Ledger:
    """Book all years.

    Args:
        seed: Seed of the sample.
        years: Boekjaren, the first two as history.
        scale: Size of the municipality against INWONERS.
        lines: Wet -> its lines of care.
        events: The planted events.

    Returns:
        The ledger.
    """
    rows = providers()
    means = lag_means(seed, np.array([p.vertraging for p in rows]), years)
    kinds = [POSTS[p.post].soort for p in rows]
    monthly = {WMO.pgb_post, JEUGD.pgb_post}
    afterwards = np.array(
        [k in DECLARED and POSTS[p.post].kostenplaats not in monthly for p, k in zip(rows, kinds, strict=True)]
    )
    late = events.late_rows([POSTS[p.post].onderdeel for p in rows], years)
    usual = arrivals(seed, means, years, {}, afterwards)
    actual = arrivals(seed, means, years, late, afterwards) if late else usual
    cost = _declared_as_a_whole(seed, rows, years, scale, events)
    cared = _delivered(seed, rows, years, lines, events)
    detail, declarations = _came_in(seed, rows, years, cost, cared, actual)
    unplanted = _came_in(seed, rows, years, cost, cared, usual)[0] if late else detail
    booked = np.zeros((len(POSTS), len(years), POSITIONS), dtype=np.int64)
    committed = np.zeros((len(POSTS), len(years)), dtype=np.int64)
    for i, post in enumerate(POSTS):
        if post.soort not in (*DECLARED, "declaratie"):
            for j, year in enumerate(years):
                booked[i, j], committed[i, j] = booked_directly(seed, post, year, scale)
    by_provider = book(detail)
    booked += _per_post(rows, by_provider)
    single = [(*item, "incidenteel") for item in events.incidental(POSTS, years, scale)]
    single += events.wrongly_booked(POSTS, years, by_provider[[p.number == 0 for p in rows]],
                                    [p.post for p in rows if p.number == 0])  # fmt: skip
    for i, j, position, cents, _ in single:
        booked[i, j, position] += cents
    budgets = vote_budgets(seed, POSTS, booked, years, wetten())
    for i, post in enumerate(POSTS):
        if post.soort == "rijk":
            follow_state(budgets, i, [state_money(seed, post, year, scale) for year in years])
    held_back = _per_post(rows, book(unplanted) - by_provider)
    return Ledger(POSTS, years, booked, committed, budgets, rows, detail, single, declarations, held_back)


def _per_post(rows: tuple[Provider, ...], values: np.ndarray) -> np.ndarray:
    total = np.zeros((len(POSTS), *values.shape[1:]), dtype=np.int64)
    np.add.at(total, np.array([p.post for p in rows]), values)
    return total


def _declared_as_a_whole(
    seed: int, rows: tuple[Provider, ...], years: range, scale: float, events: Events
) -> np.ndarray:
    """Give the cost of what is not simulated per client, in cents per provider, year and month."""
    cost = np.zeros((len(rows), len(years), 12), dtype=np.int64)
    for i, post in enumerate(POSTS):
        if post.soort == "declaratie":
            euros = care_cost(seed, post, years, scale) * events.tariff_factor(post.onderdeel, years)
            cost[[n for n, p in enumerate(rows) if p.post == i]] = np.rint(euros * 100).astype(np.int64)
    return cost


def _delivered(
    seed: int, rows: tuple[Provider, ...], years: range, lines: dict[str, Lines], events: Events
) -> dict[Catalog, Delivered]:
    first = {POSTS[p.post].kostenplaats: n for n, p in enumerate(rows) if p.number == 0}
    return {care: deliver(seed, lines[care.wet], care, years, first, events) for care in (WMO, JEUGD)}


def _came_in(
    seed: int,
    rows: tuple[Provider, ...],
    years: range,
    cost: np.ndarray,
    cared: dict[Catalog, Delivered],
    shares: np.ndarray,
) -> tuple[np.ndarray, dict[str, Declarations]]:
    """Give what came in when, in cents per provider, month of care and lag, and the declarations in it."""
    detail = invoice(cost, shares)
    found: dict[str, Declarations] = {}
    for n, (care, delivered) in enumerate(cared.items()):
        exact = next(r for r, p in enumerate(rows) if POSTS[p.post].kostenplaats == care.pgb_post)
        lines = declare(seed, n, delivered, shares, years.start, exact)
        found[care.wet] = lines
        lag = lines.received - lines.month
        np.add.at(detail, (lines.row, lines.month // 12 - years.start, lines.month % 12, lag), lines.cents)
    assert detail.shape[3] == LAGS
    return detail, found
