"""Care delivered month by month from the lines: how much, at which price, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.sample.care import AWARDED, Lines
from etl.sample.catalog import Catalog
from etl.sample.events import Events
from etl.sample.households import steady
from etl.sample.people import day
from etl.sample.products import Product
from etl.sample.streams import price_level, stream

MONTH_DAYS = 30.4375
#: What is delivered of what was awarded, by unit; the rest is never asked for.
DELIVERED = {"minuut": 0.86, "uur": 0.83, "dagdeel": 0.82, "etmaal": 0.96, "stuk": 1.0}
#: Help at home and activities stop for holidays; a bed and a wheelchair do not.
HOLIDAY = np.array([1.01, 0.98, 1.03, 1.0, 0.99, 1.01, 0.94, 0.92, 1.03, 1.04, 1.04, 0.98])
PGB_PRICE = 0.8
#: Decimals of a delivered volume, by unit; others have none.
DECIMALS = {"uur": 2, "stuk": 2, "dagdeel": 1}
#: How much one client's month differs from what was awarded.
SPREAD = 0.22


@dataclass
class Delivered:
    """What each line delivered in a month, as arrays of equal length.

    Attributes:
        line: Place in the lines.
        month: Month of care, counted as year * 12 + month - 1.
        row: Place of the provider among all cost centres (see etl.sample.ledger).
        volume: Units delivered.
        cents: What it costs.
    """

    line: np.ndarray
    month: np.ndarray
    row: np.ndarray
    volume: np.ndarray
    cents: np.ndarray

    def __len__(self) -> int:
        return len(self.line)


def tariff(seed: int, product: Product, year: int) -> float:
    """Give the price of one unit of a product in a year, in euros; each contract is indexed in its own way."""
    own = stream(seed, "tarief", product.code, year).normal(0, 0.006)
    return round(product.tarief * price_level(year) * (1 + own), 4)


def price(seed: int, care: Catalog, k: int, year: int, month: int, events: Events) -> float:
    """Give the price of one unit in a month of care, a planted step of the tariff included."""
    name, since, step = events.tariff
    raised = care.onderdelen[k] == name and (year, month) >= (since.year, since.month)
    return round(tariff(seed, care.products[k], year) * (step if raised else 1.0), 4)


def deliver(
    seed: int, lines: Lines, care: Catalog, years: range, first_row: dict[str, int], events: Events
) -> Delivered:
    """Deliver what was awarded.

    Args:
        seed: Seed of the sample.
        lines: All lines of one law.
        care: The law.
        years: Years to give.
        first_row: Cost centre -> row of its first provider.
        events: The planted events.

    Returns:
        What was delivered, by month of care.
    """
    parts: list[tuple[np.ndarray, ...]] = []
    awarded = np.flatnonzero(lines.outcome == AWARDED)
    for k, product in enumerate(care.products):
        mine = awarded[lines.product[awarded] == k]
        own = lines.take(mine)
        row = np.where(own.pgb, first_row[care.pgb_post], first_row[care.post(k)] + own.provider)
        for year in years:
            rng = stream(seed, "levering", product.code, year)
            noise = np.exp(rng.normal(0, 0.025, (12, len(product.aanbieders))) + rng.normal(0, 0.02))
            for m in range(12):
                volume = _volume(seed, own, product, year, m) * np.where(own.pgb, 1.0, noise[m][own.provider])
                volume = np.round(volume, DECIMALS.get(product.eenheid, 0))
                euros = price(seed, care, k, year, m + 1, events) * np.where(own.pgb, PGB_PRICE, 1.0)
                some = np.flatnonzero(volume > 0)
                cents = np.rint(volume[some] * euros[some] * 100).astype(np.int64)
                parts.append((mine[some], np.full(len(some), year * 12 + m), row[some], volume[some], cents))
    return Delivered(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _volume(seed: int, lines: Lines, product: Product, year: int, m: int) -> np.ndarray:
    """Give the units that each line delivers in a month, before rounding."""
    first, last = day(year, m + 1), (day(year, m + 2) if m < 11 else day(year + 1)) - 1
    if product.frequentie == "eenmalig":
        return lines.volume * ((lines.start >= first) & (lines.start <= last))
    days = np.clip(np.minimum(lines.end, last) - np.maximum(lines.start, first) + 1, 0, None)
    volume = lines.volume * product.times_a_month * days / MONTH_DAYS * DELIVERED[product.eenheid]
    if product.eenheid in ("minuut", "uur", "dagdeel"):
        # One month is fuller than another: an illness, an extra visit. The mean stays what it was.
        draw = steady(seed, 21, lines.person, lines.start, year * 12 + m)
        volume = volume * HOLIDAY[m] * (1 + SPREAD * np.sqrt(12) * (draw - 0.5))
    return volume
