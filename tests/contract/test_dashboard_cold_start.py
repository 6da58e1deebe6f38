"""A server that has only just started: whoever comes first, with many at once, gets a page and never an error.

Two starts here, a hundred in `make bench` (tests/bench/bench_cold_start.py).
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.cold_server import cold_server, first_visits, launching
from tests.support.publication import leeg, publish

STARTS = 2


@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn draait niet op Windows")
def test_first_requests_of_a_cold_server_all_get_their_page(tmp_path: Path) -> None:
    publish(tmp_path, leeg())
    with launching(tmp_path) as launcher:
        for start in range(STARTS):
            with cold_server(launcher) as port:
                wrong = [a for a in first_visits(port) if a[1] != 200 or not a[2]]
            assert not wrong, f"start {start}: {wrong}"
