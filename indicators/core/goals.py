"""What the money is for: the goals of data/reference/doelen.csv, so that no code holds one."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from indicators.core.settings import REFERENCE, settings_file

_FILE = "doelen.csv"


@dataclass(frozen=True)
class Doel:
    """A goal.

    Attributes:
        onderdeel: An onderdeel, a wet or totaal.
        doel: One Dutch sentence.
        bron: Law or decision of the council that it comes from.
    """

    onderdeel: str
    doel: str
    bron: str


class UnusableGoal(ValueError):
    """A line of the list cannot be used. The message is Dutch."""


def goals() -> dict[str, Doel]:
    """Give the goals by onderdeel.

    They stand in doelen.csv beside the settings that MONITOR_INSTELLINGEN names, else in data/reference: those are the
    goals of the laws.

    Raises:
        UnusableGoal: A line has no goal or no source, or an onderdeel stands there twice.
    """
    beside = Path(settings_file()).parent / _FILE
    path = beside if beside.is_file() else REFERENCE / _FILE
    found: dict[str, Doel] = {}
    with path.open(encoding="utf-8-sig", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), start=2):
            name, goal, source = ((row.get(c) or "").strip() for c in ("onderdeel", "doel", "bron"))
            if not (name and goal and source):
                raise UnusableGoal(f"{_FILE}, regel {number}: vul onderdeel, doel en bron in.")
            if name in found:
                raise UnusableGoal(f"{_FILE}, regel {number}: {name} staat er twee keer.")
            found[name] = Doel(name, goal, source)
    return found
