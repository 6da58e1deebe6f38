"""Which files of an inbox may take part, and what counts then: the gate between reading and building."""

from __future__ import annotations

import datetime as dt

from etl.contradictions import settle
from etl.deliveries import Selection, choose, earlier_rounds
from etl.hold import from_the_future, held_back, is_confirmed
from etl.intake import Intake
from etl.source import Source
from etl.vintages import Vintage, Vintages


def select(
    intake: Intake, vintages: Vintages, registry: dict[str, Source], moment: dt.datetime, as_of: dt.date | None
) -> Selection:
    """Accept what is new and does not contradict itself, and decide which deliveries count.

    Args:
        intake: What was read of the inbox.
        vintages: All that was ever read; what is accepted now is noted there.
        registry: The sources.
        moment: Now, UTC.
        as_of: Only deliveries up to and with this peildatum count; None for all.
    """
    before = vintages.accepted()
    unread = [v for v in intake.present if not v.ronde and not v.refused]
    barred = from_the_future(unread, moment, as_of)
    new = _without(unread, barred)
    rounds = earlier_rounds(new, before)
    accepted, contradicting = settle(new, registry, rounds)
    vintages.accept(accepted, rounds, moment)
    known = [v for v in vintages.accepted() if v.bron in registry]
    vintages.confirm({v.sha256 for v in known if is_confirmed(v, intake.bevestigd.get(v.bron, []))})
    held = [v for v in held_back(known, vintages.confirmed()) if not _after(v, as_of)]
    here = {v.levering_id for v in intake.present}
    refused = [v for v in intake.present if v.refused] + barred + contradicting + intake.loose
    refused += [v for v in held if v.levering_id in here]
    selection = choose(_without(known, held), refused, as_of, registry)
    selection.meldingen = [
        f"{v.bestand} telt niet mee en staat niet meer in de inbox: {v.weigeringen[-1].reden}"
        for v in held
        if v.levering_id not in here
    ]
    return selection


def known_selection(vintages: Vintages, registry: dict[str, Source]) -> Selection:
    """Decide what counts of everything that was accepted before, without looking at any inbox."""
    known = [v for v in vintages.accepted() if v.bron in registry]
    return choose(_without(known, held_back(known, vintages.confirmed())), [], None, registry)


def _without(vintages: list[Vintage], gone: list[Vintage]) -> list[Vintage]:
    names = {v.levering_id for v in gone}
    return [v for v in vintages if v.levering_id not in names]


def _after(vintage: Vintage, as_of: dt.date | None) -> bool:
    return bool(as_of and vintage.peildatum and vintage.peildatum > as_of)
