"""Explanation of planted events: the same municipality with and without one of them, and years in which it leads."""

from __future__ import annotations

import time
from pathlib import Path

from tests.bench.measure import Row
from tests.support.explain_pairs import PLANTS, Follower, Told, by_kind

SEEDS = range(1, 7)
#: Of the events each municipality takes every third one.
EVERY = 3
#: Month ends since the event began, its own one included: from three months after it.
FROM = 4
#: Least part of the month ends at which the cause of the event is the largest of the difference, by kind, and bounds of
#: its euros over the true ones.
LEAST = {"tariefstap": 0.72, "instroomstijging": 0.9, "late_aanbieder": 0.85, "incidentele_post": 0.95,
         "minder_uitstroom": 0.9, "zwaardere_zorg": 0.8}  # fmt: skip
RATIO = (0.6, 1.5)
#: Part of the tariff steps that lies in the band of the sentence: four in five, few as they are.
BETWEEN = (0.7, 0.95)


def run(_folder: Path) -> list[Row]:
    """Follow the events in all municipalities."""
    start, told = time.perf_counter(), follow(SEEDS, EVERY)
    rows = [Row("planted events followed", f"{len(told)} month ends in {time.perf_counter() - start:.0f} s", "-", True)]
    for soort, (count, first, ratio, largest, named) in by_kind(told, FROM).items():
        kept = first >= LEAST[soort] and RATIO[0] < ratio < RATIO[1]
        figure = f"at {first:.0%} of {count} month ends, with {ratio:.2f} of the true euros"
        promise = f"at least {LEAST[soort]:.0%}, {RATIO[0]}-{RATIO[1]}"
        rows.append(Row(f"with less without: {soort} is the largest part, from 3 months after", figure, promise, kept))
        if largest:
            what = f"  truly 1.5 x any other cause: {soort} is the largest named"
            rows.append(Row(what, f"at {named:.0%} of {largest} month ends", "-", True))
    said = [t.between for t in told if t.month >= FROM and t.between is not None]
    part = sum(said) / len(said)
    what = "a tariff step truly lies between the percentages that are said (rounded outward)"
    figure = f"at {part:.0%} of {len(said)} month ends"
    return [*rows, Row(what, figure, f"{BETWEEN[0]:.0%}-{BETWEEN[1]:.0%}", BETWEEN[0] <= part <= BETWEEN[1])]


def follow(seeds: range, every: int) -> list[Told]:
    """Follow every so many of the events in each municipality, others in the next one."""
    told = []
    for n, seed in enumerate(seeds):
        follower = Follower(seed)
        for plant in PLANTS[n % every :: every]:
            told += follower.follow(plant)
    return told
