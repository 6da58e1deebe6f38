"""True counts of income support and debt aid: what the monitor should publish on the newest deliveries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np

from etl.sample.care import AWARDED, DENIED, OPEN
from etl.sample.debt import RESULTATEN as AFLOOP
from etl.sample.debt import SERVICES, Debts
from etl.sample.debt_export import shown_ends
from etl.sample.income import REGELINGEN, Benefits
from etl.sample.income_grants import GRANTS, Grants
from etl.sample.income_register import DECIDED, ENDED, benefit_stage, grant_stage, route_stage
from etl.sample.income_routes import RESULTATEN, ROUTES, SOORTEN, Routes
from etl.sample.people import day
from etl.sample.registration import days_of
from etl.sample.truth_counts import spells

Row = dict[str, Any]


def known_benefits(lines: Benefits, at: int) -> tuple[Benefits, np.ndarray]:
    """Give the benefits as registered on a day: an end that is not known is OPEN, and which are decided on."""
    stage = benefit_stage(lines, at)
    ended = stage == ENDED
    known = replace(lines, end=np.where(ended, lines.end, OPEN), reason=np.where(ended, lines.reason, 0))
    return known.take(stage >= 0), (stage >= DECIDED)[stage >= 0]


def benefit_counts(lines: Benefits, decided: np.ndarray, months: list[dt.date]) -> list[Row]:
    """Count benefits per month and scheme.

    Args:
        lines: Benefits to count.
        decided: Whether the decision on a line counts.
        months: Last days of the months to count.

    Returns:
        Rows with maand, regeling ('totaal': unique persons), maat and aantal; 0 is left out. Applications and
        decisions are lines, the rest unique persons; spells with a gap of at most 28 days are one.
    """
    rows: list[Row] = []
    names = np.array([r.naam for r in REGELINGEN])[lines.regeling]
    for name in ("totaal", *(r.naam for r in REGELINGEN)):
        mine = np.full(len(lines), True) if name == "totaal" else names == name
        got = mine & decided & (lines.outcome == AWARDED)
        person, first, last = spells(lines.person[got], lines.start[got], lines.end[got])
        for date in months:
            begin, until = day(date.year, date.month), days_of(date)
            in_month = mine & decided & (lines.decided >= begin) & (lines.decided <= until)
            found = {
                "aanvraag": int((mine & (lines.applied >= begin) & (lines.applied <= until)).sum()),
                "toekenning": int((in_month & (lines.outcome == AWARDED)).sum()),
                "afwijzing": int((in_month & (lines.outcome == DENIED)).sum()),
                "instroom": len(np.unique(person[(first >= begin) & (first <= until)])),
                "uitstroom": len(np.unique(person[(last >= begin) & (last <= until)])),
                "stand": len(np.unique(person[(first <= until) & (last >= until)])),
            }
            month = f"{date:%Y-%m}-01"
            rows += [{"maand": month, "regeling": name, "maat": m, "aantal": n} for m, n in found.items() if n]
    return rows


def outflow(lines: Benefits, months: list[dt.date]) -> list[Row]:
    """Count per month the persons whose spell ended, by BUS reason (11 is work)."""
    got = lines.take(lines.outcome == AWARDED)
    person, _, last = spells(got.person, got.start, got.end)
    reasons = dict(zip(zip(got.person.tolist(), got.end.tolist(), strict=True), got.reason.tolist(), strict=True))
    ends = list(zip(person.tolist(), last.tolist(), strict=True))
    rows: list[Row] = []
    for date in months:
        begin, until = day(date.year, date.month), days_of(date)
        hit = {(p, reasons[p, e]) for p, e in ends if begin <= e <= until}
        for reason, count in sorted(Counter(r for _, r in hit).items()):
            rows.append({"maand": f"{date:%Y-%m}-01", "reden": f"{reason:02d}", "aantal": count})
    return rows


def grant_counts(lines: Grants, at: int, months: list[dt.date]) -> list[Row]:
    """Count grants per month and kind, with the euros awarded, as registered on a day."""
    stage = grant_stage(lines, at)
    decided = stage >= DECIDED
    rows: list[Row] = []
    for g, grant in enumerate(GRANTS):
        mine = (lines.grant == g) & (stage >= 0)
        for date in months:
            begin, until = day(date.year, date.month), days_of(date)
            asked = mine & lines.asked & (lines.applied >= begin) & (lines.applied <= until)
            in_month = mine & decided & (lines.decided >= begin) & (lines.decided <= until)
            awarded = in_month & (lines.outcome == AWARDED)
            found = {"aanvraag": asked, "toekenning": awarded, "afwijzing": in_month & (lines.outcome == DENIED)}
            eur = round(int(lines.cents[awarded].sum()) / 100, 2)
            common = {"maand": f"{date:%Y-%m}-01", "soort": grant.naam}
            rows += [
                {**common, "maat": maat, "aantal": int(hit.sum()), "bedrag_eur": eur if maat == "toekenning" else None}
                for maat, hit in found.items()
                if hit.any()
            ]
    return rows


def route_counts(lines: Routes, at: int, months: list[dt.date]) -> list[Row]:
    """Count persons in routes per month by kind and route (of integration), as registered on a day.

    Spells with a gap of at most 28 days are one; outflow is also given by the result of the last route of the spell.
    """
    stage = route_stage(lines, at)
    end = np.where(stage == ENDED, lines.end, OPEN)
    rows: list[Row] = []
    kinds = sorted({(int(s), int(r)) for s, r in zip(lines.soort, lines.route, strict=True)})
    for soort, route in kinds:
        mine = (lines.soort == soort) & (lines.route == route) & (stage >= 0)
        persons, ends = lines.person[mine], end[mine]
        result = dict(zip(zip(persons.tolist(), ends.tolist(), strict=True), lines.result[mine].tolist(), strict=True))
        person, first, last = spells(persons, lines.start[mine], ends)
        how = np.array([result[p, e] for p, e in zip(person.tolist(), last.tolist(), strict=True)], dtype=int)
        for date in months:
            begin, until = day(date.year, date.month), days_of(date)
            ended = (last >= begin) & (last <= until)
            found = {
                "instroom": len(np.unique(person[(first >= begin) & (first <= until)])),
                "stand": len(np.unique(person[(first <= until) & (last >= until)])),
                "uitstroom": len(np.unique(person[ended])),
                **{f"uitstroom_{RESULTATEN[r] or 'onbekend'}": int((ended & (how == r)).sum())
                   for r in range(len(RESULTATEN))},
            }  # fmt: skip
            common = {"maand": f"{date:%Y-%m}-01", "soort": SOORTEN[soort], "route": ROUTES[route] or None}
            rows += [{**common, "maat": m, "aantal": n} for m, n in found.items() if n]
    return rows


def debt_counts(lines: Debts, at: int, months: list[dt.date]) -> list[Row]:
    """Count files of debt aid per month by kind, as registered on a day."""
    end, known = shown_ends(lines, at), lines.applied <= at
    rows: list[Row] = []
    for k, service in enumerate(SERVICES):
        mine = known & (lines.service == k)
        for date in months:
            begin, until = day(date.year, date.month), days_of(date)
            ended = mine & (end >= begin) & (end <= until)
            found = {
                "nieuw": int((mine & (lines.start >= begin) & (lines.start <= until)).sum()),
                "lopend": int((mine & (lines.start <= until) & (end >= until)).sum()),
                "beeindigd": int(ended.sum()),
                "geslaagd": int((ended & (lines.result == AFLOOP.index("geslaagd"))).sum()),
            }
            month = f"{date:%Y-%m}-01"
            rows += [{"maand": month, "soort": service.naam, "maat": m, "aantal": n} for m, n in found.items() if n]
    return rows
