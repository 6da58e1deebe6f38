"""A cause of which the parts of a sum go opposite ways: their sum tells little of either. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard import formatting as f
from dashboard.findings import RUIS_EUR
from indicators.forecast.explain_text import euros

#: What goes the other way is worth a word from this share on of what goes the one way.
MINSTE_DEEL = 0.25


@dataclass(frozen=True)
class Opposite:
    """A cause that makes some budgets dearer and others cheaper.

    Attributes:
        oorzaak: Its name in mart.fct_verklaring.
        omhoog: Budget of which it raises the outturn most, and by how many euros.
        omlaag: The same of lowering it, below nought.
        verborgen: Euros that do not show in the sum: those of the smaller side.
    """

    oorzaak: str
    omhoog: tuple[str, float]
    omlaag: tuple[str, float]
    verborgen: float


def opposites(parts: pd.DataFrame) -> dict[str, Opposite]:
    """Find the causes in which the parts of a sum go opposite ways, those that hide most first.

    Args:
        parts: queries_budget.verklaring_delen: naam, oorzaak and effect_eur of every part.
    """
    found = []
    for cause, rows in parts.groupby("oorzaak", sort=False):
        effects = rows["effect_eur"]
        up, down = float(effects.clip(lower=0).sum()), -float(effects.clip(upper=0).sum())
        if min(up, down) >= max(RUIS_EUR, MINSTE_DEEL * max(up, down)):
            ends = [rows.iloc[at] for at in (int(effects.argmax()), int(effects.argmin()))]
            high, low = ((str(row["naam"]), float(row["effect_eur"])) for row in ends)
            found.append(Opposite(str(cause), high, low, min(up, down)))
    return {one.oorzaak: one for one in sorted(found, key=lambda o: (-o.verborgen, o.oorzaak))}


def sentence(of: Opposite) -> str:
    """Say it behind the sentence of the cause itself."""
    return f"Per budget loopt dit {_ends(of)}."


def others(found: list[tuple[str, Opposite]]) -> str:
    """Say it of causes that have no sentence on the page; "" without any.

    Args:
        found: The cause as the page names it, and what it hides.
    """
    told = "; ".join(f"{name} {_ends(of)}" for name, of in found)
    return f"Ook hierin lopen budgetten uiteen: {told}." if told else ""


def _ends(of: Opposite) -> str:
    (up, more), (down, less) = of.omhoog, of.omlaag
    return f"van {down} ({f.keep(f.MINUS + euros(less))}) tot {up} ({f.keep('+' + euros(more))})"
