"""What lies in the inbox: one folder per source, its files and its mapping.toml. Looks at names and sizes only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field
from pathlib import Path

from etl.mapping import Mapping, MappingError, load_mapping
from etl.source import Refusal, Source

MAPPING = "mapping.toml"
#: Folders that may stand in an inbox from the start (DESIGN 5.1), also before their source is built.
KNOWN_FOLDERS = (
    "cbs_maatwerk", "clientervaring", "jeugd", "k2f", "participatiewet", "programmas", "schuldhulp", "wmo",
)  # fmt: skip
#: Folders and files that `etl sample` writes beside the exports.
NOT_A_SOURCE = ("cbs",)
#: Exports with persons are not left behind (DOMAIN.md 6): after so many days the data team is reminded.
DAYS_IN_INBOX = 30
PARTIAL = (".part", ".partial", ".crdownload", ".tmp", ".download")


@dataclass
class Folder:
    """The folder of one source: its mapping, the files to read in order of name, and what stands in the way."""

    bron: str
    mapping: Mapping | None = None
    files: list[Path] = field(default_factory=list)
    unusable: list[Refusal] = field(default_factory=list)


@dataclass
class Inbox:
    """All folders, and what the data team should know about the rest."""

    folders: list[Folder] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


class InboxMissing(Exception):
    """There is no such inbox. The message is Dutch."""


def _skip(path: Path) -> bool:
    return path.name.startswith(("~$", ".")) or path.name in (MAPPING, "Thumbs.db", "desktop.ini")


def _folder(path: Path, notices: list[str]) -> Folder:
    folder = Folder(path.name)
    if (path / MAPPING).is_file():
        try:
            folder.mapping = load_mapping(path / MAPPING)
        except MappingError as problem:
            folder.unusable.append(
                Refusal(
                    MAPPING, None, None, None, None, str(problem),
                    f"Verbeter {MAPPING} in de map {path.name}. Tot dan wordt uit deze map niets gelezen.",
                )
            )  # fmt: skip
            return folder
    for item in sorted(path.iterdir()):
        if _skip(item):
            continue
        if item.is_dir():
            notices.append(f"Een map binnen de map {path.name} is overgeslagen: zet bestanden direct in {path.name}.")
        elif item.suffix.lower() in PARTIAL:
            notices.append(f"In de map {path.name} staat een bestand dat nog wordt gekopieerd; het is overgeslagen.")
        elif refusal := _elsewhere(item):
            folder.unusable.append(refusal)
        else:
            folder.files.append(item)
    return folder


def _elsewhere(item: Path) -> Refusal | None:
    """Refuse what stands in the folder by name only: a link to elsewhere, or something that is no file at all.

    A link would have the monitor read any file that its own account may read; a pipe would have it wait for ever.
    """
    if item.is_symlink() and not item.resolve().is_relative_to(item.parent.resolve()):
        reden = "dit is een verwijzing naar een bestand buiten de map."
    elif item.exists() and not item.is_file():
        reden = "dit is geen gewoon bestand."
    else:
        return None
    return Refusal(item.name, None, None, None, None, reden, "Zet het bestand zelf in de map.")


def scan(root: Path, registered: Collection[str]) -> Inbox:
    """List what is in the inbox.

    Args:
        root: The inbox.
        registered: Names of the sources that can be read.

    Raises:
        InboxMissing: When the folder is not there.
    """
    if not root.is_dir():
        raise InboxMissing(f"De map {root} bestaat niet. Geef met --inbox de map waarin de exports staan.")
    inbox = Inbox()
    for path in sorted(root.iterdir()):
        if _skip(path) or path.name in NOT_A_SOURCE or path.name == "truth.json":
            continue
        if not path.is_dir():
            inbox.notices.append(
                "Er staat een bestand los in de inbox; het is overgeslagen: zet het in de map van zijn bron."
            )
        elif path.name in registered:
            inbox.folders.append(_folder(path, inbox.notices))
        elif path.name in KNOWN_FOLDERS:
            if any(not _skip(p) for p in path.iterdir()):
                inbox.notices.append(f"De map {path.name} is overgeslagen: deze bron kan nog niet worden gelezen.")
        else:
            names = ", ".join(sorted(registered))
            inbox.notices.append(
                f"De map {path.name} is overgeslagen: er is geen bron met die naam. Bekend zijn: {names}."
            )
    return inbox


def lying_too_long(inbox: Inbox, sources: Mapped[str, Source], moment: dt.datetime) -> list[str]:
    """Remind of files about persons that have been in the inbox for too long.

    Args:
        inbox: From `scan`.
        sources: Says which sources are about persons.
        moment: Now, UTC without zone.

    Returns:
        One Dutch sentence per folder; names of files are not in it, since they can hold a person.
    """
    limit = (moment - dt.timedelta(days=DAYS_IN_INBOX)).replace(tzinfo=dt.UTC).timestamp()
    notices = []
    for folder in inbox.folders:
        old = sum(_changed(path) < limit for path in folder.files) if sources[folder.bron].personal else 0
        if old:
            what = "staat 1 bestand" if old == 1 else f"staan {old} bestanden"
            notices.append(
                f"In de map {folder.bron} {what} met persoonsgegevens, langer dan {DAYS_IN_INBOX} dagen. Wat is "
                "ingelezen, heeft de monitor niet meer nodig: haal het weg of bewaar het op een beveiligde plaats."
            )
    return notices


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return float("inf")  # gone meanwhile
