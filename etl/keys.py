"""The file with the secret that pseudonyms are made with: readable for the owner only, and never in the store."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
from pathlib import Path

from etl.atomic import sync_dir

KEY_BYTES = 32
#: Names the file that holds the key; without it the key stands beside the store.
KEY_VARIABLE = "MONITOR_SLEUTEL"


class KeyProblem(Exception):
    """The key cannot be used. The message is Dutch and says what to do."""


def key_path(store: Path) -> Path:
    """Give the file that holds the key: MONITOR_SLEUTEL, or else `<store>.sleutel` beside the store."""
    named = os.environ.get(KEY_VARIABLE)
    store = store.resolve()
    return Path(named).expanduser() if named else store.parent / f"{store.name}.sleutel"


def load_key(store: Path) -> tuple[bytes, ...]:
    """Read the key that pseudonyms are made with, or make it at first use.

    Args:
        store: The store that the key belongs to; the key never lies in it, so that a copy of the store reveals nobody.

    Returns:
        Secrets of 32 bytes, one more for every time that the key was replaced (etl/rekey), oldest first.

    Raises:
        KeyProblem: The file lies inside the store, others may read it, or it does not hold a key.
    """
    path = key_path(store)
    if path.resolve().is_relative_to(store.resolve()):
        raise KeyProblem(
            f"De sleutel {path.name} ligt in de opslagmap. Wie de opslag heeft, heeft dan ook de sleutel. "
            f"Zet {KEY_VARIABLE} op een bestand buiten die map."
        )
    try:
        if not path.exists():
            _make_key(path)
        return _read_keys(path)
    except OSError as problem:
        raise KeyProblem(
            f"De sleutel {path.name} kan niet worden gelezen of gemaakt ({problem.strerror}). "
            f"Controleer de rechten van de map of zet {KEY_VARIABLE} op een ander bestand."
        ) from None


def _make_key(path: Path) -> None:
    """Write a new key in one step: a crash leaves no half key, and of two first runs one key wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        _write_secret(draft, secrets.token_hex(KEY_BYTES) + "\n")
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)  # unlike a rename, a link never replaces a key that another run made meanwhile
    finally:
        draft.unlink(missing_ok=True)


def add_key(store: Path) -> tuple[bytes, ...]:
    """Put a new secret behind the ones of a store, all at once, and give them all. It also makes the first one.

    Raises:
        KeyProblem: As `load_key`.
    """
    keys = (*load_key(store), secrets.token_bytes(KEY_BYTES))
    path = key_path(store)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        _write_secret(draft, "".join(f"{key.hex()}\n" for key in keys))
        draft.replace(path)
        sync_dir(path.parent)
    except OSError as problem:
        raise KeyProblem(f"De sleutel {path.name} kan niet worden vervangen ({problem.strerror}).") from None
    finally:
        draft.unlink(missing_ok=True)
    return keys


def _write_secret(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _read_keys(path: Path) -> tuple[bytes, ...]:
    rights = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and rights & 0o077:
        raise KeyProblem(
            f"De sleutel {path.name} is ook voor anderen leesbaar. "
            f"Maak hem alleen voor uzelf leesbaar: chmod 600 {path.name}"
        )
    try:
        keys = tuple(bytes.fromhex(line) for line in path.read_text("ascii").split())
    except ValueError:
        keys = ()
    if not keys or any(len(key) < KEY_BYTES for key in keys):
        raise KeyProblem(
            f"In {path.name} staat geen geldige sleutel. Zet de oude sleutel terug uit een reservekopie. "
            "Een nieuwe sleutel geeft iedereen een ander pseudoniem; lees dan alle leveringen opnieuw in."
        )
    return keys


def fingerprint(keys: tuple[bytes, ...]) -> str:
    """Give a mark by which a key is recognised and from which it cannot be found; the same after a replacement."""
    return hashlib.sha256(b"kenmerk" + keys[0]).hexdigest()[:16]
