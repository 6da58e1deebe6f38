"""Where a part of a page stands: the path of its page, and what in the address the page was made with.

A page is made once per publication and state and kept, so the address is not that of the request but what the page says
that it depends on: another order of parameters, or one that nobody knows, is the same page with the same links.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Address:
    """An address of the monitor, without the server.

    Attributes:
        path: Of the page: "/budget".
        state: Names and values in the order in which the page names them; those without a value are left out.
    """

    path: str
    state: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, path: str, state: Mapping[str, str] | tuple[()] = ()) -> Address:
        """Make one from a page's path and its state."""
        return cls(path, tuple((name, value) for name, value in dict(state).items() if value))

    @property
    def query(self) -> str:
        """The part behind the question mark, that mark included; "" without state."""
        return f"?{urlencode(self.state)}" if self.state else ""

    def __str__(self) -> str:
        return self.path + self.query


_NOW: ContextVar[Address | None] = ContextVar("address", default=None)


def here() -> Address | None:
    """Give the address of the page that is being made; None for a part that is made outside a page."""
    return _NOW.get()


@contextmanager
def at(address: Address | None) -> Iterator[None]:
    """Say which page is being made, until the end of the block."""
    token = _NOW.set(address)
    try:
        yield
    finally:
        _NOW.reset(token)
