"""A full rebuild of the sample, and a refresh after one new monthly delivery, as whole processes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.measure import ROOT, Row

PEILDATUM = "2026-09-30"


def _python(*words: str) -> float:
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    return time.perf_counter() - start


def run(folder: Path) -> list[Row]:
    """Time both on the same inbox; the last month's files are held back for the second."""
    inbox, store, late = folder / "inbox", folder / "store", folder / "late"
    made = _python("etl", "sample", "--out", str(inbox), "--peildatum", PEILDATUM)
    newest = [p for p in inbox.rglob("*2026-09*") if p.is_file() and "cbs" not in p.relative_to(inbox).parts]
    if not newest:
        raise RuntimeError("the sample has no file of the newest month to hold back")
    for path in newest:
        target = late / path.relative_to(inbox)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
    refresh = ("etl", "refresh", "--inbox", str(inbox), "--store", str(store), "--cbs-url", str(inbox / "cbs"))
    _python(*refresh)
    shutil.copytree(late, inbox, dirs_exist_ok=True)
    once_more = _python(*refresh)
    full = _python(*refresh[:4], "--store", str(folder / "store-vol"), *refresh[6:])
    return [
        Row("sample written", f"{made:.1f} s", "-", True),
        Row("full rebuild of the sample", f"{full:.1f} s", "<= 60 s", full <= 60),
        Row(
            "refresh after one new month / full rebuild",
            f"{once_more / full:.2f} ({once_more:.1f} s)",
            "<= 0.20",
            once_more <= full / 5,
        ),
    ]
