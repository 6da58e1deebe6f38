"""The chapter about the budgets: voted, in force, expected, difference with V/N and I/S, and what explains it."""

from __future__ import annotations

from dashboard import formatting as f
from dashboard.edition import facts
from dashboard.edition.amounts import amounts
from dashboard.edition.causes import others_together, shown
from dashboard.edition.document import Alinea, Blok, Deel, Figuur, Getal, Hoofdstuk, Tabel
from dashboard.edition.figures_budget import course_figure, outcome_figure
from dashboard.edition.messages_budget import saldo_source
from dashboard.edition.posts import TOTAAL, Post, once_or_lasting, sign
from dashboard.edition.words import cause, counts, paragraph
from dashboard.edition.world import World
from indicators.core.contract import AGGREGATEN

KOLOMMEN = ("Onderdeel", "Primitief", "Na wijziging", "Rekening-prognose", "Verschil (+ is V)", "V/N", "I/S")
_GETALLEN = (1, 2, 3, 4)
KANT = {"L": "lasten", "B": "baten"}
_BRON = "Bron: financiële administratie (K2F) en de prognose van de monitor; peildatum {dag}"


def chapters(world: World, explanations: dict[str, Alinea]) -> tuple[Hoofdstuk, ...]:
    """Give the chapter with its sections.

    Args:
        world: The data.
        explanations: Text per budget, by `key`.
    """
    whole = Hoofdstuk("budgetten", title(world), _overview(world), nieuwe_pagina=True)
    per_law = tuple(
        Hoofdstuk(f"budgetten-{wet}", naam, (table,), niveau=2)
        for wet, naam in AGGREGATEN.items()
        if wet != TOTAAL and (table := _law_table(world, wet)) is not None
    )
    return (whole, *per_law, _explained(world, explanations))


def key(post: Post) -> str:
    """Give the name of a budget in the text that is edited: jeugdhulp_ambulant:lasten."""
    return f"{post.onderdeel}:{KANT[post.lasten_baten]}"


def title(world: World) -> str:
    """Say how many budgets are expected to be short."""
    short = [p for p in _single(world, "L") if sign(p.verschil) == "N"]
    known = [p for p in _single(world, "L") if p.verschil is not None]
    if not known:
        return f"De budgetten van {world.boekjaar}"
    if not short:
        return "Alle budgetten zijn naar verwachting genoeg"
    count, all_of = counts(len(short), len(known))
    verb = "budget komt" if len(short) == 1 else "budgetten komen"
    return f"{count} van de {all_of} {verb} naar verwachting tekort"


def _single(world: World, side: str) -> list[Post]:
    return [p for (name, lb), p in world.posten.items() if lb == side and name not in AGGREGATEN]


def _overview(world: World) -> tuple[Blok, ...]:
    rows = [*_sums(world), *_saldo(world)]
    day = f.datum(world.peildatum)
    table = Tabel(
        "begroting-totaal",
        f"Het sociaal domein in {world.boekjaar}, × € 1.000",
        KOLOMMEN,
        tuple(rows),
        _GETALLEN,
        _BRON.format(dag=day),
    )
    figures: list[Figuur] = [g for g in (outcome_figure(world), course_figure(world)) if g is not None]
    first = _first(world)
    # What the letters mean stands under the table in which they are used, on the same page.
    return (*((first,) if first else ()), *figures, table, _reading())


def _first(world: World) -> Alinea | None:
    total = world.posten.get((TOTAAL, "L"))
    if total is None or total.actueel is None or total.primitief is None:
        return None
    change = total.actueel - total.primitief
    voted = (total.primitief, total.budget_bron("primitief_eur"))
    said = "De raad stelde de begroting vast op "
    if abs(change) < 500:
        return paragraph(said, facts.euro(*voted), " en heeft die sindsdien niet veranderd.", soort="conclusie")
    now, first, gap = facts.apart((total.actueel, total.budget_bron("actueel_eur")), voted)
    by = Getal(gap.tekst, gap.waarde, total.budget_bron("wijzigingen_eur"))
    way = "verhoogde die later met " if change > 0 else "verlaagde die later met "
    return paragraph(said, first, f" en {way}", by, " tot ", now, ".", soort="conclusie")


def _sums(world: World) -> list[tuple[Deel, ...]]:
    """Lasten and then baten: a line per wet and the total."""
    rows: list[tuple[Deel, ...]] = []
    for side in ("L", "B"):
        found = [world.posten[(n, side)] for n in AGGREGATEN if (n, side) in world.posten]
        own = [p for p in found if p.onderdeel != TOTAAL and _shown(p)]
        if own:
            rows.append(_heading(side))
            rows += [_row(world, p) for p in (*own, *(p for p in found if p.onderdeel == TOTAAL))]
    return rows


def _heading(side: str) -> tuple[Deel, ...]:
    return (KANT[side].capitalize(), *[""] * (len(KOLOMMEN) - 1))


def _shown(post: Post) -> bool:
    """Leave out what is nought all along: a side that a budget does not have."""
    return any(v is not None and abs(v) >= 0.005 for v in (post.primitief, post.actueel, post.verwacht))


def _row(world: World, post: Post) -> tuple[Deel, ...]:
    difference = facts.thousands(post.verschil, post.verschil_bron, sign=True)
    name = f"Totaal {KANT[post.lasten_baten]}" if post.onderdeel == TOTAAL else post.naam
    return (
        name,
        facts.thousands(post.primitief, post.budget_bron("primitief_eur")),
        facts.thousands(post.actueel, post.budget_bron("actueel_eur")),
        facts.thousands(post.verwacht, post.prognose_bron("p50_eur")),
        difference,
        sign(post.verschil) or f.LEEG,
        once_or_lasting(post, world.causes(post)) or f.LEEG,
    )


def _saldo(world: World) -> list[tuple[Deel, ...]]:
    """The line under everything: baten less lasten. The forecast's own median, so not the sum of the lines above."""
    rows = world.saldo[world.saldo["onderdeel"] == TOTAAL]
    costs, income = world.posten.get((TOTAAL, "L")), world.posten.get((TOTAAL, "B"))
    if rows.empty or costs is None or income is None or f.missing(rows.iloc[0]["p50_eur"]):
        return []
    row = rows.iloc[0]
    before = None if None in (costs.primitief, income.primitief) else (income.primitief or 0) - (costs.primitief or 0)
    planned, expected = (saldo_source(world, row, c) for c in ("begroot_eur", "p50_eur"))
    short = row["p50_eur"] - row["begroot_eur"]
    return [
        (
            "Totaal saldo (baten min lasten)",
            facts.thousands(
                before, facts.less(income.budget_bron("primitief_eur"), costs.budget_bron("primitief_eur"))
            ),
            facts.thousands(row["begroot_eur"], planned),
            facts.thousands(row["p50_eur"], expected),
            facts.thousands(short, facts.less(expected, planned), sign=True),
            sign(short) or f.LEEG,
            f.LEEG,
        )
    ]


def _law_table(world: World, wet: str) -> Tabel | None:
    rows: list[tuple[Deel, ...]] = []
    for side in ("L", "B"):
        members = [p for p in _single(world, side) if world.wetten.get(p.onderdeel, "overig") == wet and _shown(p)]
        if members:
            rows.append(_heading(side))
            rows += [_row(world, p) for p in members]
        total = world.posten.get((wet, side))
        if len(members) > 1 and total is not None:
            rows.append((f"Totaal {KANT[side]} {AGGREGATEN[wet]}", *_row(world, total)[1:]))
    if not rows:
        return None
    title = f"{AGGREGATEN[wet]} per onderdeel in {world.boekjaar}, × € 1.000"
    day = f.datum(world.peildatum)
    return Tabel(f"begroting-{wet}", title, KOLOMMEN, tuple(rows), _GETALLEN, _BRON.format(dag=day))


def _reading() -> Alinea:
    return paragraph(
        "V = voordeel, N = nadeel voor de gemeente. I = incidenteel (eenmalig), S = structureel "
        "(blijft), I/S = allebei, ? = uit de cijfers niet te zeggen. De rekening-prognose is de middelste verwachting; "
        "de som van de onderdelen is daarom niet precies het totaal. Ook door afronding kunnen bedragen iets "
        "verschillen. De bijlage geeft alle bedragen in euro’s en centen.",
        soort="toelichting",
    )


def to_explain(world: World) -> list[Post]:
    """Give the budgets whose difference reaches the threshold, the largest first."""
    found = [
        p for side in ("L", "B") for p in _single(world, side)
        if p.verschil is not None and abs(p.verschil) >= max(world.drempel, 1)
    ]  # fmt: skip
    return sorted(found, key=lambda p: (-abs(p.verschil or 0), p.onderdeel, p.lasten_baten))


def explanation(world: World, post: Post) -> Alinea:
    """Explain a difference by the causes in mart.fct_verklaring: the largest as published, the others together."""
    causes = world.causes(post)
    amount = amounts(post)[2]
    side = "voordeel" if (post.verschil or 0) > 0 else "nadeel"
    start: list[Deel] = ["naar verwachting ", amount, f" {side}."]
    if causes.empty:
        return paragraph(*start, " Uit de cijfers is nog niet te zeggen waardoor.")
    said: list[Deel] = [f" {zin}" for zin in shown(causes)]
    others = others_together(world, post)
    if others is not None:
        way = "hoger" if (others.waarde or 0) > 0 else "lager"
        said += [
            f" De andere oorzaken samen maken de {'uitkomst' if post.lasten_baten == 'L' else 'opbrengst'} ",
            others,
            f" {way}.",
        ]
    return paragraph(*start, *said)


def facts_of(world: World, post: Post) -> list[tuple[str, Getal]]:
    """Give the numbers that an explanation of a budget may use, each with what it is."""
    budget, expected, difference = amounts(post)
    known = (
        ("begroting voor wijziging", facts.euro(post.primitief, post.budget_bron("primitief_eur"))),
        ("begroting na wijziging", budget),
        ("verwacht", expected),
        ("laag", facts.euro(post.laag, post.prognose_bron("p10_eur"))),
        ("hoog", facts.euro(post.hoog, post.prognose_bron("p90_eur"))),
        ("verschil", difference),
    )
    found = [(label, amount) for label, amount in known if amount.waarde is not None]
    if post.kans is not None:
        odds = facts.chance(post.kans, post.prognose_bron("kans_overschrijding"), text=True)
        found.append(("kans op overschrijding", odds))
    if post.op is not None:
        found.append(("geld op rond", facts.day(post.op, post.prognose_bron("uitputting_p50"))))
    for _, row in world.causes(post).iterrows():
        keys = {"boekjaar": world.boekjaar, "peildatum": f.as_date(row["peildatum"]), "onderdeel": post.onderdeel}
        keys |= {"lasten_baten": post.lasten_baten, "oorzaak": row["oorzaak"]}
        amount = facts.euro(row["effect_eur"], facts.source("mart.fct_verklaring", "effect_eur", **keys))
        found.append((cause(str(row["oorzaak"]), float(row["effect_eur"])), amount))
    return found


def _explained(world: World, explanations: dict[str, Alinea]) -> Hoofdstuk:
    limit = f.euro(world.drempel)
    chosen = to_explain(world)
    if not chosen:
        blocks: tuple[Blok, ...] = (paragraph(f"Geen enkel budget wijkt {limit} of meer af van de begroting."),)
        return Hoofdstuk("toelichting", "Waardoor budgetten afwijken", blocks, niveau=2)
    first = paragraph(f"Hieronder staat elk budget dat naar verwachting {limit} of meer afwijkt van de begroting.")
    texts = [_named(world, p, explanations.get(key(p)) or explanation(world, p)) for p in chosen]
    return Hoofdstuk("toelichting", "Waardoor budgetten afwijken", (first, *texts), niveau=2)


def _named(world: World, post: Post, text: Alinea) -> Alinea:
    letter = once_or_lasting(post, world.causes(post))
    letter = "I/S onbekend" if letter == "?" else letter
    marks = ", ".join(m for m in (KANT[post.lasten_baten], sign(post.verschil), letter) if m)
    return paragraph(f"{post.naam} ({marks}): ", *text.delen)
