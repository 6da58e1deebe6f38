"""What the explanation of a budget says of a signal: the largest cause, and the one amount of an event."""

from __future__ import annotations

from dataclasses import replace

from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Signal

#: Amounts of the same direction that differ by no more than this factor are two estimates of the same thing.
SAME_THING = 2.0
#: The newest explanation of the running year, the largest cause first.
_NEWEST = """
    SELECT onderdeel, lasten_baten, oorzaak, zin, CAST(effect_eur AS DOUBLE) AS effect_eur FROM mart.fct_verklaring
    WHERE boekjaar = $v1 AND effect_eur <> 0 AND peildatum = (
        SELECT max(peildatum) FROM mart.fct_verklaring WHERE boekjaar = $v1 AND peildatum <= $p)
    ORDER BY volgorde, oorzaak
"""


def causes(facts: Facts) -> dict[tuple[str, str], tuple[str, float]]:
    """Give (onderdeel, lasten_baten) -> sentence and euros of the largest cause that makes it worse.

    Worse is more cost, or less income; what cannot be explained is no cause.
    """
    found: dict[tuple[str, str], tuple[str, float]] = {}
    for row in facts.ask(_NEWEST, facts.boekjaar).itertuples():
        if (row.effect_eur > 0) == (row.lasten_baten == "L") and row.oorzaak != "overig":
            found.setdefault((row.onderdeel, row.lasten_baten), (str(row.zin), float(row.effect_eur)))
    return found


def as_explained(facts: Facts, signals: list[Signal]) -> list[Signal]:
    """Give signals that name a cause the euros of that cause.

    For their being the same, not for being better: the explanation adds up to the difference with the budget, and is
    what the other screens show. Of a planted inflow the rule is nearer until June, the explanation after that.

    Args:
        facts: What was known.
        signals: As the rules raised them; those without a cause, or of which the explanation says something else, stay.
    """
    if not any(signal.oorzaak for signal in signals):
        return signals
    rows = facts.ask(_NEWEST, facts.boekjaar)
    effects = {(r.onderdeel, r.oorzaak): float(r.effect_eur) for r in rows.itertuples() if r.lasten_baten == "L"}
    return [_with(signal, effects.get((signal.onderdeel, signal.oorzaak), 0.0)) for signal in signals]


def _with(signal: Signal, explained: float) -> Signal:
    if not signal.oorzaak or not signal.effect_eur or not 1 / SAME_THING <= explained / signal.effect_eur <= SAME_THING:
        return signal
    source = Cijfer("bedrag", "zoals in de verklaring van het verschil met de begroting")
    return replace(signal, effect_eur=explained, cijfers=(*signal.cijfers, source))
