"""From a break in a number of persons to a signal: what the rules for applications, inflow and stock share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pandas as pd

from indicators.signals import facts_sql as sql
from indicators.signals import texts
from indicators.signals.detect.counts import count_break
from indicators.signals.detect.series import Array, Break
from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Signal

#: A month that is known for less than this share is left out; one that is known for more is compared with as much.
KNOWN = 0.9
#: Counts of wijken are rounded to 5: a smaller growth may be the rounding.
PLACE = 15
NO_PRICE = "De kosten per cliënt zijn niet bekend, dus dit is niet in euro's te zeggen."
NOT_THIS = "Dit zegt niet waardoor het komt, en ook niet dat inwoners ten onrechte hulp krijgen."


def name_of(wet: str, onderdeel: str) -> str:
    """Give the onderdeel of a signal: the whole of a wet goes by the name of the wet."""
    return wet if onderdeel == "totaal" else onderdeel


def breaks(facts: Facts, maat: str) -> list[tuple[str, str, pd.DatetimeIndex, Array, Break]]:
    """Look for a break in one kind of count of every onderdeel and of every wet as a whole.

    Returns:
        wet, onderdeel, months, counts and break of each that has one.
    """
    found = []
    for wet, onderdeel in facts.parts:
        months, counts = facts.series(wet, onderdeel, maat)
        months, counts, complete = _known(facts, (wet, maat), months, counts)
        if not len(counts) or counts.sum() == 0:
            continue
        seen = count_break(counts, int(months[0].month), complete)
        if seen is not None:
            found.append((wet, onderdeel, months, counts, seen))
    return found


def _known(
    facts: Facts, key: tuple[str, str], months: pd.DatetimeIndex, counts: Array
) -> tuple[pd.DatetimeIndex, Array, Array]:
    """Leave out the months that are hardly known, and say how far the others are."""
    shares = facts.completeness.get(key)
    complete = np.ones(len(counts))
    if shares is None or not len(counts):
        return months, counts, complete
    at = pd.Timestamp(facts.peildatum)
    ages = [(at.year - m.year) * 12 + at.month - m.month for m in months]
    for i, age in enumerate(ages):
        if 0 <= age < len(shares):
            complete[i] = min(shares[age], 1.0)
    keep = len(counts)
    while keep and complete[keep - 1] < KNOWN:
        keep -= 1
    return months[:keep], counts[:keep], complete[:keep]


def extra_client_months(facts: Facts, wet: str, onderdeel: str, start: dt.date, extra: float) -> float:
    """Estimate in client-months of the running year what `extra` new clients a month since `start` come to.

    New clients stay as long as clients usually do: the stock divided by the outflow of the last two years.
    """
    _, stock = facts.series(wet, onderdeel, "stand")
    _, out = facts.series(wet, onderdeel, "uitstroom")
    if len(stock) < 24 or len(out) < 24 or out[-24:].sum() <= 0:
        return 0.0
    stay = max(float(stock[-24:].mean() / out[-24:].mean()), 1.0)
    total = 0.0
    for month in range(1, 13):
        age = (facts.boekjaar - start.year) * 12 + month - start.month + 1
        if age > 0:
            total += extra * stay * (1 - np.exp(-(age - 0.5) / stay))
    return float(total)


def places(facts: Facts, wet: str, onderdeel: str) -> tuple[Cijfer, ...]:
    """Give the two wijken with the largest growth of clients in a year, as far as their counts may be shown."""
    months, _ = facts.series(wet, onderdeel, "stand")
    if not len(months):
        return ()
    now = months[-1].date()
    rows = facts.ask(sql.WIJKEN, wet, onderdeel, now)
    return tuple(
        Cijfer(f"{row.naam}: groei van het aantal cliënten in een jaar", row.erbij, "personen", now)
        for row in rows[rows["erbij"] >= PLACE].head(2).itertuples()
    )


def signal(
    facts: Facts,
    found: tuple[str, str, pd.DatetimeIndex, Array, Break],
    words: tuple[str, str, str],
    per_extra: Callable[[str, str], float | None],
    voorrang: int,
) -> Signal:
    """Make the signal of a break in a monthly count.

    Args:
        facts: What was known.
        found: From `breaks`.
        words: What is counted: in a title when more, in a title when fewer, and in a sentence.
        per_extra: (wet, onderdeel) -> new clients for each extra one that is counted; None when not known.
        voorrang: Place in the family.
    """
    wet, onderdeel, months, counts, seen = found
    more, fewer, what = words
    length = len(counts) - seen.start
    start = months[seen.start].date()
    now, usual = seen.observed / length, seen.expected / length
    rate, price = per_extra(wet, onderdeel), facts.price(onderdeel, wet)
    effect = None
    if rate is not None and price is not None:
        effect = extra_client_months(facts, wet, onderdeel, start, (now - usual) * rate) * price
    name = facts.names.get(name_of(wet, onderdeel), onderdeel)
    size = texts.percent(now / usual - 1) if usual > 0 else "veel"
    side = "meer" if seen.up else "minder"
    sentence = (
        f"Sinds {texts.month(start)} zijn er gemiddeld {texts.number(now)} {what} per maand, {size} {side} dan "
        f"de {texts.number(usual)} die op grond van eerdere jaren te verwachten waren."
    )
    return Signal(
        sleutel=("vraag", name_of(wet, onderdeel), side),
        familie="vraag",
        onderdeel=name_of(wet, onderdeel),
        titel=texts.titel(name, more if seen.up else fewer),
        toelichting=sentence,
        wat_het_niet_is=NOT_THIS,
        effect_eur=effect,
        waarom_geen_effect="" if effect is not None else NO_PRICE,
        sinds=start,
        zekerheid=seen.certainty,
        cijfers=(
            Cijfer(f"{what} per maand sinds de start", round(now, 1), "per maand", start),
            Cijfer("verwacht per maand", round(usual, 1), "per maand", start),
            Cijfer(f"{what} in de laatste maand", float(counts[-1]), "aantal", months[-1].date()),
            *(places(facts, wet, onderdeel) if seen.up else ()),
        ),
        voorrang=voorrang,
    )
