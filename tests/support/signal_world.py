"""A small invented municipality in the tables of the contract, for tests of signals: quiet unless a test plants it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from indicators.compute import insert
from indicators.core.contract import BY_NAME
from indicators.core.settings import settings
from tests.support.marts import all_empty

#: A year of the world is 2022 up to and with September 2026.
FIRST, PEILDATUM = dt.date(2022, 1, 1), dt.date(2026, 9, 30)
MONTHS = pd.date_range(FIRST, PEILDATUM, freq="MS")
ONDERDELEN = {"hulp_bij_het_huishouden": "wmo", "begeleiding": "wmo", "jeugdhulp_ambulant": "jeugd"}
Rows = list[dict[str, Any]]


def database() -> duckdb.DuckDBPyConnection:
    """Every table of the contract, empty but for the onderdelen."""
    connection = all_empty()
    names = [*ONDERDELEN, "nog_in_te_delen"]
    rows: Rows = [
        {
            "onderdeel": o,
            "naam": o.replace("_", " ").capitalize(),
            "wet": ONDERDELEN.get(o, "overig"),
            "taakveld_familie": "f",
            "volgorde": i,
        }
        for i, o in enumerate(names)
    ]
    put(connection, "mart.dim_onderdeel", rows)
    return connection


def put(connection: duckdb.DuckDBPyConnection, name: str, rows: Rows) -> None:
    """Insert rows; columns that a row leaves out are NULL."""
    columns = BY_NAME[name].column_names
    insert(connection, BY_NAME[name], pd.DataFrame([{c: row.get(c) for c in columns} for row in rows], columns=columns))


def month_end(month: pd.Timestamp) -> dt.date:
    """Last day of a month."""
    return (month + pd.offsets.MonthEnd(0)).date()


def counts(rng: np.random.Generator, onderdeel: str, maat: str, level: float, planted: dict[str, float]) -> Rows:
    """Monthly counts in every delivery of the last year; `planted`: first month -> factor from then on."""
    factor = np.ones(len(MONTHS))
    for start, times in planted.items():
        factor[pd.Timestamp(start) <= MONTHS] *= times
    drawn = rng.poisson(level * factor)
    if maat == "stand":
        drawn = np.round(level * factor + np.cumsum(rng.normal(0, 1, len(MONTHS)))).astype(int)
    rows = []
    for delivery in MONTHS[-13:]:
        for month, value in zip(MONTHS, drawn, strict=True):
            if month <= delivery:
                rows.append(
                    {
                        "maand": month.date(),
                        "wet": ONDERDELEN[onderdeel],
                        "onderdeel": onderdeel,
                        "gebied_code": settings().gemeente.code,
                        "maat": maat,
                        "aantal": int(value),
                        "peildatum": month_end(delivery),
                    }
                )
    return rows


def ledger(rng: np.random.Generator, onderdeel: str, level: float, extra: dict[str, float]) -> Rows:
    """Totals to date at every month end; `extra`: month -> euros on top."""
    rows, total = [], 0.0
    for month in MONTHS:
        growth = 1.03 ** (month.year - 2022)
        total = (0.0 if month.month == 1 else total) + level * growth * rng.normal(1, 0.02)
        total += extra.get(f"{month:%Y-%m}", 0.0)
        rows.append(
            {
                "boekjaar": month.year,
                "peildatum": month_end(month),
                "periode": month.month,
                "soort": "stand",
                "onderdeel": onderdeel,
                "taakveld": "6.x",
                "lasten_baten": "L",
                "bedrag_eur": round(total, 2),
            }
        )
    return rows


def budget(onderdeel: str, eur: float, lasten_baten: str = "L") -> Rows:
    """The budget in force of the running year, known from its start."""
    return [
        {
            "boekjaar": 2026,
            "peildatum": dt.date(2026, 1, 31),
            "onderdeel": onderdeel,
            "taakveld": "6.x",
            "lasten_baten": lasten_baten,
            "primitief_eur": eur,
            "wijzigingen_eur": 0,
            "actueel_eur": eur,
        }
    ]


def prognosis(onderdeel: str, p50: float, kans: float, peildatum: dt.date, lasten_baten: str = "L") -> Rows:
    """A forecast of the model."""
    return [
        {
            "boekjaar": 2026,
            "peildatum": peildatum,
            "onderdeel": onderdeel,
            "lasten_baten": lasten_baten,
            "scenario": "basis",
            "methode": "model",
            "p10_eur": p50 * 0.98,
            "p25_eur": p50 * 0.99,
            "p50_eur": p50,
            "p75_eur": p50 * 1.01,
            "p90_eur": p50 * 1.02,
            "kans_overschrijding": kans,
        }
    ]


#: Providers of jeugdhulp_ambulant with their clients; the last is all others together.
AMBULANT_PROVIDERS = {"99010001": 200, "99010002": 110, "99010003": 80, "99010004": 50, "overig": 12}
_PACE = (0.04, 0.42, 0.25, 0.13, 0.08, 0.05, 0.03)


def provider_care(
    rng: np.random.Generator,
    since: dt.date,
    late: str = "",
    silent: str = "",
    moves: tuple[str, str] = ("", ""),
    dearer: float = 1.0,
) -> tuple[Rows, Rows, Rows, Rows]:
    """Declarations and awards by provider, and of the whole; one bills two months later, or loses 60 clients to one.

    Args:
        rng: The draw.
        since: From this month on.
        late: The provider that bills late.
        silent: The provider of which nothing is received from that month on.
        moves: The provider that loses clients, and the one that gets them.
        dearer: What a client costs at the one that gets them, against 1 elsewhere.

    Returns:
        Rows of fct_declaratie_aanbieder, fct_toewijzing_aanbieder, fct_toewijzing and fct_declaratie.
    """
    declared, awarded, whole, lines = [], [], [], []
    about = {"wet": "jeugd", "onderdeel": "jeugdhulp_ambulant"}
    for month in MONTHS:
        started = month.date() >= since
        value = clients = 0.0
        received = dict.fromkeys(MONTHS, 0.0)
        for code, usual in AMBULANT_PROVIDERS.items():
            count = usual + 60 * started * ((code == moves[1]) - (code == moves[0]))
            count = 5 * round(count * rng.normal(1, 0.01) / 5)
            each = 1000 * (dearer if code == moves[1] else 1.0)
            on_month = {"maand": month.date(), **about, "peildatum": month_end(month)}
            awarded.append({**on_month, "aanbieder": code, "clienten": count, "verwacht_eur": count * each})
            value, clients = value + count * each, clients + count
            for age, part in enumerate(rng.dirichlet(np.array(_PACE) * 80)):
                come = month + pd.DateOffset(months=age + 2 * (started and code == late))
                if come > MONTHS[-1]:
                    continue
                sent = 0.0 if code == silent and come.date() >= since else part
                eur = round(0.9 * count * each * sent, 2)
                received[come] += eur
                declared.append({
                    "prestatiemaand": month.date(), "ontvangstmaand": come.date(), **about, "aanbieder": code,
                    "bedrag_eur": eur, "clienten": round(count * sent), "peildatum": PEILDATUM,
                })  # fmt: skip
        whole.append({
            **on_month, "leveringsvorm": "ZIN", "clienten": clients, "toewijzingen": clients, "zonder_prijs": 0,
            "verwacht_eur": value,
        })  # fmt: skip
        lines += [
            {"prestatiemaand": month.date(), "ontvangstmaand": come.date(), **about, "leveringsvorm": "ZIN",
             "bedrag_eur": eur, "regels": 1, "clienten": 1, "peildatum": PEILDATUM}
            for come, eur in received.items() if eur
        ]  # fmt: skip
    return declared, awarded, whole, lines
