"""Files and places as a stranger gives them to the commands: an answer, or in Dutch what is wrong and what to do."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from indicators.cli import app
from tests.forecast_simulation import simulate, write
from tests.support.marts import all_empty

TRIANGLE = [f"{2020 + o},{a},{100 * a + o}" for o in range(4) for a in range(1, 5 - o)]
HEAD = "herkomst,ontwikkeling,cumulatief"


def run(command: str, option: str, source: Path | str, out: Path | str) -> Result:
    done = CliRunner().invoke(app, [command, option, str(source), "--out", str(out)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def backtest(source: Path | str, out: Path | str) -> Result:
    return run("backtest", "--series", source, out)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("reeksen") / "in.csv", simulate(1, series=2, years=4))


def test_what_a_dutch_excel_does_is_said_at_once(plain: Path, tmp_path: Path) -> None:
    lines = plain.read_text().replace(".", "#").replace(",", ";").replace("#", ",")
    (tmp_path / "excel.csv").write_text(lines, encoding="utf-8-sig")
    done = backtest(tmp_path / "excel.csv", tmp_path / "uit.csv")
    assert done.exit_code == 2 and "puntkomma's, en schrijf bedragen met een punt (1234.56) en dagen" in done.stderr
    (tmp_path / "tab.csv").write_text(plain.read_text().replace(",", "\t"))
    assert "niet met tabs" in backtest(tmp_path / "tab.csv", tmp_path / "uit.csv").stderr


def test_empty_files_are_called_empty(plain: Path, tmp_path: Path) -> None:
    for name, text, says in (
        ("niets.csv", "", "niets.csv is leeg. Nodig is een kop"),
        ("regels.csv", "\n\n , \n", "regels.csv is leeg. Nodig is een kop"),
        ("kop.csv", plain.read_text().splitlines()[0], "Na de kop staat er niets."),
    ):
        (tmp_path / name).write_text(text)
        done = backtest(tmp_path / name, tmp_path / "uit.csv")
        assert (done.exit_code, says in done.stderr) == (2, True), done.stderr


def test_empty_rows_above_the_header_change_the_row_numbers_only(plain: Path, tmp_path: Path) -> None:
    rows = plain.read_text().splitlines()
    rows[5] = ",".join([*rows[5].split(",")[:5], "", ""])
    (tmp_path / "in.csv").write_text("\n,,\n" + "\n".join(rows))
    done = backtest(tmp_path / "in.csv", tmp_path / "uit.csv")
    assert done.exit_code == 1
    assert "Rij 8: de kolom bedrag is leeg (nodig: een getal als 1234.56, met een punt)." in done.stderr.splitlines()


def test_one_reason_for_all_rows_is_given_once_and_the_others_beside_it(plain: Path, tmp_path: Path) -> None:
    rows = plain.read_text().splitlines()
    wrong = [rows[0], *(row.replace("-", "/", 1) for row in rows[1:])]
    wrong[3] = wrong[3].replace(",2015,", ",2_015,")
    (tmp_path / "in.csv").write_text("\n".join(wrong))
    done = backtest(tmp_path / "in.csv", tmp_path / "uit.csv")
    assert done.exit_code == 2
    assert done.stderr.count("kolom peildatum") == 1 and "Rij 2: de waarde '2015/01-31'" in done.stderr
    assert "Rij 4: de waarde '2_015' kan niet in de kolom boekjaar" in done.stderr
    assert f"Zo zijn er nog {len(rows) - 3} weigeringen." in done.stderr


def test_a_series_in_two_groups_says_what_to_do(plain: Path, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(plain.read_text().replace("reeks 00,groep 0,2016", "reeks 00,groep 9,2016"))
    assert "geef alle rijen van een reeks dezelfde groep" in backtest(tmp_path / "in.csv", tmp_path / "uit.csv").stderr


def test_places_that_are_not_there(plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert backtest(".", "uit.csv").stderr == ". is een map. Geef de naam van een bestand.\n"
    if Path("/proc/version").exists():
        said = backtest(plain, "/proc/nergens/uit.csv").stderr
        assert "de map is er niet en kan niet worden gemaakt" in said and "No such" not in said
    for database, says in (("nergens.duckdb", "is er niet"), (".", "is een map")):
        done = run("reeksen", "--database", database, "uit.csv")
        assert (done.exit_code, says in done.stderr) == (2, True)


def test_a_publication_is_never_written_over_by_its_own_series(tmp_path: Path) -> None:
    database = tmp_path / "monitor.duckdb"
    with all_empty() as connection:
        connection.execute(f"ATTACH '{database}' AS bestand")
        connection.execute("COPY FROM DATABASE memory TO bestand")
    before = database.read_bytes()
    done = run("reeksen", "--database", database, tmp_path / "." / "monitor.duckdb")
    assert done.exit_code == 2 and "Geef met --out een andere naam" in done.stderr
    assert database.read_bytes() == before
    assert "staat geen realisatie" in run("reeksen", "--database", database, tmp_path / "uit.csv").stderr


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([r for r in TRIANGLE if not r.startswith("2021,2")], "Er ontbreekt een rij: herkomst 2021, ontwikkeling 2."),
        ([*TRIANGLE, "2023,2,0"], "Rij 12 is te veel: herkomst 2023, ontwikkeling 2. Laat wat nog niet bekend is weg."),
        (
            [*TRIANGLE, "2091,1,5"],
            "Het aantal herkomsten is 5 en het aantal ontwikkelingen 4; dat hoort gelijk te zijn.",
        ),
        ([f"{i},{i},1" for i in range(20_000)], "Rij 10002 is te veel"),
    ],
)
def test_what_is_no_triangle_names_the_cell(rows: list[str], says: str, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("\n".join([HEAD, *rows]))
    done = run("chainladder", "--triangle", tmp_path / "in.csv", tmp_path / "uit.csv")
    assert (done.exit_code, says in done.stderr) == (2, True), done.stderr


def test_amounts_per_period_taken_for_totals_are_noticed(tmp_path: Path) -> None:
    falling = [f"{2020 + o},{a},{1000 // a + o}" for o in range(4) for a in range(1, 5 - o)]
    for rows, noticed in ((falling, True), (TRIANGLE, False)):
        (tmp_path / "in.csv").write_text("\n".join([HEAD, *rows]))
        done = run("chainladder", "--triangle", tmp_path / "in.csv", tmp_path / "uit.csv")
        assert (done.exit_code, done.stderr.startswith("Let op: elk bedrag is kleiner")) == (0, noticed)
