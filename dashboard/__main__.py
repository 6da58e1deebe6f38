"""Entry point: `python -m dashboard`."""

from __future__ import annotations

from dashboard.cli import app

app(prog_name="python -m dashboard")
