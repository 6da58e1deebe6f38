"""What the income registration shows on a day: which lines it has, and each as cells in one of its two layouts."""

from __future__ import annotations

import csv
import datetime as dt
from functools import lru_cache

import numpy as np

from etl.sample.care import AWARDED, DENIED, OPEN
from etl.sample.exports import dutch, euro_text
from etl.sample.households import steady
from etl.sample.identity import Identity
from etl.sample.income import REGELINGEN, Benefits
from etl.sample.income_grants import GRANTS, Grants
from etl.sample.income_routes import INBURGERING, RESULTATEN, ROUTES, SOORTEN, Routes
from etl.sample.plain_xlsx import CellValue
from etl.sample.streams import price_level
from indicators.core.settings import REFERENCE

#: From this day on the same registration exports other headers, names instead of codes, and cells of their own type.
NEW_LAYOUT = dt.date(2026, 1, 1)
_WHO = ("Clientnummer", "BSN", "Naam", "Geboortedatum", "Postcode", "Huisnummer", "Wijkcode")
_WHO_NEW = ("Cliëntnr", "BSN", "Naam", "Geb.datum", "Postcode", "Huisnr", "Wijkcode")
HEADERS = {
    "Uitkeringen": (
        (*_WHO, "Dossiernummer", "Leefvorm", "Regeling", "Aanvraagdatum", "Besluitdatum", "Besluit", "Ingangsdatum",
         "Einddatum", "Reden beeindiging", "Maandbedrag"),
        (*_WHO_NEW, "Dossiernr", "Leefsituatie", "Soort uitkering", "Datum aanvraag", "Datum besluit", "Beslissing",
         "Begindatum", "Einddatum", "Reden uitstroom", "Bedrag per maand"),
    ),
    "Bijzondere bijstand": (
        (*_WHO, "Soort voorziening", "Cluster", "Aanvraagdatum", "Besluitdatum", "Besluit", "Bedrag", "Ingangsdatum",
         "Einddatum"),
        (*_WHO_NEW, "Soort verstrekking", "Kostencluster", "Datum aanvraag", "Datum besluit", "Beslissing",
         "Toegekend bedrag", "Begindatum", "Einddatum"),
    ),
    "Trajecten": (
        (*_WHO, "Soort traject", "Route", "Startdatum", "Einddatum", "Resultaat", "Trede"),
        (*_WHO_NEW, "Type traject", "Leerroute", "Begindatum", "Einddatum", "Uitkomst traject", "Participatieladder"),
    ),
    "BUIG": (
        ("Jaar", "Soort beschikking", "Datum", "Bedrag"),
        ("Budgetjaar", "Beschikking", "Vastgesteld op", "Budget"),
    ),
}  # fmt: skip
_REGELING = {"bijstand": "Bijstand", "ioaw": "IOAW", "ioaz": "IOAZ", "bbz": "Bbz 2004"}
_LEEFVORM = {1: "Alleenstaande", 2: "Alleenstaande ouder", 3: "Gehuwden en samenwonenden", 4: "Anders"}
_TRAJECT = {"inburgering": "Inburgering", "re_integratie": "Re-integratie", "loonkostensubsidie": "Loonkostensubsidie",
            "beschut_werk": "Beschut werk", "participatieplaats": "Participatieplaats"}  # fmt: skip
_ROUTE = {"": None, "b1_route": "B1-route", "onderwijsroute": "Onderwijsroute", "z_route": "Z-route"}
_RESULTAAT = {"": None, "geslaagd": "Geslaagd", "uitgestroomd_werk": "Uitgestroomd naar werk",
              "ontheffing": "Ontheffing", "gestopt": "Gestopt", "verhuisd": "Verhuisd"}  # fmt: skip
PENDING, DECIDED, ENDED = 0, 1, 2
#: Benefit of a single person in 2019, times this for each leefvorm; and what some get of it, by share.
_NORM, _TIMES = 940.0, np.array([0.0, 1.0, 1.0, 1.4286, 1.0])
_SHARES, _PARTS = np.array([0.7, 0.82, 0.92, 1.0]), np.array([1.0, 0.7, 0.55, 0.3])


_EPOCH_ORDINAL = dt.date(1970, 1, 1).toordinal()


@lru_cache(maxsize=50_000)
def date_of(days: int) -> dt.date | None:
    """Give a number of days as a date; OPEN and 0 are none."""
    return dt.date.fromordinal(_EPOCH_ORDINAL + int(days)) if 0 < days < OPEN else None


@lru_cache(maxsize=1)
def _reasons() -> dict[int, str]:
    with (REFERENCE / "redenen_einde.csv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["entiteit"] == "uitkering"]
    return {int(row["reden_einde"]): f"{row['reden_einde']} {row['omschrijving']}" for row in rows}


def benefit_stage(lines: Benefits, at: int) -> np.ndarray:
    """Give what each benefit shows on a day; -1 when it is not there yet."""
    stage = np.where(lines.applied <= at, PENDING, -1)
    stage = np.where(lines.decided <= at, DECIDED, stage)
    return np.where((lines.decided <= at) & (lines.outcome == AWARDED) & (lines.end_known <= at), ENDED, stage)


def grant_stage(lines: Grants, at: int) -> np.ndarray:
    """Give what each grant shows on a day; -1 when it is not there yet."""
    return np.where(lines.applied > at, -1, np.where(lines.decided <= at, DECIDED, PENDING))


def route_stage(lines: Routes, at: int) -> np.ndarray:
    """Give what each route shows on a day; -1 when it is not there yet."""
    return np.where(lines.start > at, -1, np.where(lines.end_known <= at, ENDED, DECIDED))


@lru_cache(maxsize=50_000)
def half_year(days: int) -> int:
    """Give the half-year of a day: benefits are raised in January and July."""
    date = dt.date.fromordinal(_EPOCH_ORDINAL + int(days))
    return date.year * 2 + (date.month > 6)


def monthly_cents(seed: int, lines: Benefits, half: np.ndarray) -> np.ndarray:
    """Give what each benefit pays a month in a half-year, in cents; some have other income or share a home."""
    level = np.array(
        [price_level(h // 2) * (1.005 if h % 2 else 1.0) for h in range(int(half.min()), int(half.max()) + 1)]
    )
    part = _PARTS[np.searchsorted(_SHARES, steady(seed, 42, lines.person, lines.applied), side="right").clip(max=3)]
    return np.rint(_NORM * level[half - half.min()] * _TIMES[lines.leefvorm] * part * 100).astype(int)


def who(identity: Identity) -> list[CellValue]:
    """Give the first seven cells of every line."""
    return [
        identity.clientnummer, identity.bsn or None, identity.naam, identity.geboortedatum.astype(dt.date),
        identity.postcode, identity.huisnummer, identity.wijk,
    ]  # fmt: skip


def typed(cells: list[CellValue], line: int) -> list[CellValue]:
    """Give some lines as people typed them in the old layout: dates as text, amounts with a euro sign."""
    if line % 40 != 7:
        return cells
    text = [dutch(c) if isinstance(c, dt.date) else c for c in cells]
    return [euro_text(c) if isinstance(c, float) else c for c in text]


def _outcome(lines: Benefits | Grants, n: int) -> str:
    outcome = lines.outcome[n]
    return "Toegekend" if outcome == AWARDED else "Afgewezen" if outcome == DENIED else "Ingetrokken"


def benefit_cells(lines: Benefits, identity: Identity, n: int, stage: int, new: bool, cents: int) -> list[CellValue]:
    """Give a benefit as cells in the order of HEADERS."""
    rule, leefvorm = REGELINGEN[lines.regeling[n]], int(lines.leefvorm[n])
    head = [
        *who(identity), f"D{500_000 + n}", _LEEFVORM[leefvorm] if new else str(leefvorm),
        _REGELING[rule.naam] if new else rule.code, date_of(lines.applied[n]),
    ]  # fmt: skip
    if stage == PENDING:
        return [*head, *[None] * 6]
    head += [date_of(lines.decided[n]), _outcome(lines, n)]
    if lines.outcome[n] != AWARDED:
        return [*head, *[None] * 4]
    end, reason = (date_of(lines.end[n]), int(lines.reason[n])) if stage == ENDED else (None, 0)
    why = (_reasons()[reason] if new else f"{reason:02d}") if reason else None
    return [*head, date_of(lines.start[n]), end, why, round(cents / 100, 2)]


def grant_cells(lines: Grants, identity: Identity, n: int, stage: int, new: bool) -> list[CellValue]:
    """Give a grant as cells in the order of HEADERS."""
    grant = GRANTS[lines.grant[n]]
    code = grant.naam.replace("_", " ").capitalize() if new else grant.code
    asked = date_of(lines.applied[n]) if lines.asked[n] else None
    head = [*who(identity), code, str(lines.cluster[n]) or None, asked]
    if stage == PENDING:
        return [*head, *[None] * 5]
    head += [date_of(lines.decided[n]), _outcome(lines, n)]
    if lines.outcome[n] != AWARDED:
        return [*head, *[None] * 3]
    return [*head, round(int(lines.cents[n]) / 100, 2), date_of(lines.start[n]), date_of(lines.end[n])]


def route_cells(lines: Routes, identity: Identity, n: int, stage: int) -> list[CellValue]:
    """Give a route as cells in the order of HEADERS."""
    soort, route = SOORTEN[lines.soort[n]], ROUTES[lines.route[n]] if lines.soort[n] == INBURGERING else ""
    ended = stage == ENDED
    trede = int(lines.trede_end[n] if ended else lines.trede[n])
    return [
        *who(identity), _TRAJECT[soort], _ROUTE[route], date_of(lines.start[n]),
        date_of(lines.end[n]) if ended else None,
        _RESULTAAT[RESULTATEN[lines.result[n]]] if ended else None, trede or None,
    ]  # fmt: skip
