"""Forecasts as rows: the running year in fct_prognose and its course, years that are over in fct_terugtoets."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from indicators.forecast.course import Course, course
from indicators.forecast.depletion import PRIMITIEF, Primitive, against
from indicators.forecast.entries import Entry, Forecasts
from indicators.forecast.panel import Array, Panel
from indicators.forecast.report import wide
from indicators.forecast.simulate import QUANTILES
from indicators.forecast.standen import Standen

Row = dict[str, Any]


@dataclass(frozen=True)
class Delivery:
    """A delivery of the running year.

    Attributes:
        peildatum: Its date.
        at: The cut that it belongs to.
        standen: The series.
        sums: The sums of series.
        primitive: The primitive budgets.
    """

    peildatum: dt.date
    at: Forecasts
    standen: Standen
    sums: Panel
    primitive: Primitive

    @property
    def boekjaar(self) -> int:
        """The running financial year."""
        return self.standen.panel.years[self.at.series.year]

    @property
    def key(self) -> Row:
        """What all rows of the delivery share."""
        return {"boekjaar": self.boekjaar, "peildatum": self.peildatum, "scenario": "basis"}

    def lifted(self, entry: Entry) -> Array:
        """Give what known steps add to an entry, [12] by month."""
        return self.at.lift.of(entry.members)

    def path(self, entry: Entry, quantiles: Array) -> Array:
        """Give cumulative cost [12, quantiles] of an entry that ends the year at these quantiles."""
        # Known steps have months of their own: the course of the rest is that without them.
        lifted = self.lifted(entry)
        shape, place = self.course(entry)
        return shape.cumulative(place, quantiles - lifted.sum()) + np.cumsum(lifted)[:, None]

    def course(self, entry: Entry) -> tuple[Course, int]:
        """Give the course of an entry and its place in it; of a sum that of its members, where each has a forecast."""
        if not entry.is_sum:
            return self._of_series, entry.place
        return (self._of_sums, entry.place) if entry.draws is None else (self._of_series.together(entry.present), 0)

    @cached_property
    def _of_series(self) -> Course:
        cut, panel = self.at.series, self.standen.panel
        middle = np.nan_to_num(cut.quantiles[:, 2]) - self.at.lift.totals(len(panel.names))
        return course(panel, cut.view, cut.year, middle)

    @cached_property
    def _of_sums(self) -> Course:
        cut = self.at.sums
        return course(self.sums, cut.view, cut.year, np.nan_to_num(cut.quantiles[:, 2]))


def prognose_rows(delivery: Delivery, entries: list[Entry]) -> list[Row]:
    """Give the rows of mart.fct_prognose: of every baseline and, where there is one, of the model."""
    rows: list[Row] = []
    for entry in entries:
        key = {**delivery.key, "onderdeel": entry.onderdeel, "lasten_baten": entry.lasten_baten}
        for method, values in entry.cut.baselines.items():
            if np.isfinite(values[entry.place]):
                rows.append({**key, "methode": method, "p50_eur": round(float(values[entry.place]), 2)})
        if entry.quantiles is not None:
            band = {name: round(float(q), 2) for name, q in zip(QUANTILES, entry.quantiles, strict=True)}
            why = wide(float(entry.cut.doubt[entry.place]), int(entry.cut.years_before[entry.place]))
            why = " ".join(filter(None, (why, delivery.at.lift.sentence(entry.members)))) or None
            depletion = _depletion(delivery, entry, entry.quantiles)
            rows.append({**key, "methode": "model", **band, **depletion, "toelichting": why})
    return rows


def _depletion(delivery: Delivery, entry: Entry, quantiles: Array) -> Row:
    """Chance and dates against the budget in force and the primitive one."""
    year, keys = delivery.boekjaar, [delivery.standen.keys[i] for i in entry.members]
    primitive = delivery.primitive.of(year, entry.cut.peilmaand, keys)
    path = delivery.path(entry, quantiles) if entry.lasten_baten == "L" else None
    in_force = against(entry.budget, quantiles, year, path)
    return {**in_force, **against(primitive, quantiles, year, path, PRIMITIEF)}


def verloop_rows(delivery: Delivery, entries: list[Entry]) -> list[Row]:
    """Give the rows of mart.fct_prognose_verloop: twelve months of everything with a forecast by the model."""
    return [row for e in entries if e.quantiles is not None for row in _months(delivery, e, e.quantiles)]


def _months(delivery: Delivery, entry: Entry, quantiles: Array) -> list[Row]:
    (shape, place), path, lifted = delivery.course(entry), delivery.path(entry, quantiles), delivery.lifted(entry)
    # Bills of months that have a known step have it too.
    late = shape.late_when(place, quantiles[2] - lifted.sum()) + np.cumsum(lifted)
    rows = []
    for k in range(12):
        known = k < entry.cut.peilmaand
        rows.append(
            {
                **delivery.key,
                "onderdeel": entry.onderdeel,
                "lasten_baten": entry.lasten_baten,
                "maand": dt.date(delivery.boekjaar, k + 1, 1),
                "geboekt_eur": round(float(shape.booked[place, k]), 2) if known else None,
                "nog_te_ontvangen_eur": round(float(late[k]), 2) if known else None,
                "p10_eur": round(float(path[k, 0]), 2),
                "p50_eur": round(float(path[k, 2]), 2),
                "p90_eur": round(float(path[k, 4]), 2),
            }
        )
    return rows


def terugtoets_rows(entries: list[Entry], series: Panel, sums: Panel) -> list[Row]:
    """Give the rows of mart.fct_terugtoets of one cut: what was said then beside the outturn as known now."""
    rows: list[Row] = []
    for entry in entries:
        panel = sums if entry.is_sum else series
        outturn = panel.amounts[entry.place, entry.cut.year, :, -1]
        if np.isnan(outturn[:12]).any():
            continue
        key = {
            "onderdeel": entry.onderdeel,
            "boekjaar": panel.years[entry.cut.year],
            "peilmaand": entry.cut.peilmaand,
            "uitkomst_eur": round(float(np.nansum(outturn)), 2),
        }
        for method, values in entry.cut.baselines.items():
            if np.isfinite(values[entry.place]):
                rows.append({**key, "methode": method, "voorspeld_eur": round(float(values[entry.place]), 2)})
        if entry.quantiles is not None:
            low, middle, high = (round(float(entry.quantiles[i]), 2) for i in (0, 2, 4))
            rows.append({**key, "methode": "model", "voorspeld_eur": middle, "p10_eur": low, "p90_eur": high})
    return rows
