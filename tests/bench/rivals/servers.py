"""The three servers side by side, over the same publication."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.measure import ROOT
from tests.bench.rivals.browsing import Rival, in_dash, in_monitor, in_streamlit

HERE = Path(__file__).parent
STREAMLIT = Path(os.environ.get("MONITOR_STREAMLIT", ROOT / "data" / "voorbeeld" / "streamlit" / "bin" / "streamlit"))


def free_port() -> int:
    """Give a port that nobody listens on now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server listens.

    Raises:
        RuntimeError: It stopped, or does not listen within two minutes.
    """
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"no server: {process.args!r}")


@contextmanager
def sending_bytes() -> Iterator[str]:
    """Serve nothing but bytes, for as long as it is asked; gives its address."""
    port = free_port()
    process = subprocess.Popen([sys.executable, str(HERE / "bytes_server.py"), str(port)])
    try:
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def serving(store: Path, folder: Path) -> Iterator[dict[str, Rival]]:
    """Serve the page three times; Streamlit only where `make bench` could install it.

    Args:
        store: With the publication.
        folder: For a copy: a database that one program serves is another's to read, never the same file twice.
    """
    published = store / "db" / json.loads((store / "db" / "actueel.json").read_text("utf-8"))["bestand"]
    database = str(shutil.copy(published, folder / "gepubliceerd.duckdb"))
    ports = {name: free_port() for name in ("monitor", "dash", "streamlit")}
    commands = {
        "monitor": [sys.executable, "-m", "tests.bench.rivals.monitor_app", str(store), str(ports["monitor"])],
        "dash": [sys.executable, str(HERE / "plain_dash.py"), database, str(ports["dash"])],
    }
    if STREAMLIT.exists():
        commands["streamlit"] = [
            str(STREAMLIT), "run", str(HERE / "streamlit_app.py"), "--server.port", str(ports["streamlit"]),
            "--server.address", "127.0.0.1", "--server.headless", "true", "--browser.gatherUsageStats", "false",
            "--", database,
        ]  # fmt: skip
    url = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
    rivals = {
        "monitor": Rival("monitor", url["monitor"] + "/meting", ".groot", "body:not(:has(#eerst)) main", in_monitor),
        "dash": Rival("plain Dash", url["dash"], ".tegel-getal", "#keuze", in_dash),
        "streamlit": Rival(
            "Streamlit", url["streamlit"], "[data-testid=stMetricValue]", "[role=combobox]", in_streamlit
        ),
    }
    running: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands.values():
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            running.append(subprocess.Popen(command, cwd=ROOT, **quiet))  # type: ignore[call-overload]
        for name, process in zip(commands, running, strict=True):
            wait_for(ports[name], process)
        yield {name: rivals[name] for name in commands}
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(30)
