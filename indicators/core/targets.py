"""Targets that the council of this installation set: data/reference/streefwaarden.csv, so that no code holds one."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from pathlib import Path

from indicators.core.settings import REFERENCE

_FILE = "streefwaarden.csv"


@dataclass(frozen=True)
class Streefwaarde:
    """A target.

    Attributes:
        indicator: Id of the indicator.
        waarde: In the unit of the indicator.
        jaar: Year for which, or None.
        besluit: Where the council decided it, in Dutch.
    """

    indicator: str
    waarde: float
    jaar: int | None
    besluit: str


class UnusableTarget(ValueError):
    """A line of the list cannot be used. The message is Dutch."""


def targets() -> dict[str, Streefwaarde]:
    """Give the targets by indicator.

    They stand in streefwaarden.csv beside the settings that MONITOR_INSTELLINGEN names, else in data/reference.

    Raises:
        UnusableTarget: A value or year is no number, there is no decision, or an indicator stands there twice.
    """
    found: dict[str, Streefwaarde] = {}
    with _path().open(encoding="utf-8-sig", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), start=2):
            target = _target(row, number)
            if target.indicator in found:
                raise UnusableTarget(f"{_FILE}, regel {number}: {target.indicator} staat er twee keer.")
            found[target.indicator] = target
    return found


def _path() -> Path:
    own = os.environ.get("MONITOR_INSTELLINGEN")
    beside = Path(own).parent / _FILE if own else None
    return beside if beside and beside.is_file() else REFERENCE / _FILE


def _target(row: dict[str, str], number: int) -> Streefwaarde:
    try:
        year = (row["streefjaar"] or "").strip()
        value = float(row["streefwaarde"].replace(",", "."))
        target = Streefwaarde(row["indicator"].strip(), value, int(year) if year else None, row["besluit"].strip())
    except (ValueError, KeyError, AttributeError) as error:
        raise UnusableTarget(f"{_FILE}, regel {number}: dit is geen streefwaarde die te lezen is.") from error
    if not target.besluit:
        raise UnusableTarget(f"{_FILE}, regel {number}: zet erbij waar de raad dit heeft besloten.")
    return target
