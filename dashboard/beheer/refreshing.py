"""The refresh that the data team starts: one at a time, in a process of its own, looked at from any worker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from dashboard.beheer.config import ROOT, Beheer, environment

REPORT = "laatste_verversing.json"


class AlreadyRunning(Exception):
    """A refresh runs; the message is Dutch."""

    def __init__(self) -> None:
        super().__init__("Er loopt al een verversing. Wacht tot die klaar is en probeer het dan opnieuw.")


def _folder(beheer: Beheer) -> Path:
    folder = beheer.work / "verversing"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def start(beheer: Beheer, about: dict[str, str] | None = None) -> None:
    """Start a refresh in the background.

    Args:
        beheer: Rights of this server.
        about: The delivery it is started for (bron, sha256), to lead on to it afterwards.

    Raises:
        AlreadyRunning: One that this server started is not done.
    """
    folder = _folder(beheer)
    if running(beheer):
        raise AlreadyRunning
    lock = folder / "bezig"
    lock.unlink(missing_ok=True)
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise AlreadyRunning from None
    for name in ("uitkomst.json", "voortgang.json"):
        (folder / name).unlink(missing_ok=True)
    (folder / "over.json").write_text(json.dumps(about or {}), "utf-8")
    earlier = _run(beheer)
    command = [
        sys.executable, "-m", "etl", "refresh", "--inbox", str(beheer.inbox), "--store", str(beheer.store),
        "--voortgang", str(folder / "voortgang.json"), *beheer.refresh,
    ]  # fmt: skip
    with (folder / "gezegd.txt").open("wb") as said:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.DEVNULL, env=environment(),
            start_new_session=True,
        )  # fmt: skip
    os.write(handle, str(process.pid).encode())
    os.close(handle)
    threading.Thread(target=_wait, args=(beheer, process, earlier), name="verversing", daemon=True).start()


def _wait(beheer: Beheer, process: subprocess.Popen[bytes], earlier: str) -> None:
    code = process.wait()
    folder = beheer.work / "verversing"
    report = _report(beheer)
    if report.get("run", "") != earlier:
        said = str(report.get("melding") or "")
    else:
        # It did not get as far as a report: another refresh holds the store, or the store cannot be written.
        lines = (folder / "gezegd.txt").read_text("utf-8", "replace").strip().splitlines()
        said = lines[-1].strip() if lines else ""
    outcome = {"exitcode": code, "melding": said or "De verversing is gestopt. De vorige publicatie blijft staan."}
    try:
        partly = folder / "uitkomst.part"
        partly.write_text(json.dumps(outcome, ensure_ascii=False), "utf-8")
        partly.replace(folder / "uitkomst.json")
        (folder / "bezig").unlink(missing_ok=True)
    except OSError:
        return  # the server stops and took its folder along


def running(beheer: Beheer) -> bool:
    """Tell whether a refresh that this server started is not done; one that was killed is done."""
    folder = _folder(beheer)
    try:
        pid = int((folder / "bezig").read_text("utf-8") or 0)
    except (OSError, ValueError):
        return False
    if pid <= 0 or sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def state(beheer: Beheer) -> dict[str, Any]:
    """Say how far it is: bezig, stap, gedaan, totaal; when done exitcode and melding; nothing before any."""
    folder = _folder(beheer)
    if running(beheer):
        step = _json(folder / "voortgang.json")
        return {"bezig": True, "stap": step.get("stap") or "Beginnen", **{k: step.get(k) for k in ("gedaan", "totaal")}}
    outcome = _json(folder / "uitkomst.json")
    if outcome:
        return {"bezig": False, **outcome, **_json(folder / "over.json")}
    if (folder / "bezig").exists():
        return {
            "bezig": False,
            "exitcode": 2,
            "melding": "De verversing is afgebroken. De vorige publicatie blijft staan.",
        }
    return {}


def _report(beheer: Beheer) -> dict[str, Any]:
    return _json(beheer.store / REPORT)


def _run(beheer: Beheer) -> str:
    return str(_report(beheer).get("run", ""))


def _json(path: Path) -> dict[str, Any]:
    try:
        answer = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return answer if isinstance(answer, dict) else {}
