"""Chain ladder against more published triangles, and against the package chainladder as an oracle."""

import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from indicators.cli import app
from indicators.forecast.chainladder import Reserves, mack
from tests.golden.chainladder_orakel import TRIANGLES, mack_of_the_package

ORACLE = json.loads((Path(__file__).parent / "chainladder_orakel.json").read_text(encoding="utf-8"))

#: As printed: T. Mack, "Measuring the variability of chain ladder reserve estimates" (CAS, 1994), on the RAA triangle;
#: M. Merz and M. Wüthrich, "Modelling the claims development result for solvency purposes" (CAS E-Forum, 2008).
PRINTED_TOTAL = {"raa": (52_135, 26_909), "mw2008": (2_237_826, 108_401), "genins": (18_680_856, 2_447_095)}
RAA_RESERVE = [154, 617, 1_636, 2_747, 3_649, 5_435, 10_907, 10_650, 16_339]
RAA_STANDARD_ERROR = [206, 623, 747, 1_469, 2_002, 2_209, 5_358, 6_333, 24_566]


def developed(rows: list[list[float]]) -> Reserves:
    triangle = np.full((len(rows), len(rows)), np.nan)
    for i, row in enumerate(rows):
        triangle[i, : len(row)] = row
    return mack(triangle)


@pytest.mark.parametrize("name", PRINTED_TOTAL)
def test_total_is_what_the_paper_prints(name: str) -> None:
    result = developed(ORACLE["driehoeken"][name]["cumulatief"])
    assert (round(result.total_reserve), round(result.total_standard_error)) == PRINTED_TOTAL[name]


def test_every_year_of_the_raa_triangle_is_what_the_paper_prints() -> None:
    result = developed(ORACLE["driehoeken"]["raa"]["cumulatief"])
    assert [round(r) for r in result.reserve[1:]] == RAA_RESERVE
    assert [round(e) for e in result.standard_error[1:]] == RAA_STANDARD_ERROR


@pytest.mark.parametrize("name", TRIANGLES)
def test_every_year_is_what_the_package_says(name: str) -> None:
    figures = ORACLE["driehoeken"][name]
    _same(developed(figures["cumulatief"]), figures)


@pytest.mark.skipif(find_spec("chainladder") is None, reason="het pakket chainladder staat niet in deze omgeving")
@pytest.mark.parametrize("name", TRIANGLES)
def test_the_recorded_figures_are_what_the_package_says_today(name: str) -> None:
    figures = mack_of_the_package(name)
    _same(developed(figures["cumulatief"]), figures)


def _same(result: Reserves, figures: dict[str, list[float]]) -> None:
    np.testing.assert_allclose(result.reserve, figures["reserve"], rtol=1e-6, atol=1e-3)
    np.testing.assert_allclose(result.standard_error, figures["standaardfout"], rtol=1e-6, atol=1e-3)
    total = (result.total_reserve, result.total_standard_error)
    np.testing.assert_allclose(total, figures["totaal"], rtol=1e-6, atol=1e-3)


REFUSED = {
    "a single origin": ("2024,1,10\n", "geen driehoek"),
    "two origins": ("2024,1,10\n2024,2,12\n2025,1,9\n", "drie jaren"),
    "more developments than origins": ("2024,1,10\n2024,2,12\n2024,3,13\n2025,1,9\n", "geen driehoek"),
    "a cell too many": ("2024,1,10\n2024,2,12\n2025,1,9\n2025,2,11\n", "geen driehoek"),
    "nothing at the start": ("2023,1,0\n2023,2,12\n2023,3,12\n2024,1,0\n2024,2,12\n2025,1,0\n", "nul of minder"),
    "a fall to nothing": ("2023,1,9\n2023,2,0\n2023,3,0\n2024,1,10\n2024,2,0\n2025,1,9\n", "nul of minder"),
    "no number": ("2024,1,tien\n2024,2,12\n2025,1,9\n", "Rij 2"),
    "an amount twice": ("2024,1,10\n2024,1,11\n2024,2,12\n2025,1,9\n", "tweede bedrag"),
    "no rows": ("", "geen enkele rij"),
    "a total below nothing": ("1,1,-9\n1,2,12\n1,3,12\n2,1,30\n2,2,33\n3,1,9\n", "onder nul"),
    "growth from nothing": ("1,1,0\n1,2,12\n1,3,12\n2,1,30\n2,2,33\n3,1,9\n", "vanaf nul"),
    "too large": ("1,1,9e200\n1,2,1e201\n1,3,1e201\n2,1,8e200\n2,2,9e200\n3,1,9e200\n", "te groot"),
    "a number that is none": ("1,1,1_0\n", "Rij 2"),
    "a cell without end": ("1,1," + "9" * 140_000 + "\n", "niet als CSV te lezen"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_triangle_is_refused_in_dutch(what: str, tmp_path: Path) -> None:
    rows, reason = REFUSED[what]
    source, out = tmp_path / "driehoek.csv", tmp_path / "uit.csv"
    source.write_text("herkomst,ontwikkeling,cumulatief\n" + rows, encoding="utf-8")
    done = CliRunner().invoke(app, ["chainladder", "--triangle", str(source), "--out", str(out)])
    assert done.exit_code == 2
    assert reason in done.stderr
    assert not out.exists()


def test_other_units_and_labels_give_the_same_digits(tmp_path: Path) -> None:
    rows = ORACLE["driehoeken"]["raa"]["cumulatief"]
    lines = [f"jaar {1 + i},{12 * (j + 1)} mnd,{v / 1e9!r}\n" for i, row in enumerate(rows) for j, v in enumerate(row)]
    source, out = tmp_path / "driehoek.csv", tmp_path / "uit.csv"
    source.write_text("herkomst,ontwikkeling,cumulatief\n" + "".join(reversed(lines)), encoding="utf-8")
    assert CliRunner().invoke(app, ["chainladder", "--triangle", str(source), "--out", str(out)]).exit_code == 0
    name, _, reserve, error = out.read_text(encoding="utf-8").splitlines()[-1].split(",")
    assert (name, round(float(reserve) * 1e9), round(float(error) * 1e9)) == ("totaal", *PRINTED_TOTAL["raa"])
