"""The commands `backtest` and `chainladder` on files that someone else made, unusual ones and wrong ones.

Baselines are worked out here again in plain Python, from the contract alone; the model is only held to what the
contract promises of any model.
"""

import csv
import datetime as dt
import os
import random
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from indicators.cli import app
from tests.forecast_simulation import Line, month_end, simulate, write

Row = dict[str, str]
Key = tuple[str, int, int]
QUANTILES = ("p10", "p25", "p50", "p75", "p90")


def backtest(source: Path, out: Path) -> Result:
    done = CliRunner().invoke(app, ["backtest", "--series", str(source), "--out", str(out)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def answer(tmp_path: Path, lines: list[Line], code: int = 0) -> list[Row]:
    done = backtest(write(tmp_path / "in.csv", lines), tmp_path / "uit.csv")
    assert done.exit_code == code, done.stderr
    return rows_of(tmp_path / "uit.csv")


@cache
def _drawn() -> tuple[Line, ...]:
    lines = simulate(3, late=True, series=2, years=4)
    closing: list[Line] = [
        (f"reeks {s:02d}", f"groep {s}", y, 13, dt.date(y + 1, 2, 28), 9e3 * s, None)
        for s in range(2)
        for y in (2016, 2018)
    ]
    return (*lines, *closing)


def drawn() -> list[Line]:
    """Two series of four years with late invoices and, in two of the years, closing entries."""
    return list(_drawn())


def baselines(lines: list[Line], reeks: str, year: int, peilmaand: int) -> dict[str, float]:
    """The contract's words: booked so far / peilmaand x 12; last year as far as known; the newest budget known."""
    day = month_end(year, peilmaand)
    known = sorted((line for line in lines if line[0] == reeks and line[4] <= day), key=lambda line: line[4])
    now = {line[3]: line[5] for line in known if line[2] == year}
    last = {line[3]: line[5] for line in known if line[2] == year - 1}
    budgets = [line[6] for line in known if line[2] == year and line[6] is not None]
    said = {"lineair": sum(now.values()) / peilmaand * 12} if now else {}
    if len(last.keys() - {13}) == 12:
        said["vorig_jaar"] = sum(last.values())
    return said | ({"begroting": budgets[-1]} if budgets else {})


def shifted(lines: list[Line], days: int) -> list[Line]:
    return [(*line[:4], line[4] + dt.timedelta(days=days), *line[5:]) for line in lines]


UNUSUAL = {
    "as drawn": lambda lines: lines,
    "delivered on the tenth of the next month": lambda lines: shifted(lines, 10),
    "two peildata within every month": lambda lines: [
        new for line in lines for new in ((*line[:4], line[4].replace(day=3), line[5] / 2, line[6]), line)
    ],
    "every second month is a refund": lambda lines: [
        (*line[:5], -line[5] if line[3] % 2 else line[5], line[6]) for line in lines
    ],
    "budgets below zero or none, of billions and of fractions of a cent, after a year of nothing": lambda lines: [
        (
            *line[:5],
            0.0 if line[2] == 2016 else line[5] * (1e6 if line[0] == "reeks 00" else 1e-5),
            None if line[0] == "reeks 01" and line[2] == 2018 else -1e6 * line[4].month,
        )
        for line in lines
    ],
    "the vintages of the newest year never came": lambda lines: [
        line for line in lines if line[4] <= dt.date(2018, 12, 31)
    ],
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_baselines_are_as_defined_and_the_band_is_finite_and_in_order(name: str, tmp_path: Path) -> None:
    lines = UNUSUAL[name](drawn())
    found: dict[Key, dict[str, float]] = {}
    for row in answer(tmp_path, lines):
        found.setdefault((row["reeks"], int(row["boekjaar"]), int(row["peilmaand"])), {})[row["methode"]] = float(
            row["p50"]
        )
        if row["methode"] == "model":
            band = [float(row[q]) for q in QUANTILES]
            assert band == sorted(band) and all(abs(value) < float("inf") for value in band)
    assert {key[1:] for key in found} == {(2018, m) for m in range(1, 13)}
    for key, said in found.items():
        del said["model"]
        assert said == pytest.approx(baselines(lines, *key), abs=0.0051, rel=1e-9), key


def test_neither_the_order_of_rows_nor_a_name_nor_what_came_later_changes_an_answer(tmp_path: Path) -> None:
    lines = drawn()
    plain = {
        tuple(row[k] for k in ("reeks", "boekjaar", "peilmaand", "methode")): row for row in answer(tmp_path, lines)
    }
    cut = dt.date(2018, 9, 30)
    names = {"reeks 00": 'z, "z"\nz', "reeks 01": "ä"}
    changed = [
        (names[line[0]], *line[1:5], line[5] * -77.0, 1.0) if line[4] > cut else (names[line[0]], *line[1:])
        for line in lines
    ]
    random.Random(5).shuffle(changed)
    with (tmp_path / "in.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, quoting=csv.QUOTE_ALL)
        writer.writerow(["Begroting", "bedrag", "opmerking", "peildatum", "maand", "boekjaar", "groep", "REEKS"])
        writer.writerows(
            ["" if line[6] is None else line[6], line[5], "a;b", *line[4:0:-1], line[0]] for line in changed
        )
    assert backtest(tmp_path / "in.csv", tmp_path / "uit.csv").exit_code == 0
    back = {new: old for old, new in names.items()}
    compared = 0
    for row in rows_of(tmp_path / "uit.csv"):
        if (int(row["boekjaar"]), int(row["peilmaand"])) <= (cut.year, cut.month):
            key = (back[row["reeks"]], row["boekjaar"], row["peilmaand"], row["methode"])
            assert [row[q] for q in QUANTILES] == [plain[key][q] for q in QUANTILES]
            compared += 1
    assert compared == 2 * 9 * 4


def test_a_band_without_width_is_not_called_wide(tmp_path: Path) -> None:
    made = simulate(3, series=4, years=6)
    lines = [(*line[:5], 0.0 if line[0] == "reeks 00" else line[5], line[6]) for line in made]
    done = backtest(write(tmp_path / "in.csv", lines), tmp_path / "uit.csv")
    model = [r for r in rows_of(tmp_path / "uit.csv") if (r["reeks"], r["methode"]) == ("reeks 00", "model")]
    nothing = {(r["boekjaar"], int(r["peilmaand"])) for r in model if r["p10"] == r["p90"]}
    assert nothing
    for note in (n for n in done.stderr.splitlines() if n.startswith("Let op: reeks reeks 00")):
        year, named = note.split("boekjaar ")[1].split(", peilmaand ")
        low, *high = (int(x) for x in named.split(":")[0].replace(",", " tot en met").split(" tot en met ")[:2])
        assert not nothing & {(year, month) for month in range(low, (high or [low])[0] + 1)}, note


def test_the_reason_of_a_refusal_names_what_is_missing_and_no_future_month(tmp_path: Path) -> None:
    at_once = simulate(1, series=2, years=5)
    holes = {("reeks 00", 2019, 3), ("reeks 00", 2019, 5), ("reeks 00", 2019, 6)}
    running = [line for line in at_once if line[4] <= dt.date(2019, 7, 31) and (line[0], *line[2:4]) not in holes]
    done = backtest(write(tmp_path / "in.csv", running), tmp_path / "uit.csv")
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        "Reeks reeks 00, boekjaar 2019: geen voorspelling voor peilmaand 3 tot en met 7, "
        "want maand 3, 5 tot en met 6 ontbreken."
    ]
    done = backtest(write(tmp_path / "in.csv", shifted(at_once, 70)), tmp_path / "uit.csv")
    assert done.exit_code == 1
    assert "peilmaand 1 tot en met 2, want de drie jaren ervoor waren toen nog niet volledig bekend." in done.stderr


def test_peilmaanden_without_a_forecast_are_named_one_by_one(tmp_path: Path) -> None:
    late = {3: dt.date(2019, 4, 30), 6: dt.date(2019, 7, 31)}
    lines = [
        (*line[:4], late[line[3]], *line[5:]) if line[2] == 2019 and line[3] in late else line
        for line in simulate(1, series=1, years=5)
    ]
    done = backtest(write(tmp_path / "in.csv", lines), tmp_path / "uit.csv")
    assert "peilmaand 3, 6, want maanden kwamen later binnen dan een jaar eerder" in done.stderr


def test_a_run_that_fails_leaves_the_earlier_answer_and_the_input_alone(tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", drawn())
    before = source.read_bytes()
    done = backtest(source, tmp_path / "map" / ".." / "in.csv")
    assert (done.exit_code, source.read_bytes()) == (2, before)
    assert "Geef met --out een andere naam" in done.stderr
    out = tmp_path / "uit.csv"
    out.write_text("van vorige maand")
    broken = tmp_path / "stuk.csv"
    broken.write_text(source.read_text().replace("reeks 00", '"reeks 00', 1) + "x" * 200_000)
    assert backtest(broken, out).exit_code == 2
    assert out.read_text() == "van vorige maand"


TRIANGLE = "herkomst,ontwikkeling,cumulatief\n2020,1,100\n2020,2,150\n2020,3,160\n2021,1,110\n2021,2,168\n2022,1,120\n"


def triangle_file(tmp_path: Path) -> Path:
    source = tmp_path / "in.csv"
    source.write_text(TRIANGLE)
    return source


def chainladder(source: Path, out: Path) -> Result:
    return CliRunner().invoke(app, ["chainladder", "--triangle", str(source), "--out", str(out)])


def test_a_full_disk_keeps_the_earlier_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "uit.csv"
    out.write_text("van vorige maand")
    source = triangle_file(tmp_path)
    written = Path.write_text

    def half(path: Path, text: str, **how: str) -> int:
        written(path, text[:100], **how)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", half)
    done = chainladder(source, out)
    assert done.exit_code == 2
    assert "de schijf is vol" in done.stderr
    assert out.read_text() == "van vorige maand"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.csv", "uit.csv"]


def test_where_nothing_can_be_written_it_says_so_in_dutch(tmp_path: Path) -> None:
    source = triangle_file(tmp_path)
    for out, why in ((tmp_path, "dat is een map"), (source / "uit.csv", "geen map"), (Path("/dev/full"), "vol")):
        if out.name == "full" and not out.exists():
            continue
        done = chainladder(source, out)
        assert done.exit_code == 2
        assert why in done.stderr
    read, end = os.pipe()  # a pipe has no earlier answer to keep, and takes the new one
    assert chainladder(source, Path(f"/dev/fd/{end}")).exit_code == 0
    assert os.read(read, 5) == b"herko"
    os.close(read)
    os.close(end)


WRONG = {
    "een decimale komma": (TRIANGLE.replace("2020,1,100", "2020,1,100,55"), "Rij 2"),
    "puntkomma's": (TRIANGLE.replace(",", ";"), "komma's, niet met puntkomma's"),
    "een open aanhalingsteken": (TRIANGLE.replace("2021", '"2021', 1), "aanhalingsteken"),
    "een leeg vak": (TRIANGLE + "2022,2,\n", "Laat wat nog niet bekend is weg"),
    "twee bedragen": (TRIANGLE + "2020,1,101\n", "tweede bedrag"),
    "het totaal erbij": (TRIANGLE + "Totaal,1,330\n", "naam van het totaal"),
    "een kolom dubbel": (
        TRIANGLE.replace("cumulatief", "cumulatief,herkomst").replace("0\n", "0,2020\n"),
        "meer dan één",
    ),
    "alleen een kop": ("herkomst,ontwikkeling,cumulatief\n", "geen enkele rij"),
    "een gat": (TRIANGLE.replace("2020,2,150\n", ""), "geen driehoek"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_triangle_that_is_not_certain_is_refused_with_the_remedy(name: str, tmp_path: Path) -> None:
    text, says = WRONG[name]
    (tmp_path / "in.csv").write_text(text)
    done = chainladder(tmp_path / "in.csv", tmp_path / "uit.csv")
    assert done.exit_code == 2
    assert says in done.stderr
    assert not (tmp_path / "uit.csv").exists()


BROKEN = {
    "datums als 31-01-2015": (lambda text: text.replace("2015-01-31", "31-01-2015"), 1, "een dag als 2024-01-31"),
    "een boekjaar met decimaal": (lambda text: text.replace(",2016,", ",2016.0,"), 2, "een jaar als 2024"),
    "puntkomma's": (lambda text: text.replace(",", ";"), 2, "komma's, niet met puntkomma's"),
    "een open aanhalingsteken": (lambda text: text.replace("reeks", '"reeks', 3), 2, "aanhalingsteken"),
    "een kolom dubbel": (
        lambda text: text.replace("\n", ",1\n").replace("begroting,1", "begroting,maand"),
        2,
        "meer dan",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_used_says_where_it_is_wrong_and_what_to_do(name: str, tmp_path: Path) -> None:
    breaks, code, says = BROKEN[name]
    source = write(tmp_path / "in.csv", [line for line in drawn() if line[2] < 2018 or line[3] == 1])
    source.write_text(breaks(source.read_text()))
    done = backtest(source, tmp_path / "uit.csv")
    assert done.exit_code == code
    assert says in done.stderr
