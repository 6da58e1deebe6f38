"""Figures of the package chainladder for published triangles, recorded in chainladder_orakel.json.

The package stays out of the environment of the monitor: it asks for other versions of what the monitor uses. To record
again, run this file with a Python that has it (and only it):

    python -m venv orakel && orakel/bin/pip install chainladder
    orakel/bin/python tests/golden/chainladder_orakel.py tests/golden/chainladder_orakel.json
"""

import json
import sys
from pathlib import Path

TRIANGLES = ("genins", "raa", "mw2008", "mortgage", "abc", "ukmotor", "mw2014")


def mack_of_the_package(name: str) -> dict[str, list]:
    """Fit Mack's model as his 1993 paper does: volume-weighted, last variance by his own rule."""
    import chainladder
    import numpy as np

    triangle = chainladder.load_sample(name)
    developed = chainladder.Development(average="volume", sigma_interpolation="mack").fit_transform(triangle)
    fitted = chainladder.MackChainladder().fit(developed)
    summary = fitted.summary_.to_frame()
    cells = triangle.values[0, 0]
    return {
        "cumulatief": [[float(v) for v in row if np.isfinite(v)] for row in cells],
        "reserve": [0.0, *(round(float(v), 4) for v in summary["IBNR"].to_numpy()[1:])],
        "standaardfout": [0.0, *(round(float(v), 4) for v in summary["Mack Std Err"].to_numpy()[1:])],
        "totaal": [
            round(float(fitted.ibnr_.sum()), 4),
            round(float(np.ravel(fitted.total_mack_std_err_.values)[0]), 4),
        ],
    }


if __name__ == "__main__":
    from importlib.metadata import version

    figures = {"versie": version("chainladder"), "driehoeken": {name: mack_of_the_package(name) for name in TRIANGLES}}
    Path(sys.argv[1]).write_text(json.dumps(figures) + "\n", encoding="utf-8")
