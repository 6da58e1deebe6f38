"""`python -m indicators backtest` as its contract promises: columns, methods, refusals with row number, exit codes."""

import csv
import datetime as dt
from pathlib import Path

from typer.testing import CliRunner, Result

from indicators.cli import app
from tests.forecast_simulation import Line, simulate, write

HEADER = "reeks,groep,boekjaar,maand,peildatum,bedrag,begroting"


def backtest(source: Path, out: Path) -> Result:
    return CliRunner().invoke(app, ["backtest", "--series", str(source), "--out", str(out)])


def test_every_year_with_three_before_it_and_every_peilmaand(tmp_path: Path) -> None:
    done = backtest(write(tmp_path / "in.csv", simulate(1, late=True, series=3, years=5)), tmp_path / "uit.csv")
    assert done.exit_code == 0, done.stderr
    rows = list(csv.DictReader((tmp_path / "uit.csv").open()))
    assert list(rows[0]) == ["reeks", "groep", "boekjaar", "peilmaand", "methode", "p10", "p25", "p50", "p75", "p90"]
    assert {(r["boekjaar"], r["peilmaand"]) for r in rows} == {
        (y, str(m)) for y in ("2018", "2019") for m in range(1, 13)
    }
    assert {r["methode"] for r in rows} == {"model", "lineair", "vorig_jaar", "begroting"}
    assert len(rows) == 3 * 2 * 12 * 4
    for row in rows:
        filled = [bool(row[p]) for p in ("p10", "p25", "p50", "p75", "p90")]
        assert filled == ([True] * 5 if row["methode"] == "model" else [False, False, True, False, False])


def test_linear_is_booked_so_far_over_months_times_twelve(tmp_path: Path) -> None:
    lines: list[Line] = [
        ("a", "g", y, m, dt.date(y, m, 28), 100.0 * m, None) for y in range(2018, 2022) for m in range(1, 13)
    ]
    backtest(write(tmp_path / "in.csv", lines), tmp_path / "uit.csv")
    rows = {(r["peilmaand"], r["methode"]): r["p50"] for r in csv.DictReader((tmp_path / "uit.csv").open())}
    assert rows["3", "lineair"] == "2400.00"
    assert rows["3", "vorig_jaar"] == "7800.00"
    assert ("3", "begroting") not in rows  # no budget, no forecast by budget
    assert rows["3", "model"] == "7800.00" or abs(float(rows["3", "model"]) - 7800) < 200


def test_wrong_rows_are_refused_with_their_number_and_the_rest_is_used(tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", simulate(1, series=2, years=4))
    lines = source.read_text().splitlines()
    lines += ["reeks 00,groep 0,2015,1,31-01-2015,5,", "reeks 00,groep 0,2015,14,2016-02-29,5,", "x,y,z"]
    lines += ["reeks 00,groep 0,2015,13,2015-12-31,5,", "reeks 00,groep 0,2015,1,2015-03-31,NaN,"]
    source.write_text("\n".join(lines))
    done = backtest(source, tmp_path / "uit.csv")
    assert done.exit_code == 1
    first = len(lines) - 4
    for number, word in enumerate(["peildatum", "maand", "velden", "nog niet bekend", "bedrag"], start=first):
        assert any(line.startswith(f"Rij {number}:") and word in line for line in done.stderr.splitlines()), done.stderr


def test_contradicting_rows_are_both_refused(tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", simulate(1, series=2, years=4))
    line = source.read_text().splitlines()[1]
    source.write_text(source.read_text() + line + "\n")
    assert backtest(source, tmp_path / "uit.csv").exit_code == 0  # the same row twice says nothing new
    cells = line.split(",")
    source.write_text(source.read_text() + ",".join([*cells[:5], "1.23", cells[6]]) + "\n")
    done = backtest(source, tmp_path / "uit.csv")
    assert done.exit_code == 1
    assert "verschillende waarden" in done.stderr
    assert "reeks 00" not in (tmp_path / "uit.csv").read_text()  # its first year now has a gap


def test_a_gap_and_a_short_series_are_refused_by_name(tmp_path: Path) -> None:
    lines = [line for line in simulate(1, series=2, years=5) if (line[0], line[2], line[3]) != ("reeks 00", 2018, 4)]
    lines = [line for line in lines if line[0] != "reeks 01" or line[2] >= 2017]
    done = backtest(write(tmp_path / "in.csv", lines), tmp_path / "uit.csv")
    assert done.exit_code == 1
    assert (
        "Reeks reeks 00, boekjaar 2018: geen voorspelling voor peilmaand 4 tot en met 12, want maand 4 ontbreekt"
        in done.stderr
    )
    assert "Reeks reeks 01, boekjaar 2019: geen voorspelling" in done.stderr
    rows = list(csv.DictReader((tmp_path / "uit.csv").open()))
    assert {(r["reeks"], r["boekjaar"], r["peilmaand"]) for r in rows} == {("reeks 00", "2018", m) for m in "123"}


def test_unusable_files_end_with_two_and_a_dutch_sentence(tmp_path: Path) -> None:
    bad = {"leeg.csv": "", "kop.csv": "a,b\n1,2\n", "kaal.csv": HEADER + "\n"}
    bad["kort.csv"] = HEADER + "\na,g,2020,1,2020-01-31,5,\n"
    for name, text in bad.items():
        (tmp_path / name).write_text(text)
        done = backtest(tmp_path / name, tmp_path / "uit.csv")
        assert done.exit_code == 2, name
        assert done.stderr.strip() and "Traceback" not in done.stderr
        assert not (tmp_path / "uit.csv").exists()
    assert backtest(tmp_path / "nergens.csv", tmp_path / "uit.csv").exit_code == 2


def test_the_future_of_a_running_year_is_not_refused(tmp_path: Path) -> None:
    lines = [line for line in simulate(1, series=2, years=5) if line[4] <= dt.date(2019, 7, 31)]
    done = backtest(write(tmp_path / "in.csv", lines), tmp_path / "uit.csv")
    assert done.exit_code == 0, done.stderr
    rows = list(csv.DictReader((tmp_path / "uit.csv").open()))
    assert max(int(r["peilmaand"]) for r in rows if r["boekjaar"] == "2019") == 7
