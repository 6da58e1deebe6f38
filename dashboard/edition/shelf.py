"""The frozen editions in STORE/edities/<code>/, each with a manifest; the page Raad and the next edition read them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard.edition.half_year import EditionRefused, HalfYear
from dashboard.edition.world import Earlier

MANIFEST = "manifest.json"
_CODE = re.compile(r"(?P<periode>20\d\d-H[12])(?:-(?P<nummer>[2-9]|[1-9]\d))?")


@dataclass(frozen=True)
class Bestand:
    """A file of a frozen edition.

    Attributes:
        naam: Path from the folder of the edition.
        sha256: Digest.
        bytes: Size.
    """

    naam: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Bericht:
    """A message as it was frozen.

    Attributes:
        id: The same in every edition.
        naam: What it is about.
        conclusie: One sentence.
        delen: doel, activiteit, geld and effect -> text.
        eerder: What was said the time before, and what became of it.
        waarden: Figures that the next edition compares with.
    """

    id: str
    naam: str
    conclusie: str
    delen: dict[str, str]
    eerder: tuple[str, ...]
    waarden: dict[str, float]


@dataclass(frozen=True)
class Frozen:
    """A frozen edition.

    Attributes:
        code: '2026-H1', or '2026-H1-2' for a correction.
        halfjaar: Half year.
        nummer: 1, or that of the correction.
        map: Its folder.
        titel: Title.
        gemeente: Name of the gemeente.
        peildatum: Day up to which its figures go.
        gemaakt_op: Day it was frozen.
        run: Publication it was made from.
        voorbeelddata: Made-up figures.
        reden: Why it was made again; '' for a first one.
        berichten: Its messages in reading order.
        bestanden: Its files.
    """

    code: str
    halfjaar: HalfYear
    nummer: int
    map: Path
    titel: str
    gemeente: str
    peildatum: dt.date
    gemaakt_op: dt.date
    run: str
    voorbeelddata: bool
    reden: str
    berichten: tuple[Bericht, ...]
    bestanden: tuple[Bestand, ...]

    @property
    def volgorde(self) -> tuple[HalfYear, int]:
        """Order in time."""
        return (self.halfjaar, self.nummer)

    def file(self, ending: str) -> Bestand | None:
        """Give its file of a kind ('.pdf'), not the pictures; None without one."""
        return next((b for b in self.bestanden if "/" not in b.naam and b.naam.endswith(ending)), None)

    @property
    def toestand(self) -> tuple[tuple[str, int, int], ...]:
        """What tells that a file of it changed, without reading it: name, time and size."""
        found = []
        for name in (MANIFEST, *(b.naam for b in self.bestanden)):
            try:
                stat = (self.map / name).stat()
                found.append((name, stat.st_mtime_ns, stat.st_size))
            except OSError:
                found.append((name, 0, -1))
        return tuple(found)

    def damaged(self) -> list[str]:
        """Give the names of files that are gone or no longer what was frozen."""
        return [b.naam for b in self.bestanden if digest(self.map / b.naam) != b.sha256]


def folder(store: Path) -> Path:
    """Give the folder with editions of a store."""
    return store / "edities"


def code_of(half: HalfYear, number: int) -> str:
    """Give the name of an edition: 2026-H1, and 2026-H1-2 for its first correction."""
    return half.code if number == 1 else f"{half.code}-{number}"


def editions(store: Path) -> list[Frozen]:
    """Give the frozen editions, newest first; a folder that cannot be read is not one."""
    found = [f for path in sorted(folder(store).glob("20*")) if (f := _read(path)) is not None]
    return sorted(found, key=lambda f: f.volgorde, reverse=True)


def find(store: Path, code: str) -> Frozen | None:
    """Give one edition by its name; None when there is none, or it is no name at all."""
    return _read(folder(store) / code) if _CODE.fullmatch(code) else None


def before(store: Path, half: HalfYear) -> Earlier | None:
    """Give what the edition before a half year said, in its newest correction; None without one.

    Raises:
        EditionRefused: A file of it is not what was frozen: quoting it would be guessing.
    """
    found = next((f for f in editions(store) if f.halfjaar < half), None)
    if found is None:
        return None
    if damaged := found.damaged():
        raise EditionRefused(
            f"De vorige editie ({found.code}) is na het vaststellen veranderd: {', '.join(damaged)}. Zet de "
            "bestanden terug uit een reservekopie; anders is niet zeker wat er toen is gezegd."
        )
    return Earlier(
        found.code,
        found.halfjaar.naam,
        found.peildatum,
        {m.id: m.conclusie for m in found.berichten},
        {m.id: m.waarden for m in found.berichten},
    )


def _read(path: Path) -> Frozen | None:
    name = _CODE.fullmatch(path.name)
    if name is None:
        return None
    try:
        stat = (path / MANIFEST).stat()
        return _parsed(str(path), stat.st_mtime_ns, stat.st_size)
    except (OSError, ValueError, KeyError, TypeError, EditionRefused):
        return None


@lru_cache(maxsize=64)
def _parsed(path: str, _changed: int, _size: int) -> Frozen:
    place = Path(path)
    name = _CODE.fullmatch(place.name)
    about: dict[str, Any] = json.loads((place / MANIFEST).read_text("utf-8"))
    return Frozen(
        code=place.name,
        halfjaar=HalfYear.parse(name["periode"] if name else ""),
        nummer=int((name["nummer"] if name else None) or 1),
        map=place,
        titel=str(about["titel"]),
        gemeente=str(about["gemeente"]),
        peildatum=dt.date.fromisoformat(about["peildatum"]),
        gemaakt_op=dt.date.fromisoformat(about["gemaakt_op"]),
        run=str(about["run"]),
        voorbeelddata=bool(about["voorbeelddata"]),
        reden=str(about["reden"]),
        berichten=tuple(
            Bericht(b["id"], b["naam"], b["conclusie"], dict(b["delen"]), tuple(b["eerder"]), dict(b["waarden"]))
            for b in about["berichten"]
        ),
        bestanden=tuple(Bestand(b["naam"], b["sha256"], int(b["bytes"])) for b in about["bestanden"]),
    )


def digest(path: Path) -> str:
    """Give the SHA-256 of a file; '' when it is not there."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
