"""Pages made before they are asked: after a publication what readers had open, in a quiet moment what they can choose.

A page is made once and then answered in a millisecond, so only its first reader waits. A thread in every worker is that
reader: it makes what was asked last again as soon as there is a new publication, and, when nobody asks anything, the
pages that the lists on those pages, and on the pages of the menu, lead to; never more than LIMIT pages of a
publication.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode

import flask

#: Seconds without a question: nobody is waiting for the processor.
QUIET = 1.0
#: Addresses that are made again after a publication, and pages made beforehand, per publication.
AGAIN, LIMIT = 12, 72
#: Of one page at most so many choices; a list that is longer than LONG says too little about what is chosen.
EACH, LONG = 24, 40
#: Seconds between two pages while readers ask.
PAUSE = 0.1
#: The app's question for a page.
PAGE_OUTPUT = ".._pages_content.children..._pages_store.data.."
#: In the environment of a request: it comes from here.
OWN = "monitor.voorbereiding"
Asked = tuple[str, str]
#: Where most readers begin.
START: Asked = ("/", "")


def question(path: str, search: str = "") -> dict[str, Any]:
    """Give what the app asks the server for a page.

    Args:
        path: Of the page.
        search: The state, with its question mark, or "".
    """
    return {
        "output": PAGE_OUTPUT,
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": path},
            {"id": "_pages_location", "property": "search", "value": search},
        ],
        "changedPropIds": ["_pages_location.pathname"],
        "state": [],
    }


class Warmer:
    """Remembers what readers ask and makes it, and what is one choice away from it, beforehand.

    Args:
        server: Answers as it would answer a reader.
        prefix: Of every address of the app.
        begin: Pages whose choices are made beforehand also when nobody asked for them yet.
    """

    def __init__(self, server: flask.Flask, prefix: str = "/", begin: Iterable[Asked] = ()) -> None:
        self._server, self._prefix, self._begin = server, prefix.rstrip("/"), tuple(begin)
        self._asked: OrderedDict[Asked, None] = OrderedDict()
        self._new: deque[Asked] = deque(maxlen=AGAIN)
        self._waiting: deque[Asked] = deque()
        self._made: set[Asked] = set()
        self._about: object = None
        self._lock = threading.Lock()
        self._busy = threading.Event()
        self._stop = threading.Event()

    def note(self, path: str, query: str) -> None:
        """Remember that a reader asked for a page of the newest publication.

        Args:
            path: Of the page.
            query: The state in its address, without its question mark.
        """
        if flask.request.environ.get(OWN):
            return
        self._busy.set()
        with self._lock:
            if (path, query) not in self._asked:
                self._new.append((path, query))
            self._asked[path, query] = None
            self._asked.move_to_end((path, query))
            while len(self._asked) > AGAIN:
                self._asked.popitem(last=False)

    def start(self) -> threading.Thread:
        """Begin, in a thread that ends with its process."""
        thread = threading.Thread(target=self._run, name="voorbereiding", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """End after the page that is being made."""
        self._stop.set()
        self._busy.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            quiet = not self._busy.wait(QUIET)
            self._busy.clear()
            self.renew()
            while quiet and not self._busy.is_set() and self.prepare_one():
                pass

    def renew(self) -> bool:
        """Make what readers asked last again when there is another publication; tell whether there was."""
        publication = self._server.config["MONITOR_STORE"].current()
        about = None if publication is None else publication.path
        if about == self._about:
            return False
        first, self._about = self._about is None, about
        with self._lock:
            self._new.extend([*self._begin, *self._asked])
            again = list(dict.fromkeys([*reversed(self._asked), START]))
        self._made.clear()
        self._waiting.clear()
        if not first:
            for asked in again:
                self._make(asked, whole=True)
                # Who asks another page now goes first.
                self._stop.wait(PAUSE if self._busy.is_set() else 0)
        return True

    def prepare_one(self) -> bool:
        """Make the next page that readers can choose; tell whether there was one."""
        with self._lock:
            new, self._new = list(self._new), deque(maxlen=AGAIN)
        for asked in reversed(new):
            self._waiting.extend(self._choices(asked))
        while self._waiting and len(self._made) < LIMIT:
            asked = self._waiting.popleft()
            if asked not in self._made:
                self._made.add(asked)
                self._make(asked)
                return True
        self._waiting.clear()
        return False

    def _make(self, asked: Asked, whole: bool = False) -> None:
        path, query = asked
        # As most browsers ask it, so that they find it written and compressed.
        told: dict[str, Any] = {"headers": {"Accept-Encoding": "br"}, "environ_overrides": {OWN: True}}
        search = f"?{query}" if query else ""
        client = self._server.test_client()
        client.post(self._prefix + "/_dash-update-component", json=question(self._prefix + path, search), **told)
        if whole:
            client.get(self._prefix + path + search, **told)

    def _choices(self, asked: Asked) -> list[Asked]:
        """Give the addresses that the lists on a page lead to."""
        from dashboard.components.figure import components
        from dashboard.first_page import asked as page_of
        from dashboard.first_page import made

        path, query = asked
        with self._server.test_request_context(self._prefix + path, environ_overrides={OWN: True}):
            tree, _title, status = made(*page_of(path, query))
        if status != 200:
            return []
        state = dict(parse_qsl(query, keep_blank_values=True))
        found = []
        for control in components(tree):
            name = getattr(control, "id", None)
            if isinstance(name, dict) and name.get("type") == "keuze":
                values = [v for v in _values(getattr(control, "data", None) or []) if v != name.get("nu")]
                if len(values) <= LONG:
                    found += [(path, urlencode({**state, str(name["naam"]): value})) for value in values]
        return found[:EACH]


def _values(data: list[Any]) -> Iterator[str]:
    for option in data:
        if isinstance(option, str):
            yield option
        elif "items" in option:
            yield from _values(option["items"])
        else:
            yield str(option["value"])
