"""Files that appear whole or not at all, also when the machine stops halfway."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PRIVATE_DIR = 0o700
TEMP_PREFIX = ".bezig-"


def private_dir(path: Path) -> Path:
    """Make a folder that only this account can open, with its parents, and give it back."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(PRIVATE_DIR)
    return path


def sync_dir(path: Path) -> None:
    """Have the names in a folder written to disk; a no-op where a folder cannot be opened (Windows)."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network file systems cannot; the rename itself is still atomic
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Have the content of a file written to disk."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file through a temporary one beside it, so that a reader sees the old or the new, never half."""
    temp = path.with_name(f"{TEMP_PREFIX}{os.getpid()}-{path.name}")
    try:
        with temp.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        temp.replace(path)
    except BaseException:
        temp.unlink(missing_ok=True)
        raise
    sync_dir(path.parent)


def _plain(value: object) -> str:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value)


def to_json(content: Any) -> bytes:
    """Give JSON as this project writes it: UTF-8, dates as ISO text."""
    return json.dumps(content, ensure_ascii=False, indent=1, default=_plain).encode()


def write_json(path: Path, content: Any) -> None:
    """Write JSON atomically."""
    write_bytes(path, to_json(content))


def move_dir(temp: Path, target: Path) -> None:
    """Give a finished folder its final name; an equal one that stands there already is kept."""
    for path in temp.iterdir():
        sync_file(path)
    sync_dir(temp)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        shutil.rmtree(temp)
        return
    temp.replace(target)
    sync_dir(target.parent)


@contextmanager
def kept_copy(target: Path) -> Iterator[Path]:
    """Give a folder to write a copy in, that gets its name when all is written: killed halfway it leaves nothing.

    A folder with that name already is damaged (the reader of copies passes over those, else it would not have come
    here) and is put aside.

    Args:
        target: Name of the copy; its parent is made.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=TEMP_PREFIX, dir=target.parent))
    try:
        yield beside
        if target.exists():
            target.rename(Path(tempfile.mkdtemp(prefix=".beschadigd-", dir=target.parent)) / target.name)
        move_dir(beside, target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed run left behind under its temporary name. Only call this with the lock in hand."""
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob(f"{TEMP_PREFIX}*")):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
