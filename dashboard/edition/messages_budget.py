"""The messages about money: the social domain as a whole, and the laws."""

from __future__ import annotations

from typing import Any

from dashboard import formatting as f
from dashboard.edition import facts
from dashboard.edition.amounts import amounts
from dashboard.edition.document import Alinea, Deel, Getal
from dashboard.edition.effect import sentence
from dashboard.edition.message import CONCLUSIE, Message
from dashboard.edition.posts import TOTAAL, Post
from dashboard.edition.words import above_or_below, cause, listed, lower_first, paragraph
from dashboard.edition.words import subject as name_of
from dashboard.edition.world import World
from dashboard.findings import RUIS_EUR
from indicators.core.contract import AGGREGATEN

_HULP = {"wmo": "hulp uit de Wmo", "jeugd": "jeugdhulp", "participatiewet": "hulp uit de Participatiewet"}


def budget_message(world: World, onderdeel: str) -> Message | None:
    """Write the message about the lasten of a wet or of everything; None when it has no budget and no forecast."""
    post = world.posten.get((onderdeel, "L"))
    if post is None or (post.actueel is None and post.verwacht is None):
        return None
    goal = world.doelen.get(onderdeel)
    parts = {
        CONCLUSIE: conclusion(post),
        "doel": paragraph(goal.doel if goal else "Voor dit budget is nog geen doel vastgelegd."),
        "activiteit": _activity(world, onderdeel),
        "geld": _money(world, post),
        "effect": sentence(world, onderdeel),
    }
    values = {"verwacht_eur": post.verwacht, "actueel_eur": post.actueel, "laag_eur": post.laag, "hoog_eur": post.hoog}
    known = {k: v for k, v in values.items() if v is not None}
    return Message(onderdeel, AGGREGATEN[onderdeel], parts, waarden=known, feiten=tuple(_facts(world, post)))


def conclusion(post: Post) -> Alinea:
    """Say where a budget ends: 'De jeugdhulp komt in 2026 naar verwachting € 1,2 miljoen boven de begroting uit.'."""
    subject = name_of(post.onderdeel) or post.naam
    if post.verwacht is None:
        return paragraph(f"Voor {lower_first(subject)} is nog geen verwachting over {post.boekjaar} te maken.")
    if post.actueel is None:
        expected = facts.euro(post.verwacht, post.prognose_bron("p50_eur"))
        return paragraph(
            f"{subject} kost in {post.boekjaar} naar verwachting ", expected, "; de begroting is niet bekend."
        )
    side = above_or_below(post.verwacht - post.actueel, amounts(post)[2])
    return paragraph(f"{subject} komt in {post.boekjaar} naar verwachting ", *side, " uit.")


def _money(world: World, post: Post) -> Alinea:
    parts: list[Deel] = []
    budget, expected, _ = amounts(post)
    if post.actueel is not None:
        parts += ["De begroting na wijziging is ", budget, "."]
    if post.verwacht is None:
        return paragraph(*parts, " Er is nog te weinig bekend voor een prognose.")
    parts += [" We verwachten ", expected, " uit te geven"]
    if post.laag is not None and post.hoog is not None:
        low, high = (facts.euro(v, post.prognose_bron(c)) for v, c in ((post.laag, "p10_eur"), (post.hoog, "p90_eur")))
        parts += ["; waarschijnlijk (80 %) tussen ", low, " en ", high]
    parts += ["."]
    if post.kans is not None and post.actueel is not None:
        odds = facts.chance(post.kans, post.prognose_bron("kans_overschrijding"), text=True)
        parts += [" De kans dat het geld niet genoeg is, is ", odds, "."]
    return paragraph(*parts, *_net(world, post), *_largest(world, post), *_why(world, post))


def _net(world: World, post: Post) -> list[Deel]:
    """For everything together also what is left to pay after what comes in."""
    rows = world.saldo[world.saldo["onderdeel"] == post.onderdeel] if post.onderdeel == TOTAAL else world.saldo[:0]
    known = [] if rows.empty else [rows.iloc[0][c] for c in ("p50_eur", "begroot_eur")]
    if not known or any(f.missing(v) or v >= 0 for v in known):
        return []
    row = rows.iloc[0]
    expected, planned = (facts.euro(row[c], saldo_source(world, row, c)) for c in ("p50_eur", "begroot_eur"))
    return [
        " Na aftrek van de inkomsten kost het naar verwachting ",
        expected,
        ", tegen ",
        planned,
        " in de begroting.",
    ]


def saldo_source(world: World, row: Any, column: str) -> str:
    """Say where a figure of mart.fct_prognose_saldo stands."""
    keys = {"boekjaar": world.boekjaar, "peildatum": f.as_date(row["peildatum"]), "onderdeel": row["onderdeel"]}
    return facts.source("mart.fct_prognose_saldo", column, **keys, scenario="basis")


def _largest(world: World, post: Post) -> list[Deel]:
    """Name the onderdeel with the largest expected shortage, of a sum of several."""
    members = [p for p in members_of(world, post.onderdeel) if p.verschil is not None]
    worst = min(members, key=lambda p: (p.verschil or 0, p.onderdeel), default=None)
    if worst is None or len(members) < 2 or (worst.verschil or 0) > -RUIS_EUR:
        return []
    amount = facts.euro(worst.verschil, worst.verschil_bron)
    return [f" Het grootste tekort verwachten we bij {lower_first(worst.naam)}: ", amount, "."]


def members_of(world: World, onderdeel: str) -> list[Post]:
    """Give the onderdelen (lasten) of a wet or of everything, in the order of the publication."""
    return [
        p
        for (name, side), p in world.posten.items()
        if side == "L" and name not in AGGREGATEN and onderdeel in (TOTAAL, world.wetten.get(name, "overig"))
    ]


def _why(world: World, post: Post) -> list[Deel]:
    """Name the two largest causes that push to the same side as the difference."""
    if post.verschil is None or abs(post.verschil) < RUIS_EUR:
        return []
    causes = world.causes(post)
    same = causes[(causes["effect_eur"] * -post.verschil > 0) & (causes["oorzaak"] != "overig")]
    same = same[same["effect_eur"].abs() >= RUIS_EUR].head(2)
    if same.empty:
        return [" Waardoor dat komt, is uit de cijfers nog niet te zien."]
    named = [_cause(world, post, row) for _, row in same.iterrows()]
    return [" De grootste oorzaken: " if len(named) > 1 else " De grootste oorzaak: ", *listed(named), "."]


def _cause(world: World, post: Post, row: Any) -> tuple[Deel, ...]:
    keys = {"boekjaar": world.boekjaar, "peildatum": f.as_date(row["peildatum"]), "onderdeel": post.onderdeel}
    bron = facts.source("mart.fct_verklaring", "effect_eur", **keys, lasten_baten="L", oorzaak=row["oorzaak"])
    effect = float(row["effect_eur"])
    return (f"{cause(str(row['oorzaak']), effect)} (", facts.euro(effect, bron), ")")


def _activity(world: World, onderdeel: str) -> Alinea:
    """Say how many inhabitants have help, rounded; for everything together the laws in one sentence."""
    laws = [w for w in _HULP if onderdeel in (w, TOTAAL)]
    rows = world.gebruik[world.gebruik["wet"].isin(laws)]
    if rows.empty:
        names = "; ".join(lower_first(p.naam) for p in members_of(world, onderdeel))
        return paragraph(f"Hier betalen we van: {names}." if names else "Waar het geld naartoe gaat, is niet bekend.")
    counted = [(_users(world, r, "aantal", r["maand"]), _HULP[str(r["wet"])]) for _, r in rows.iterrows()]
    shown = [(number, f" inwoners {words}") for number, words in counted if number.waarde is not None]
    when = f.maand(rows["maand"].max())
    parts: list[Deel] = [f"Eind {when} hadden ", *listed(shown), "."] if shown else []
    for number, words in counted:
        if number.waarde is None:
            said = (f"Hoeveel inwoners eind {when} {words} hadden, is ", number, ": het zijn er zeven of minder.")
            parts += [" " if parts else "", *said]
    return paragraph(*parts, *(_change(world, rows) if shown else []))


def _users(world: World, row: Any, column: str, day: Any) -> Getal:
    keys = {"wet": row["wet"], "onderdeel": TOTAAL, "gebied_code": world.gemeente_code, "maat": "stand"}
    when = {"maand": f.as_date(day), "peildatum": f.as_date(row["peildatum"])}
    return facts.persons(row[column], facts.source("mart.fct_voorziening", "aantal", **keys, **when))


def _change(world: World, rows: Any) -> list[Deel]:
    """Say how many there were a year before; for one law only."""
    if len(rows) != 1 or f.missing(rows.iloc[0]["vorig_jaar"]):
        return []
    row = rows.iloc[0]
    before = row["maand"].replace(year=row["maand"].year - 1)
    number = _users(world, row, "vorig_jaar", before)
    return [] if number.waarde is None else [" Een jaar eerder waren dat er ", number, "."]


def _facts(world: World, post: Post) -> list[tuple[str, Getal]]:
    """Give what an editor may want to say about a budget beside what the text says, each with what it is."""
    found: list[tuple[str, Getal]] = []
    if post.primitief is not None:
        found.append(("begroting voor wijziging", facts.euro(post.primitief, post.budget_bron("primitief_eur"))))
    if post.op is not None:
        found.append(("geld op rond", facts.day(post.op, post.prognose_bron("uitputting_p50"))))
    for member in members_of(world, post.onderdeel):
        name = lower_first(member.naam)
        said = zip(("begroting", "verwacht", "verschil"), amounts(member), strict=True)
        found += [(f"{what} {name}", amount) for what, amount in said if amount.waarde is not None]
    return found
