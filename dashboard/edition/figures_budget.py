"""The two pictures about money: where each budget ends, and the course of the whole year."""

from __future__ import annotations

import pandas as pd

from dashboard import formatting as f
from dashboard.edition.document import Figuur
from dashboard.edition.posts import TOTAAL, Post
from dashboard.edition.words import counts, lower_first
from dashboard.edition.world import World
from dashboard.findings import euros_at_risk
from dashboard.theme import BESLISGRENS
from indicators.core.contract import AGGREGATEN

#: More rows than this are no longer a picture; the table has them all.
_MOST = 10


def outcome_figure(world: World) -> Figuur | None:
    """Draw the budgets in which most euros are at risk: dot, band, and the budget as one line that all share."""
    posts = [
        p for (name, side), p in world.posten.items()
        if side == "L" and name not in AGGREGATEN and p.verwacht is not None and (p.actueel or 0) > 0
    ]  # fmt: skip
    if not posts:
        return None
    worst = sorted(posts, key=lambda p: (-euros_at_risk(p.kwantielen), p.onderdeel))[:_MOST]
    rows = pd.DataFrame(
        {
            "naam": [p.naam for p in worst],
            "begroting_eur": [p.actueel for p in worst],
            "p10_eur": [p.laag for p in worst],
            "p50_eur": [p.verwacht for p in worst],
            "p90_eur": [p.hoog for p in worst],
            "kans": [p.kans for p in worst],
            "geld_op": [p.op for p in worst],
        }
    )
    day = f.datum(world.peildatum)
    source = f"Bron: financiële administratie (K2F) en de prognose van de monitor; peildatum {day}; stip = verwachting"
    return Figuur(
        "budgetten-uitkomst", _outcome_title(worst, len(posts)), _told(worst), "balken", rows, f"{source}, band = 80 %"
    )


def _outcome_title(worst: list[Post], of: int) -> str:
    sure = [p for p in worst if (p.kans or 0) >= BESLISGRENS]
    if not sure:
        return "Geen enkel budget komt zeer waarschijnlijk tekort"
    if len(sure) == 1:
        return f"{sure[0].naam} komt zeer waarschijnlijk tekort"
    count, shown = counts(len(sure), len(worst))
    beyond = f"de {shown} budgetten{' met het grootste risico' if of > len(worst) else ''}"
    if len(sure) == len(worst):
        return f"Alle{beyond.removeprefix('de')} komen zeer waarschijnlijk tekort"
    return f"{count} van {beyond} komen zeer waarschijnlijk tekort"


def _told(posts: list[Post]) -> str:
    said = []
    for p in posts[:5]:
        side = "boven" if (p.verschil or 0) < 0 else "onder"
        said.append(
            f"{lower_first(p.naam)}: verwacht {f.euro_text(p.verschil)} {side} de begroting van "
            f"{f.euro_text(p.actueel)}, kans op een tekort {f.chance_text(p.kans)}"
        )
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}."


def course_figure(world: World) -> Figuur | None:
    """Draw the course of the year for everything together: booked, still to come, expected, and the budget."""
    post, rows = world.posten.get((TOTAAL, "L")), world.verloop
    if post is None or rows.empty or post.verwacht is None:
        return None
    frame = rows.assign(begroting_eur=post.actueel, primitief_eur=post.primitief)
    frame = frame.assign(maand=[f.as_date(m) for m in frame["maand"]])
    booked = frame[frame["geboekt_eur"].notna()]
    so_far = (
        f"Tot en met {f.maand(booked['maand'].iloc[-1])} is {f.euro_text(booked['geboekt_eur'].iloc[-1])} geboekt. "
    )
    title = "Het geld is naar verwachting genoeg tot het eind van het jaar"
    if post.op is not None:
        title = f"Het geld is naar verwachting op rond {f.dag_maand(post.op)}"
    elif (post.verschil or 0) < 0:
        title = "Het geld is naar verwachting aan het eind van het jaar net niet genoeg"
    told = (
        f"{so_far if len(booked) else ''}Aan het eind van het jaar verwachten we {f.euro_text(post.verwacht)}, "
        f"waarschijnlijk (80 %) tussen {f.euro_text(post.laag)} en {f.euro_text(post.hoog)}; de begroting na wijziging "
        f"is {f.euro_text(post.actueel)}."
    )
    source = f"Bron: financiële administratie (K2F) en de prognose van de monitor; peildatum {f.datum(world.peildatum)}"
    return Figuur("budgetten-verloop", title, told, "verloop", frame, source)
