"""From a finished build to what the dashboard opens: a new read-only file, then a pointer that moves at once."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

from etl.atomic import sync_dir, sync_file, write_json
from etl.progress import stop_here

POINTER = "actueel.json"
KEEP = 3
READ_ONLY = 0o444


def current(store: Path) -> dict[str, Any] | None:
    """Give the pointer to the publication that is up, or None when there is none (or its file is gone)."""
    try:
        pointer = json.loads((store / "db" / POINTER).read_text("utf-8"))
        return pointer if (store / "db" / pointer["bestand"]).is_file() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def free_run(store: Path, moment: dt.datetime) -> str:
    """Give the id of a run: its UTC second, with a number behind it when a publication has that name already.

    A name is never used twice, also not after its file was removed: a reader that still has the old file open would
    go on seeing the old one under the new name.
    """
    base = moment.strftime("%Y%m%dT%H%M%SZ")
    taken = [p.stem.removeprefix(f"monitor-{base}") for p in (store / "db").glob(f"monitor-{base}*.duckdb")]
    newest = max((int(rest[1:] or 1) for rest in taken), default=0)
    return f"{base}-{newest + 1}" if newest else base


def publish(store: Path, built: Path, run: str, peildatum: dt.date) -> Path:
    """Put a closed database up.

    Killed at any point, this leaves the old publication up or the new one, never something between: the pointer moves
    only after the new file is whole and on disk.

    Args:
        store: The store.
        built: The closed database file, on the same disk.
        run: Id of the run; gives the file its name.
        peildatum: What the publication is of.

    Returns:
        The published file.
    """
    folder = store / "db"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"monitor-{run}.duckdb"
    sync_file(built)
    built.chmod(READ_ONLY)
    built.replace(target)
    sync_dir(folder)
    stop_here("publiceren")
    write_json(folder / POINTER, {"bestand": target.name, "run": run, "peildatum": peildatum})
    stop_here("gepubliceerd")
    remove_old(folder, target.name)
    return target


def remove_old(folder: Path, in_use: str) -> None:
    """Keep the last publications; also removes what a killed run put down without pointing at it."""
    found = sorted(folder.glob("monitor-*.duckdb"), key=lambda p: (p.stat().st_mtime_ns, p.name), reverse=True)
    keep = {in_use, *(p.name for p in found[:KEEP])}
    while len(keep) > KEEP:
        keep.discard(next(p.name for p in reversed(found) if p.name in keep and p.name != in_use))
    for path in found:
        if path.name not in keep:
            with contextlib.suppress(OSError):  # Windows does not let go of a file that a reader has open: next time
                path.chmod(0o644)
                path.unlink()


def remove_unfinished(store: Path) -> None:
    """Remove builds of killed runs, and files they published without pointing at them. Only with the lock in hand."""
    for folder in (store / "werk").glob("bouw-*"):
        shutil.rmtree(folder, ignore_errors=True)
    pointer = current(store)
    if pointer:
        up = store / "db" / pointer["bestand"]
        for path in (store / "db").glob("monitor-*.duckdb"):
            if path.stat().st_mtime_ns > up.stat().st_mtime_ns:
                with contextlib.suppress(OSError):
                    path.chmod(0o644)
                    path.unlink()
