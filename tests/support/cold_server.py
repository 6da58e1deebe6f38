"""Servers that have only just started, and the readers who come first, many at once."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.contract.test_dashboard_pages import body

ROOT = Path(__file__).resolve().parents[2]
VISITORS = 4
#: Imports once and forks for every start, as gunicorn does for its workers; each server makes its app itself.
LAUNCHER = """
import os, sys
from pathlib import Path
import dashboard.app
from dashboard.serve import serve
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        serve(Path(sys.argv[1]), "127.0.0.1", int(line))
        os._exit(0)
    print(pid, flush=True)
    os.waitpid(pid, 0)
    print("klaar", flush=True)
"""


@contextmanager
def launching(store: Path) -> Iterator[subprocess.Popen[str]]:
    """Give a process that starts servers over a store."""
    process = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(store)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield process
    assert process.stdin
    process.stdin.close()
    process.wait(20)


@contextmanager
def cold_server(launcher: subprocess.Popen[str]) -> Iterator[int]:
    """Give the port of a server at the very first moment that it is open."""
    assert launcher.stdin and launcher.stdout
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = int(s.getsockname()[1])
    launcher.stdin.write(f"{port}\n")
    launcher.stdin.flush()
    pid, until = int(launcher.stdout.readline()), time.monotonic() + 60
    try:
        while True:
            # The workers are not there yet; the requests wait for them.
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert time.monotonic() < until, "het dashboard start niet"
            time.sleep(0.005)
        yield port
    finally:
        # Nothing is left to answer: no need to wait for idle connections.
        os.kill(pid, signal.SIGQUIT)
        launcher.stdout.readline()


def first_visits(port: int) -> list[tuple[str, int, bool]]:
    """Path, status and whether the answer holds what it should, of requests that all leave at the same moment."""
    asked = [
        ("/", 'id="eerst"', None),
        ("/_dash-layout", "_pages_content", None),
        ("/_dash-dependencies", "_pages_content", None),
        ("/_dash-update-component", "inhoud", json.dumps(body("/"))),
    ] * VISITORS
    together = threading.Barrier(len(asked))

    def ask(what: tuple[str, str, str | None]) -> tuple[str, int, bool]:
        path, expected, data = what
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.connect()
        together.wait(30)
        headers = {"Content-Type": "application/json"} if data else {}
        connection.request("POST" if data else "GET", path, body=data, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return path, answer.status, expected in text

    with ThreadPoolExecutor(len(asked)) as pool:
        return list(pool.map(ask, asked))
