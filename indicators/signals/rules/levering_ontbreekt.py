"""Deliveries: one that is overdue, or that holds far fewer rows than this source used to send."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from indicators.signals import texts
from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Regel, Signal

_ROWS = """
    SELECT bron, peildatum, CAST(sum(rijen_geladen) AS DOUBLE) AS rijen, count(*) AS bestanden
    FROM meta.levering WHERE status = 'geldig' AND peildatum <= $p GROUP BY ALL ORDER BY ALL
"""
#: Intervals to learn the rhythm from; overdue when this many times the longest of them has passed.
INTERVALS, OVERDUE = 12, 1.25
#: Shrunken: this share of the usual number of rows or less, and fewer than any of the last deliveries.
SHRUNKEN = 0.7
BRON = {
    "k2f": "Het grootboek (K2F)",
    "wmo": "De Wmo",
    "jeugd": "Jeugd",
    "participatiewet": "De Participatiewet",
    "schuldhulp": "De schuldhulp",
    "programmas": "De programma's",
    "clientervaring": "De cliëntervaring",
    "cbs_maatwerk": "CBS-maatwerk",
}
WET = ("wmo", "jeugd", "participatiewet")


def find(facts: Facts) -> list[Signal]:
    """Look at the dates and the rows of every source, against its own earlier deliveries."""
    signals = []
    for bron, rows in facts.ask(_ROWS).groupby("bron"):
        if len(rows) < 4:
            continue
        signals += _overdue(facts, str(bron), rows) or _shrunken(str(bron), rows)
    return signals


def _overdue(facts: Facts, bron: str, rows: pd.DataFrame) -> list[Signal]:
    dates = rows["peildatum"]
    gaps = dates.diff().dt.days.dropna().to_numpy()[-INTERVALS:]
    last = dates.iloc[-1]
    waiting = (pd.Timestamp(facts.peildatum) - last).days
    usual, longest = float(np.median(gaps)), float(gaps.max())
    if waiting <= OVERDUE * longest:
        return []
    expected = (last + pd.Timedelta(days=round(usual))).date()
    return [
        _signal(
            bron,
            ("ontbreekt", "levering ontbreekt"),
            f"De laatste levering is van {texts.date(last.date())}; er komt er gewoonlijk een per {usual:.0f} dagen, "
            f"en nu is {waiting} dagen niets ontvangen.",
            expected,
            (Cijfer("dagen zonder levering", waiting, "dagen"), Cijfer("gewoon ritme", usual, "dagen")),
        )
    ]


def _shrunken(bron: str, rows: pd.DataFrame) -> list[Signal]:
    before, now = rows["rijen"].to_numpy()[-1 - INTERVALS : -1], float(rows["rijen"].iloc[-1])
    usual = float(np.median(before[-6:]))
    if now > SHRUNKEN * usual or now >= before.min():
        return []
    last = rows["peildatum"].iloc[-1].date()
    return [
        _signal(
            bron,
            (f"klein:{last}", "levering is veel kleiner"),
            f"De levering van {texts.date(last)} heeft {texts.number(now)} rijen, gewoonlijk {texts.number(usual)}; "
            f"de cijfers van deze bron kunnen te laag zijn.",
            last,
            (Cijfer("rijen", now, "rijen", last.replace(day=1)), Cijfer("gewoon", usual, "rijen")),
        )
    ]


def _signal(bron: str, what: tuple[str, str], sentence: str, day: dt.date, figures: tuple[Cijfer, ...]) -> Signal:
    return Signal(
        sleutel=("levering", bron, what[0]),
        familie=f"levering {bron}",
        onderdeel=bron if bron in WET else "totaal",
        titel=texts.titel(BRON.get(bron, bron), what[1]),
        toelichting=sentence,
        wat_het_niet_is="Dit zegt niets over het gebruik of de kosten zelf, alleen over de gegevens.",
        effect_eur=None,
        waarom_geen_effect="Zonder de gegevens is het gevolg niet in euro's te zeggen.",
        sinds=day.replace(day=1),
        zekerheid=0.95,
        cijfers=figures,
    )


REGEL = Regel(
    id="levering_ontbreekt",
    titel="Levering ontbreekt of is kleiner",
    vraag="Is een bron over tijd, of heeft zijn laatste levering veel minder rijen dan anders?",
    find=find,
    meting="Deze regel vergelijkt data en aantallen rijen; er komt geen kansrekening aan te pas.",
)
