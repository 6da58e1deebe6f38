"""Budget at risk: the forecast ends above the lasten, or below the baten, of the budget in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd

from indicators.signals import texts
from indicators.signals.explained import causes
from indicators.signals.facts import Facts
from indicators.signals.prognosis import LIKELY, forecasts
from indicators.signals.record import Cijfer, Regel, Signal

#: Smaller deviations than this share of the budget are within what a budget can bear.
LEAST = 0.01
#: A cause is worth naming when it is at least this part of the shortfall.
NAMED = 0.25


def find(facts: Facts) -> list[Signal]:
    """Look at every onderdeel and sum that the model forecasts."""
    signals, why = [], causes(facts)
    for row in forecasts(facts).itertuples():
        budget = facts.budget.get((row.onderdeel, row.lasten_baten))
        if budget is None or pd.isna(row.kans):
            continue
        lasten = row.lasten_baten == "L"
        chance = float(row.kans) if lasten else 1 - float(row.kans)
        worse = float(row.p50_eur) - budget if lasten else budget - float(row.p50_eur)
        if chance >= LIKELY and worse >= LEAST * abs(budget) and worse > 0:
            signals.append(
                _because(_signal(facts, row, budget, (chance, worse)), why.get((row.onderdeel, row.lasten_baten)))
            )
    return signals


def _because(signal: Signal, cause: tuple[str, float] | None) -> Signal:
    """Add the largest cause that the explanation of the forecast names."""
    if cause is None:
        return signal
    zin, effect = cause
    if abs(effect) < NAMED * (signal.effect_eur or 0.0):
        return signal
    return replace(
        signal,
        toelichting=f"{signal.toelichting} Grootste oorzaak: {texts.first_lower(zin)}",
        cijfers=(*signal.cijfers, Cijfer("grootste oorzaak", round(effect, 2), "euro")),
    )


def _signal(facts: Facts, row, budget: float, seen: tuple[float, float]) -> Signal:
    chance, worse = seen
    lasten = row.lasten_baten == "L"
    name = facts.names.get(row.onderdeel, row.onderdeel)
    what, core = ("lasten", "budget te krap") if lasten else ("baten", "minder inkomsten dan begroot")
    side = "boven" if lasten else "onder"
    sentence = (
        f"De {what} komen dit jaar naar verwachting uit op {texts.euro(row.p50_eur)}, {texts.euro(worse)} {side} de "
        f"begroting van {texts.euro(budget)}; de kans op een tekort is {texts.chance(chance)}."
    )
    figures = [
        Cijfer("verwachte uitkomst", round(float(row.p50_eur), 2), "euro"),
        Cijfer("laag (10 procent)", round(float(row.p10_eur), 2), "euro"),
        Cijfer("hoog (90 procent)", round(float(row.p90_eur), 2), "euro"),
        Cijfer("begroting", round(budget, 2), "euro"),
        Cijfer("kans", round(chance * 100, 1), "procent"),
    ]
    if lasten and pd.notna(row.uitputting_p50):
        figures.append(Cijfer("budget op", f"{pd.Timestamp(row.uitputting_p50).date():%Y-%m-%d}"))
    return Signal(
        sleutel=("budget", row.onderdeel, row.lasten_baten, str(facts.boekjaar)),
        familie="budget" if lasten else "baten",
        onderdeel=row.onderdeel,
        titel=texts.titel(name, core),
        toelichting=sentence,
        wat_het_niet_is="Dit is een verwachting: een begrotingswijziging of maatregel kan de uitkomst nog veranderen.",
        effect_eur=worse,
        sinds=_since(facts, row.onderdeel, row.lasten_baten),
        zekerheid=min(chance, 0.9999),
        cijfers=tuple(figures),
    )


def _since(facts: Facts, onderdeel: str, lasten_baten: str) -> dt.date:
    """First month of the unbroken run of forecasts this year that said so."""
    rows = forecasts(facts, newest=False)
    rows = rows[(rows["onderdeel"] == onderdeel) & (rows["lasten_baten"] == lasten_baten)].sort_values("peildatum")
    since = pd.Timestamp(facts.peildatum)
    for row in rows.iloc[::-1].itertuples():
        if pd.isna(row.kans) or (row.kans if lasten_baten == "L" else 1 - row.kans) < LIKELY:
            break
        since = pd.Timestamp(row.peildatum)
    return since.date().replace(day=1)


REGEL = Regel(
    id="budget_in_gevaar",
    titel="Budget in gevaar",
    vraag="Komen de lasten dit jaar waarschijnlijk boven de begroting uit, of de baten eronder?",
    find=find,
)
