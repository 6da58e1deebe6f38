"""Shows how far long work is, and lets a test stop a refresh at a known moment."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Protocol

from etl.atomic import write_json

#: Only for tests: the refresh says that it reached this stage and then waits to be killed.
STOP_AT = "MONITOR_TEST_STOP_AT"


class Progress(Protocol):
    """What the work tells about how far it is."""

    def stap(self, tekst: str, totaal: int | None = None) -> None:
        """A next step begins, of `totaal` parts where known."""

    def verder(self) -> None:
        """One part of the step is done."""


class Silent:
    """Shows nothing."""

    def stap(self, tekst: str, totaal: int | None = None) -> None:
        """Show nothing."""

    def verder(self) -> None:
        """Show nothing."""


class Bars:
    """Bars on a terminal; on anything else rich stays quiet, so a log holds no control characters.

    Args:
        told: File that holds the step of this moment, {"stap", "gedaan", "totaal"}, for a program that looks on.
    """

    def __init__(self, told: Path | None = None) -> None:
        self._told = told
        self._step: dict[str, str | int | None] = {}
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        console = Console(stderr=True)
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self._rich = RichProgress(*columns, console=console, disable=not console.is_terminal)
        self._task: int | None = None

    def __enter__(self) -> Bars:
        self._rich.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        self._rich.stop()

    def _close(self) -> None:
        from rich.progress import TaskID

        if self._task is not None:
            total = self._rich.tasks[self._task].total or 1
            self._rich.update(TaskID(self._task), total=total, completed=total)

    def stap(self, tekst: str, totaal: int | None = None) -> None:
        """Close the last step and begin a next one."""
        self._close()
        self._task = self._rich.add_task(tekst, total=totaal)
        self._step = {"stap": tekst, "gedaan": 0, "totaal": totaal}
        self._tell()

    def verder(self) -> None:
        """Move the bar of this step."""
        from rich.progress import TaskID

        if self._task is not None:
            self._rich.advance(TaskID(self._task))
            self._step["gedaan"] = int(self._step["gedaan"] or 0) + 1
            self._tell()

    def _tell(self) -> None:
        if self._told is None:
            return
        try:
            write_json(self._told, self._step)
        except OSError:
            # Whoever looked on is gone; the refresh itself goes on.
            self._told = None


def stop_here(stage: str) -> None:
    """Wait for ever when a test asked to stop at this stage; otherwise do nothing."""
    if os.environ.get(STOP_AT) == stage:
        sys.stdout.write(f"GESTOPT BIJ {stage}\n")
        sys.stdout.flush()
        threading.Event().wait()
