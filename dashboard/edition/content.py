"""The content of an edition: the chapters in reading order, from the data and the text."""

from __future__ import annotations

import datetime as dt

from dashboard.edition import budgets, npg, plans, programmes, reading, track
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
    edited: bool = False,
) -> Editie:
    """Put an edition together.

    Args:
        world: The data.
        made_on: The day on which it is frozen.
        said: The messages, when their text was edited; else they are written from the data.
        explanations: Edited explanations per budget, by budgets.key.
        edited: The gemeente changed the text.
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
        hoofdstukken=(
            *_summary(world, chosen),
            npg.chapter(world),
            *budgets.chapters(world, explanations or {}),
            *_plans(world),
            *track.chapters(world),
            *reading.chapters(world, edited),
        ),
    )


def _plans(world: World) -> tuple[Hoofdstuk, ...]:
    sections = [s for s in (plans.target_section(world), programmes.section(world)) if s is not None]
    if not sections:
        return ()
    text = "Wat de raad wilde besparen, en wat de programma’s met hun eigen geld doen."
    first = Hoofdstuk("plannen", "Taakstelling en programma’s", (paragraph(text),), nieuwe_pagina=True)
    return (first, *sections)


def _summary(world: World, chosen: list[Message]) -> tuple[Hoofdstuk, ...]:
    first = Hoofdstuk("samenvatting", "Samenvatting", (_in_short(world),))
    return (first, *(_message(m) for m in chosen))


def _in_short(world: World) -> Alinea:
    """The sentence before the messages: how many budgets are short, and what the indicators do."""
    return paragraph(f"{budgets.title(world)}. {npg.title(world)}.", soort="conclusie")


def _message(message: Message) -> Hoofdstuk:
    parts = [
        paragraph(f"{label}: ", *message.delen[name].delen) for name, label in DELEN.items() if name in message.delen
    ]
    return Hoofdstuk(
        f"bericht-{message.id}",
        message.delen[CONCLUSIE].tekst.rstrip().removesuffix("."),
        (*parts, *message.eerder),
        niveau=2,
    )
