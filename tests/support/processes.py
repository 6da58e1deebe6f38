"""Programs of the monitor in processes of their own, without paying for their imports each time.

One process per test worker imports them once and forks for every program that is asked for. What runs is a real
process: it can be killed, waits for nobody, and leaves nothing behind in the process of the tests.
"""

from __future__ import annotations

import atexit
import io
import json
import os
import signal
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path

#: What a refresh imports, now or later: all before the first fork. Nothing here opens a database or starts a thread.
FORKS = """
import atexit, json, os, runpy, socket, sys, traceback
import duckdb, numpy, pandas, pyarrow.parquet, requests, cbsodata, python_calamine, openpyxl, rich.progress, rich.table
import etl.cli, etl.build, etl.check, etl.propose, etl.sources, etl.readers.odata_server
import indicators.compute, indicators.forecast
from importlib import import_module
from etl.source import sources
sources()
# The steps over the marts are imported by name: half of what a small refresh would cost.
[import_module(module) for module, _ in indicators.compute.STEPS]
indicators.compute.indicators()
asked = socket.socket(fileno=int(sys.argv[1]))

def program(module, arguments, folder, environment, said):
    os.dup2(said, 1), os.dup2(said, 2)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [module, *arguments]
    code = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush(), sys.stderr.flush()
    os._exit(code)

watchers = []
while True:
    message, files, _, _ = socket.recv_fds(asked, 1 << 20, 2)
    watchers = [pid for pid in watchers if os.waitpid(pid, os.WNOHANG)[0] == 0]
    if not message:
        break
    said, state = files
    watcher = os.fork()
    if watcher == 0:  # it says how the program ended
        asked.close()
        pid = os.fork()
        if pid == 0:
            os.close(state)
            program(*json.loads(message), said)
        os.close(said)
        os.write(state, b"%d\\n" % pid)
        os.write(state, b"%d\\n" % os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        os._exit(0)
    watchers.append(watcher)
    os.close(said), os.close(state)
"""


class Forked:
    """A program that runs; of `subprocess.Popen` what the tests use."""

    def __init__(self, said: int, state: int) -> None:
        self.stdout: io.TextIOBase = os.fdopen(said, encoding="utf-8", errors="replace")
        self._state = os.fdopen(state)
        self.pid = int(self._state.readline())
        self.returncode: int | None = None

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def communicate(self, timeout: float | None = None) -> tuple[str, None]:
        """Give all that it still says, and wait for its end."""
        said = self.stdout.read()
        if self.returncode is None:
            self.returncode = int(self._state.readline())
        self.stdout.close()
        self._state.close()
        return said, None


@cache
def _forks(code: Path) -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    process = subprocess.Popen(
        [sys.executable, "-c", FORKS, str(theirs.fileno())], cwd=code, env=environment, pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    theirs.close()

    def end() -> None:
        ours.close()
        process.wait(20)

    atexit.register(end)
    return ours


def started(code: Path, module: str, *arguments: str, environment: dict[str, str]) -> Forked | subprocess.Popen[str]:
    """Start `python -m module arguments` from the folder with the code; what it says, errors too, comes in stdout."""
    if not sys.platform.startswith("linux"):
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments], cwd=code, env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
    said, says = os.pipe()
    state, tells = os.pipe()
    socket.send_fds(_forks(code), [json.dumps([module, arguments, str(code), environment]).encode()], [says, tells])
    os.close(says)
    os.close(tells)
    return Forked(said, state)
