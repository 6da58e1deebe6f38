"""Indicators: a change of the own gemeente that is more than chance (mart.fct_indicatorverandering)."""

from __future__ import annotations

import pandas as pd

from indicators.core.contract import AGGREGATEN
from indicators.core.indicator import Indicator, indicators
from indicators.core.period import label, parse
from indicators.signals import texts
from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Regel, Signal

_ROWS = """
    SELECT indicator, periode, soort, tegenover, verschil, ondergrens, bovengrens, p_waarde, oordeel, toelichting
    FROM mart.fct_indicatorverandering
    WHERE gebied_code = $v1 AND uitsplitsing = 'totaal' AND oordeel IN ('beter', 'slechter', 'anders')
        AND soort IN ('vorige', 'trend') ORDER BY ALL
"""
WORDS = {"slechter": "wordt slechter", "beter": "wordt beter", "anders": "verandert"}


def find(facts: Facts) -> list[Signal]:
    """Take the newest significant change of each indicator; nothing where that table is empty."""
    rows = facts.ask(_ROWS, facts.gebied_code)
    known = indicators() if len(rows) else {}
    signals = []
    for name, every in rows.groupby("indicator"):
        newest = _newest(facts, str(name))
        mine = every[every["periode"].str.strip() == newest]
        if len(mine) and str(name) in known:
            # The step from the period before says more about now than the trend.
            row = mine.sort_values("soort", key=lambda s: s != "vorige").iloc[0]
            signals.append(_signal(facts, known[str(name)], row))
    return signals


def _newest(facts: Facts, name: str) -> str | None:
    """Newest period of the indicator for the own gemeente: an old change is no news."""
    periods = facts.ask(
        "SELECT DISTINCT periode FROM mart.fct_indicatorwaarde WHERE indicator = $v1 AND gebied_code = $v2 "
        "AND waarde IS NOT NULL",
        name,
        facts.gebied_code,
    )["periode"]
    ends = [(parse(p).einde, p.strip()) for p in periods if parse(p).einde <= facts.peildatum]
    return max(ends)[1] if ends else None


def _signal(facts: Facts, indicator: Indicator, row: pd.Series) -> Signal:
    near = indicator.budgetten[0] if len(indicator.budgetten) == 1 else "totaal"
    trend = row["soort"] == "trend"
    what = "verandering per jaar" if trend else f"verschil ({label(row['periode'])})"
    figures = [Cijfer(what, float(row["verschil"]), indicator.eenheid, None, indicator.id)]
    for column, name in (("ondergrens", "laagste"), ("bovengrens", "hoogste")):
        if pd.notna(row[column]):
            figures.append(Cijfer(f"{name} verschil dat ook kan", float(row[column]), indicator.eenheid))
    chance = float(row["p_waarde"]) if pd.notna(row["p_waarde"]) else 0.05
    return Signal(
        sleutel=("indicator", indicator.id, str(row["oordeel"])),
        familie=f"indicator {indicator.id}",
        onderdeel=near if near in facts.names or near in AGGREGATEN else "totaal",
        titel=texts.titel(indicator.titel, WORDS[str(row["oordeel"])]),
        toelichting=str(row["toelichting"]),
        wat_het_niet_is="Dit zegt niet waardoor het komt, en niet dat beleid werkt of faalt.",
        effect_eur=None,
        waarom_geen_effect="Een indicator is niet in euro's uit te drukken.",
        # A trend shows since the figure it begins with, as its sentence says.
        sinds=parse(row["tegenover"] if trend else row["periode"]).begin,
        zekerheid=min(max(1 - chance, 0.0), 0.9999),
        cijfers=tuple(figures),
    )


REGEL = Regel(
    id="indicator_verandert",
    titel="Indicator verandert",
    vraag="Is een indicator meer veranderd dan door toeval te verklaren is?",
    find=find,
    meting="De toets staat bij elke indicator; zij houdt rekening met het aantal keren dat er wordt gekeken.",
)
