"""The synthetic municipality: people, care, invoices and a ledger, and what the real systems would export of them.

It simulates the process and not the forecast's view of it; nothing here is shared with indicators/forecast.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np

from etl.sample.events import plan_events
from etl.sample.k2f_export import write_k2f
from etl.sample.ledger import INWONERS, keep_books
from etl.sample.posts import POSTS
from etl.sample.flows import care_cost
from dataclasses import replace


def write_sample(out: Path, seed: int = 1, van: int = 2019, *, peildatum: dt.date, inwoners: int = INWONERS) -> None:
    years = range(van - 2, peildatum.year + 1)
    scale = inwoners / INWONERS
    events = plan_events(seed, {"WK1": 5000, "WK2": 6000})
    guess = {"00671101": 4.4e6, "00671201": 3.2e6, "00671301": 1.2e6, "00681101": 3.4e6, "00679101": 1.3e6}
    wmo_cost: dict[str, np.ndarray] = {}
    for p in POSTS:
        if p.soort == "wmo":
            wmo_cost[p.kostenplaats] = care_cost(
                seed, replace(p, basis_eur=guess.get(p.kostenplaats, 2.5e5), clienten=100), years, scale
            )
    ledger = keep_books(seed, years, scale, wmo_cost, events)
    write_k2f(out / "k2f", ledger, van, peildatum)
