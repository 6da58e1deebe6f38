"""Serve the dashboard: gunicorn with threads where it exists, waitress elsewhere."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboard.beheer.config import Beheer

THREADS = 8


def port_is_free(host: str, port: int) -> bool:
    """Tell whether a server can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def serve(store: Path, host: str, port: int, beheer: Beheer | None = None) -> None:
    """Serve until stopped.

    Args:
        store: Folder with publications.
        host: Address to listen on.
        port: Port.
        beheer: What the data team may do here; every worker gets the same.
    """
    if sys.platform == "win32":
        _waitress(store, host, port, beheer)
    else:
        _gunicorn(store, host, port, beheer)


def _waitress(store: Path, host: str, port: int, beheer: Beheer | None) -> None:
    import waitress

    from dashboard.app import create_app, prepare, warm

    app = create_app(store, beheer)
    warm(app)
    prepare(app)
    waitress.serve(app.server, host=host, port=port, threads=THREADS)


def _gunicorn(store: Path, host: str, port: int, beheer: Beheer | None) -> None:
    from gunicorn.app.base import BaseApplication

    # The modules once, before the fork, so that a worker starts at once; never a store: an open DuckDB dies in a fork.
    import dashboard.app
    from dashboard.scripts import prepare

    # The scripts compressed once too, and shared by all workers.
    prepare()

    class Server(BaseApplication):
        """Each worker makes its own app after the fork (an open DuckDB does not survive one), and warms it."""

        def load_config(self) -> None:
            settings: dict[str, Any] = {
                "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
                "workers": max(1, min(4, os.cpu_count() or 1)),
                "worker_class": "gthread",
                "threads": THREADS,
                "preload_app": False,
                "timeout": 60,
                "graceful_timeout": 5,
                "keepalive": 30,
                "loglevel": "warning",
                "proc_name": "monitor-sociaal-domein",
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            # Gunicorn calls this in the worker, before it accepts its first request.
            app = dashboard.app.create_app(store, beheer)
            dashboard.app.warm(app)
            dashboard.app.prepare(app)
            return app.server

    Server().run()
