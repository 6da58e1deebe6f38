"""A financial year or a date that stands alone is refused with its row; the rest gives the answer it gave without."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indicators.cli import app
from indicators.forecast.series import Row, SeriesFile, read_series, to_panel
from indicators.forecast.stray import MOST_EMPTY, without_stray
from tests.forecast_simulation import Line, month_end, simulate, write

LINES = [line for line in simulate(1, series=2, years=5) if line[4] <= dt.date(2019, 7, 31)]
FIRST = len(LINES) + 2


def line(boekjaar: int, peildatum: dt.date, maand: int = 1) -> Line:
    return (LINES[0][0], LINES[0][1], boekjaar, maand, peildatum, 5.0, None)


def read(tmp_path: Path, lines: list[Line]) -> SeriesFile:
    return read_series(write(tmp_path / "in.csv", lines))


def test_one_row_of_a_far_year_costs_that_row_and_nothing_else(tmp_path: Path) -> None:
    answers = []
    for extra in ([], [line(2091, dt.date(2091, 1, 31)), line(2091, dt.date(2091, 2, 28), 2)]):
        source = write(tmp_path / "in.csv", [*LINES, *extra])
        done = CliRunner().invoke(app, ["backtest", "--series", str(source), "--out", str(tmp_path / "uit.csv")])
        answers.append((tmp_path / "uit.csv").read_text())
        assert done.exit_code == (1 if extra else 0), done.stderr
    assert answers[0] == answers[1] and len(list(csv.DictReader(answers[0].splitlines()))) > 50
    assert (
        f"Rij {FIRST}, {FIRST + 1}: boekjaar 2091 sluit niet aan op de andere boekjaren (2015 tot en met 2019). "
        "Verbeter het jaar, of vul de jaren ertussen aan." in done.stderr.splitlines()
    )


@pytest.mark.parametrize("empty", [MOST_EMPTY, MOST_EMPTY + 1])
def test_years_may_be_missing_but_not_too_many_in_a_row(empty: int, tmp_path: Path) -> None:
    year = 2020 + empty
    found = read(tmp_path, [*LINES, *(line(year, month_end(year, m), m) for m in (1, 2))])
    years = to_panel(found.rows, found.refusals).years
    assert (years[-1], len(found.refusals)) == ((year, 0) if empty == MOST_EMPTY else (2019, 1))


def test_years_long_ago_that_can_be_forecast_stay(tmp_path: Path) -> None:
    earlier = [
        (*row[:2], row[2] - 12, row[3], row[4].replace(year=row[4].year - 12, day=28), *row[5:]) for row in LINES
    ]
    found = read(tmp_path, [*LINES, *earlier])
    assert (len(found.rows), found.refusals) == (2 * len(LINES), [])


def test_of_two_parts_that_are_as_large_neither_is_taken_for_the_mistake() -> None:
    rows = [Row(i, "a", "g", year, 1, dt.date(year, 1, 31), 1.0, None) for i, year in enumerate((2001, 2020), start=2)]
    refusals: list[str] = []
    assert without_stray(rows, refusals) == []
    assert [r.split(" sluit")[0] for r in refusals] == ["Rij 2: boekjaar 2001", "Rij 3: boekjaar 2020"]


def test_a_date_years_after_all_others_does_not_close_the_running_year(tmp_path: Path) -> None:
    found = read(tmp_path, [*LINES, line(2019, dt.date(2022, 7, 31), 6)])
    assert len(found.rows) == len(LINES)
    assert found.refusals == [
        f"Rij {FIRST}: de peildatum 2022-07-31 ligt meer dan 12 maanden na die van de andere rijen (tot en met "
        "2019-07-31). Verbeter de datum."
    ]
    over = simulate(1, series=2, years=5)
    assert not read(
        tmp_path, [*over, line(2019, dt.date(2022, 7, 31), 6)]
    ).refusals  # after the year it is a correction


def test_a_whole_year_delivered_again_years_later_is_meant(tmp_path: Path) -> None:
    again = [line(2018, dt.date(2024, 7, 31), m) for m in range(1, 13)]
    found = read(tmp_path, [*LINES, *again])
    assert (len(found.rows), found.refusals) == (len(LINES) + 12, [])


def test_a_silence_because_years_are_missing_makes_no_later_date_strange(tmp_path: Path) -> None:
    later = [line(y, month_end(y, m), m) for y in (2021, 2022) for m in range(1, 13)]
    found = read(tmp_path, [*LINES, *later, line(2018, dt.date(2022, 3, 31), 2)])
    assert found.refusals == []


def test_a_whole_delivery_of_a_far_year_is_one_line(tmp_path: Path) -> None:
    found = read(tmp_path, [*LINES, *(line(2050, month_end(2050, m), m) for m in range(1, 13))])
    assert len(found.refusals) == 1
    numbers = ", ".join(map(str, range(FIRST, FIRST + 10)))
    assert found.refusals[0].startswith(f"Rij {numbers} en nog 2 andere rijen: boekjaar 2050 sluit")
