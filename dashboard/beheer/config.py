"""What the data team's part of the dashboard may touch, decided once when the server starts."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: From here `python -m etl` finds its code, whatever folder the server was started in.
ROOT = Path(__file__).resolve().parents[2]
#: An upload that nobody confirmed is removed after so many seconds.
KEPT_SECONDS = 3600
#: A delivery is a workbook or a text file; a larger one is put in the inbox by hand.
MOST_BYTES = 200 * 1024 * 1024
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PREFIX = "monitor-aanlevering-"


class NotReady(Exception):
    """The data team's part cannot start. The message is Dutch."""


@dataclass(frozen=True)
class Bron:
    """A source that the monitor can read, as `python -m etl bronnen` names it."""

    bron: str
    titel: str
    over_personen: bool


@dataclass(frozen=True)
class Beheer:
    """The rights of this server.

    Attributes:
        inbox: The only folder that files are put in.
        store: Where a refresh publishes.
        work: Private folder (0700) for uploads that are not confirmed and for the refresh that runs.
        bronnen: By name; no other folder of the inbox is ever written.
        host: Address that the server listens on.
        refresh: More arguments of `etl refresh` (CBS).
        clock: Seconds; how old an upload is.
        secret: Signs the forms of this server, so that no other site can send one.
    """

    inbox: Path
    store: Path
    work: Path
    bronnen: dict[str, Bron]
    host: str = "127.0.0.1"
    refresh: tuple[str, ...] = ()
    clock: Callable[[], float] = field(default=lambda: 0.0)
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)


def prepare(inbox: Path, store: Path, host: str, refresh: tuple[str, ...], clock: Callable[[], float]) -> Beheer:
    """Make the private folder and ask which sources there are.

    Args:
        inbox: Folder with a folder per source; made when it is not there.
        store: As of `serve`.
        host: As of `serve`.
        refresh: More arguments of `etl refresh`.
        clock: Gives seconds.

    Raises:
        NotReady: In Dutch, when a folder cannot be made or the program that reads files does not start.
    """
    try:
        inbox.mkdir(parents=True, exist_ok=True)
        _remove_left_behind(clock())
        work = Path(tempfile.mkdtemp(prefix=_PREFIX))  # 0700: the files in it can hold persons
    except OSError as problem:
        raise NotReady(f"De map voor aanleveringen kan niet worden gemaakt ({problem.strerror}).") from None
    rows = ask_etl("bronnen", "--json")
    if not isinstance(rows, list):
        shutil.rmtree(work, ignore_errors=True)
        raise NotReady("Het programma dat bestanden leest (python -m etl) start niet; zonder kan --beheer niet.")
    known = {str(r["bron"]): Bron(str(r["bron"]), str(r["titel"]), bool(r["over_personen"])) for r in rows}
    return Beheer(inbox.resolve(), store.resolve(), work, known, host, refresh, clock)


def ask_etl(*arguments: str | Path, timeout: float = 300) -> Any:
    """Run `python -m etl ...` and give the JSON that it wrote, or None when it wrote none."""
    command = [sys.executable, "-m", "etl", *map(str, arguments)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=timeout, check=False, env=environment(),
        )  # fmt: skip
        return json.loads(done.stdout.decode("utf-8"))
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None


def environment() -> dict[str, str]:
    """Give the environment of a program that is started: text in UTF-8, whatever the system says."""
    return {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}


def clean_up(beheer: Beheer) -> None:
    """Remove the private folder, when the server stops."""
    shutil.rmtree(beheer.work, ignore_errors=True)


def _remove_left_behind(now: float) -> None:
    """Remove what a server left that was killed: raw files are never kept for long."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            mine = not hasattr(os, "getuid") or folder.lstat().st_uid == os.getuid()
            if mine and not folder.is_symlink() and now - folder.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue
