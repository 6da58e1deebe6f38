"""What was said last time: the conclusion of the earlier edition, letter for letter, and what became of it."""

from __future__ import annotations

from typing import Literal

from dashboard import formatting as f
from dashboard.edition import facts
from dashboard.edition.document import Alinea, Deel, Getal
from dashboard.edition.words import paragraph
from dashboard.edition.world import Earlier, World
from dashboard.findings import RUIS_EUR
from indicators.core.contract import AGGREGATEN


def quoted(world: World, message: str, soort: Literal["gewoon", "toelichting"] = "toelichting") -> tuple[Alinea, ...]:
    """Quote what the edition before said in a message and say what became of it; nothing when it said nothing.

    Args:
        world: The data; its `eerder` is the edition before.
        message: Id of the message.
        soort: Place of the paragraphs in the hierarchy.
    """
    earlier = world.eerder
    if earlier is None or message not in earlier.berichten:
        return ()
    said = f"Vorige keer: over het {earlier.naam} zeiden we: ‘{earlier.berichten[message]}’"
    return (paragraph(said, " ", *_became(world, earlier, message), soort=soort),)


def _became(world: World, earlier: Earlier, message: str) -> list[Deel]:
    if message in AGGREGATEN:
        return _budget(world, earlier, message)
    if message == "taakstelling":
        return _target(world, earlier)
    if message == "programmas":
        return _programmes(world)
    return []


def _then(earlier: Earlier, message: str, name: str) -> Getal | None:
    value = earlier.waarden.get(message, {}).get(name)
    write = facts.precise if message == "taakstelling" else facts.euro
    return None if value is None else write(value, f"editie|{earlier.code}|{message}.{name}")


def _budget(world: World, earlier: Earlier, message: str) -> list[Deel]:
    then = _then(earlier, message, "verwacht_eur")
    year = earlier.peildatum.year
    if then is None or then.waarde is None:
        return []
    if year != world.boekjaar:
        return _outcome(world, message, year, then)
    post = world.posten.get((message, "L"))
    if post is None or post.verwacht is None:
        return ["Nu is er geen verwachting."]
    end = (post.verwacht, post.prognose_bron("p50_eur"))
    moved = post.verwacht - then.waarde
    budget = _budget_change(post.actueel, post.budget_bron("actueel_eur"), earlier, message)
    if abs(moved) < RUIS_EUR:
        return ["De verwachting is nu nog ongeveer even hoog: ", facts.euro(*end), ".", *budget]
    now, then, size = facts.apart(end, (then.waarde, then.bron))
    way = "hoger" if moved > 0 else "lager"
    return ["Toen verwachtten we ", then, " uit te geven, nu ", now, ": ", size, f" {way}.", *budget]


def _budget_change(actual: float | None, bron: str, earlier: Earlier, message: str) -> list[Deel]:
    before = _then(earlier, message, "actueel_eur")
    if before is None or before.waarde is None or actual is None or abs(actual - before.waarde) < RUIS_EUR:
        return []
    now, before, _ = facts.apart((actual, bron), (before.waarde, before.bron))
    return [" De begroting ging van ", before, " naar ", now, "."]


def _outcome(world: World, message: str, year: int, then: Getal) -> list[Deel]:
    of = world.terugtoets
    rows = of[(of["onderdeel"] == message) & (of["boekjaar"] == year) & of["uitkomst_eur"].notna()]
    if rows.empty:
        return [f"De uitkomst over {year} is nog niet bekend."]
    row = rows.iloc[0]
    keys = {k: row[k] for k in ("onderdeel", "boekjaar", "peilmaand", "methode")}
    end = (float(row["uitkomst_eur"]), facts.source("mart.fct_terugtoets", "uitkomst_eur", **keys))
    gap = end[0] - (then.waarde or 0)
    if abs(gap) < RUIS_EUR:
        return [f"Over {year} werd het ", facts.euro(*end), ", ongeveer wat we verwachtten."]
    became, then, size = facts.apart(end, (then.waarde or 0, then.bron))
    way = "meer" if gap > 0 else "minder"
    return [f"Over {year} verwachtten we ", then, "; het werd ", became, ": ", size, f" {way}."]


def _target(world: World, earlier: Earlier) -> list[Deel]:
    from dashboard.edition.plans import target

    then, found = _then(earlier, "taakstelling", "gerealiseerd_eur"), target(world)
    if then is None or then.waarde is None or found is None:
        return []
    now = found.total("gerealiseerd_eur")
    if now.waarde is None:
        return []
    more = now.waarde - then.waarde
    if abs(more) < 500:
        return ["Daar is sindsdien niets bij gekomen."]
    size = facts.precise(more, facts.less(now.bron, then.bron))
    return ["Sindsdien kwam er ", size, " bij."] if more > 0 else ["Dat is nu ", size, " minder."]


def _programmes(world: World) -> list[Deel]:
    from dashboard.edition.programmes import running

    found = running(world)
    late = sum(len(p.behind()) > 0 for p in found)
    if not found:
        return ["Nu loopt er geen programma meer."]
    verb = "loopt" if late == 1 else "lopen"
    return [f"Nu {verb} er {f.telwoord(late)} van de {f.telwoord(len(found))} achter op het plan."]
