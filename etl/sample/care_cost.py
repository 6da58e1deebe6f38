"""What the care of the Wmo lines costs, month by month."""

from __future__ import annotations

import numpy as np

from etl.sample.care import AWARDED, Lines
from etl.sample.people import day
from etl.sample.posts import KOSTENPLAATS_PGB, KOSTENPLAATS_WMO
from etl.sample.products import PRODUCTS
from etl.sample.streams import price_level, stream

MONTH_DAYS = 30.4375
#: What is delivered of what was awarded, by unit; the rest is never asked for.
DELIVERED = {"minuut": 0.86, "uur": 0.83, "dagdeel": 0.82, "etmaal": 0.96, "stuk": 1.0}
#: Help at home and activities stop for holidays; a bed and a wheelchair do not.
HOLIDAY = np.array([1.01, 0.98, 1.03, 1.0, 0.99, 1.01, 0.94, 0.92, 1.03, 1.04, 1.04, 0.98])
PGB_PRICE = 0.8


def tariff(seed: int, k: int, year: int) -> float:
    """Give the price of one unit of a product in a year, in euros; each contract is indexed in its own way."""
    own = stream(seed, "tarief", PRODUCTS[k].code, year).normal(0, 0.006)
    return round(PRODUCTS[k].tarief * price_level(year) * (1 + own), 4)


def monthly_cost(seed: int, lines: Lines, years: range) -> dict[str, np.ndarray]:
    """Add up what all care costs.

    Args:
        seed: Seed of the sample.
        lines: All Wmo lines.
        years: Years to give.

    Returns:
        Cost centre -> euros per provider, year and month of care; before planted tariff steps.
    """
    cost = {KOSTENPLAATS_WMO[p.categorie]: np.zeros((len(p.aanbieders), len(years), 12)) for p in PRODUCTS}
    cost[KOSTENPLAATS_PGB] = np.zeros((1, len(years), 12))
    awarded = lines.take(lines.outcome == AWARDED)
    for k, product in enumerate(PRODUCTS):
        mine = awarded.take(awarded.product == k)
        post = cost[KOSTENPLAATS_WMO[product.categorie]]
        for j, year in enumerate(years):
            price = tariff(seed, k, year)
            noise = np.exp(stream(seed, "levering", product.code, year).normal(0, 0.025, (12, len(product.aanbieders))))
            for m in range(12):
                amount = price * _delivered(mine, k, year, m)
                in_kind = np.bincount(mine.provider[~mine.pgb], amount[~mine.pgb], minlength=len(product.aanbieders))
                post[:, j, m] += in_kind * noise[m]
                cost[KOSTENPLAATS_PGB][0, j, m] += PGB_PRICE * amount[mine.pgb].sum()
    return cost


def _delivered(lines: Lines, k: int, year: int, m: int) -> np.ndarray:
    """Give the units that each line delivers in a month."""
    product = PRODUCTS[k]
    first, last = day(year, m + 1), (day(year, m + 2) if m < 11 else day(year + 1)) - 1
    if product.frequentie == "eenmalig":
        return lines.volume * ((lines.start >= first) & (lines.start <= last))
    days = np.clip(np.minimum(lines.end, last) - np.maximum(lines.start, first) + 1, 0, None)
    holiday = HOLIDAY[m] if product.eenheid in ("minuut", "uur", "dagdeel") else 1.0
    return lines.volume * product.times_a_month * days / MONTH_DAYS * DELIVERED[product.eenheid] * holiday


def extra_share(seed: int, lines: Lines, years: range) -> dict[str, np.ndarray]:
    """Give what the planted rise of the inflow costs per cost centre, year and month, in euros."""
    return {k: v.sum(axis=0) for k, v in monthly_cost(seed, lines.take(lines.extra), years).items()}
