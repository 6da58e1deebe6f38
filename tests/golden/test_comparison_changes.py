"""What is said of a change, per kind of figure, with the sums worked out by hand."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from indicators.comparison.changes import changes
from indicators.core.indicator import Breuk, indicators
from tests.support.comparison import PEILDATUM, known, other_gemeente, record, value, with_values

DUMPS = Path(__file__).resolve().parents[3] / "shared" / "data" / "cbs"
OWN, PROVINCE, COUNTRY, WIJK = "GM1895", "PV20", "NL01", "WK189500"


def judged(rows: list[dict]) -> pd.DataFrame:
    return changes(with_values(rows), PEILDATUM)["mart.fct_indicatorverandering"]


def only(frame: pd.DataFrame, gebied: str, soort: str, tegenover: str | None = None) -> pd.Series:
    found = frame[(frame["gebied_code"] == gebied) & (frame["soort"] == soort)]
    found = found if tegenover is None else found[found["tegenover"] == tegenover]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.shared
def test_the_health_of_the_real_dumps_did_not_change_more_than_noise(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = []
    for table, periode in (("85563", "2022JJ00"), ("86137", "2024JJ00")):
        path = DUMPS / f"cbs_{table}NED_typed.csv"
        if not path.is_file():
            pytest.skip("../shared/data is er niet")
        with path.open(encoding="utf-8-sig", newline="") as handle:
            found: dict[str, dict[str, str]] = {}
            for row in csv.DictReader(handle):
                if row["Leeftijd"] == "10000":
                    found.setdefault(row["RegioS"].strip(), {})[row["Marges"]] = row["ErvarenGezondheidGoedZeerGoed_1"]
        for code, cell in found.items():
            if code[:2] in ("GM", "PV", "NL") and cell["MW00000"]:
                low, high = float(cell["MOG0095"]), float(cell["MBG0095"])
                rows.append(value("h", periode, code, float(cell["MW00000"]), ondergrens=low, bovengrens=high))
    known(monkeypatch, replace(indicators()["ervaren_gezondheid"], id="h"))
    frame = judged(rows)
    own = only(frame, OWN, "vorige")
    assert (own.oordeel, own.toets, own.tegenover) == ("ruis", "marge", "2022JJ00")
    assert (own.verschil, own.ondergrens, own.bovengrens) == pytest.approx((1.8, -3.928, 7.626), abs=0.001)
    assert own.toelichting == (
        "Het verschil van 1,8 procentpunt tussen 2022 (67,4 %) en 2024 (69,2 %) kan toeval zijn: "
        "de marges overlappen (62,9 tot 71,5 en 65,2 tot 72,9)."
    )
    assert only(frame, OWN, "gebied", COUNTRY).oordeel == "slechter"  # 69.2 (65.2-72.9) against 74.1
    # All gemeenten that both years have a figure of, the country and the own province.
    assert len(frame[frame["soort"] == "vorige"]) > 300


def test_a_proportion_against_the_year_before_and_the_country(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, record("p", toets="proportie"))
    rows = [
        value("p", "2024JJ00", OWN, 60.0, teller=48, noemer=80),
        value("p", "2025JJ00", OWN, 80.0, teller=56, noemer=70),
        value("p", "2025JJ00", COUNTRY, 66.0, teller=660, noemer=1000),
    ]
    frame = judged(rows)
    # Two looks; p 0.0083 (published example, see tests/unit/test_change.py) and that of 56/70 against 604/930.
    row = only(frame, OWN, "vorige")
    assert (row.verschil, row.ondergrens, row.bovengrens) == pytest.approx((20.0, 5.28, 33.82), abs=0.005)
    assert (row.oordeel, row.toets) == ("beter", "proportie")
    assert row.toelichting == (
        "Het verschil van 20,0 procentpunt tussen 2024 (60,0 %) en 2025 (80,0 %) is meer dan toeval: "
        "met 95 % zekerheid ligt het echte verschil tussen 5,3 en 33,8 procentpunt."
    )
    country = only(frame, OWN, "gebied")
    assert country.tegenover == COUNTRY
    assert country.verschil == pytest.approx(14.0)
    # The country holds the own gemeente: 15.05 against the rest, times 93 %, is 14.0; so are the bounds.
    assert country.ondergrens < 14.0 < country.bovengrens
    assert country.oordeel == "beter"


def test_few_persons_are_noise_and_the_counts_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, record("p", toets="proportie", hoger_is="slechter", decimalen=0))
    periods = (("2024JJ00", 10, 50), ("2025JJ00", 14, 50))
    frame = judged([value("p", p, OWN, 100 * t / n, teller=t, noemer=n) for p, t, n in periods])
    assert only(frame, OWN, "vorige").toelichting == (
        "Het verschil van 8 procentpunt tussen 2024 (20 %) en 2025 (28 %) kan toeval zijn: "
        "bij deze aantallen (10 van 50 en 14 van 50) komt zo'n verschil vaak vanzelf voor."
    )


def test_counts_are_tested_with_the_spread_of_their_history(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, record("t", toets="telling", eenheid="aanvragen", decimalen=0, hoger_is="neutraal"))
    calm = [100, 104, 98, 101, 99, 150]
    wild = [100, 160, 90, 150, 95, 150]
    for counts, verdict in ((calm, "anders"), (wild, "ruis")):
        frame = judged([value("t", f"{2020 + i}JJ00", OWN, float(n)) for i, n in enumerate(counts)])
        assert only(frame, OWN, "vorige").oordeel == verdict
        assert set(frame["soort"]) == {"vorige", "trend"}  # a bare count is not held against a country


def test_a_rate_without_its_counts_is_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, record("t", toets="telling", eenheid="per 1.000 inwoners", decimalen=0))
    frame = judged(
        [value("t", f"{year}JJ00", code, 60.0 + year % 9) for year in (2024, 2025) for code in (OWN, COUNTRY)]
    )
    assert set(frame["oordeel"]) == {"onbekend"}
    assert set(frame["soort"]) == {"vorige", "gebied"}


def test_a_rate_of_counts_is_tested_by_its_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, record("t", toets="telling", eenheid="per 1.000 inwoners", hoger_is="slechter"))
    rows = [value("t", "2024JJ00", OWN, 1.0, teller=20, noemer=20_000)]
    rows.append(value("t", "2025JJ00", OWN, 0.5, teller=10, noemer=20_000))
    row = only(judged(rows), OWN, "vorige")
    # The counts of tests/unit/test_change.py: 10 against 20, p = 0.0708; their bounds -21.81 and 0.975, over 20.
    assert (row.oordeel, row.p_waarde) == ("ruis", pytest.approx(0.0708, abs=5e-5))
    assert (row.verschil, row.ondergrens, row.bovengrens) == pytest.approx((-0.5, -1.0906, 0.0488), abs=1e-3)


def test_a_register_is_held_against_the_usual_movement_of_gemeenten(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, record("r", hoger_is="slechter"))
    rows = [
        value("r", f"{year}JJ00", f"GM{2000 + i}", 10.0 + (0.1 * (i % 5) if year % 2 else 0.0))
        for year in range(2021, 2025)
        for i in range(50)
    ]
    rows += [value("r", "2023JJ00", OWN, 10.0), value("r", "2024JJ00", OWN, 13.0)]
    rows += [value("r", "2023JJ00", COUNTRY, 10.0), value("r", "2024JJ00", COUNTRY, 10.1)]
    frame = judged(rows)
    row = only(frame, OWN, "vorige")
    # 100 earlier steps of at most 0.4; none is as large: p = 1 / 101, two looks with it.
    assert (row.oordeel, row.toets, row.p_waarde) == ("slechter", "beweging", pytest.approx(1 / 101, abs=2e-4))
    assert row.toelichting == (
        "Het verschil van 3,0 procentpunt tussen 2023 (10,0 %) en 2024 (13,0 %) is groter dan gewoon: het is een "
        "registratie, geen steekproef, en van de ene periode op de andere verandert het cijfer bij 95 van de 100 "
        "gemeenten minder dan 0,40 procentpunt."
    )
    country = only(frame, COUNTRY, "vorige")
    assert (country.oordeel, country.toets) == ("onbekend", "geen")
    assert pd.isna(country.p_waarde) and pd.isna(country.ondergrens)
    assert "is niet te zeggen: het is een registratie, geen steekproef" in country.toelichting


def test_the_difference_that_is_said_is_that_of_the_figures_as_they_are_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known(monkeypatch, record("p", toets="proportie"))
    for new, said in (
        (14.16, "Het verschil van 0,2 procentpunt tussen 2024 (14,0 %) en 2025 (14,2 %) kan toeval zijn"),
        (14.049, "Er is geen verschil te zien tussen 2024 (14,0 %) en 2025 (14,0 %)."),
    ):
        pair = (("2024JJ00", 14.04), ("2025JJ00", new))
        frame = judged([value("p", p, OWN, v, teller=v * 10, noemer=1000) for p, v in pair])
        assert only(frame, OWN, "vorige").toelichting.startswith(said)


def test_tenths_are_said_of_small_differences_only(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, record("e", eenheid="euro", decimalen=0), record("k", eenheid="euro", decimalen=0))
    years = range(2015, 2025)
    rows = [value("e", f"{y}JJ00", OWN, 40_000.0 + 1_222 * (y - 2015) + y % 3) for y in years]
    rows += [value("k", f"{y}JJ00", OWN, 40.0 + 12 * (y - 2015) + y % 3) for y in years]
    frame = judged(rows)
    said = dict(frame[frame["soort"] == "trend"].set_index("indicator")["toelichting"])
    assert "gemiddeld 1.222 euro per jaar, meer dan toeval: met 95 % zekerheid tussen 1.222 en 1.222 euro" in said["e"]
    assert "gemiddeld 12,0 euro per jaar" in said["k"]


def test_one_of_a_thing_is_singular(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, record("t", toets="telling", eenheid="aanvragen", decimalen=0, hoger_is="neutraal"))
    frame = judged([value("t", "2024JJ00", OWN, 2.0), value("t", "2025JJ00", OWN, 1.0)])
    assert only(frame, OWN, "vorige").toelichting.startswith(
        "Het verschil van 1 aanvraag tussen 2024 (2 aanvragen) en 2025 (1 aanvraag) kan toeval zijn"
    )


def test_a_break_is_no_change(monkeypatch: pytest.MonkeyPatch) -> None:
    breuk = Breuk("2025JJ00", "CBS telt sinds 2025 anders.")
    known(monkeypatch, record("b", breuken=(breuk,)))
    frame = judged([value("b", f"{year}JJ00", OWN, 10.0 + year % 7) for year in range(2018, 2026)])
    row = only(frame, OWN, "vorige")
    assert (row.oordeel, row.verschil) == ("breuk", pytest.approx(1.0))
    assert pd.isna(row.p_waarde) and pd.isna(row.bovengrens)
    assert row.toelichting == (
        "Het verschil tussen 2024 (11,0 %) en 2025 (12,0 %) zegt niet wat er veranderde, want er is een breuk in de "
        "cijfers: CBS telt sinds 2025 anders."
    )
    assert "trend" not in set(frame["soort"])  # one period since the break is no trend


def test_a_trend_runs_from_the_last_break(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, record("b", breuken=(Breuk("2020JJ00", "Nieuwe telling."),)))
    values = {2017: 90.0, 2018: 20.0, 2019: 55.0, 2020: 10.0, 2021: 11.1, 2022: 11.9, 2023: 13.0, 2024: 14.1}
    frame = judged([value("b", f"{year}JJ00", OWN, v) for year, v in values.items()])
    row = only(frame, OWN, "trend")
    # By hand: (-2 * 10 - 11.1 + 13 + 2 * 14.1) / 10 = 1.01 a year (2020 and 2024 are leap years: all but equal).
    assert (row.tegenover, row.periode) == ("2020JJ00", "2024JJ00")
    assert (row.verschil, row.oordeel) == (pytest.approx(1.01, abs=0.001), "beter")
    assert row.toelichting.startswith(
        "Het cijfer stijgt sinds 2020 (5 cijfers) met gemiddeld 1,01 procentpunt per jaar"
    )


def test_hidden_and_missing_values_give_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, record("p", toets="proportie", niveaus=("gemeente", "wijk")))
    cell = {"teller": 40, "noemer": 80}
    rows = [value("p", f"202{y}JJ00", WIJK, 50.0, **cell) for y in (3, 4)]
    rows += [value("p", "2024JJ00", "WK189501", 50.0, **cell), value("p", "2025JJ00", "WK189501", 50.0, **cell)]
    rows += [value("p", "2025JJ00", WIJK, None, onderdrukt=True)]
    rows += [value("p", "2024JJ00", "WK189502", 50.0, onderdrukt=True), value("p", "2025JJ00", "WK189502", 50.0)]
    rows += [value("p", "2024JJ00", "WK036300", 50.0, **cell), value("p", "2025JJ00", "WK036300", 50.0, **cell)]
    frame = judged(rows)
    # Only the wijk with both; not that of another gemeente, and nothing that reaches back over a hidden value.
    assert frame["gebied_code"].tolist() == ["WK189501"]
    assert frame["oordeel"].tolist() == ["ruis"]


def test_periods_compare_with_their_own_kind_and_what_is_provisional_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, record("k"))
    rows = [value("k", p, OWN, v) for p, v in (("2023JJ00", 5.0), ("2024JJ00", 6.0), ("2024HJ01", 2.0))]
    rows += [value("k", "2024HJ02", OWN, 3.0, status="nader_voorlopig"), value("k", "2027JJ00", OWN, 9.0)]
    frame = judged(rows).set_index("periode")
    assert frame["tegenover"].to_dict() == {"2024JJ00": "2023JJ00", "2024HJ02": "2024HJ01"}
    assert frame.at["2024HJ02", "toelichting"].endswith("; het nieuwste cijfer is nog voorlopig.")


def test_a_month_that_is_not_complete_is_not_judged_and_the_newest_complete_one_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known(monkeypatch, record("t", toets="telling", eenheid="aanvragen", decimalen=0, hoger_is="neutraal"))
    counts = {1: 60, 2: 64, 3: 58, 4: 61, 5: 59, 6: 62, 7: 55, 8: 20, 9: 3}
    rows = [
        value("t", f"2026MM0{m}", OWN, float(n), status="voorlopig" if m > 6 else "definitief")
        for m, n in counts.items()
    ]
    frame = judged(rows)
    before = frame[frame["soort"] == "vorige"].set_index("periode")
    assert before["oordeel"].to_dict() == {"2026MM06": "ruis", "2026MM09": "onbekend"}
    assert before.at["2026MM09", "toelichting"] == (
        "Of het verschil van 17 aanvragen tussen augustus 2026 (20 aanvragen) en september 2026 (3 aanvragen) toeval "
        "is, is niet te zeggen: het cijfer over september 2026 is nog niet volledig, er komt meestal nog wat bij."
    )
    assert only(frame, OWN, "trend").periode == "2026MM06"


def test_a_count_that_belongs_to_another_figure_tests_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, record("p", toets="proportie"))
    rows = [value("p", p, OWN, v, teller=48, noemer=80) for p, v in (("2023JJ00", 60.0), ("2024JJ00", 60.0))]
    rows.append(value("p", "2025JJ00", OWN, 75.0, teller=48, noemer=80))
    row = only(judged(rows), OWN, "vorige")
    assert (row.oordeel, row.toets) == ("onbekend", "geen")
    assert "de aantallen achter het cijfer ontbreken" in row.toelichting


def test_what_stands_out_among_many_looks_may_still_be_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [record(f"p{i:02d}", toets="proportie") for i in range(12)]
    known(monkeypatch, *records)
    rows = []
    for i, r in enumerate(records):
        new = 70 if i == 0 else 50  # 50 and 70 of 200: p = 0.03 by itself
        rows += [value(r.id, p, OWN, t / 2, teller=t, noemer=200) for p, t in (("2024JJ00", 50), ("2025JJ00", new))]
    frame = judged(rows)
    row = frame[frame["indicator"] == "p00"].iloc[0]
    assert row.oordeel == "ruis"
    assert row.p_waarde > 0.05
    assert row.ondergrens > 0
    assert "bij zo veel cijfers tegelijk" in row.toelichting


def test_another_gemeente_gets_its_own_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other_gemeente(monkeypatch, tmp_path)
    known(monkeypatch, record("m"))
    bounds = {"ondergrens": 45.0, "bovengrens": 55.0}
    codes = ("GM0363", "PV27", "NL01", "WK036300", "GM1895", "PV20", "WK189500")
    frame = judged([value("m", p, c, 50.0, **bounds) for p in ("2024JJ00", "2025JJ00") for c in codes])
    kinds = frame.groupby("gebied_code")["soort"].apply(sorted).to_dict()
    others = {c: ["vorige"] for c in ("PV27", "NL01", "WK036300", "GM1895")}
    assert kinds == others | {"GM0363": ["gebied", "gebied", "vorige"]}
    assert "Amsterdam" in only(frame, "GM0363", "gebied", "PV27").toelichting


def test_nothing_to_judge_gives_no_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, record("m"))
    assert judged([value("m", "2025JJ00", OWN, 50.0), value("onbekend", "2025JJ00", OWN, 50.0)]).empty
