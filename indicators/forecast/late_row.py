"""A row of late invoices: of which cut it is, and where it comes from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Peilmoment:
    """A cut: what was known of a financial year at a date."""

    boekjaar: int
    peildatum: dt.date


@dataclass(frozen=True)
class Told:
    """A source, and in Dutch how it was learned from."""

    bron: str
    text: str


def late_row(at: Peilmoment, onderdeel: str, maand: dt.date, values: tuple[float, float, float], told: Told) -> Row:
    """Give a row of mart.fct_nog_te_ontvangen.

    Args:
        at: The cut.
        onderdeel: Onderdeel.
        maand: First day of the month of the care.
        values: Booked, still to come and its standard error, in euros.
        told: Where that comes from.
    """
    booked, late, error = (round(float(v), 2) for v in values)
    return {
        "boekjaar": at.boekjaar,
        "peildatum": at.peildatum,
        "onderdeel": onderdeel,
        "maand": maand,
        "bron": told.bron,
        "geboekt_eur": booked,
        "verwacht_eur": late,
        "standaardfout_eur": error,
        "toelichting": told.text,
    }
