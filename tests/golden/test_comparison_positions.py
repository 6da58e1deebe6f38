"""Where a gemeente stands, and whom it is compared with, on figures small enough to count by hand."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from indicators.comparison.groups import comparison_groups
from indicators.comparison.positions import positions
from tests.support.comparison import PEILDATUM, database, known, other_gemeente, record, value, with_values

OWN = "GM1895"
STEMS = (
    "AantalInwoners",
    "k_0Tot15Jaar",
    "k_65JaarOfOuder",
    "GemiddeldInkomenPerInwoner",
    "PersonenPerSoortUitkeringBijstand",
)


def ranks(rows: list[dict]) -> dict[str, tuple]:
    frame = positions(with_values(rows), PEILDATUM)["mart.fct_indicatorpositie"]
    found = zip(frame.gebied_code, frame.rang, frame.aantal, frame.kwartiel, strict=True)
    return {code: (rang, aantal, None if pd.isna(k) else k) for code, rang, aantal, k in found}


@pytest.mark.parametrize(("wanted", "first"), [("beter", "GM0008"), ("slechter", "GM0001"), ("neutraal", "GM0008")])
def test_the_most_favourable_gemeente_is_first(monkeypatch: pytest.MonkeyPatch, wanted: str, first: str) -> None:
    known(monkeypatch, record("i", hoger_is=wanted))
    found = ranks([value("i", "2025JJ00", f"GM000{n}", float(n)) for n in range(1, 9)])
    assert found[first] == (1, 8, 1)
    assert sorted(found.values()) == [
        (1, 8, 1),
        (2, 8, 1),
        (3, 8, 2),
        (4, 8, 2),
        (5, 8, 3),
        (6, 8, 3),
        (7, 8, 4),
        (8, 8, 4),
    ]


def test_equal_values_share_a_rank_and_a_quarter(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, record("i"))
    values = {"GM0001": 0.1 + 0.2, "GM0002": 0.3, "GM0003": 0.5, "GM0004": 0.1}
    found = ranks([value("i", "2025JJ00", code, v) for code, v in values.items()])
    assert found == {"GM0003": (1, 4, 1), "GM0001": (2, 4, 2), "GM0002": (2, 4, 2), "GM0004": (4, 4, 4)}


def test_only_gemeenten_with_a_figure_that_may_be_shown_are_ranked(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, record("i"))
    rows = [value("i", "2025JJ00", code, 5.0) for code in ("GM0001", "GM0002", "NL01", "PV20", "WK000100")]
    rows += [value("i", "2025JJ00", "GM0003", None), value("i", "2025JJ00", "GM0004", 9.0, onderdrukt=True)]
    rows += [value("i", "2027JJ00", "GM0001", 5.0), value("ander", "2025JJ00", "GM0001", 5.0)]
    # Two gemeenten have a rank, but no quarters.
    assert ranks(rows) == {"GM0001": (1, 2, None), "GM0002": (1, 2, None)}


def figures(connection: duckdb.DuckDBPyConnection, code: str, year: int, *values: float | None) -> None:
    rows = [
        (f"T{year}", stem, code, f"{year}JJ00", "totaal", v, None, None, "-", "definitief")
        for stem, v in zip(STEMS, values, strict=True)
    ]
    connection.executemany("INSERT INTO mart.fct_cbs_waarneming VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def country(connection: duckdb.DuckDBPyConnection, own: str) -> None:
    """The own gemeente: 40,000 inhabitants; GM0037 is nearly the same; GM9000 and on differ ever more."""
    figures(connection, own, 2025, 40_000, 5_200, 10_400, None, None)
    figures(connection, own, 2023, 39_000, 5_000, 10_000, 24.0, 1_560)
    figures(connection, "GM0037", 2025, 41_000, 5_330, 10_660, None, None)
    figures(connection, "GM0037", 2023, 40_000, 5_100, 10_200, 24.1, 1_600)
    for i in range(12):
        people = 20_000 * (i + 1)
        figures(connection, f"GM{9000 + i}", 2025, people, people * 0.15, people * (0.24 - 0.01 * i), None, None)
        figures(connection, f"GM{9000 + i}", 2023, people, people * 0.15, people * 0.2, 25.0 + i, people * 0.03)


def groups(connection: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    frame = comparison_groups(connection, PEILDATUM)["mart.dim_vergelijkingsgroep"]
    assert not frame.duplicated(["groep", "gebied_code"]).any()
    return {str(name): part.set_index("gebied_code") for name, part in frame.groupby("groep")}


def test_alike_is_a_distance_on_standardised_figures() -> None:
    connection = database()
    country(connection, OWN)
    alike = groups(connection)["vergelijkbaar"]
    assert alike["volgorde"].tolist() == list(range(1, 11))
    assert alike.index[0] == "GM0037"
    assert alike["afstand"].is_monotonic_increasing and (alike["afstand"] > 0).all()
    assert alike.at["GM0037", "toelichting"] == (
        "Lijkt op Oldambt: 41.000 inwoners (Oldambt 40.000; 2025), 13,0 % jonger dan 15 jaar (Oldambt 13,0; 2025), "
        "26,0 % 65 jaar of ouder (Oldambt 26,0; 2025), 24,1 duizend euro inkomen per inwoner (Oldambt 24,0; 2023) "
        "en 40 van de 1.000 met bijstand (Oldambt 40; 2023)."
    )
    # By hand: they differ in population and income only, both by ratio, over 1.4826 times the median deviation.
    people = np.log([40_000, 41_000, *(20_000 * (i + 1) for i in range(12))])
    income = np.log([24.0, 24.1, *(25.0 + i for i in range(12))])
    steps = [(x[1] - x[0]) / (1.4826 * np.median(np.abs(x - np.median(x)))) for x in (people, income)]
    assert alike.at["GM0037", "afstand"] == pytest.approx(np.sqrt((steps[0] ** 2 + steps[1] ** 2) / 4), rel=1e-6)


def test_a_size_class_is_that_of_cbs_and_a_province_that_of_the_reference_list() -> None:
    connection = database()
    country(connection, OWN)
    found = groups(connection)
    assert found["grootteklasse"]["naam"].unique() == ["20.000 tot 50.000 inwoners"]
    assert set(found["grootteklasse"].index) == {"GM0037", "GM9000", "GM9001"}
    assert found["grootteklasse"].at["GM9000", "toelichting"] == "Heeft 20.000 inwoners, Oldambt 40.000 (2025)."
    # Gemeenten without inhabitants by now are gone.
    assert found["provincie"].index.tolist() == ["GM0037"]
    assert found["regio"].index.tolist() == ["GM0037"]


def test_what_cbs_says_of_a_province_goes_before_the_list() -> None:
    connection = database()
    country(connection, OWN)
    connection.execute(
        """INSERT INTO mart.dim_gebied
        VALUES ('GM9003', 'Nieuw', 'gemeente', 'CR01'), ('CR01', 'Streek', 'corop', 'PV20')"""
    )
    assert set(groups(connection)["provincie"].index) == {"GM0037", "GM9003"}


@pytest.mark.parametrize("stem", STEMS)
def test_a_group_whose_figures_are_missing_is_left_out(stem: str) -> None:
    connection = database()
    country(connection, OWN)
    connection.execute("DELETE FROM mart.fct_cbs_waarneming WHERE onderwerp = ?", [stem])
    found = groups(connection)
    assert "vergelijkbaar" not in found
    assert ("grootteklasse" in found) == (stem != "AantalInwoners")
    assert "provincie" in found


def test_without_any_figure_the_province_and_region_remain() -> None:
    found = groups(database())
    assert set(found) == {"provincie", "regio"}
    assert len(found["provincie"]) == 9  # of ten, itself left out


def test_another_gemeente_has_its_own_groups(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other_gemeente(monkeypatch, tmp_path)
    connection = database()
    country(connection, "GM0363")
    found = groups(connection)
    assert set(found) == {"grootteklasse", "vergelijkbaar"}  # none of these lies in its province
    assert "Amsterdam" in found["vergelijkbaar"]["toelichting"].iloc[0]
    assert not any("Oldambt" in text for part in found.values() for text in part["toelichting"])
    assert len(groups(database())["provincie"]) == 43
