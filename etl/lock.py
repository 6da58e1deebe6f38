"""One refresh at a time: a lock that the system itself releases when the process dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from etl.atomic import private_dir

SLOT = ".slot"


class AlreadyRunning(Exception):
    """Another refresh holds the lock. The message is Dutch."""


def _take(handle: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def only_one(werk: Path) -> Iterator[None]:
    """Hold the lock of a store while the block runs.

    The lock is on an open file, so a killed process leaves nothing that has to be cleaned up.

    Raises:
        AlreadyRunning: At once, when another process holds it.
    """
    private_dir(werk)
    with (werk / SLOT).open("ab") as handle:
        try:
            _take(handle)
        except OSError:
            raise AlreadyRunning(
                "Er loopt al een verversing in deze map. Wacht tot die klaar is en probeer het dan opnieuw."
            ) from None
        yield
