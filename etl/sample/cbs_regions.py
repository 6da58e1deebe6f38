"""The regions of the synthetic CBS answers, each with a size and a wealth that its figures go with."""

from __future__ import annotations

import csv
from dataclasses import dataclass

import numpy as np

from etl.sample.people import wijk_sizes
from etl.sample.streams import stream
from indicators.core.region import own_regions
from indicators.core.settings import REFERENCE, settings


@dataclass(frozen=True)
class Regions:
    """The regions of the sample: codes, names, inhabitants and wealth (standard normal), in one order."""

    codes: list[str]
    names: list[str]
    inwoners: np.ndarray
    wealth: np.ndarray

    def of(self, prefixes: tuple[str, ...]) -> np.ndarray:
        """Give the positions of the regions whose code begins so."""
        return np.array([i for i, code in enumerate(self.codes) if code.startswith(prefixes)], dtype=int)


def regions_of(seed: int, inwoners: int, anderen: int | None) -> Regions:
    """Draw the regions: own gemeente, provincie and country, the other gemeenten, and the own wijken.

    Args:
        seed: Seed of the sample.
        inwoners: Inhabitants of the own gemeente.
        anderen: How many other gemeenten; all of them when None.
    """
    own = settings().gemeente
    rng = stream(seed, "cbs", "gebieden")
    with (REFERENCE / "gemeenten.csv").open(encoding="utf-8", newline="") as handle:
        others = [(r["gebied_code"], f"{r['naam']} (voorbeeld)") for r in csv.DictReader(handle)]
    others = [(code, name) for code, name in others if code != own.code][:anderen]
    sizes = np.exp(rng.normal(10.5, 0.75, len(others))).round().astype(int)
    try:
        wijken = wijk_sizes(inwoners)
    except ValueError:  # a gemeente whose wijken are not in the reference list has figures of CBS all the same
        wijken = {}
    fixed = own_regions()
    codes = [*fixed, *(code for code, _ in others), *wijken]
    names = [*fixed.values(), *(name for _, name in others), *wijken]
    people = [inwoners, 600_000, int(sizes.sum()) + inwoners, *sizes, *wijken.values()]
    wealth = rng.normal(size=len(codes))
    wealth[0], wealth[1], wealth[2] = -1.3, -0.6, 0.0
    return Regions(codes, names, np.array(people, dtype=float), wealth)
