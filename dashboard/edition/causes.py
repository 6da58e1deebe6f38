"""The causes of a difference as the council reads them: two sentences as published, and what is left in one amount."""

from __future__ import annotations

import pandas as pd

from dashboard import formatting as f
from dashboard.causes import told_once
from dashboard.edition import facts
from dashboard.edition.document import Getal
from dashboard.edition.posts import Post
from dashboard.edition.world import World
from dashboard.findings import RUIS_EUR

#: So many causes are told in a sentence of their own; one that would be left alone is told too.
NAMED = 2
#: About all causes together, most of which are not told here; and what it says then.
_ALL, _FIGURES = "dan deze oorzaken samen; dat deel is niet te verklaren.", "dan de cijfers verklaren."


def shown(causes: pd.DataFrame) -> list[str]:
    """Give the sentences of the largest causes.

    Args:
        causes: Rows of queries_edition.verklaring of a budget, the largest first.

    Returns:
        As published. That another cause is as large is left out where that one is told too.
    """
    told = _told(causes)
    result = []
    for text in told_once(told):
        if len(causes) > len(told):
            text = text.replace(_ALL, _FIGURES)  # noqa: PLW2901
        result.append(f.keep(text))
    return result


def others_together(world: World, post: Post) -> Getal | None:
    """Give the effect on the outcome of all causes that are not told; None where it is next to nothing."""
    causes = world.causes(post)
    rest = causes.iloc[len(_told(causes)) :]
    effect = float(rest["effect_eur"].sum()) if len(rest) else 0.0
    if abs(effect) < RUIS_EUR:
        return None
    keys = {"boekjaar": world.boekjaar, "peildatum": f.as_date(rest["peildatum"].iloc[0]), "onderdeel": post.onderdeel}
    keys |= {"lasten_baten": post.lasten_baten, "oorzaak": ",".join(rest["oorzaak"])}
    return facts.euro(effect, facts.source("mart.fct_verklaring", "effect_eur", **keys))


def _told(causes: pd.DataFrame) -> pd.DataFrame:
    return causes if len(causes) == NAMED + 1 else causes.head(NAMED)
