"""The copies of CBS tables that are kept for ever: vintages/cbs/<tabel>/<checksum>/{cijfers.parquet, manifest.json}.

A copy is written beside and renamed into place, so a refresh that is killed leaves either nothing or a whole copy.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pandas as pd

from etl.atomic import kept_copy, to_json
from etl.cbs_tables.history import Difference

_DATA = "cijfers.parquet"
_MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Copy:
    """A kept copy of a table.

    Attributes:
        tabel: CBS id.
        titel: Title as CBS gives it.
        gewijzigd: Modified as CBS gives it.
        opgehaald_op: UTC time of the download.
        inhoud: Checksum of the figures.
        vorige: Checksum (folder) of the copy before, "" for the first.
        volgnummer: 1 for the first copy, one more for each next.
        rijen: Number of figures.
        bestand: Checksum of the Parquet file, to notice damage.
        map: Folder, in memory only.
        gewijzigde_cijfers: Figures of the copy before that this one changed.
        wijziging: What that was, in Dutch.
        ontbrekend: Topics that were asked for and are gone -> the day (ISO) on which that was first seen.
    """

    tabel: str
    titel: str
    gewijzigd: dt.datetime | None
    opgehaald_op: dt.datetime
    inhoud: str
    vorige: str
    volgnummer: int
    rijen: int
    bestand: str
    map: Path
    gewijzigde_cijfers: int = 0
    wijziging: str = ""
    ontbrekend: dict[str, str] = field(default_factory=dict)

    @property
    def parquet(self) -> Path:
        """The file with the figures."""
        return self.map / _DATA

    @property
    def voorbeelddata(self) -> bool:
        """Whether the copy says that it is synthetic."""
        return "VOORBEELDDATA" in self.titel.upper()

    def frame(self) -> pd.DataFrame:
        """Read the figures."""
        return pd.read_parquet(self.parquet)


def newest(vintages: Path, table: str) -> Copy | None:
    """Give the newest undamaged copy of a table, or None."""
    folder = vintages / "cbs" / table
    if not folder.is_dir():
        return None
    found = [_load(p) for p in folder.iterdir() if p.is_dir() and not p.name.startswith(".")]
    for copy in sorted((c for c in found if c), key=lambda c: c.volgnummer, reverse=True):
        if copy.parquet.exists() and _sha(copy.parquet.read_bytes()) == copy.bestand:
            return copy
    return None


def content_checksum(frame: pd.DataFrame) -> str:
    """Give the checksum of the figures, whatever the version of the file format."""
    return _sha(frame.to_csv(index=False).encode())


def keep(
    vintages: Path,
    frame: pd.DataFrame,
    titel: str,
    gewijzigd: dt.datetime | None,
    moment: dt.datetime,
    last: Copy | None,
    changed: Difference | None = None,
    missing: dict[str, str] | None = None,
) -> Copy:
    """Keep a new copy; the last one is returned when nothing changed.

    Args:
        vintages: The folder of all vintages.
        frame: The figures, as etl.cbs_tables.rows.download gives them.
        titel: Title of the table.
        gewijzigd: Modified as CBS gives it.
        moment: UTC time of the download.
        last: The newest copy so far.
        changed: What this changes in the last one.
        missing: Topics that are gone, with the day on which that was first seen.
    """
    changed, missing = changed or Difference(), missing or {}
    inhoud = content_checksum(frame)
    if last and (last.gewijzigd, last.inhoud, last.titel, last.ontbrekend) == (gewijzigd, inhoud, titel, missing):
        return last
    table = str(frame["tabel"].iloc[0])
    vorige = last.map.name if last else ""
    # The copy before counts in the name: a table that changes back is a new vintage, not the old one.
    name = _sha(f"{vorige}|{gewijzigd}|{inhoud}".encode())[:32]
    target = vintages / "cbs" / table / name
    with kept_copy(target) as beside:
        frame.to_parquet(beside / _DATA, index=False)
        sha = _sha((beside / _DATA).read_bytes())
        number = last.volgnummer + 1 if last else 1
        copy = Copy(
            table, titel, gewijzigd, moment, inhoud, vorige, number, len(frame), sha, target,
            changed.cijfers, changed.tekst, missing,
        )  # fmt: skip
        manifest = {k: v for k, v in asdict(copy).items() if k != "map"}
        (beside / _MANIFEST).write_bytes(to_json(manifest))
    return copy


def _load(folder: Path) -> Copy | None:
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        for key in ("gewijzigd", "opgehaald_op"):
            manifest[key] = dt.datetime.fromisoformat(manifest[key]) if manifest[key] else None
        return Copy(map=folder, **manifest)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
