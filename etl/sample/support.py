"""Everything beside care and the ledger: income support, debt aid, the survey, programmes, figures as a workbook."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from etl.sample.care import AWARDED, BURN_IN, Lines
from etl.sample.debt import simulate_debts
from etl.sample.debt_export import DebtOffice, register_debts, write_debts
from etl.sample.exports import Log, quarter_ends
from etl.sample.identity import Identities
from etl.sample.income import simulate_benefits
from etl.sample.income_buig import decisions
from etl.sample.income_export import FIRST_YEAR, Income, register_income, write_income
from etl.sample.income_grants import simulate_grants
from etl.sample.income_homes import Care
from etl.sample.income_routes import simulate_routes
from etl.sample.maatwerk import write_maatwerk
from etl.sample.programmes import write_programmes
from etl.sample.provisions import known_provisions
from etl.sample.registration import days_of
from etl.sample.simulation import World
from etl.sample.stapeling import months_of, self_reliant, stapeling
from etl.sample.streams import month_ends
from etl.sample.support_truth import (
    benefit_counts,
    debt_counts,
    grant_counts,
    known_benefits,
    outflow,
    route_counts,
)
from etl.sample.survey import write_survey


@dataclass
class Support:
    """What the income registration and the debt-aid office hold."""

    income: Income
    office: DebtOffice

    def sightings(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Give who is in these registrations since which day, for etl.sample.identity."""
        return [*self.income.sightings(), *self.office.sightings()]


def first_year(world: World) -> int:
    """Give the first year of which income support and debt aid are exported."""
    return max(world.van, FIRST_YEAR)


def _care(lines: Lines) -> Care:
    got = lines.take(lines.outcome == AWARDED)
    return Care(got.person, got.applied, got.end)


def simulate_support(world: World) -> Support:
    """Simulate income support and debt aid of the people of the world: who has care needs them more often.

    Args:
        world: The world, with its care.

    Returns:
        The two registrations.
    """
    seed, people, scale, first = world.seed, world.people, world.scale, first_year(world)
    wmo, jeugd = _care(world.lines["wmo"]), _care(world.lines["jeugd"])
    last = world.peildatum.year
    benefits = simulate_benefits(seed, people, wmo, jeugd, range(world.van - BURN_IN, last + 1), scale)
    years = range(first, max(first, last) + 1)  # before 2023 nothing is delivered, but the simulation runs
    grants = simulate_grants(seed, people, benefits, years, scale)
    routes = simulate_routes(seed, people, benefits, years, scale)
    debts = simulate_debts(seed, people, wmo, jeugd, benefits, years, scale)
    return Support(register_income(benefits, grants, routes, first), register_debts(debts, first))


def write_support(out: Path, world: World, support: Support, persons: Identities) -> tuple[dict[str, Any], Log]:
    """Write participatiewet, schuldhulp, clientervaring, programmas and cbs_maatwerk.

    Args:
        out: The inbox.
        world: The world.
        support: From `simulate_support`.
        persons: The identities over all sources.

    Returns:
        What is true of them, by key of truth.json, and what was written with which mistakes.
    """
    seed, van, peildatum, log = world.seed, world.van, world.peildatum, Log()
    months = month_ends(first_year(world), peildatum)
    quarters = quarter_ends(first_year(world), peildatum)
    write_income(out / "participatiewet", support.income, persons, seed, world.scale, months, log)
    overview = write_debts(out / "schuldhulp", support.office, persons, seed, quarters, log)
    programmes = write_programmes(out / "programmas", seed, van, peildatum, log)
    buig = decisions(seed, world.scale, peildatum)
    truth = {
        "buig": [{**row, "vastgesteld_op": row["vastgesteld_op"].isoformat()} for row in buig],
        "schuldhulp_overzicht": overview,
        "clientervaring": write_survey(out / "clientervaring", seed, van, peildatum, log),
        **programmes,
        "cbs_maatwerk": write_maatwerk(out / "cbs_maatwerk", seed, van, peildatum, log),
    }
    if months:
        truth |= _counts(world, support, persons, months, quarters)
    return truth, log


def _counts(
    world: World, support: Support, persons: Identities, months: list[dt.date], quarters: list[dt.date]
) -> dict[str, Any]:
    """Count what the newest deliveries show of persons, and what really happened with benefits."""
    income, at = support.income, days_of(months[-1])
    known, decided = known_benefits(income.benefits, at)
    last = {"wmo": months[-1], "jeugd": months[-1], "participatiewet": months[-1]}
    truth: dict[str, Any] = {
        "uitkeringen_werkelijk": benefit_counts(income.benefits, np.full(len(income.benefits), True), months),
        "uitkeringen_bekend_op_peildatum": benefit_counts(known, decided, months),
        "uitkeringen_uitstroom": outflow(known.take(decided), months),
        "verstrekkingen": grant_counts(income.grants, at, months),
        "trajecten": route_counts(income.routes, at, months),
    }
    if quarters:
        last["schuldhulp"] = quarters[-1]
        truth["schuldhulp_dossiers"] = debt_counts(support.office.debts, days_of(quarters[-1]), months)
    seen = known_provisions(world.registrations, income, support.office, persons, last)
    counted = months_of(months[-1], dt.date(first_year(world), 1, 1))
    truth["stapeling"] = stapeling(seen, counted) + self_reliant(seen, counted, min(last.values()))
    return truth
