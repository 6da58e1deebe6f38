"""Signals: how often each rule of chance is wrong, whether planted events are raised in time, and how long it takes."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path

import duckdb

from indicators.signals.measure.run import NORM, QUIET, SEEDS, Measured, measure
from indicators.signals.run import signals
from tests.bench.measure import Row
from tests.support.signal_truth import SAMPLE, follow, publication

MAX_SECONDS = 10


def run(folder: Path) -> list[Row]:
    """Measure the rules on SEEDS quiet gemeenten, and follow the events of the sample."""
    rows = _rules(measure(seeds=SEEDS))
    file = publication()
    if file is None:
        return [*rows, Row("signals on the sample", "no sample", "make run", False)]
    peildatum = dt.date.fromisoformat(json.loads((SAMPLE / "inbox" / "truth.json").read_text("utf-8"))["peildatum"])
    with duckdb.connect(str(file), read_only=True) as connection:
        start = time.perf_counter()
        raised = len(signals(connection, peildatum)["mart.fct_signaal"])
        took = time.perf_counter() - start
        followed = follow(connection, peildatum)
    rows.append(
        Row(f"signals of a publication ({raised})", f"{took:.1f} s", f"<= {MAX_SECONDS} s", took <= MAX_SECONDS)
    )
    for event in followed:
        what = f"  {event.soort} {event.onderdeel} {event.jaar} (EUR {event.eur:,.0f}, shows {event.shows})"
        rows.append(
            Row(
                what,
                f"raised {event.raised}, budget at risk {event.budget}, which names it {event.named}",
                "3 months before year end, or at once",
                event.in_time,
            )
        )
    return rows


def _rules(lines: list[Measured]) -> list[Row]:
    rows = []
    for line in lines:
        if line.gebeurtenis == QUIET:
            rate = line.vals_alarm_per_jaar or 0.0
            what = f"false alarms a year per ten onderdelen, {line.trekkingen} draws: {line.regel}"
            rows.append(Row(what, f"{rate:.2f}", f"<= {NORM:g}", rate <= NORM))
        else:
            months = "more than 12" if line.vertraging_maanden is None else f"{line.vertraging_maanden:g}"
            figure = f"{months} months, {line.gevonden:.0%} within a year"
            rows.append(Row(f"  {line.gebeurtenis}, {line.omvang}", figure, "-", True))
    return rows
