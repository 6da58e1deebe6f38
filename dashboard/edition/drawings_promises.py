"""Drawings about what was promised: the savings target ('voortgang') and what was said before ('terugblik')."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import formatting as f
from dashboard.edition import drawings_svg as s
from dashboard.edition.drawings_scale import ticks


def _value(row: Any, column: str) -> float | None:
    value: Any = getattr(row, column, None)
    return None if f.missing(value) else float(value)


def voortgang(rows: pd.DataFrame, breedte: float = 680, hoogte: float = 0) -> str:
    """Draw how far each target is: realised, expected at the end of the year, and the target as one line.

    Args:
        rows: naam, doel_eur, gerealiseerd_eur, prognose_eur (realised included); in this order.
        breedte: Width.
        hoogte: Height; by default what the rows take.
    """
    head, step = 24.0, 52.0 if hoogte <= 0 else max((hoogte - 28) / max(len(rows), 1), 44)
    money = [_value(r, c) or 0 for r in rows.itertuples() for c in ("doel_eur", "gerealiseerd_eur", "prognose_eur")]
    top, left = max([*money, 1.0]), breedte * 0.24
    right = breedte - 8

    def x(value: float) -> float:
        return left + max(value, 0) / top * (right - left)

    legend = _legend(left)
    parts = [p for i, row in enumerate(rows.itertuples()) for p in _target(row, head + step * i + 20, x, left)]
    return s.svg(breedte, head + step * len(rows) + 4, legend, *parts)


def _legend(left: float) -> str:
    marks = s.bar(left, left + 18, 9, 10, "sea", rounded=False) + s.text(
        left + 24, 13, "gehaald", size=11, fill="muted"
    )
    marks += s.bar(left + 92, left + 110, 9, 10, "wheat_light", rounded=False, edge="wheat")
    marks += s.text(left + 116, 13, "nog verwacht dit jaar", size=11, fill="muted")
    return (
        marks
        + s.line(left + 272, 3, left + 272, 16, "ink", 2.5)
        + s.text(left + 280, 13, "doel", size=11, fill="muted")
    )


def _target(row: Any, y: float, x: Any, left: float) -> list[str]:
    goal, done, expected = (_value(row, c) for c in ("doel_eur", "gerealiseerd_eur", "prognose_eur"))
    parts = [s.named(0, y, str(row.naam), left - 12, bold=True)]
    if goal is not None:
        parts.append(s.bar(left, x(goal), y, 16, "line", rounded=False))
    if expected is not None and expected > (done or 0):
        parts.append(s.bar(x(done or 0), x(expected), y, 16, "wheat_light", rounded=False, edge="wheat"))
    if done:
        parts.append(s.bar(left, x(done), y, 16, "sea", rounded=False))
    if goal is not None:
        parts.append(s.line(x(goal), y - 12, x(goal), y + 12, "ink", 2.5))
    said = [f"{f.euro(done)} gehaald", f"{f.euro(expected)} verwacht", f"doel {f.euro(goal)}"]
    kept = [words for words, value in zip(said, (done, expected, goal), strict=True) if value is not None]
    return [*parts, s.text(left, y + 26, " · ".join(kept), size=11, fill="muted")]


def terugblik(rows: pd.DataFrame, breedte: float = 680, hoogte: float = 0) -> str:
    """Draw what was said and what became of it: the band and the expectation of then, and a diamond for now.

    Args:
        rows: naam, begroting_eur (the 100 %; where missing the outcome is), p10_eur, p50_eur, p90_eur (said then),
            uitkomst_eur (what became or is expected now); in this order.
        breedte: Width.
        hoogte: Height; by default what the rows take.
    """
    head, step = 34.0, 32.0 if hoogte <= 0 else max((hoogte - 42) / max(len(rows), 1), 20)
    left, right = breedte * 0.30, breedte - 220
    columns = ("p10_eur", "p50_eur", "p90_eur", "uitkomst_eur")
    base = [_value(r, "begroting_eur") or _value(r, "uitkomst_eur") or 0.0 for r in rows.itertuples()]
    shares = [
        v / b
        for r, b in zip(rows.itertuples(), base, strict=True)
        if b
        for c in columns
        if (v := _value(r, c)) is not None
    ]
    low, high = max(min([0.97, *shares]) - 0.01, 0.5), min(max([1.03, *shares]) + 0.01, 1.6)

    def x(share: float) -> float:
        return left + (min(max(share, low), high) - low) / (high - low) * (right - left)

    height = head + step * len(rows) + 8
    hundred = "begroting" if "begroting_eur" in rows and rows["begroting_eur"].notna().any() else "uitkomst"
    marks = [t for t in ticks(low, high, 4) if abs(x(t) - x(1)) > 50]
    top = [
        s.line(x(t), head, x(t), height - 8) + s.text(x(t), 22, f.percent(t), anchor="middle", size=11, fill="muted")
        for t in marks
    ]
    top += [
        s.line(x(1), head - 4, x(1), height - 8, "ink", 1.5),
        s.text(x(1), 22, hundred, anchor="middle", size=11, fill="muted"),
    ]
    top += [
        s.text(at, 22, words, anchor="end", size=11, fill="muted")
        for at, words in ((breedte - 142, "gezegd"), (breedte - 70, "geworden"), (breedte, "ernaast"))
    ]
    body = [
        _said(row, b, head + step * (i + 0.5), step, x, (left, breedte))
        for i, (row, b) in enumerate(zip(rows.itertuples(), base, strict=True))
    ]
    return s.svg(breedte, height, *top, *body)


def _said(row: Any, base: float, y: float, step: float, x: Any, sides: tuple[float, float]) -> str:
    left, width = sides
    low, middle, high, outcome = (_value(row, c) for c in ("p10_eur", "p50_eur", "p90_eur", "uitkomst_eur"))
    parts = [s.line(0, y + step / 2, width, y + step / 2)]
    parts.append(s.named(0, y, str(row.naam), left - 12))
    if base and low is not None and high is not None:
        parts.append(s.bar(x(low / base), x(high / base), y, 12, "sea_light"))
    if base and middle is not None:
        parts.append(s.dot(x(middle / base), y, 4.5, "sea", hollow=True))
    if base and outcome is not None:
        parts.append(s.diamond(x(outcome / base), y, 6, "ink"))
    for at, value in ((width - 142, middle), (width - 70, outcome)):
        parts.append(s.text(at, y + 4, f.mln(value), anchor="end", size=11.5))
    # Without a sign: how far off the mark, which is what a track record is about.
    off = None if outcome is None or middle is None or not outcome else abs(outcome - middle) / abs(outcome)
    parts.append(s.text(width, y + 4, f.percent(off, 1), anchor="end", bold=True, size=11.5))
    return "".join(parts)
