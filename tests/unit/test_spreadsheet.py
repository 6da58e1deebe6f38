"""Text from an export is never run: not by the spreadsheet that opens our files, not by the terminal that shows it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from etl.check import check_files, render
from etl.cleaning import printable
from indicators.cli import app
from indicators.core.spreadsheet import safe_cell

ROOT = Path(__file__).resolve().parents[2]
WRITERS = re.compile(r"\bcsv\.(?:writer|DictWriter)\(|\.to_csv\(|\.to_excel\(|import xlsxwriter|openpyxl\.Workbook\(")
#: A text in a workbook is never computed when it is written as one; in a text file only the apostrophe says so.
AS_TEXT = '"strings_to_formulas": False'
#: Writes no text of somebody else: the synthetic municipality is our own, and a digest is no file.
OWN_TEXT = ("etl/sample/", "etl/cbs_tables/copies.py")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", "-", "--1", "-a"],
)
def test_text_that_begins_like_a_formula_is_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["-1.234,56", "+5", "-12 %".replace(" ", ""), "6.712", "a=1", "", None, -5, 1.5,
                                   dt.date(2026, 9, 30), "Jeugd - één", "WK189504"])  # fmt: skip
def test_numbers_dates_and_plain_text_stay_as_they_are(value: object) -> None:
    assert safe_cell(value) == value


@given(st.text(max_size=8))
def test_nothing_that_is_written_begins_a_formula(text: str) -> None:
    written = str(safe_cell(text))
    bare = written.strip(" \u00a0\ufeff\x00")
    assert not bare.startswith(("=", "@", "\t", "\r")) and (not re.match(r"[+-][^\d]", bare))


def test_every_writer_of_a_spreadsheet_makes_its_texts_safe() -> None:
    careless = []
    for package in ("etl", "indicators", "dashboard"):
        for path in (ROOT / package).rglob("*.py"):
            name, text = path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
            safe = "safe_cell" in text or AS_TEXT in text
            if WRITERS.search(text) and not safe and not name.startswith(OWN_TEXT):
                careless.append(name)
    assert not careless, "geef elke tekst door aan indicators.core.spreadsheet.safe_cell"


def test_a_backtest_does_not_hand_a_formula_on(tmp_path: Path) -> None:
    """The names of the years in a triangle come back in the answer."""
    rows = [("herkomst", "ontwikkeling", "cumulatief")]
    for year, name in enumerate(("=1+1", "2021", "2022", "2023")):
        rows += [(name, str(d), str(1000 + 100 * d + 7 * year + d * d * year)) for d in range(4 - year)]
    with (tmp_path / "in.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    done = CliRunner().invoke(
        app, ["chainladder", "--triangle", str(tmp_path / "in.csv"), "--out", str(tmp_path / "uit.csv")]
    )
    if done.exit_code == 0:
        assert not re.search(r"(?m)^=", (tmp_path / "uit.csv").read_text("utf-8"))
    else:
        assert not (tmp_path / "uit.csv").exists()


def test_a_cell_cannot_steer_the_terminal_that_shows_it(tmp_path: Path) -> None:
    assert printable("a\x1b[2Jb\x07\u202ec\td\x9be\n") == "a?[2Jb??c d?e "
    steer = "\x1b]0;titel\x07\x1b[2J"
    (tmp_path / "k2f").mkdir()
    path = tmp_path / "k2f" / f"k2f_2026-09-30{steer[:4]}.csv".replace("]", "")
    header = "Kostenplaats;Kostensoort;Taakveld;L/B;Primitieve begroting;Begroting na wijziging;Realisatie"
    path.write_text(f"Boekjaar 2026\n{header}\n1;2;{steer};L;1;1;1\n1;2;6.712;L;{steer};1;1\n1;2;6.713;L;1;1;1\n")
    page = Console(file=io.StringIO(), width=120)
    render(check_files([path], "k2f"), page)
    shown = page.file.getvalue()  # type: ignore[attr-defined]
    assert ("\x1b" not in shown and "\x07" not in shown and "Geweigerd" in shown) or "geweigerd" in shown
