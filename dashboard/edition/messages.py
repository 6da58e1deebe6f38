"""The messages of an edition: at most six, each with what was said last time."""

from __future__ import annotations

from dashboard.edition.message import Message
from dashboard.edition.messages_budget import budget_message
from dashboard.edition.posts import TOTAAL
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
    return [*first, *laws[: HOOGSTENS - len(first)]]


def _laws(world: World) -> list[str]:
    """The laws, those with most euros at risk first; one without a forecast last."""

    def risk(wet: str) -> tuple[float, str]:
        post = world.posten.get((wet, "L"))
        at_risk = float("nan") if post is None else euros_at_risk(post.kwantielen)
        return (-at_risk if at_risk == at_risk else 1.0, wet)  # noqa: PLR0124

    return sorted((w for w in AGGREGATEN if w != TOTAAL), key=risk)
