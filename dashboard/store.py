"""The only place in the dashboard that opens the published database.

A refresh never touches a published file: it writes a new one and swaps the pointer STORE/db/actueel.json. So each
request looks at the pointer, opens what it names when that changed, and keeps one Publication for its whole answer: no
mixed versions.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pandas as pd

T = TypeVar("T")
#: Answers kept per publication; a screen has some tens, so this only guards against a caller that invents parameters.
CACHE_LIMIT = 600
#: Pages kept (keys that begin with "page"): a tree of components and its written forms can take some megabytes.
PAGE_LIMIT = 120
READER_SETTINGS = {
    # Questions are small and readers many: dividing one over threads costs a third more processor than it wins.
    "threads": "1",
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}


class OtherVersion(Exception):
    """The publication was made by another version of the monitor: a table or column that is asked for is not in it."""


class Publication:
    """One published database, opened read-only, with the answers given so far (it never changes, so they stay true)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = duckdb.connect(str(path), read_only=True, config=dict(READER_SETTINGS))
        self._answers: OrderedDict[Any, Any] = OrderedDict()
        self._pages: OrderedDict[Any, Any] = OrderedDict()
        self._making: dict[Any, threading.RLock] = {}
        self._lock = threading.Lock()

    def frame(self, sql: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
        """Give the answer to a query; the same query is asked once per publication.

        Args:
            sql: A SELECT over mart and meta.
            parameters: Values for its question marks.

        Raises:
            OtherVersion: A table or column is not there.
        """

        def ask() -> pd.DataFrame:
            # A cursor of its own, fetched at once: a connection shared by threads, or a second query, loses rows.
            try:
                with self._connection.cursor() as cursor:
                    return cursor.execute(sql, list(parameters)).df()
            except (duckdb.CatalogException, duckdb.BinderException) as problem:
                raise OtherVersion(str(self.path.name)) from problem

        # Shallow: pandas copies on write, so a caller cannot change what the next one gets.
        return self.remember((sql, tuple(parameters)), ask).copy(deep=False)

    def part(self, sql: str, parameters: Sequence[Any], key: str) -> pd.DataFrame:
        """Give the rows that a query has for one key; the query is asked once for all keys.

        A screen asks ten questions about one onderdeel, and the next reader the same about another: what costs the time
        is reading the tables, not the rows that come out.

        Args:
            sql: A SELECT over mart and meta; its first column is the key, and is left out of what is given.
            parameters: Values for its question marks.
            key: Which rows; of an unknown key there are none.

        Raises:
            OtherVersion: A table or column is not there.
        """

        def divide() -> dict[str, pd.DataFrame]:
            whole = self.frame(sql, parameters)
            rest = whole.iloc[:, 1:]
            found = rest.groupby(whole.iloc[:, 0], sort=False)
            parts = {str(name): rows.reset_index(drop=True) for name, rows in found}
            return {"": rest.iloc[:0], **parts}

        parts = self.remember(("part", sql, tuple(parameters)), divide)
        return parts.get(key or "", parts[""]).copy(deep=False)

    def remember(self, key: Any, make: Callable[[], T]) -> T:
        """Give what `make` made for this key the first time; it must depend on this publication and the key only.

        Of many who ask at once one makes it and the others wait. What was asked longest ago is forgotten first.
        """
        kept = self._pages if key[0] == "page" else self._answers
        with self._lock:
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
            making = self._making.setdefault(key, threading.RLock())
        with making:
            with self._lock:
                if key in kept:
                    return kept[key]
            try:
                made = make()
                with self._lock:
                    kept[key] = made
                    while len(kept) > (PAGE_LIMIT if kept is self._pages else CACHE_LIMIT):
                        kept.popitem(last=False)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return made


class Store:
    """The folder with publications. Safe for many threads; open it after a fork, never before.

    Args:
        path: The store; STORE/db/actueel.json need not exist yet.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.pointer = self.path / "db" / "actueel.json"
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._publication: Publication | None = None

    def current(self) -> Publication | None:
        """Give the newest publication, or None when there is none yet. Keep it for the whole of one answer."""
        try:
            stat = self.pointer.stat()
        except OSError:
            # A pointer that went away (disk gone, store being moved) does not take the screen down.
            return self._publication
        seen = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        if seen == self._seen:
            return self._publication
        with self._lock:
            if seen != self._seen:
                self._open(seen)
        return self._publication

    def _open(self, seen: tuple[int, int, int]) -> None:
        try:
            name = json.loads(self.pointer.read_text("utf-8"))["bestand"]
            # The name only: a pointer can never lead outside the folder.
            path = self.pointer.parent / Path(name).name
            if self._publication is None or self._publication.path != path:
                # The old one is closed when the last answer that uses it is done.
                self._publication = Publication(path)
            self._seen = seen
        except (OSError, ValueError, KeyError, TypeError, duckdb.Error):
            # Unreadable pointer or file: what was up stays up, and the next request tries again.
            if self._publication is None:
                return

    def last_refresh(self) -> dict[str, Any] | None:
        """Give what STORE/laatste_verversing.json says, also of a refresh that published nothing; None when absent."""
        try:
            answer = json.loads((self.path / "laatste_verversing.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return answer if isinstance(answer, dict) else None
