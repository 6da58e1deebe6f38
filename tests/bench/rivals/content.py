"""What all three pages show of one budget: 4 tiles, 7 charts and a table, by the same queries on one publication.

Imports pandas only: Streamlit runs it in an environment of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

#: Answers a query.
Ask = Callable[[str, list[object]], pd.DataFrame]
CHOICES = """
    SELECT onderdeel, any_value(naam) AS naam FROM mart.fct_terugtoets JOIN mart.dim_onderdeel USING (onderdeel)
    GROUP BY onderdeel ORDER BY onderdeel
"""
FORECAST = """
    SELECT * FROM mart.v_prognose WHERE onderdeel = ? AND lasten_baten = 'L'
      AND boekjaar = (SELECT max(boekjaar) FROM mart.v_prognose) ORDER BY methode
"""
COURSE = """
    SELECT maand, p10_eur, p50_eur, p90_eur FROM mart.fct_prognose_verloop
    WHERE onderdeel = ? AND lasten_baten = 'L' AND scenario = 'basis'
      AND peildatum = (SELECT max(peildatum) FROM mart.fct_prognose_verloop) ORDER BY maand
"""
YEARS = """
    SELECT boekjaar, periode, stand_eur, bedrag_eur FROM mart.v_realisatie_maand
    WHERE onderdeel = ? AND lasten_baten = 'L' AND periode BETWEEN 1 AND 12 ORDER BY boekjaar, periode
"""
BUDGETS = """
    SELECT boekjaar, sum(primitief_eur) AS primitief, sum(actueel_eur) AS actueel FROM mart.v_begroting
    WHERE onderdeel = ? AND lasten_baten = 'L' GROUP BY boekjaar ORDER BY boekjaar
"""
RECORD = """
    SELECT boekjaar, peilmaand, methode, voorspeld_eur, uitkomst_eur FROM mart.fct_terugtoets
    WHERE onderdeel = ? ORDER BY boekjaar DESC, methode, peilmaand
"""
#: Rows of the table.
ROWS = 120
HEADS = ("Jaar", "Maand", "Manier", "Voorspeld", "Uitkomst", "Verschil")


@dataclass(frozen=True)
class Picture:
    """A chart: one colour per series, euros (or a share) up the axis."""

    id: str
    title: str
    kind: str
    rows: pd.DataFrame  # columns x, y, serie


@dataclass(frozen=True)
class Content:
    """All that the page shows of one budget."""

    name: str
    tiles: list[tuple[str, str]]
    pictures: list[Picture]
    table: list[tuple[object, ...]]


def choices(ask: Ask) -> dict[str, str]:
    """Give the budgets to choose from: onderdeel -> name."""
    rows = ask(CHOICES, [])
    return dict(zip(rows["onderdeel"], rows["naam"], strict=True))


def content(ask: Ask, onderdeel: str, name: str) -> Content:
    """Give what the page shows of one budget."""
    forecast, course, years, budgets, record = (ask(sql, [onderdeel]) for sql in
                                                (FORECAST, COURSE, YEARS, BUDGETS, RECORD))  # fmt: skip
    model = forecast[forecast["methode"] == "model"].iloc[0]
    budget = float(budgets["actueel"].iloc[-1]) if len(budgets) else 0.0
    tiles = [
        ("Verwachte uitkomst", euro(model["p50_eur"])),
        ("Begroting", euro(budget)),
        ("Verschil", euro(float(model["p50_eur"]) - budget)),
        ("Kans boven de begroting", f"{float(model['kans_overschrijding'] or 0) * 100:.0f} %"),
    ]
    own = record[record["boekjaar"] == record["boekjaar"].max()]
    error = record.assign(fout=(record["voorspeld_eur"] / record["uitkomst_eur"] - 1).abs() * 100)
    mean = error.groupby(["methode", "peilmaand"], as_index=False)["fout"].mean()
    late = years[years["boekjaar"] >= years["boekjaar"].max() - 1]
    pictures = [
        Picture("verloop", "Prognose door het jaar", "line", _long(course, "maand", ["p10_eur", "p50_eur", "p90_eur"])),
        Picture("jaren", "Opgeteld per jaar", "line", _series(years, "periode", "stand_eur", "boekjaar")),
        Picture("maanden", "Per maand", "bar", _series(late, "periode", "bedrag_eur", "boekjaar")),
        Picture("begroting", "Begroting per jaar", "bar", _long(budgets, "boekjaar", ["primitief", "actueel"])),
        Picture("manieren", "Per manier van rekenen", "bar",
                _series(forecast.assign(wat="p50"), "methode", "p50_eur", "wat")),
        Picture("voorspeld", "Voorspeld in het laatste jaar", "line",
                _series(own, "peilmaand", "voorspeld_eur", "methode")),
        Picture("fout", "Gemiddelde fout per maand (%)", "line", _series(mean, "peilmaand", "fout", "methode")),
    ]  # fmt: skip
    table = [
        (int(r.boekjaar), int(r.peilmaand), r.methode, euro(r.voorspeld_eur), euro(r.uitkomst_eur),
         euro(float(r.voorspeld_eur) - float(r.uitkomst_eur)))
        for r in record.head(ROWS).itertuples()
    ]  # fmt: skip
    return Content(name, tiles, pictures, table)


def euro(value: object) -> str:
    """Write an amount in whole euros."""
    return "€ " + f"{float(value):,.0f}".replace(",", ".")  # type: ignore[arg-type]


def _series(rows: pd.DataFrame, x: str, y: str, serie: str) -> pd.DataFrame:
    return pd.DataFrame({"x": rows[x], "y": rows[y].astype(float), "serie": rows[serie].astype(str)})


def _long(rows: pd.DataFrame, x: str, columns: list[str]) -> pd.DataFrame:
    return pd.concat([_series(rows.assign(serie=c), x, c, "serie") for c in columns], ignore_index=True)
