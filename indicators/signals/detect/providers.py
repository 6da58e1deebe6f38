"""One provider that bills late within an onderdeel: its pace, or a silence longer than any before.

What is declared of a provider's care is laid against the running awards at that provider, each month against the
same month a year before at the same age (`ratios`). Fewer clients, an ended contract and clients who went to another
provider lower both, so they are no late bills. Where awards do not say the provider, only the pace is looked at: what
was declared within two months as part of what it came to two months later. Many providers are many looks: the chance
is multiplied by their number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.signals.detect.ratios import PAST, ratio_break
from indicators.signals.detect.series import Array

#: What is declared within one or two months tells how fast a provider is.
AGES = (1, 2)
#: Smaller changes of one provider's pace are of no account: contracts and ways of billing differ a little each year.
LEAST, YEAR_SD = 0.25, 0.06
#: Months that a slower pace lasts at least: one month that comes with the next makes two of them odd.
LASTS = 3
#: What is lacking must be this part of a year of the onderdeel; of a silence, which needs one month only, more.
MATERIAL, MATERIAL_SILENCE = 0.006, 0.02
#: Age at which the pace is judged where awards do not say the provider.
SETTLED = 4
#: What is told of a provider is rounded to five clients: of smaller ones than this the rounding is too much of it.
CLIENTS = 25
#: Silent: received less than this part of what is usual. Months of past needed to know what is usual.
SILENT, KNOWN = 0.1, 24
#: A month that was silent is told until it is made up, two months at the most.
LOOK_BACK = 2
#: Others who declare so much more as this one does less (as part of it): its clients went to them.
MOVED = 0.5
#: A ratio of 0 has no logarithm: it counts as this part of the usual one.
FLOOR = 0.05


@dataclass(frozen=True)
class Late:
    """A provider that bills late.

    Attributes:
        provider: Its place in the arrays.
        start: Index of the first month in which it shows.
        less: Part (0-1) that is declared less at the same age than a year before; 1 of a silence.
        missing_eur: Euros that would have been declared by now.
        p: Chance that it is nothing, corrected for the number of looks.
        silent: Months in which nothing was received; 0 where it only comes later.
    """

    provider: int
    start: int
    less: float
    missing_eur: float
    p: float
    silent: int


def late_providers(amount: Array, whole: Array, clients: Array, named: int) -> list[Late]:
    """Find the providers of an onderdeel that bill late.

    Args:
        amount: [month, age, provider] declared up to and with that age in euros; nan where it is not known yet, or
            nothing is told of the provider in that month.
        whole: [month, provider] value of the running awards; nan where that is not known of the provider.
        clients: [month, provider] with an award, or of whom care was declared; as told, rounded.
        named: The first so many are providers; what stands behind them is all others together, in every month.

    Returns:
        Those that do, most euros first.
    """
    seen = [j for j in range(named) if _tellable(amount[:, :, j], clients[:, j])]
    year = 12 * _level(amount)
    found: list[Late] = []
    for j in seen:
        awarded = bool(np.isfinite(whole[:, j]).sum() >= KNOWN)
        one = _pace(amount[:, :, j], whole[:, j] if awarded else None, len(seen))
        if awarded:
            one = _larger(one, _silence(amount[:, :, j], whole[:, j], year))
        if one is None or one.missing_eur < MATERIAL * year or _elsewhere(amount, whole, j, one):
            continue
        found.append(Late(j, one.start, one.less, one.missing_eur, one.p, one.silent))
    return sorted(found, key=lambda late: -late.missing_eur)


def not_yet(ratio: Array, whole: Array, start: int) -> float:
    """Euros that would have been declared by now at the ratio of a year before, less those that were, since `start`."""
    total = 0.0
    for month in range(max(start, 12), len(ratio)):
        known = np.flatnonzero(np.isfinite(ratio[month]))
        if len(known) and np.isfinite(ratio[month - 12, known[-1]]):
            total += float((ratio[month - 12, known[-1]] - ratio[month, known[-1]]) * whole[month])
    return total


def _ratio(amount: Array, whole: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole[:, None] > 0, amount / whole[:, None], np.nan)


def _tellable(amount: Array, clients: Array) -> bool:
    """Whether it is large enough, and there is enough past with something declared in most months of it."""
    if len(clients) < KNOWN or np.nan_to_num(clients[-KNOWN:]).mean() < CLIENTS:
        return False
    known = amount[:, AGES[-1]][np.isfinite(amount[:, AGES[-1]])]
    return len(known) >= 12 + PAST and bool((known[:-12] > 0).mean() > 0.5)


def _level(amount: Array) -> float:
    """What a month of the onderdeel comes to: the mean of the newest year that is old enough."""
    total = np.nansum(amount[:, SETTLED, :], axis=1)[np.isfinite(amount[:, SETTLED, -1])]
    return float(total[-12:].mean()) if len(total) else 0.0


def _pace(amount: Array, whole: Array | None, looks: int) -> Late | None:
    """A break in what is declared within two months: of the awards, or of what it came to."""
    young = _ratio(amount, amount[:, SETTLED] if whole is None else whole)[:, : AGES[-1] + 1]
    usual = np.array([_median(column[column > 0]) for column in young.T])
    floored = np.where(np.isfinite(young), np.maximum(young, FLOOR * usual), np.nan)
    seen = ratio_break(floored, AGES, looks=2 * looks, year_sd=YEAR_SD, shortest=LASTS)
    if seen is None or seen.observed > 1 - LEAST or not _each_slower(young) or _is_silent(amount):
        return None
    if whole is None:
        missing = (1 - seen.observed) * float(usual[AGES[0]] + usual[AGES[1]]) * _median(amount[:, SETTLED])
    else:
        missing = not_yet(_ratio(amount, whole), whole, seen.start)
    return Late(-1, seen.start, 1 - seen.observed, missing, seen.p, 0)


def _is_silent(amount: Array) -> bool:
    """Whether nothing came in the newest month: that is judged as a silence, not as a pace."""
    received = received_by_month(amount)
    return bool(received[-1] < SILENT * _median(received[-KNOWN - 1 :]))


def _each_slower(young: Array) -> bool:
    """Whether each of the newest months is slower than the same month a year before, not one of them alone."""
    newest = np.flatnonzero(np.isfinite(young[:, AGES[0]]))[-LASTS:]
    for month in newest:
        age = int(np.flatnonzero(np.isfinite(young[month])).max())
        before = young[month - 12, age] if month >= 12 else np.nan
        if not young[month, age] < (1 - LEAST / 2) * before:
            return False
    return True


def _median(values: Array) -> float:
    values = values[np.isfinite(values)]
    return float(np.median(values)) if len(values) else 0.0


def received_by_month(amount: Array) -> Array:
    """Euros received in each month, of care of any month: the sums along the diagonals of [month, age]."""
    come = np.diff(amount, axis=1, prepend=0.0)
    months, ages = np.nonzero(np.isfinite(come))
    total = np.zeros(len(amount))
    np.add.at(total, months + ages, come[months, ages])
    return total


def _silence(amount: Array, whole: Array, year: float) -> Late | None:
    """Months without anything, longer than ever before, while awards run on."""
    received = received_by_month(amount)
    first = int(np.flatnonzero(received > 0)[0]) if (received > 0).any() else len(received)
    running = whole[np.isfinite(whole)]
    told = np.isfinite(amount[-LOOK_BACK - AGES[-1] - 1 :, 0]).all()
    if not told or not np.isfinite(whole[-1]) or whole[-1] < 0.5 * float(running[-13:].mean()):
        return None
    for back in range(LOOK_BACK + 1):
        until = len(received) - back
        usual = _median(received[first:until][-KNOWN - 1 :])
        if until - first < KNOWN or usual <= 0:
            return None
        quiet = received[first:until] < SILENT * usual
        now = _run(quiet)
        if not now or now <= max((_run(quiet[:m]) for m in range(1, len(quiet) - now)), default=0):
            continue
        missing = not_yet(_ratio(amount, whole), whole, until - now - AGES[-1])
        if missing >= max(0.6 * now * usual, MATERIAL_SILENCE * year):
            return Late(-1, until - now, 1.0, missing, 1 / (until - first + 2), now)
    return None


def _run(quiet: NDArray[np.bool_]) -> int:
    """Length of the run of quiet months at the end."""
    loud = np.flatnonzero(~quiet)
    return len(quiet) - 1 - int(loud[-1]) if len(loud) else len(quiet)


def _larger(one: Late | None, other: Late | None) -> Late | None:
    if one is None or (other is not None and other.missing_eur > one.missing_eur):
        return other
    return one


def _elsewhere(amount: Array, whole: Array, j: int, one: Late) -> bool:
    """Whether the other providers together declare more for their awards about as much as this one lacks."""
    if not np.isfinite(whole[-12:, j]).all():
        return False
    rest = np.where(np.isfinite(amount[:, :, -1]), np.nansum(amount, axis=2), np.nan) - amount[:, :, j]
    their = np.nansum(whole, axis=1) - whole[:, j]
    return -not_yet(_ratio(rest, their), their, one.start) >= MOVED * one.missing_eur
