"""Regions that are looked at together, wijken or gemeenten of a group, and what is said of their course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import formatting as f
from indicators.core.period import sort_key


@dataclass(frozen=True)
class Regions:
    """Of whom the lines are.

    Attributes:
        id: Name of the figure on its page.
        names: (gebied_code, name) in an order that does not change with the figures.
        own: (gebied_code, name) of the own gemeente, whose line stands behind each.
        one: What one of them is called ("wijk"), and `more` what some are ("wijken").
        linked: Whether a name leads to the page with that region beside the own one.
        notes: What must be known to read them.
    """

    id: str
    names: tuple[tuple[str, str], ...]
    own: tuple[str, str]
    one: str
    more: str
    linked: bool = False
    notes: str = ""


def title(rows: pd.DataFrame, names: Sequence[tuple[str, str]], who: Regions, breaks: Sequence[float] = ()) -> str:
    """Say in how many regions the figure rose: "Van 2016 tot 2024 ging het cijfer in zeven van de elf wijken omhoog".

    It begins where at least half of the regions have a figure, after the last break, and counts who has one at both
    ends.

    Args:
        rows: Of the regions.
        names: (gebied_code, name) of the regions.
        who: The regions.
        breaks: Moments from which figures are not comparable with those before.
    """
    table = rows[rows["gebied_code"].isin([code for code, _ in names]) & rows["waarde"].notna()]
    table = table[table["periode"].map(f.periode_positie) >= max(breaks, default=0.0)]
    counts = table.groupby("periode")["gebied_code"].nunique()
    filled = sorted((p for p, n in counts.items() if 2 * n >= len(names)), key=lambda p: sort_key(str(p)))
    subject = f"Zo verliep het cijfer per {who.one}"
    if len(filled) < 2:
        return subject
    first, last = str(filled[0]), str(filled[-1])
    wide = table.pivot_table(index="gebied_code", columns="periode", values="waarde")[[first, last]].dropna()
    if wide.empty:
        return subject
    up = int((wide[last] > wide[first]).sum())
    span = f"Van {f.periode(first)} tot {f.periode(last)}"
    return f"{span} ging het cijfer {_where(up, len(wide), who)} omhoog{_own_way(rows, who, first, last)}"


def _where(up: int, count: int, who: Regions) -> str:
    if not up:
        return f"in geen van de {f.telwoord(count)} {who.more}"
    if up == count:
        return f"in alle {f.telwoord(count)} {who.more}"
    # One sentence writes its counts one way.
    words = (f.telwoord(up), f.telwoord(count)) if count <= 10 else (str(up), str(count))
    return f"in {words[0]} van de {words[1]} {who.more}"


def _own_way(rows: pd.DataFrame, who: Regions, first: str, last: str) -> str:
    """Say which way the own gemeente went, where it has both figures."""
    mine = rows[rows["gebied_code"] == who.own[0]].set_index("periode")["waarde"].dropna()
    if first not in mine.index or last not in mine.index:
        return ""
    a, b = float(mine[first]), float(mine[last])
    return f", in {who.own[1]} {'omhoog' if b > a else 'omlaag' if b < a else 'niet'}"
