"""Makes calls of the package cbsodata safe: its global setting between threads, and a bound on the time of a call."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

import cbsodata
import requests

T = TypeVar("T")


class SchemeGate:
    """Lets calls of one scheme (http or https) in together and keeps the other scheme out until they are done.

    The package knows only one global `use_https`. A plain lock would let one hanging call block all others.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._before = True

    @contextlib.contextmanager
    def scheme(self, https: bool, patience: float) -> Iterator[None]:
        """Make calls with or without https while the context lasts.

        Args:
            https: What the call needs.
            patience: Seconds to wait for calls of the other kind to end.

        Raises:
            requests.Timeout: They did not.
        """
        with self._changed:
            free = self._changed.wait_for(lambda: not self._inside or cbsodata.options.use_https is https, patience)
            if not free:
                raise requests.Timeout("an earlier call is still busy")
            if not self._inside:
                self._before = cbsodata.options.use_https
                cbsodata.options.use_https = https
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                if not self._inside:
                    cbsodata.options.use_https = self._before
                self._changed.notify_all()


GATE = SchemeGate()


def within(seconds: float, call: Callable[[], T]) -> T:
    """Run a call in a thread and give up after so many seconds.

    A timeout of requests counts from byte to byte, so a server that drips never meets it.
    """
    outcome: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            outcome.put((call(), None))
        except BaseException as error:  # noqa: BLE001, RUF100  handed over to the waiting thread
            outcome.put((None, error))

    threading.Thread(target=run, daemon=True, name="cbs").start()
    try:
        value, error = outcome.get(timeout=seconds)
    except queue.Empty:
        raise requests.Timeout("total time used up") from None
    if error is not None:
        raise error
    return value  # type: ignore[return-value]
