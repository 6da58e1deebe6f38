"""Measure the rules of chance: false alarms in quiet years, and months until a planted event is raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from indicators.signals.measure.looks import LOOKS
from indicators.signals.measure.quiet import FIRST, JUDGED_YEARS, MONTHS, Event, Onderdeel, simulate

SEEDS = 20
#: The same alarm that comes back within so many months is the same signal (it has the same id), not a new one.
SAME = 6
#: The norm: false alarms a year per ten onderdelen.
NORM = 1.0
COLUMNS = (
    "regel", "gebeurtenis", "omvang", "vals_alarm_per_jaar", "vertraging_maanden", "gevonden", "reeksen", "trekkingen",
)  # fmt: skip
#: Onderdelen from this place on are large: nine new clients a month or more.
LARGE = 5
QUIET = "rustig jaar"
#: Per rule what is planted, by its Dutch name: the first is the one that is shown as its delay.
EVENTS: dict[str, dict[str, Event]] = {
    "aanvragen": {
        "40 procent meer aanvragen": Event(inflow=1.4),
        "20 procent meer aanvragen": Event(inflow=1.2),
        "10 procent meer aanvragen": Event(inflow=1.1),
    },
    "instroom": {
        "40 procent meer nieuwe cliënten": Event(inflow=1.4),
        "20 procent meer nieuwe cliënten": Event(inflow=1.2),
        "10 procent meer nieuwe cliënten": Event(inflow=1.1),
    },
    "stand": {
        "40 procent meer nieuwe cliënten": Event(inflow=1.4),
        "20 procent meer nieuwe cliënten": Event(inflow=1.2),
    },
    "prijs": {"prijs 10 procent hoger": Event(price=1.10), "prijs 5 procent hoger": Event(price=1.05)},
    "facturen_later": {
        "de helft van de facturen een maand later": Event(late=0.5),
        "een aanbieder twee maanden later": Event(provider_late=2),
        "een aanbieder stuurt drie maanden niets": Event(provider_silent=3),
    },
    "verwijzers": {
        "een verwijzer 15 procentpunt meer": Event(share=0.15),
        "een verwijzer 10 procentpunt meer": Event(share=0.10),
    },
    "verschuiving_pgb": {"15 procentpunt verschuiving": Event(share=0.15)},
    "verschuiving_aanbieder": {
        "een aanbieder neemt 15 procent van de cliënten over": Event(provider_takes=0.15),
        "een aanbieder neemt 10 procent van de cliënten over": Event(provider_takes=0.10),
    },
    "lasten": {"20 procent hogere lasten": Event(spending=1.2), "10 procent hogere lasten": Event(spending=1.1)},
    "grote_boeking": {"een boeking van een maand lasten in mei": Event(booking=1.0)},
}
#: Alarms that are the right answer to a planted event.
RIGHT = {
    "facturen_later": ("later",),
    "verwijzers": ("1meer", "0minder", "2minder", "3minder", "4minder"),
    "grote_boeking": ("4",),
}
#: One provider more or another less: both tell it.
RIGHT["verschuiving_aanbieder"] = tuple(f"{j}{side}" for j in range(8) for side in ("meer", "minder"))
RIGHT["verschuiving_pgb"] = RIGHT["verwijzers"]


@dataclass(frozen=True)
class Measured:
    """One line of the measurement.

    Attributes:
        regel: The rule.
        gebeurtenis: What was planted, or QUIET.
        omvang: kleine, grote or alle onderdelen.
        vals_alarm_per_jaar: False alarms a year per ten onderdelen; None for a planted event.
        vertraging_maanden: Median months until it was raised; None when not half of them were, within a year.
        gevonden: Share that was raised within a year; None for quiet years.
        reeksen: Series that were judged.
        trekkingen: Seeds.
    """

    regel: str
    gebeurtenis: str
    omvang: str
    vals_alarm_per_jaar: float | None
    vertraging_maanden: float | None
    gevonden: float | None
    reeksen: int
    trekkingen: int


def measure(
    regels: Iterable[str] | None = None,
    seeds: int = SEEDS,
    first_seed: int = 1,
    say: Callable[[str], None] | None = None,
    events: dict[str, dict[str, Event]] | None = None,
) -> list[Measured]:
    """Measure rules on simulated years.

    Args:
        regels: Which; default all rules of chance.
        seeds: Number of simulated gemeenten.
        first_seed: The first of them.
        say: Told what has been measured.
        events: What is planted per rule; default EVENTS.

    Returns:
        Per rule a line for quiet years, then one for each planted event.
    """
    draws, out = range(first_seed, first_seed + seeds), []
    for regel in regels or LOOKS:
        lines = [_quiet(regel, draws), *_planted_all(regel, (events or EVENTS)[regel], draws)]
        out += lines
        if say:
            say(f"{regel}: {lines[0].vals_alarm_per_jaar:.2f} valse alarmen per jaar per tien onderdelen")
    return out


def _quiet(regel: str, draws: range) -> Measured:
    alarms, series = 0, 0
    for seed in draws:
        world = simulate(seed)
        for i in range(len(world)):
            last: dict[str, int] = {LOOKS[regel](world, i, FIRST): FIRST}
            for until in range(FIRST + 1, MONTHS + 1):
                now = LOOKS[regel](world, i, until)
                alarms += bool(now) and until - last.get(now, -SAME) > SAME
                last[now] = until
        series += len(world)
    rate = alarms / (series / 10) / JUDGED_YEARS
    return Measured(regel, QUIET, "alle", round(rate, 2), None, None, series, len(draws))


def _planted_all(regel: str, events: dict[str, Event], draws: range) -> list[Measured]:
    return [line for name, event in events.items() for line in _planted(regel, name, event, draws)]


def _planted(regel: str, name: str, event: Event, draws: range) -> list[Measured]:
    delays: dict[str, list[float]] = {"grote": [], "kleine": []}
    for seed in draws:
        world = simulate(seed, event)
        for i in range(len(world)):
            # An alarm that was there already is no merit.
            if not LOOKS[regel](world, i, FIRST):
                delays["grote" if i >= LARGE else "kleine"].append(_delay(regel, world, i))
    lines = []
    for omvang, found in delays.items():
        middle = float(np.median(found)) if found else float("inf")
        share = round(float(np.isfinite(found).mean()), 2) if found else 0.0
        shown = middle if np.isfinite(middle) else None
        lines.append(Measured(regel, name, omvang, None, shown, share, len(found), len(draws)))
    return lines


def _delay(regel: str, world: list[Onderdeel], i: int) -> float:
    start = FIRST + 4 if regel == "grote_boeking" else FIRST
    for until in range(start + 1, start + 13):
        if LOOKS[regel](world, i, until) in RIGHT.get(regel, ("meer",)):
            return float(until - start)
    return float("inf")
