"""The boundaries that are kept for ever: vintages/geo/<year>/<gemeente>-<checksum>/{grenzen, vormen, manifest}.

grenzen.geojson is what came (wijken only, codes, names and every point), vormen.parquet what is published of it. A copy
is written beside and renamed into place, so a refresh that is killed leaves either nothing or a whole copy.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from etl.atomic import kept_copy, to_json
from etl.geo_answer import Features
from etl.geo_middle import middle
from etl.geo_shapes import fitting, geojson

_ANSWER, _SHAPES, _MANIFEST = "grenzen.geojson", "vormen.parquet", "manifest.json"
#: Columns of vormen.parquet, as mart.dim_gebied_vorm has them.
COLUMNS = {
    "gebied_code": "VARCHAR", "jaar": "INTEGER", "x": "DOUBLE", "y": "DOUBLE", "vorm": "VARCHAR", "bron": "VARCHAR",
}  # fmt: skip
#: The raw view of the shapes, and its SELECT when there are none.
GEO_VIEW = "raw.geo__wijk"
NO_SHAPES = "SELECT " + ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in COLUMNS.items()) + " WHERE false"


@dataclass(frozen=True)
class GeoCopy:
    """A kept copy of the boundaries of one year.

    Attributes:
        jaar: Year of the boundaries.
        gemeente: CBS code.
        opgehaald_op: UTC time of the download.
        inhoud: Checksum of grenzen.geojson.
        bestand: Checksum of vormen.parquet.
        volgnummer: 1 for the first copy, one more for each next.
        wijken: Number of wijken.
        map: Folder, in memory only.
    """

    jaar: int
    gemeente: str
    opgehaald_op: dt.datetime
    inhoud: str
    bestand: str
    volgnummer: int
    wijken: int
    map: Path

    @property
    def parquet(self) -> Path:
        """The file with the shapes."""
        return self.map / _SHAPES


def newest(vintages: Path, year: int, gemeente: str) -> GeoCopy | None:
    """Give the newest undamaged copy of a year, or None."""
    folder = vintages / "geo" / str(year)
    found = [_load(p) for p in folder.glob(f"{gemeente}-*")]
    for copy in sorted((c for c in found if c), key=lambda c: c.volgnummer, reverse=True):
        if copy.parquet.exists() and _sha(copy.parquet.read_bytes()) == copy.bestand:
            return copy
    return None


def copies(vintages: Path, gemeente: str, until: int) -> list[GeoCopy]:
    """Give the newest copy of every year up to and with `until`, oldest year first."""
    years = sorted(int(p.name) for p in (vintages / "geo").glob("[12][0-9][0-9][0-9]") if p.is_dir())
    found = [newest(vintages, year, gemeente) for year in years if year <= until]
    return [copy for copy in found if copy]


def keep(vintages: Path, year: int, gemeente: str, features: Features, moment: dt.datetime) -> GeoCopy:
    """Keep the boundaries of a year; the last copy is returned when nothing changed.

    Args:
        vintages: Folder of all vintages.
        year: Year of the boundaries.
        gemeente: CBS code.
        features: From etl.geo_answer.wijken_in.
        moment: UTC time of the download.
    """
    answer = _answer(features)
    last, inhoud = newest(vintages, year, gemeente), _sha(answer)
    if last and last.inhoud == inhoud:
        return last
    # The copy before counts in the name: boundaries that change back are a new copy, not the old one.
    before = last.map.name if last else ""
    target = vintages / "geo" / str(year) / f"{gemeente}-{_sha(f'{before}|{inhoud}'.encode())[:24]}"
    with kept_copy(target) as beside:
        (beside / _ANSWER).write_bytes(answer)
        _frame(features, year, moment).to_parquet(beside / _SHAPES, index=False)
        sha, number = _sha((beside / _SHAPES).read_bytes()), last.volgnummer + 1 if last else 1
        copy = GeoCopy(year, gemeente, moment, inhoud, sha, number, len(features), target)
        (beside / _MANIFEST).write_bytes(to_json({k: v for k, v in asdict(copy).items() if k != "map"}))
    return copy


def _answer(features: Features) -> bytes:
    """The answer without what differs from call to call (time, ids) and without figures: those come from CBS."""
    listed = [
        {
            "type": "Feature",
            "properties": {"wijkcode": code, "wijknaam": naam},
            "geometry": {"type": "MultiPolygon", "coordinates": shape},
        }
        for code, (naam, shape) in sorted(features.items())
    ]
    return json.dumps({"type": "FeatureCollection", "features": listed}, separators=(",", ":")).encode()


def _frame(features: Features, year: int, moment: dt.datetime) -> pd.DataFrame:
    shapes = fitting({code: shape for code, (_, shape) in features.items()})
    bron = f"Wijkgrenzen {year} van CBS en Kadaster, via PDOK, opgehaald op {moment:%d-%m-%Y}"
    rows = [(code, year, *middle(shape), geojson(shape), bron) for code, shape in sorted(shapes.items())]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _load(folder: Path) -> GeoCopy | None:
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        manifest["opgehaald_op"] = dt.datetime.fromisoformat(manifest["opgehaald_op"])
        return GeoCopy(map=folder, **manifest)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
