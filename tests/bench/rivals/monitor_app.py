"""Serve the monitor with the page of this bench: `python -m tests.bench.rivals.monitor_app STORE PORT`."""

from __future__ import annotations

import sys
from pathlib import Path

import dashboard.app
from dashboard.serve import serve
from tests.bench.rivals import monitor_page

if __name__ == "__main__":
    dashboard.app.PAGES = (monitor_page, *dashboard.app.PAGES)  # type: ignore[assignment]
    serve(Path(sys.argv[1]), "127.0.0.1", int(sys.argv[2]))
