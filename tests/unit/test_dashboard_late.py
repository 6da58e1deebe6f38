"""The line on Overzicht about a source that is late: what it names, and that it is not there when all is on time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import pandas as pd
import pytest

from dashboard.components.sources import late_line
from dashboard.markup import to_html
from dashboard.store import OtherVersion


class Rows:
    """A publication in memory, asked as the store asks it."""

    def __init__(self, *newest: tuple[str, str, int | None, str], old: bool = False) -> None:
        self.base = duckdb.connect()
        self.base.execute(
            """CREATE SCHEMA meta; CREATE TABLE meta.levering (levering_id TEXT, bron TEXT, peildatum DATE, status TEXT,
            rijen_gelezen INT, rijen_geladen INT, rijen_geweigerd INT, rijen_buiten_bereik INT);
            CREATE TABLE meta.herkomst (mart_tabel TEXT, levering_id TEXT)"""
        )
        if not old:
            self.base.execute("CREATE TABLE meta.bron (bron TEXT, titel TEXT, ritme_dagen INT, over_personen BOOLEAN)")
        for bron, titel, days, peildatum in newest:
            if not old:
                self.base.execute("INSERT INTO meta.bron VALUES (?, ?, ?, false)", [bron, titel, days])
            self.base.execute(
                "INSERT INTO meta.levering VALUES (?, ?, ?, 'geldig', 1, 1, 0, 0)", [bron, bron, peildatum]
            )
        self.base.execute("INSERT INTO meta.herkomst VALUES ('mart.fct_realisatie', 'k2f'), ('mart.fct_x', 'k2f')")

    def frame(self, sql: str, parameters: tuple[Any, ...] = ()) -> pd.DataFrame:
        try:
            return self.base.execute(sql, list(parameters)).df()
        except duckdb.CatalogException as problem:
            raise OtherVersion("oud") from problem


K2F = ("k2f", "Financiën (K2F)", 31, "2026-06-30")
WMO = ("wmo", "Wmo-registratie", 31, "2026-09-30")


def said(pub: Rows, voorbeelddata: bool = True) -> str:
    about = {"voorbeelddata": voorbeelddata, "peildatum": dt.date(2026, 10, 5), "gemaakt_op": dt.date(2027, 2, 1)}
    line: Any = late_line(pub, about)  # type: ignore[arg-type]
    return "" if line is None else to_html(line)


def test_a_late_source_is_named_with_its_newest_delivery_and_what_it_feeds() -> None:
    text = said(Rows(K2F, WMO))
    assert "Financiën (K2F) (nieuwste van 30 juni 2026, de volgende werd rond 31 juli 2026 verwacht)" in text
    assert "zoals boekingen, gaan niet verder dan die dag" in text and 'href="/gegevens"' in text
    assert "Wmo" not in text


def test_real_deliveries_are_held_against_the_day_of_the_refresh() -> None:
    text = said(Rows(K2F, WMO), voorbeelddata=False)
    assert " en Wmo-registratie (nieuwste van 30 september 2026" in text


@pytest.mark.parametrize(
    "pub", [Rows(WMO), Rows(), Rows(("x", "Zonder ritme", None, "2020-01-01")), Rows(K2F, old=True)]
)
def test_nothing_is_said_when_all_is_on_time_or_no_rhythm_is_known(pub: Rows) -> None:
    assert said(pub) == ""
