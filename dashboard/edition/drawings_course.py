"""The drawing of the course of one budget through the year ('verloop')."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

import pandas as pd

from dashboard import formatting as f
from dashboard.edition import drawings_svg as s
from dashboard.edition.drawings_scale import spread, ticks

_MONEY = ("geboekt_eur", "p10_eur", "p50_eur", "p90_eur", "begroting_eur", "primitief_eur")
#: From this amount on one decimal says enough.
_LARGE = 20e6
Points = list[tuple[float, float]]


class _Frame:
    """Where a share of the year and an amount stand in the drawing."""

    def __init__(self, rows: pd.DataFrame, width: float, height: float) -> None:
        amounts = [float(rows[c].max()) for c in _MONEY if c in rows and rows[c].notna().any()]
        self.top = max([0.0, *amounts]) * 1.06 or 1.0
        self.left, self.right, self.upper, self.lower = 44.0, width - 150, 16.0, height - 26

    def place(self, share: float, value: float) -> tuple[float, float]:
        """Give the point of an amount at a share of the year."""
        y = self.lower - max(value, 0) / self.top * (self.lower - self.upper)
        return self.left + share * (self.right - self.left), y

    def course(self, months: pd.Series, values: pd.Series) -> Points:
        """Give the points of the months that have a value."""
        known = values.notna()
        return [self.place(_month_end(m), float(v)) for m, v in zip(months[known], values[known], strict=True)]

    def words(self, value: float) -> str:
        """Write an amount at a line."""
        return f.number(value / 1e6, 1 if self.top >= _LARGE else 2)


def _month_end(day: Any) -> float:
    """The end of a month as a share of its year."""
    days = 366 if monthrange(day.year, 2)[1] == 29 else 365
    end = date(day.year, day.month, monthrange(day.year, day.month)[1])
    return ((end - date(day.year, 1, 1)).days + 1) / days


def verloop(rows: pd.DataFrame, breedte: float = 680, hoogte: float = 300) -> str:
    """Draw the course of one budget: booked, with what is still to come, expected with its band, and the budget.

    Args:
        rows: maand (a date), geboekt_eur, nog_te_ontvangen_eur, p10_eur, p50_eur, p90_eur (cumulative euros, missing
            where not known), begroting_eur and primitief_eur (the same in all rows); in order of time.
        breedte: Width.
        hoogte: Height.
    """
    frame = _Frame(rows, breedte, hoogte)
    months, start = rows["maand"], [frame.place(0, 0)]
    booked = frame.course(months, rows["geboekt_eur"])
    late = rows["nog_te_ontvangen_eur"].fillna(0) if "nog_te_ontvangen_eur" in rows else rows["geboekt_eur"] * 0
    bills = frame.course(months, rows["geboekt_eur"] + late) if late.abs().sum() else []
    # What is expected starts where the books end; the line of a month that is past would hide what was booked.
    last = rows["geboekt_eur"].last_valid_index()
    ahead = rows if last is None else rows.loc[last:]
    begin = (bills or booked)[-1:] or start
    low, middle, high = (
        [*begin, *frame.course(ahead["maand"], ahead[c])[len(booked[-1:]) :]] for c in ("p10_eur", "p50_eur", "p90_eur")
    )
    lines = [
        s.area(high, low, "sea_light"),
        s.path(middle, "sea", 2.4),
        s.path([*start, *bills], "wheat", 2, "1 4"),
        s.path([*start, *booked], "ink", 2.6) if booked else "",
    ]
    return s.svg(
        breedte, hoogte, *_axes(frame, hoogte), *lines, *_ends(rows, frame), *_note(booked, bills, rows, frame)
    )


def _axes(frame: _Frame, height: float) -> list[str]:
    parts = [s.text(0, 9, "× € 1 miljoen", size=10, fill="muted")]
    values = ticks(0, frame.top / 1e6, 5)
    digits = 0 if all(abs(v - round(v)) < 1e-9 for v in values) else 1 if values[1] >= 0.1 else 2
    for value in values:
        y = frame.place(0, value * 1e6)[1]
        words = f.number(value, digits)
        parts += [s.line(frame.left, y, frame.right, y), s.text(36, y + 4, words, anchor="end", size=11, fill="muted")]
    for month in (1, 4, 7, 10, 12):
        x = frame.place((month - 1) / 12 if month < 12 else 1, 0)[0]
        parts.append(s.text(x, height - 8, f.MAANDEN_KORT[month - 1], anchor="middle", size=11, fill="muted"))
    return parts


def _ends(rows: pd.DataFrame, frame: _Frame) -> list[str]:
    """The lines of the budget, and the names of lines at their right end."""
    labels: list[tuple[float, str, str]] = []
    parts = []
    for column, words, colour in (("begroting_eur", "begroting", "ink"), ("primitief_eur", "primitief", "muted")):
        known = [float(v) for v in rows.get(column, ()) if not f.missing(v)]
        if known and not any(value == known[-1] for value, *_ in labels):
            value = known[-1]
            labels.append((value, f"{words} {frame.words(value)}", colour))
            y, own = frame.place(1, value)[1], colour == "ink"
            parts.append(s.line(frame.left, y, frame.right, y, colour, 2 if own else 1, None if own else "4 3"))
    expected = rows["p50_eur"].dropna()
    if len(expected):
        labels.append((float(expected.iloc[-1]), f"verwacht {frame.words(expected.iloc[-1])}", "sea"))
    places = spread([frame.place(1, v)[1] for v, *_ in labels], 16, frame.upper, frame.lower)
    parts += [
        s.text(frame.right + 10, y + 4, words, size=11, bold=colour == "sea", fill=colour)
        for y, (_, words, colour) in zip(places, labels, strict=True)
    ]
    return parts


def _note(booked: Points, bills: Points, rows: pd.DataFrame, frame: _Frame) -> list[str]:
    if not booked:
        return []
    x, y = booked[-1]
    words = f"geboekt {frame.words(float(rows['geboekt_eur'].dropna().iloc[-1]))}"
    parts = [s.dot(x, y, 3.5, "ink"), s.text(x - 4, min(y + 20, frame.lower - 6), words, size=11)]
    if bills:
        x, y = bills[-1]
        parts.append(s.text(x - 10, y - 10, "met facturen die nog komen", anchor="end", size=11, fill="wheat"))
    return parts
