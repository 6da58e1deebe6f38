"""The drawing of one indicator ('lijn'): ten of them stand on one page, so each says its finding in a small room."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import formatting as f
from dashboard.edition import drawings_svg as s

#: Width of what is narrower or wider than a digit, in the big serif number.
_WIDTHS = {".": 8.8, ",": 8.8, f.NBSP: 8.0, "%": 24.0, f.MINUS: 21.0}


def _scale(rows: pd.DataFrame) -> tuple[float, float]:
    """What the vertical axis spans: all values and bounds, and never so little that noise looks like a cliff."""
    values = [
        float(v) for c in ("waarde", "ondergrens", "bovengrens") if c in rows for v in rows[c] if not f.missing(v)
    ]
    low, high = min(values), max(values)
    least = max(abs(low), abs(high)) * 0.08 or 1.0
    if high - low < least:
        middle = (low + high) / 2
        low, high = middle - least / 2, middle + least / 2
    edge = (high - low) * 0.1
    return low - edge, high + edge


def _pieces(rows: pd.DataFrame, place: Any) -> list[list[tuple[float, float]]]:
    """The line of a region in pieces: it is not drawn over a break in the series, nor over a missing value."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for row in rows.itertuples():
        if f.missing(row.waarde) or bool(getattr(row, "breuk", False)):
            pieces.append([])
        if not f.missing(row.waarde):
            pieces[-1].append(place(row.x, row.waarde))
    return [piece for piece in pieces if piece]


def lijn(rows: pd.DataFrame, breedte: float = 330, hoogte: float = 122) -> str:
    """Draw one indicator: its name and newest value large, and the line of the own gemeente beside Nederland.

    Args:
        rows: naam, reeks ('eigen' or 'land'), gebied, x (year with fraction), periode, waarde, ondergrens, bovengrens,
            tekst (the value as printed) and optionally breuk (do not join to the one before); in order of time.
        breedte: Width.
        hoogte: Height.
    """
    own, land = (rows[rows["reeks"] == kind] for kind in ("eigen", "land"))
    known = own[own["waarde"].notna()]
    name = str(rows["naam"].iloc[0])
    # A long name in a smaller letter: cut off it could be another indicator.
    head = [s.text(0, 13, name, size=max(min(12.5, breedte / (len(name) * 0.64)), 8), bold=True)]
    if known.empty:
        return s.svg(breedte, hoogte, *head, *_without(own, hoogte))
    last = known.iloc[-1]
    number, _, unit = str(last["tekst"]).replace(f.NBSP, " ").partition(" ")
    if unit and len(unit) <= 1:
        number, unit = f"{number}{f.NBSP}{unit}", ""
    head.append(s.serif(0, 42, number, 25))
    beside = sum(_WIDTHS.get(c, 17.5) for c in number) + 10
    if unit:
        head.append(s.text(beside - 4, 42, unit, size=12, bold=True))
        beside += len(unit) * 8.2 + 6
    head += [s.text(beside, 30 + 13 * i, words, size=10, fill="muted") for i, words in enumerate(_notes(last, land))]
    low, high = _scale(rows)
    first, final = float(rows["x"].min()), float(rows["x"].max())
    left, right, upper, lower = 6.0, breedte - 30, 58.0, hoogte - 18

    def place(x: float, value: float) -> tuple[float, float]:
        share = 0.5 if final == first else (x - first) / (final - first)
        return left + share * (right - left), lower - (value - low) / (high - low) * (lower - upper)

    return s.svg(breedte, hoogte, *head, *_lines(own, land, place, (left, right, lower, hoogte)))


def _without(own: pd.DataFrame, height: float) -> list[str]:
    secret = len(own) > 0
    word, why = ("geheim", "Het gaat om te weinig mensen.") if secret else ("geen cijfer", "De bron geeft er nog geen.")
    return [
        s.serif(0, 42, word, 20),
        s.text(0, 62, why, size=10, fill="muted"),
        s.line(0, height - 18, 306, height - 18),
    ]


def _notes(last: Any, land: pd.DataFrame) -> list[str]:
    """What stands beside the big number: bounds and period, and the country in the same period."""
    low, high = last.get("ondergrens"), last.get("bovengrens")
    digits = 1 if abs(float(last["waarde"])) < 1000 else 0
    bounds = "" if f.missing(low) or f.missing(high) else f"{f.number(low, digits)} – {f.number(high, digits)} · "
    same = land[(land["periode"] == last["periode"]) & land["waarde"].notna()]
    country = f"{same['gebied'].iloc[-1]} {same['tekst'].iloc[-1]}" if len(same) else ""
    return [f"{bounds}{last['periode']}", country]


def _lines(own: pd.DataFrame, land: pd.DataFrame, place: Any, sides: tuple[float, float, float, float]) -> list[str]:
    left, right, lower, height = sides
    parts = [s.line(0, lower + 3, right + 6, lower + 3)]
    for piece in _pieces(land, place):
        parts += [s.path(piece, "past", 1.6), *(s.dot(px, py, 2, "past") for px, py in piece if len(piece) == 1)]
    columns = {"ondergrens", "bovengrens"} <= set(own.columns)
    for row in own.itertuples() if columns else ():
        if not f.missing(row.ondergrens) and not f.missing(row.bovengrens):
            (x, y1), (_, y2) = place(row.x, row.ondergrens), place(row.x, row.bovengrens)
            parts.append(s.line(x, y1, x, y2, "sea_light", 7))
    for piece in _pieces(own, place):
        parts += [s.path(piece, "sea", 2.2), *(s.dot(x, y, 2, "sea") for x, y in piece)]
    known = own[own["waarde"].notna()]
    x, y = place(known["x"].iloc[-1], known["waarde"].iloc[-1])
    parts.append(s.dot(x, y, 4, "sea"))
    parts.append(s.text(left, height - 5, str(own["periode"].iloc[0]), size=10, fill="muted"))
    if len(own) > 1:
        parts.append(s.text(right, height - 5, str(own["periode"].iloc[-1]), anchor="end", size=10, fill="muted"))
    country = land[land["waarde"].notna()]
    if len(country):
        x, y = place(country["x"].iloc[-1], country["waarde"].iloc[-1])
        parts.append(s.text(x + 8, min(y + 4, lower), "NL", size=10, fill="muted"))
    return parts
