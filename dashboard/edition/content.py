"""The content of an edition: the chapters in reading order, from the data and the text."""

from __future__ import annotations

import datetime as dt

from dashboard.edition import budgets
from dashboard.edition.document import Alinea, Editie, Hoofdstuk
from dashboard.edition.message import CONCLUSIE, DELEN, Message
from dashboard.edition.messages import messages
from dashboard.edition.words import paragraph
from dashboard.edition.world import World


def title(world: World) -> str:
    """Give the title of the edition."""
    return f"Monitor Sociaal Domein, {world.halfjaar.naam}"


def edition(
    world: World,
    made_on: dt.date,
    said: list[Message] | None = None,
    explanations: dict[str, Alinea] | None = None,
) -> Editie:
    """Put an edition together.

    Args:
        world: The data.
        made_on: The day on which it is frozen.
        said: The messages, when their text was edited; else they are written from the data.
        explanations: Edited explanations per budget, by budgets.key.
    """
    chosen = messages(world) if said is None else said
    return Editie(
        periode=world.halfjaar.code,
        titel=title(world),
        gemeente=world.gemeente,
        peildatum=world.peildatum,
        gemaakt_op=made_on,
        voorbeelddata=world.voorbeelddata,
        run=world.run,
        hoofdstukken=(*_summary(chosen), *budgets.chapters(world, explanations or {})),
    )


def _summary(chosen: list[Message]) -> tuple[Hoofdstuk, ...]:
    first = Hoofdstuk("samenvatting", "Samenvatting", ())
    return (first, *(_message(m) for m in chosen))


def _message(message: Message) -> Hoofdstuk:
    parts = [
        paragraph(f"{label}: ", *message.delen[name].delen) for name, label in DELEN.items() if name in message.delen
    ]
    return Hoofdstuk(f"bericht-{message.id}", message.delen[CONCLUSIE].tekst, (*parts, *message.eerder), niveau=2)
