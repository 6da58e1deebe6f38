"""Chain ladder against the published results of Mack (1993) on the triangle of Taylor and Ashe (1983)."""

import csv

import numpy as np
import pytest
from typer.testing import CliRunner

from indicators.cli import app
from indicators.forecast.chainladder import mack

INCREMENTAL = [
    [357848, 766940, 610542, 482940, 527326, 574398, 146342, 139950, 227229, 67948],
    [352118, 884021, 933894, 1183289, 445745, 320996, 527804, 266172, 425046],
    [290507, 1001799, 926219, 1016654, 750816, 146923, 495992, 280405],
    [310608, 1108250, 776189, 1562400, 272482, 352053, 206286],
    [443160, 693190, 991983, 769488, 504851, 470639],
    [396132, 937085, 847498, 805037, 705960],
    [440832, 847631, 1131398, 1063269],
    [359480, 1061648, 1443370],
    [376686, 986608],
    [344014],
]
#: Reserve per origin year 2-10 in thousands, and standard error as the R package ChainLadder prints it (GenIns).
RESERVE = [95, 470, 710, 985, 1419, 2178, 3920, 4279, 4626]
STANDARD_ERROR = [75_535, 121_699, 133_549, 261_406, 411_010, 558_317, 875_328, 971_258, 1_363_155]


@pytest.fixture
def taylor_ashe() -> np.ndarray:
    triangle = np.full((10, 10), np.nan)
    for i, row in enumerate(INCREMENTAL):
        triangle[i, : len(row)] = np.cumsum(row)
    return triangle


def test_taylor_ashe_reserve_and_standard_error(taylor_ashe: np.ndarray) -> None:
    result = mack(taylor_ashe)
    assert round(result.total_reserve) == 18_680_856
    assert round(result.total_standard_error) == 2_447_095
    assert [round(r / 1000) for r in result.reserve[1:]] == RESERVE
    assert [round(e) for e in result.standard_error[1:]] == STANDARD_ERROR


def test_command_gives_the_same_in_the_form_of_the_contract(taylor_ashe: np.ndarray, tmp_path) -> None:
    source, out = tmp_path / "driehoek.csv", tmp_path / "uit.csv"
    lines = ["herkomst,ontwikkeling,cumulatief"]
    for i, j in np.argwhere(~np.isnan(taylor_ashe)):
        lines.append(f"{2001 + i},{j + 1},{taylor_ashe[i, j]}")
    source.write_text("\n".join(lines))
    done = CliRunner().invoke(app, ["chainladder", "--triangle", str(source), "--out", str(out)])
    assert done.exit_code == 0
    rows = list(csv.DictReader(out.open()))
    assert list(rows[0]) == ["herkomst", "uiteindelijk", "reserve", "standaardfout"]
    assert rows[-1]["herkomst"] == "totaal"
    assert round(float(rows[-1]["reserve"])) == 18_680_856
    assert round(float(rows[-1]["standaardfout"])) == 2_447_095


def test_a_hole_in_the_triangle_is_refused(taylor_ashe: np.ndarray) -> None:
    taylor_ashe[2, 3] = np.nan
    with pytest.raises(ValueError, match="geen driehoek"):
        mack(taylor_ashe)
