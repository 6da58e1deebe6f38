"""Which planted events of the synthetic municipality were raised, and when: from its truth.json and a publication."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from indicators.signals.run import signals

#: A sample that `make run` made, or another one.
SAMPLE = Path(os.environ.get("MONITOR_VOORBEELD", Path(__file__).resolve().parents[2] / "data" / "voorbeeld"))
LEAST_EUR = 100_000
#: A year ends; three months before that it is September's last day.
IN_TIME = (9, 30)
#: What was planted -> rules that tell it; of rules with two directions only more, or dearer.
TOLD_BY = {
    "tariefstap": {"prijs"},
    "instroomstijging": {"aanvragen", "instroom", "stand"},
    "late_aanbieder": {"facturen_later"},
    "incidentele_post": {"grote_boeking"},
}
#: What a budget at risk says where the explanation names the event as its largest cause.
NAMED = {"tariefstap": "de prijs ging", "instroomstijging": "nieuwe cliënten", "incidentele_post": "losse boeking"}


@dataclass(frozen=True)
class Raised:
    """A planted event in one year.

    Attributes:
        soort: What was planted.
        onderdeel: Where.
        jaar: The year that is judged.
        eur: What it came to in that year.
        shows: First month-end at which any delivery can show it.
        raised: First month-end at which it was raised; None: not in that year.
        own: Ids of the signals that told it.
        budget: First month-end since then at which the budget of its onderdeel was said to be at risk; None: never.
        named: First month-end at which that signal named the event as the largest cause; None: never.
    """

    soort: str
    onderdeel: str
    jaar: int
    eur: float
    shows: dt.date
    raised: dt.date | None
    own: tuple[str, ...]
    budget: dt.date | None = None
    named: dt.date | None = None

    @property
    def in_time(self) -> bool:
        """By its own rule or by name: three months before year end, or at once where it only showed after that."""
        last = max(dt.date(self.jaar, *IN_TIME), self.shows)
        return any(day is not None and day <= last for day in (self.raised, self.named))


def publication(sample: Path = SAMPLE) -> Path | None:
    """The published database of a sample; None where there is none."""
    pointer, truth = sample / "store" / "db" / "actueel.json", sample / "inbox" / "truth.json"
    if not (pointer.is_file() and truth.is_file()):
        return None
    return pointer.parent / json.loads(pointer.read_text("utf-8"))["bestand"]


def events(sample: Path = SAMPLE) -> list[tuple[dict[str, Any], int, float]]:
    """Planted events with the years in which they come to LEAST_EUR or more."""
    truth = json.loads((sample / "inbox" / "truth.json").read_text("utf-8"))
    found = []
    for event in truth["gebeurtenissen"]:
        years = {int(y): eur for y, eur in event.get("effect_eur", {}).items()} if event["soort"] in TOLD_BY else {}
        if event["soort"] == "late_aanbieder":
            years = {int(truth["peildatum"][:4]): event["nog_niet_geboekt_op_peildatum_eur"]}
        found += [(event, year, eur) for year, eur in years.items() if abs(eur) >= LEAST_EUR]
    return found


def follow(
    connection: duckdb.DuckDBPyConnection, peildatum: dt.date, sample: Path = SAMPLE, only_last: bool = False
) -> list[Raised]:
    """Ask what would have been raised at every month end of the year of an event, or only on the last day in time."""
    told: dict[dt.date, pd.DataFrame] = {}
    result = []
    for event, year, eur in events(sample):
        shows = (pd.Timestamp(event["sinds"]) + pd.offsets.MonthEnd(0)).date()
        first = max(shows, dt.date(year, 1, 31))
        days = [d.date() for d in pd.date_range(first, min(dt.date(year, 12, 31), peildatum), freq="ME")]
        raised, budget, named, ids = None, None, None, ()
        for day in [max(dt.date(year, *IN_TIME), shows)] if only_last else days:
            if day not in told:
                told[day] = signals(connection, day)["mart.fct_signaal"]
            rows = told[day][told[day]["onderdeel"] == event["onderdeel"]]
            if budget is None and _budget_told(rows, f"budget:{event['onderdeel']}:L:{year}"):
                budget = day
            at_risk = rows[rows["regel"] == "budget_in_gevaar"]["toelichting"]
            if named is None and at_risk.str.contains(NAMED.get(event["soort"], "\0"), regex=False).any():
                named = day
            own = rows[rows["regel"].isin(TOLD_BY[event["soort"]]) & ~rows["signaal"].str.endswith(":minder")]
            if raised is None and len(own):
                raised, ids = day, tuple(own["signaal"])
            if raised and budget and named:
                break
        result.append(Raised(event["soort"], event["onderdeel"], year, eur, shows, raised, ids, budget, named))
    return result


def _budget_told(rows: pd.DataFrame, signaal: str) -> bool:
    """Whether a budget is said to be at risk, also as the consequence that a cause tells."""
    return bool((rows["signaal"] == signaal).any() or rows["cijfers"].str.contains(f'"{signaal}"', regex=False).any())
