"""The drawing of where each budget ends ('balken'): a dot and a band beside the budget, which is one line for all."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import formatting as f
from dashboard.edition import drawings_svg as s
from dashboard.edition.drawings_scale import ticks
from dashboard.theme import BESLISGRENS

_ROW, _HEAD = 32.0, 34.0
#: Shares of the budget beyond which a mark stands at the edge, with its share: one budget must not flatten the others.
_LOWEST, _HIGHEST = 0.7, 1.4


def _cell(row: Any, column: str) -> Any:
    value = getattr(row, column, None)
    return None if f.missing(value) else value


def _reach(rows: pd.DataFrame) -> tuple[float, float]:
    """The shares of the budget that the axis spans: all bands, with the budget itself always in it."""
    shares = [
        float(v) / float(b)
        for column in ("p10_eur", "p50_eur", "p90_eur")
        for v, b in zip(rows[column], rows["begroting_eur"], strict=True)
        if not f.missing(v) and not f.missing(b) and b > 0
    ]
    low, high = min([0.95, *shares]), max([1.05, *shares])
    edge = (high - low) * 0.06
    return max(low - edge, _LOWEST), min(high + edge, _HIGHEST)


def _day(value: Any) -> str:
    return f.LEEG if value is None else value if isinstance(value, str) else f.datum_kort(value)


def balken(rows: pd.DataFrame, breedte: float = 680, hoogte: float = 0) -> str:
    """Draw where each budget ends: dot and band as a share of the budget in force, one line that all share.

    The difference stands beside it as V (voordelig) or N (nadelig): the rows are lasten.

    Args:
        rows: naam, begroting_eur, p10_eur, p50_eur, p90_eur, kans (0-1) and geld_op (a date or text); in this order.
        breedte: Width.
        hoogte: Height; by default what the rows take.
    """
    step = _ROW if hoogte <= 0 else max((hoogte - _HEAD - 8) / max(len(rows), 1), 20)
    height = _HEAD + step * len(rows) + 8
    left, right = breedte * 0.36, breedte - 246
    low, high = _reach(rows)

    def x(share: float) -> float:
        return left + (min(max(share, low), high) - low) / (high - low) * (right - left)

    bottom = height - 8
    marks = [t for t in ticks(low, high, 4) if abs(t - 1) > 1e-9 and abs(x(t) - x(1)) > 50]
    head = [s.line(x(t), _HEAD, x(t), bottom, "line") for t in marks]
    head += [s.text(x(t), 22, f.percent(t), anchor="middle", size=11, fill="muted") for t in marks]
    head += [s.text(x(1), 22, "begroting", anchor="middle", size=11, fill="muted")]
    columns = ((breedte - 150, "kans boven"), (breedte - 90, "geld op"), (breedte, "verschil"))
    head += [s.text(at, 22, words, anchor="end", size=11, fill="muted") for at, words in columns]
    body = [
        _budget(row, _HEAD + step * (i + 0.5), step, x, (left, right, breedte))
        for i, row in enumerate(rows.itertuples())
    ]
    axis = s.line(x(1), _HEAD - 4, x(1), bottom, "ink", 2)
    return s.svg(breedte, height, *head, *body, axis, *_dots(rows, step, x, (low, high)))


def _budget(row: Any, y: float, step: float, x: Any, sides: tuple[float, float, float]) -> str:
    left, _, width = sides
    parts = [s.line(0, y + step / 2, width, y + step / 2, "line")]
    parts.append(s.named(0, y, str(row.naam), left - 78))
    budget, low, middle, high = (_cell(row, c) for c in ("begroting_eur", "p10_eur", "p50_eur", "p90_eur"))
    parts.append(s.text(left - 16, y + 4, f.mln(budget), anchor="end", size=11, fill="muted"))
    if budget is None or middle is None or budget <= 0:
        parts.append(
            s.text(x(1) + 8, y + 4, "geen begroting" if not budget else "geen prognose", size=11, fill="muted")
        )
    elif low is not None and high is not None:
        risky = (_cell(row, "kans") or 0) >= BESLISGRENS
        parts.append(s.bar(x(low / budget), x(high / budget), y, 12, "rust_light" if risky else "sea_light"))
    chance = _cell(row, "kans")
    risky = chance is not None and chance >= BESLISGRENS
    difference = None if budget is None or middle is None else middle - budget
    parts.append(
        s.text(width - 150, y + 4, f.chance(chance), anchor="end", bold=risky, fill="rust" if risky else "ink")
    )
    parts.append(s.text(width - 90, y + 4, _day(_cell(row, "geld_op")), anchor="end", size=11, fill="muted"))
    parts.append(s.text(width, y + 4, _for_or_against(difference), anchor="end", bold=True))
    return "".join(parts)


def _for_or_against(difference: float | None) -> str:
    """Write a difference as the council's tables do: without a sign, V for voordelig and N for nadelig."""
    if difference is None:
        return f.LEEG
    side = "" if abs(difference) < 50_000 else f"{f.NBSP}{'N' if difference > 0 else 'V'}"
    return f"{f.mln(abs(difference))}{side}"


def _dots(rows: pd.DataFrame, step: float, x: Any, reach: tuple[float, float]) -> list[str]:
    """The expected outturns, drawn after the axis so that it never hides one."""
    (low, high), marks = reach, []
    for i, row in enumerate(rows.itertuples()):
        budget, middle = _cell(row, "begroting_eur"), _cell(row, "p50_eur")
        if budget is None or middle is None or budget <= 0:
            continue
        share, y = middle / budget, _HEAD + step * (i + 0.5)
        risky = (_cell(row, "kans") or 0) >= BESLISGRENS
        marks.append(s.diamond(x(share), y, 7, "rust") if risky else s.dot(x(share), y, 5.5, "sea"))
        if not low <= share <= high:
            words = f"{f.percent(share)} ›" if share > 1 else f"‹ {f.percent(share)}"
            inner = _cell(row, "p10_eur" if share > 1 else "p90_eur")
            beside = x(share if inner is None else inner / budget) + (-11 if share > 1 else 11)
            anchor = "end" if share > 1 else "start"
            marks.append(s.text(beside, y + 4, words, anchor=anchor, size=11, bold=True))
    return marks
