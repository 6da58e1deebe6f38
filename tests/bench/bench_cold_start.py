"""A hundred cold starts, each under parallel first requests: no error and no blank page."""

from __future__ import annotations

from pathlib import Path

from tests.bench.measure import Row
from tests.support.cold_server import cold_server, first_visits, launching
from tests.support.publication import leeg, publish

STARTS = 100


def run(folder: Path) -> list[Row]:
    """Give how many of the first answers were wrong."""
    publish(folder, leeg())
    asked = wrong = 0
    with launching(folder) as launcher:
        for _ in range(STARTS):
            with cold_server(launcher) as port:
                answers = first_visits(port)
            asked += len(answers)
            wrong += sum(status != 200 or not whole for _, status, whole in answers)
    return [Row(f"{STARTS} cold starts, parallel first requests", f"{wrong} of {asked} wrong", "0 wrong", wrong == 0)]
