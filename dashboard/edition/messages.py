"""The messages of an edition: at most six, each with what was said last time."""

from __future__ import annotations

from dataclasses import replace

from dashboard import formatting as f
from dashboard.edition.message import Message
from dashboard.edition.messages_budget import budget_message
from dashboard.edition.plans import target_message
from dashboard.edition.posts import TOTAAL
from dashboard.edition.programmes import programme_message
from dashboard.edition.quote import quoted
from dashboard.edition.world import World
from dashboard.findings import euros_at_risk
from indicators.core.contract import AGGREGATEN

#: A council reads no more.
HOOGSTENS = 6


def messages(world: World) -> list[Message]:
    """Write the messages: the whole, the laws by euros at risk, the savings target, the programmes."""
    whole = budget_message(world, TOTAAL)
    laws = [m for m in (budget_message(world, wet) for wet in _laws(world)) if m is not None]
    first = [whole] if whole is not None else []
    last = [m for m in (target_message(world), programme_message(world)) if m is not None]
    chosen = [*first, *laws[: HOOGSTENS - len(first) - len(last)], *last]
    return [replace(m, eerder=quoted(world, m.id)) for m in chosen]


def _laws(world: World) -> list[str]:
    """The three laws, most euros at risk first, then the rest: so the next edition speaks of the same ones."""

    def risk(wet: str) -> tuple[bool, float, str]:
        post = world.posten.get((wet, "L"))
        at_risk = float("nan") if post is None else euros_at_risk(post.kwantielen)
        return (wet == "overig", 1.0 if f.missing(at_risk) else -at_risk, wet)

    return sorted((w for w in AGGREGATEN if w != TOTAAL), key=risk)
