"""Files that were sent and wait for a yes: kept apart, looked at by `etl check`, then moved to the inbox or removed."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import threading
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from werkzeug.datastructures import FileStorage

from dashboard.beheer.config import KEPT_SECONDS, Beheer, Bron, ask_etl

MAPPING = "mapping.toml"
ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".json")
_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_LONGEST = 120
#: Names that Windows takes for a device.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


class Unusable(Exception):
    """A file that cannot be taken. The message is Dutch and says what to do."""


@dataclass(frozen=True)
class Upload:
    """A file that waits.

    Attributes:
        id: In the address.
        bron: Source it was sent for.
        path: WORK/<id>/<bron>/<name>; a copy of the source's mapping.toml stands beside it.
        sha256: Of its bytes; the delivery is found back by it.
    """

    id: str
    bron: Bron
    path: Path
    sha256: str

    @property
    def folder(self) -> Path:
        """The folder that is removed with it."""
        return self.path.parents[1]

    @property
    def shown(self) -> str:
        """Its name for a screen; that of a file about persons can hold a person."""
        return "uw bestand" if self.bron.over_personen else self.path.name


def clean_name(sent: str) -> str:
    """Make a file name that is only a name: no folder, no control character, no leading point.

    Raises:
        Unusable: Nothing is left, it is another kind of file, or it is the mapping itself.
    """
    name = unicodedata.normalize("NFC", sent).replace("\\", "/").rpartition("/")[2]
    name = re.sub(r"[^\w .()+,-]", "_", "".join(c for c in name if c.isprintable())).strip(" .")
    stem, point, ending = name.rpartition(".")
    if not point or f".{ending.lower()}" not in ENDINGS:
        raise Unusable(f"Dit soort bestand kan de monitor niet lezen. Gebruik {', '.join(ENDINGS)}.")
    stem = stem[: _LONGEST - len(ending) - 1].strip(" .")
    if not stem or _DEVICES.fullmatch(stem):
        raise Unusable("Deze bestandsnaam kan niet. Geef het bestand een andere naam.")
    return f"{stem}.{ending}"


def take(beheer: Beheer, bron: Bron, sent: FileStorage, visitor: str) -> Upload:
    """Keep a file that was sent in a folder of its own.

    Raises:
        Unusable: No file, an empty one, or one with a name that cannot be.
    """
    name = clean_name(sent.filename or "")
    id_ = secrets.token_urlsafe(16)
    folder = beheer.work / id_ / bron.bron
    folder.mkdir(parents=True, mode=0o700)
    (beheer.work / id_).chmod(0o700)
    path = folder / name
    sent.save(path)
    path.chmod(0o600)
    if not path.stat().st_size:
        remove(beheer, id_)
        raise Unusable("Dit bestand is leeg. Exporteer het opnieuw.")
    with path.open("rb") as handle:
        sha = hashlib.file_digest(handle, "sha256").hexdigest()
    about = {"bron": bron.bron, "bestand": name, "sha256": sha, "van": _mark(visitor), "op": beheer.clock()}
    (beheer.work / id_ / "over.json").write_text(json.dumps(about), "utf-8")
    return Upload(id_, bron, path, sha)


def _mark(visitor: str) -> str:
    return hashlib.sha256(visitor.encode()).hexdigest()


def find(beheer: Beheer, id_: str, visitor: str) -> Upload | None:
    """Give a file that waits, to the browser that sent it; None for every other."""
    about = _about(beheer.work / id_) if _ID.fullmatch(id_) else None
    if about is None or about["van"] != _mark(visitor) or about["bron"] not in beheer.bronnen:
        return None
    path = beheer.work / id_ / about["bron"] / about["bestand"]
    return Upload(id_, beheer.bronnen[about["bron"]], path, about["sha256"]) if path.is_file() else None


def _about(folder: Path) -> dict[str, Any] | None:
    try:
        answer = json.loads((folder / "over.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def check(beheer: Beheer, upload: Upload) -> dict[str, Any] | None:
    """Ask `etl check` what would be read of it, with the mapping as it is now; None when that gave no answer."""
    beside = upload.path.parent / MAPPING
    own = beheer.inbox / upload.bron.bron / MAPPING
    if own.is_file():
        shutil.copyfile(own, beside)
    else:
        beside.unlink(missing_ok=True)
    answer = ask_etl("check", upload.path, "--source", upload.bron.bron, "--json")
    found = answer["bestanden"][0] if answer and answer.get("bestanden") else None
    note(upload, found)
    return found


def note(upload: Upload, found: dict[str, Any] | None) -> None:
    """Keep what `etl check` said of a file, for when its page is opened again."""
    (upload.folder / "controle.json").write_text(json.dumps(found), "utf-8")


def checked(upload: Upload) -> dict[str, Any] | None:
    """Give what the last check said."""
    try:
        answer = json.loads((upload.folder / "controle.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def to_inbox(beheer: Beheer, upload: Upload) -> Path:
    """Move a file into the folder of its source, and never over another one.

    Returns:
        Where it stands. The same bytes under the same name stand there once.
    """
    folder = beheer.inbox / upload.bron.bron
    folder.mkdir(parents=True, exist_ok=True)
    target, number = folder / upload.path.name, 1
    while target.exists() or target.is_symlink():
        if target.is_file() and not target.is_symlink() and _sha(target) == upload.sha256:
            remove(beheer, upload.id)
            return target
        number += 1
        target = folder / f"{upload.path.stem} ({number}){upload.path.suffix}"
    # A refresh that runs skips names with a point: it never sees half a file.
    partly = folder / f".{upload.id}.part"
    shutil.copyfile(upload.path, partly)
    partly.chmod(0o640)
    partly.replace(target)
    remove(beheer, upload.id)
    return target


def _sha(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def remove(beheer: Beheer, id_: str) -> None:
    """Remove a file that waits, and all that was noted about it."""
    if _ID.fullmatch(id_):
        shutil.rmtree(beheer.work / id_, ignore_errors=True)


def remove_old(beheer: Beheer) -> None:
    """Remove what waits for longer than KEPT_SECONDS, or of which nothing was noted."""
    for folder in beheer.work.iterdir():
        if not _ID.fullmatch(folder.name):
            continue
        about = _about(folder)
        try:
            since = about["op"] if about else folder.stat().st_mtime
        except OSError:
            continue
        if beheer.clock() - since > KEPT_SECONDS:
            remove(beheer, folder.name)


def keep_removing(beheer: Beheer, every: float = 60.0) -> threading.Event:
    """Remove old files for as long as the server runs, also when nobody asks for a page; set the event to stop."""
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(every):
            if beheer.work.is_dir():
                remove_old(beheer)

    threading.Thread(target=work, name="aanleveringen", daemon=True).start()
    return stop
