"""Runs a piece of work in a process of its own and says how long it took and how much memory it peaked at."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_WRAP = """
import json, resource, sys, time
{setup}
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
{work}
took = time.perf_counter() - start
cpu = time.process_time()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print("\\n" + json.dumps({{"seconds": took, "peak_mb": (peak - base) / 1024, "cpu": cpu}}))
"""


@dataclass(frozen=True)
class Cost:
    """Seconds of the work, megabytes it added to the peak of its process, and seconds of processor where known."""

    seconds: float
    peak_mb: float
    cpu: float = 0.0


@dataclass(frozen=True)
class Row:
    """One line of the report: what was measured, against what, and the promise it is held to."""

    what: str
    figure: str
    promise: str
    kept: bool


def cost(setup: str, work: str, runs: int = 3) -> Cost:
    """Give the median cost of `work`, each run in a fresh process, after `setup` that is not counted."""
    seen = [_once(setup, work) for _ in range(runs)]
    middle = (statistics.median(getattr(c, name) for c in seen) for name in ("seconds", "peak_mb", "cpu"))
    return Cost(*middle)


def _once(setup: str, work: str) -> Cost:
    code = _WRAP.format(setup=setup, work=work)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return Cost(**json.loads(done.stdout.strip().splitlines()[-1]))


def tree_cost(command: list[str]) -> Cost:
    """Run a command and give its seconds and the peak of the resident memory of all its processes together.

    Raises:
        RuntimeError: It failed (exit codes 0 and 1 are fine: 1 says that some input was refused).
    """
    start, peak, before = time.perf_counter(), 0, resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    while process.poll() is None:
        peak = max(peak, sum(_resident(pid) for pid in _tree(process.pid)))
        time.sleep(0.05)
    took = time.perf_counter() - start
    said = process.stdout.read() if process.stdout else ""
    if process.returncode not in (0, 1):
        raise RuntimeError(said[-2000:])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(took, peak / 1024, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _tree(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return [pid]
    return [pid, *(one for child in below for one in _tree(int(child)))]


def _resident(pid: int) -> int:
    """Resident kilobytes; memory that processes share is counted in each."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return 0
    return next((int(text.split()[1]) for text in status.splitlines() if text.startswith("VmRSS")), 0)
