"""Every provision as its source shows it on its last delivery, over all laws, by who a reader can recognise."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from etl.sample.care import AWARDED, OPEN
from etl.sample.debt import VROEGSIGNAAL
from etl.sample.debt_export import DebtOffice, shown_ends
from etl.sample.identity import Identities
from etl.sample.income import BUITENLAND, OVERLIJDEN, VERHUISD
from etl.sample.income_export import Income
from etl.sample.income_register import DECIDED, ENDED, benefit_stage, grant_stage, route_stage
from etl.sample.income_routes import RESULTATEN
from etl.sample.registration import ENDED as CARE_ENDED
from etl.sample.registration import Registration, days_of, known_end, stages

WETTEN = ("wmo", "jeugd", "participatiewet", "schuldhulp")


@dataclass(frozen=True)
class Provision:
    """A provision: the law, its onderdeel, who, first and last day as known, and if it ended by leaving or death."""

    wet: str
    onderdeel: str
    key: str
    household: int
    start: int
    end: int
    gone: bool


@dataclass(frozen=True)
class _Lines:
    """The lines of one law that say that somebody has a provision."""

    wet: str
    onderdeel: list[str]
    person: np.ndarray
    start: np.ndarray
    end: np.ndarray
    gone: np.ndarray

    def provisions(self, persons: Identities) -> list[Provision]:
        """Give them one by one; without a BSN somebody is known by the client number of this source alone."""
        household = persons.people.household
        columns = (self.onderdeel, self.person.tolist(), self.start.tolist(), self.end.tolist(), self.gone.tolist())
        return [
            Provision(self.wet, o, persons.bsn.get(p) or f"{self.wet}:{p}", int(household[p]), s, e, g)
            for o, p, s, e, g in zip(*columns, strict=True)
        ]


def _care(registration: Registration, at: int) -> _Lines:
    lines, care = registration.lines, registration.care
    stage = stages(lines, at)
    ends, got = known_end(lines, stage), (stage > 0) & (lines.outcome == AWARDED)
    # Of Jeugd "moved away" has no code of its own: it is one of the outside causes.
    reasons = [care.died, care.moved] if care.wet == "wmo" else [care.died]
    gone = (stage == CARE_ENDED) & np.isin(lines.reason, reasons)
    onderdeel = care.onderdeel(lines.product, lines.pgb)[got].tolist()
    return _Lines(care.wet, onderdeel, lines.person[got], lines.start[got], ends[got], gone[got])


def _income(income: Income, at: int) -> list[_Lines]:
    wet, money, work = "participatiewet", "inkomensregelingen", "arbeidsparticipatie"
    stage = benefit_stage(income.benefits, at)
    got = (stage >= DECIDED) & (income.benefits.outcome == AWARDED)
    one, ended = income.benefits.take(got), stage[got] == ENDED
    gone = ended & np.isin(one.reason, (OVERLIJDEN, VERHUISD, BUITENLAND))
    benefits = _Lines(wet, [money] * len(one), one.person, one.start, np.where(ended, one.end, OPEN), gone)
    paid = (grant_stage(income.grants, at) >= DECIDED) & (income.grants.outcome == AWARDED) & (income.grants.start > 0)
    grant = income.grants.take(paid)
    none = np.zeros(len(grant), dtype=bool)
    grants = _Lines(wet, [money] * len(grant), grant.person, grant.start, grant.end, none)
    shown = route_stage(income.routes, at)
    route, ended = income.routes.take(shown >= 0), shown[shown >= 0] == ENDED
    gone = ended & (route.result == RESULTATEN.index("verhuisd"))
    routes = _Lines(wet, [work] * len(route), route.person, route.start, np.where(ended, route.end, OPEN), gone)
    return [benefits, grants, routes]


def _debts(office: DebtOffice, at: int) -> _Lines:
    got = (office.debts.start <= at) & (office.debts.service != VROEGSIGNAAL)
    one, ends = office.debts.take(got), shown_ends(office.debts, at)[got]
    none = np.zeros(len(one), dtype=bool)
    return _Lines("schuldhulp", ["schuldhulp"] * len(one), one.person, one.start, ends, none)


def known_provisions(
    care: tuple[Registration, ...], income: Income, office: DebtOffice, persons: Identities, last: dict[str, dt.date]
) -> list[Provision]:
    """Give every provision as its source shows it on its last delivery.

    Args:
        care: Wmo and Jeugd.
        income: The income registration.
        office: The debt-aid office.
        persons: The identities.
        last: Source -> day of its last delivery; a source that is not in it has delivered nothing.
    """
    found = [_care(r, days_of(last[r.care.wet])) for r in care if r.care.wet in last]
    if "participatiewet" in last:
        found += _income(income, days_of(last["participatiewet"]))
    if "schuldhulp" in last:
        found.append(_debts(office, days_of(last["schuldhulp"])))
    return [provision for lines in found for provision in lines.provisions(persons)]
