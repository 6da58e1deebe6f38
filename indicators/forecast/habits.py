"""Habits of billing that change at once: which change, if any, the last months of a series point to.

A pattern that is learned over many months follows a provider that suddenly bills a month later only after most of a
year. Here the last months are held against a short list of ways in which bills may come otherwise from any of the last
months on (habit_changes.py). How well each explains what was seen, against how well the learned pattern does, says how
likely it is (Bayes' rule); the pattern in use is the mean over all, and how far they differ is told as what is unsure.
Method: /docs/prognose.md.
"""

from __future__ import annotations

import numpy as np

from indicators.forecast.habit_changes import (
    CHANGES,
    LEAST_SHARE,
    MONTHS,
    POSSIBLE,
    SEEN,
    SPAN,
    WINDOW,
    Change,
    after,
    parts,
    turned,
)
from indicators.forecast.habit_odds import EXPECTED, Seen, apart, delayed, odds
from indicators.forecast.median import median_of_known
from indicators.forecast.panel import Array, Mask

#: How often the habits of a series change in a month, beforehand.
RATE = 1.0 / 100.0
#: In so many of the newest months less than this part of what is usual is next to nothing, where months wander less
#: than this (and at least EXPECTED is due).
NEWEST, NOTHING, STEADY = 3, 0.25, 0.4
#: How far a pattern after one month of another habit is off (standard deviation of a share that is about a half).
ROUGH = 0.08
#: Billed once a quarter: the pattern by place in the quarter scatters less than so much of the other one, in so many
#: months at least.
CLEARLY, LEAST_MONTHS = 0.25, 9
#: Scatter is judged when a month has this lag, from the first year's end on; a pattern is taken for learned after so
#: many months, less as many as a month takes to ripen.
RIPE, FIRST, LEARNED = 6, 12, 24
#: Months of which not so much came after they were first seen have no habits of late bills: a ledger of totals to date.
DEVELOPS = 0.01


class Habits:
    """Follows all series; `see` once a month, in order.

    Attributes:
        since: [series] month of care from which a series has other habits for good; -1 where it has not.
        turned: [series, 3, lag] the pattern that it was thought to have then, by a month's place in its quarter.
        quarterly: [series] billed once a quarter.
        changed: [series] of which a change was ever the likelier.
    """

    def __init__(self, by_lag: Array) -> None:
        series, months, self._lags = by_lag.shape
        self._by_lag = by_lag
        self._tables: list[Array] = []  # by month: [series, 2, 3, lag], in one pattern and by place in the quarter
        self._scatter = np.full((series, 2, months), np.nan)
        self.since = np.full(series, -1)
        self.turned = np.ones((series, 3, self._lags))
        self.quarterly = np.zeros(series, dtype=bool)
        self.changed = np.zeros(series, dtype=bool)
        self._first, self._after = np.zeros(series), np.zeros(series)

    def see(self, t: int, table: Array, by_quarter: Array, may: Mask) -> tuple[Array, Array]:
        """Give the share known [series, lag] with changes of habit in it, and its standard deviation [series, lag].

        Args:
            t: Month index of the newest delivery.
            table: [series, lag] the learned pattern at t.
            by_quarter: [series, 3, lag] the same by place of a month in its quarter.
            may: [series] of which deliveries come every month.
        """
        both = np.stack([np.broadcast_to(table[:, None], by_quarter.shape), by_quarter], axis=1)
        self._tables.append(both[..., : SPAN + 1])
        may = may & self._develops(t)
        share, spread = table.copy(), np.zeros_like(table)
        if t < FIRST or self._lags < SPAN + 1 or t >= self._by_lag.shape[1]:
            return share, spread
        self._measure(t)
        if t < LEARNED:
            return share, spread
        scatter = self._usual(t)
        lags = np.arange(self._lags)
        of_quarter = may & self.quarterly
        share[of_quarter] = by_quarter[of_quarter][:, (t - lags) % 3, lags]
        for s, seen in self._odd(t, share, scatter, may):
            self._weigh(s, t, seen, share[s], spread[s])
        return share, spread

    def _develops(self, t: int) -> Mask:
        """Series [series] of which months were seen to grow or shrink after they were first known."""
        if t < self._by_lag.shape[1]:
            lags = np.arange(1, min(self._lags, t + 1))
            self._first += np.abs(self._by_lag[:, t, 0])
            self._after += np.abs(self._by_lag[:, t - lags, lags] - self._by_lag[:, t - lags, lags - 1]).sum(axis=1)
        return np.asarray(self._after > DEVELOPS * (self._first + self._after))

    def _measure(self, t: int) -> None:
        """How far a month scatters around the pattern that was known before it, once it is half a year old."""
        m = t - RIPE
        known = self._by_lag[:, None, m, : RIPE + 1]
        table = self._tables[max(m - 1, 0)][:, :, m % 3, : RIPE + 1]
        p = np.diff(table, axis=2, prepend=0.0) / np.maximum(table[:, :, -1:], LEAST_SHARE)
        ok = known[:, :, -1] > 0
        x = np.diff(known, axis=2, prepend=0.0) / np.where(ok, known[:, :, -1], 1.0)[:, :, None]
        freedom = np.maximum((p > LEAST_SHARE).sum(axis=2) - 1, 1)
        self._scatter[:, :, m] = np.where(ok & (m >= self.since[:, None]), apart(x, p) / freedom, np.nan)

    def _usual(self, t: int) -> Array:
        """Scatter [series] over the last two years, drawn to that of all; notes who is billed once a quarter."""
        recent = self._scatter[:, :, max(t - RIPE - 24, 0) : t - RIPE + 1]
        seen = np.isfinite(recent[:, 0]).sum(axis=1)
        both = median_of_known(recent, axis=2)
        self.quarterly = np.where(seen >= LEAST_MONTHS, both[:, 1] < CLEARLY * both[:, 0], self.quarterly)
        own = np.where(self.quarterly, both[:, 1], both[:, 0])
        everyone = float(np.median(own[seen > 0])) if (seen > 0).any() else 0.02
        # A median, that an odd month does not move; a fifth more is about the mean.
        return np.maximum(1.2 * (seen * own + 4.0 * everyone) / (seen + 4.0), 1e-3)

    def _odd(self, t: int, share: Array, scatter: Array, may: Mask) -> list[tuple[int, Seen]]:
        """The series worth a closer look."""
        which, place = self.quarterly.astype(int), (t - MONTHS) % 3
        back = [self._tables[max(t - c - 1, 0)] for c in range(WINDOW + 1)]
        old = np.stack([table[np.arange(len(which)), which] for table in back], axis=1)
        cells = np.where(SEEN, self._by_lag[:, t - MONTHS, : SPAN + 1], 0.0)
        now = cells[:, MONTHS, MONTHS]
        known = (now > 0) & (MONTHS > 0) & (t - MONTHS >= self.since[:, None])
        came = np.diff(cells, axis=2, prepend=0.0) * SEEN / np.where(now > 0, now, 1.0)[:, :, None]
        level, wander = self._level(t, share)
        expected = old[:, 0, place, MONTHS]
        low = (now < NOTHING * level[:, None] * expected) & (expected > EXPECTED) & (MONTHS < NEWEST)
        low &= (wander < STEADY)[:, None]
        odd = may & (low.any(axis=1) | delayed(came, parts(old[:, -1][:, place]), known, scatter))
        height = now / level[:, None]
        return [
            (int(s), Seen(came[s], height[s], known[s], low[s], float(scatter[s]), float(wander[s]), old[s]))
            for s in np.flatnonzero(odd)
        ]

    def _level(self, t: int, share: Array) -> tuple[Array, Array]:
        """Size of a month of the last year [series], and how far months wander around it."""
        back = np.arange(NEWEST, NEWEST + 15)
        lag = np.minimum(back, self._lags - 1)
        final = self._by_lag[:, t - back, lag] / np.maximum(share[:, lag], 0.25)
        level = np.median(final, axis=1)
        level = np.where(level > 0, level, 1.0)
        return level, np.maximum(np.quantile(np.abs(final / level[:, None] - 1.0), 0.8, axis=1) / 1.28, 0.05)

    def _weigh(self, s: int, t: int, seen: Seen, share: Array, spread: Array) -> None:
        """Put the changes in the share known of one series, each as far as it is likely."""
        changed = after(seen.old, t)
        usual = seen.old[:, None, (t - MONTHS) % 3]
        log = odds(seen, changed, usual) + np.log(RATE / len(CHANGES))
        log[max(t - LEARNED + RIPE, 0) + 1 :] = -np.inf
        log[:, ~POSSIBLE[bool(self.quarterly[s])]] = -np.inf
        top = max(float(log.max()), 0.0)
        weight, none = np.exp(log - top), np.exp(-top)
        weight, none = weight / (weight.sum() + none), none / (weight.sum() + none)
        each, learned = changed[:, :, MONTHS, MONTHS], share[: SPAN + 1].copy()
        mean = (weight[:, :, None] * each).sum(axis=(0, 1)) + none * learned
        # None of the list is quite what a provider does; after more months there is less of that left.
        rough = ROUGH**2 / (1.0 + np.arange(WINDOW + 1))[:, None, None] * np.clip(4.0 * each * (1.0 - each), 0.0, 1.0)
        square = (weight[:, :, None] * (np.square(each - mean) + rough)).sum(axis=(0, 1))
        square += none * np.square(learned - mean)
        share[: SPAN + 1], spread[: SPAN + 1] = mean, np.sqrt(square)
        back, which = np.unravel_index(int(np.argmax(weight)), weight.shape)
        self.changed[s] |= none < 0.5
        if none < 0.5 and back >= WINDOW - 1 and CHANGES[which].kind != "pause":
            self._settle(s, t - int(back), CHANGES[which], seen.old[back])

    def _settle(self, s: int, since: int, change: Change, old: Array) -> None:
        """Take a change for lasting: what was learned before it is of other habits."""
        self.since[s], self.turned[s] = since, turned(old, change, self._lags)
        if change.kind in ("quarter", "month"):
            self.quarterly[s] = change.kind == "quarter"
            self._scatter[s] = np.nan
        now = self.turned[s, :, : SPAN + 1]
        for tables in self._tables:
            tables[s] = np.stack([np.broadcast_to(now.mean(axis=0), now.shape), now])
