"""Add one line to a mapping.toml without touching another one: its comments are the data team's own notes."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from dashboard.beheer.codes import line
from dashboard.beheer.config import Beheer, ask_etl
from dashboard.beheer.uploads import MAPPING


class NotAdded(Exception):
    """The line was not added. The message is Dutch and says what to do; the file is as it was."""


def with_line(text: str, soort: str, code: str, onderdeel: str) -> str:
    """Give a mapping with one code placed; every other line stays as it is.

    Args:
        text: Content of mapping.toml; "" when there is none.
        soort: taakveld, kostenplaats or productcategorie.
        code: The code.
        onderdeel: Where it belongs.

    Raises:
        NotAdded: The code is placed already, or the file is written in a way that leaves no certain place for it.
    """
    before = _parsed(text)
    known = before.get("onderdeel", {})
    known = known.get(soort, {}) if isinstance(known, dict) else {}
    if isinstance(known, dict) and code in known:
        raise NotAdded(
            f"{soort} {code} staat al in {MAPPING}, bij {known[code]}. Verander die regel zelf in het bestand."
        )
    end = "\r\n" if "\r\n" in text else "\n"
    new = line(code, onderdeel)
    head = re.compile(rf"^[ \t]*\[[ \t]*onderdeel[ \t]*\.[ \t]*{soort}[ \t]*\][^\r\n]*(?=\r?$)", re.M)
    found = head.search(text)
    if found:
        after = text[: found.end()] + end + new + text[found.end() :]
    else:
        body = text if not text or text.endswith("\n") else text + end
        after = f"{body}{end if body else ''}[onderdeel.{soort}]{end}{new}{end}"
    wanted = json.loads(json.dumps(before, default=str))
    wanted.setdefault("onderdeel", {}).setdefault(soort, {})[code] = onderdeel
    if json.loads(json.dumps(_parsed(after), default=str)) != wanted:
        raise NotAdded(
            f"{MAPPING} is zo geschreven dat de plaats niet zeker is. Zet zelf onder [onderdeel.{soort}]: {new}"
        )
    return after


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise NotAdded(f"{MAPPING} is geen geldige TOML. Herstel eerst dat bestand.") from None


def add(
    beheer: Beheer, bron: str, soort: str, code: str, onderdeel: str, file: Path | None = None
) -> tuple[str, dict[str, Any]]:
    """Add a line to INBOX/<bron>/mapping.toml: tried by `etl check` first, the earlier one kept beside it.

    Args:
        beheer: Rights of this server.
        bron: Source.
        soort: Kind of code.
        code: The code.
        onderdeel: Where it belongs.
        file: An upload that waits, to try it with; without one only the mapping itself is looked at.

    Returns:
        The line, and what `etl check` said of the file with it.

    Raises:
        NotAdded: In Dutch; nothing was changed.
    """
    own = beheer.inbox / beheer.bronnen[bron].bron / MAPPING
    if own.is_symlink():
        raise NotAdded(f"{MAPPING} is een verwijzing naar een andere plaats. Zet het bestand zelf in de map {bron}.")
    try:
        raw = own.read_bytes() if own.is_file() else b""
        text = raw.decode("utf-8-sig")
        after = with_line(text, soort, code, onderdeel)
        found = _try(beheer, bron, after, file)
        _write(own, raw, after.encode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8"))
    except UnicodeDecodeError:
        raise NotAdded(f"{MAPPING} is geen UTF-8. Sla het bestand opnieuw op als UTF-8.") from None
    except OSError as problem:
        raise NotAdded(f"{MAPPING} kan niet worden geschreven ({problem.strerror}).") from None
    return line(code, onderdeel), found


def _try(beheer: Beheer, bron: str, text: str, file: Path | None) -> dict[str, Any]:
    """Have etl read the mapping, beside the upload or a file without rows, before anything of it counts."""
    if file is None:
        file = beheer.work / "mapping" / bron / "leeg.csv"
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.write_text("leeg\n", "utf-8")
    (file.parent / MAPPING).write_text(text, "utf-8", newline="")
    answer = ask_etl("check", file, "--source", bron, "--json")
    found: dict[str, Any] | None = answer["bestanden"][0] if answer and answer.get("bestanden") else None
    if found is None:
        raise NotAdded("De controle van mapping.toml gaf geen antwoord. Probeer het opnieuw.")
    if found["mapping"] == "fout":
        why = found["weigeringen"][0]["reden"] if found["weigeringen"] else ""
        raise NotAdded(f"Met deze regel klopt {MAPPING} niet; er is niets veranderd. {why}".strip())
    return found


def _write(own: Path, before: bytes, after: bytes) -> None:
    own.parent.mkdir(parents=True, exist_ok=True)
    if before:
        number = 1
        # A name with a point in front: a refresh does not take it for a delivery.
        while (kept := own.with_name(f".{MAPPING}.{number}")).exists():
            number += 1
        kept.write_bytes(before)
    partly = own.with_name(f".{MAPPING}.nieuw")
    partly.write_bytes(after)
    if own.exists():
        partly.chmod(own.stat().st_mode & 0o777)
    partly.replace(own)
