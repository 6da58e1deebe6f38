"""A tiny inbox and a real refresh, in this process or in one that can be killed."""

from __future__ import annotations

import atexit
import datetime as dt
import json
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from tests.support.processes import Forked, started

ROOT = Path(__file__).resolve().parents[2]
HEADER = "Kostenplaats;Kostensoort;Taakveld;L/B;Primitieve begroting;Begroting na wijziging;Realisatie"


@cache
def frozen_code() -> Path:
    """Copy the code and reference lists once, and give the folder to run from.

    What a refresh publishes follows from its code too, so an edit between two refreshes of one test is a real change.
    Tests that say "nothing changed" therefore run code that nobody edits; the refresh itself needs no door for tests.
    """
    folder = Path(tempfile.mkdtemp(prefix="monitor-code-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # With compiled files and their times: the copy starts as quickly as the original.
    for part in ("etl", "indicators", "data/reference"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


def environment(**extra: str) -> dict[str, str]:
    """Give the environment of a refresh of its own: no stage to stop at, no key or settings from outside."""
    outside = ("MONITOR_TEST_STOP_AT", "MONITOR_SLEUTEL", "MONITOR_INSTELLINGEN", "PYTHONPATH")
    return {k: v for k, v in os.environ.items() if k not in outside} | extra


def put_k2f(inbox: Path, day: dt.date, realisatie: int, name: str | None = None) -> Path:
    """Write an overview of two taakvelden as a finance system would."""
    lines = [
        f"Boekjaar {day.year} - peildatum {day:%d-%m-%Y} - t/m periode {day.month} - bedragen in euro's;;;;;;",
        HEADER,
        f"00671201;43301;6.712;L;1000000,00;1100000,00;{realisatie},50",
        f"00671301;43302;6.713;L;500000,00;500000,00;{realisatie // 2},25",
    ]
    path = inbox / "k2f" / (name or f"k2f_{day:%Y-%m-%d}.csv")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def program(module: str, *arguments: str | Path) -> tuple[int, str]:
    """Run `python -m ...` as a user would; gives exit code and all that it showed."""
    process = started(frozen_code(), module, *map(str, arguments), environment=environment())
    said, _ = process.communicate(timeout=300)
    assert "Traceback" not in said, said
    assert process.returncode is not None
    return process.returncode, said


def start(inbox: Path, store: Path, stop_at: str | None = None) -> Forked | subprocess.Popen[str]:
    """Start a refresh as its own process; with stop_at it waits at that stage (see `wait_for_stop`)."""
    env = environment(**({"MONITOR_TEST_STOP_AT": stop_at} if stop_at else {}))
    arguments = ["refresh", "--inbox", str(inbox), "--store", str(store), "--no-cbs"]
    return started(frozen_code(), "etl", *arguments, environment=env)


def wait_for_stop(process: Forked | subprocess.Popen[str], stage: str) -> None:
    """Wait until the process says that it reached the stage."""
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if line.strip() == f"GESTOPT BIJ {stage}":
            return
    raise AssertionError("".join(said))


def run(inbox: Path, store: Path) -> tuple[int, str]:
    """Refresh and give exit code and output."""
    return program("etl", "refresh", "--inbox", inbox, "--store", store, "--no-cbs")


def run_here(inbox: Path, store: Path) -> tuple[int, str]:
    """Refresh in this process, which saves starting one: for tests that kill nothing and compare no code."""
    from typer.testing import CliRunner

    from etl.cli import app

    arguments = ["refresh", "--inbox", str(inbox), "--store", str(store), "--no-cbs"]
    said = CliRunner().invoke(app, arguments, env={"MONITOR_SLEUTEL": None})
    return said.exit_code, said.output


def report(store: Path) -> dict[str, Any]:
    return json.loads((store / "laatste_verversing.json").read_text("utf-8"))


def pointer(store: Path) -> dict[str, Any]:
    return json.loads((store / "db" / "actueel.json").read_text("utf-8"))


def ask(store: Path, sql: str) -> list[tuple]:
    """Ask the publication that is up, as the dashboard does."""
    with duckdb.connect(str(store / "db" / pointer(store)["bestand"]), read_only=True) as connection:
        return connection.execute(sql).fetchall()
