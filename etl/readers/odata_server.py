"""A small OData v3 server on loopback that answers from a folder, as the servers of CBS do.

Boundaries of wijken (etl/geo) are answered too, at /geo/wijkenbuurten/{year}, from DIR/geo/wijkenbuurten/{year}.json.

Used for `--cbs-url DIR` (recorded or synthetic answers go through the same client as live ones) and by tests.

The form of the folder stands in etl/readers/odata_recorded.py.

Behaviour taken over from CBS: /ODataApi/odata/{id} and /ODataFeed/odata/{id} with a list of collections at the root,
500 above 10,000 rows on ODataApi, pages of 10,000 with odata.nextLink on ODataFeed, Atom XML unless JSON is asked for,
404 for what is not there. Faults can be injected for tests.
"""

from __future__ import annotations

import contextlib
import json
import re
import select
import socket
import struct
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from etl.readers.odata_filter import FilterError
from etl.readers.odata_recorded import LIMIT, Fault, Recorded, Rows, query_rows

_BORDERS = re.compile(r"^/(geo/wijkenbuurten/\d{4})$")
_PATH = re.compile(r"^/(ODataApi|ODataFeed)/odata/([^/]+)/?([^/]*)/?$", re.IGNORECASE)


__all__ = ["Fault", "Recorded", "serve"]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: the refresh reports what matters."""

    def do_GET(self) -> None:
        recorded = self.server.recorded
        recorded.requests.append(self.path)
        fault = recorded.next_fault(unquote(self.path))
        kind = fault.kind if fault else ""
        if kind == "reset":
            self._reset()
        elif kind == "slow":
            self._stay_silent()
        elif kind in ("500", "404"):
            self._send(int(kind), b"injected", "text/plain")
        elif kind == "html":
            self._send(200, b"<html><body>Onderhoud</body></html>", "text/html")
        else:
            status, body, content_type = self._answer(empty=kind == "empty")
            self._send(status, body, content_type, fault if kind in ("truncated", "drip") else None)

    def _reset(self) -> None:
        # Linger 0 makes close() send RST, which is what clients of CBS see on large tables.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def _stay_silent(self) -> None:
        # A client that hangs up makes its connection readable: nothing here depends on how quick the machine is.
        while not select.select([self.connection], [], [], 0.05)[0] and not self.server.recorded.stopping.is_set():
            pass
        self.close_connection = True

    def _send(self, status: int, body: bytes, content_type: str, fault: Fault | None = None) -> None:
        with contextlib.suppress(OSError):  # a client that gave up is no error of ours
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if fault is None:
                self.wfile.write(body)
                return
            self.close_connection = True
            if fault.kind == "truncated":
                self.wfile.write(body[: len(body) // 2])
                return
            for at in range(len(body)):
                self.wfile.write(body[at : at + 1])
                if self.server.recorded.stopping.wait(fault.seconds):
                    return

    def _answer(self, empty: bool) -> tuple[int, bytes, str]:
        parts = urlsplit(self.path)
        query = {k: v[-1] for k, v in parse_qs(parts.query).items()}
        if query.get("$format") != "json" and "json" not in self.headers.get("Accept", ""):
            return 200, b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>', "application/atom+xml"
        try:
            status, content = self._content(unquote(parts.path), query)
        except FilterError as error:
            status, content = 400, {"odata.error": {"message": {"value": str(error)}}}
        except (OSError, ValueError) as error:  # a damaged recording is an error of the server, as it would be at CBS
            status, content = 500, {"odata.error": {"message": {"value": str(error)}}}
        if empty and "value" in content:
            content = {"odata.metadata": "", "value": []}
        if empty and "features" in content:
            content = content | {"features": []}
        return status, json.dumps(content).encode(), "application/json;odata=minimalmetadata;charset=utf-8"

    def _content(self, path: str, query: dict[str, str]) -> tuple[int, dict[str, Any]]:
        recorded = self.server.recorded
        if path.rstrip("/").lower() == "/odatacatalog/tables":
            infos = [dict(i) for t in recorded.tables() for i in recorded.rows(t, "TableInfos") or []]
            return 200, {"odata.metadata": "", "value": query_rows(infos, query)}
        borders = _BORDERS.match(path)
        if borders and (recorded.folder / f"{borders.group(1)}.json").is_file():
            return 200, json.loads((recorded.folder / f"{borders.group(1)}.json").read_text("utf-8"))
        match = _PATH.match(path)
        names = recorded.collections(match.group(2)) if match else None
        if match is None or names is None:
            return 404, {"odata.error": {"message": {"value": "not found"}}}
        api, table, collection = match.group(1), match.group(2), match.group(3)
        if not collection:
            base = f"{self._base()}/{api}/odata/{table}"
            return 200, {"odata.metadata": "", "value": [{"name": n, "url": f"{base}/{n}"} for n in names]}
        rows = recorded.rows(table, collection)
        if rows is None:
            return 404, {"odata.error": {"message": {"value": "not found"}}}
        rows = query_rows(rows, query)
        return self._paged(api, f"/{api}/odata/{table}/{collection}", rows, query)

    def _paged(self, api: str, path: str, rows: Rows, query: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if api.lower() == "odataapi":
            if len(rows) > LIMIT:
                return 500, {"odata.error": {"message": {"value": f"more than {LIMIT} records"}}}
            return 200, {"odata.metadata": "", "value": rows}
        page = self.server.recorded.page
        answer: dict[str, Any] = {"odata.metadata": "", "value": rows[:page]}
        if len(rows) > page:
            # The link carries the whole query, so that a client must not send its own parameters again.
            follow = dict(query) | {"$skip": str(int(query.get("$skip", 0)) + page)}
            if "$top" in query:
                follow["$top"] = str(int(query["$top"]) - page)
            asked = "&".join(f"{k}={quote(v)}" for k, v in follow.items())
            answer["odata.nextLink"] = f"{self._base()}{path}?{asked}"
        return 200, answer

    def _base(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, recorded: Recorded) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.recorded = recorded

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent: a cut connection is meant in tests, and harmless in a run."""


@contextlib.contextmanager
def serve(source: Path | Recorded) -> Iterator[str]:
    """Serve a folder of recorded answers on a free port of loopback while the context lasts.

    Args:
        source: The folder, or a Recorded with faults or a smaller page.

    Yields:
        The base address, http://127.0.0.1:PORT.
    """
    recorded = source if isinstance(source, Recorded) else Recorded(Path(source))
    server = _Server(recorded)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        recorded.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()
