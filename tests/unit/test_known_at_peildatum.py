"""What is said about an earlier peildatum of the year is what could be said then: later deliveries do not exist."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from indicators.core.settings import settings
from indicators.core.views import VIEWS, as_known
from indicators.forecast.effect import TABLE as EFFECT
from indicators.forecast.effect import effects
from indicators.forecast.late import late_rows
from tests.support.marts import empty_marts

CUT = dt.date(2025, 3, 31)
TABLES = (
    "dim_gebeurtenis",
    "dim_onderdeel",
    "fct_declaratie",
    "fct_nog_te_ontvangen",
    "fct_prognose",
    "fct_prognose_verloop",
    "fct_realisatie",
    "fct_toewijzing",
    "fct_voorziening",
)
YEARS = range(2020, 2026)
#: A third of the bills of `deels` carry no month of care, too many to speak for it; `standen` has none that do.
PARTS = ("standen", "deels", "journaal")
Rows = dict[str, list[dict[str, Any]]]
Two = tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]


def end(year: int, month: int) -> dt.date:
    return (pd.Timestamp(year + (month - 1) // 12, (month - 1) % 12 + 1, 1) + pd.offsets.MonthEnd()).date()


def ledger(random: np.random.Generator) -> list[dict[str, Any]]:
    """Every month the whole year so far, closing entries in January and again, far more, in April and June."""
    rows = []
    for year in YEARS:
        monthly = random.uniform(80, 120, 12)
        for month in (*range(1, 14), 16, 18):
            booked = float(monthly[:month].sum())
            closing = {13: 5.0, 16: 40.0, 18: 70.0}.get(month, 0.0) * float(random.uniform(0.5, 1.5))
            key = {"boekjaar": year, "peildatum": end(year, month), "lasten_baten": "L", "verplichting_eur": 0}
            stand = {"soort": "stand", "periode": min(month, 13), "bedrag_eur": round(booked + closing, 2)}
            rows.append({**key, **stand, "onderdeel": "standen", "prestatiemaand": None})
            for part, known in (("deels", 0.7), ("journaal", 1.0)):
                for m in range(1, min(month, 12) + 1):
                    amount = float(monthly[m - 1])
                    line = {**key, "soort": "mutatie", "periode": m, "onderdeel": part}
                    for lag, share in ((0, 0.6), (1, 0.4)):
                        care = pd.Timestamp(year, m, 1) - pd.DateOffset(months=lag)
                        rows.append({**line, "prestatiemaand": care.date(), "bedrag_eur": amount * known * share})
                    rows.append({**line, "prestatiemaand": None, "bedrag_eur": amount * (1 - known)})
    return rows


@cache
def world() -> Rows:
    random = np.random.default_rng(4)
    months = [(y, m) for y in YEARS for m in range(1, 13)]
    counts = [
        {"maand": dt.date(y, m, 1), "wet": "wmo", "onderdeel": "deels", "gebied_code": settings().gemeente.code}
        | {"maat": "aanvraag", "aantal": int(random.poisson(60)), "peildatum": end(*at)}
        for at in months
        for y, m in months
        if (y, m) <= at and at in ((2025, 3), (2025, 9))
    ]
    cared = [
        {"prestatiemaand": dt.date(y, m, 1), "ontvangstmaand": end(y, m + lag).replace(day=1), "wet": "wmo"}
        | {"onderdeel": "zorg", "leveringsvorm": "ZIN", "bedrag_eur": 100.0 * share, "peildatum": dt.date(2025, 9, 30)}
        for y, m in months
        for lag, share in ((0, 0.5), (1, 0.3), (2, 0.2))
        if end(y, m + lag) <= dt.date(2025, 9, 30)
    ]
    late = [
        {"boekjaar": 2025, "peildatum": end(2025, p), "onderdeel": "zorg", "bron": "declaraties"}
        | {"maand": dt.date(2025, p, 1), "verwacht_eur": 50.0 * p}
        for p in range(1, 10)
    ]
    course = [
        {"boekjaar": 2025, "peildatum": end(2025, p), "onderdeel": "standen", "lasten_baten": "L"}
        | {"maand": dt.date(2025, m, 1), "scenario": "basis", "geboekt_eur": 90.0 * m, "nog_te_ontvangen_eur": 10.0 * m}
        for p in range(1, 10)
        for m in range(1, p + 1)
    ]
    cuts = [{"boekjaar": 2025, "peildatum": end(2025, p), "methode": "model"} for p in (3, 9)]
    moments = [
        {"gebeurtenis": onderdeel, "titel": "Nieuw beleid", "soort": "maatregel", "onderdeel": onderdeel, "datum": day}
        for onderdeel, day in (
            ("totaal", dt.date(2024, 7, 1)),
            ("zorg", dt.date(2024, 5, 1)),
            ("deels", dt.date(2024, 6, 1)),
        )
    ]
    return {
        "fct_realisatie": [row for row in ledger(random) if row["peildatum"] <= dt.date(2025, 9, 30)],
        "fct_voorziening": counts,
        "fct_declaratie": cared,
        "fct_nog_te_ontvangen": late,
        "fct_prognose_verloop": course,
        "fct_prognose": cuts,
        "dim_gebeurtenis": moments,
        "dim_onderdeel": [{"onderdeel": o, "wet": "wmo", "naam": o} for o in (*PARTS, "zorg")],
    }


def database(rows: Rows, until: dt.date) -> duckdb.DuckDBPyConnection:
    """Everything that was there at a date; of declarations, which say themselves when they came, the lines."""
    connection = empty_marts(
        TABLES, [name.removeprefix("mart.") for name in VIEWS if "realis" in name or "voor" in name]
    )
    for name, of in rows.items():
        if name == "fct_declaratie":
            known = [{**r, "peildatum": until} for r in of if r["ontvangstmaand"] <= until]
        else:
            known = [r for r in of if r.get("peildatum", until) <= until]
        connection.register("rows_to_add", pd.DataFrame(known))
        connection.execute(f"INSERT INTO mart.{name} BY NAME SELECT * FROM rows_to_add")
    return connection


@pytest.fixture(scope="module")
def then_and_later() -> Iterator[Two]:
    rows = world()
    then, later = database(rows, CUT), database(rows, dt.date(2025, 9, 30))
    yield then, later
    then.close()
    later.close()


def test_late_invoices_of_an_earlier_peildatum_are_those_of_then(then_and_later: Two) -> None:
    found = []
    for connection in then_and_later:
        rows = pd.DataFrame(late_rows(connection, CUT))
        found.append(rows.set_index(["peildatum", "bron", "onderdeel", "maand"]).sort_index())
    pd.testing.assert_frame_equal(found[0], found[1])
    assert set(found[0].xs(CUT).index.droplevel("maand")) == {
        ("declaraties", "zorg"),
        ("journaal", "journaal"),
        ("standen", "standen"),
    }


def test_effects_as_of_an_earlier_peildatum_are_those_of_then(then_and_later: Two) -> None:
    then, later = (effects(connection, CUT)[EFFECT] for connection in then_and_later)
    pd.testing.assert_frame_equal(then, later)
    assert set(zip(then["gebeurtenis"], then["maat"], strict=True)) == {
        ("totaal", "lasten"),
        ("zorg", "lasten"),
        ("deels", "lasten"),
        ("deels", "aanvraag"),
    }


@pytest.mark.parametrize("view", [v for v in VIEWS if v not in ("mart.v_indicatorwaarde", "mart.v_prognose")])
def test_a_view_as_known_at_the_last_day_is_the_view(view: str) -> None:
    fact = {"mart.v_begroting": "fct_begroting"}.get(view, "fct_voorziening" if "voor" in view else "fct_realisatie")
    rows = world()
    with empty_marts(
        ("fct_begroting", "fct_realisatie", "fct_voorziening"), [view.removeprefix("mart.")]
    ) as connection:
        for name in {fact} & set(rows):
            connection.register("rows_to_add", pd.DataFrame(rows[name]))
            connection.execute(f"INSERT INTO mart.{name} BY NAME SELECT * FROM rows_to_add")
        now = connection.execute(f"SELECT * FROM {view} ORDER BY ALL").df()
        known = connection.execute(f"SELECT * FROM ({as_known(view)}) ORDER BY ALL", [dt.date(2100, 1, 1)]).df()
        pd.testing.assert_frame_equal(now, known)
        assert connection.execute(f"SELECT count(*) FROM ({as_known(view)})", [dt.date(2000, 1, 1)]).fetchone() == (0,)
