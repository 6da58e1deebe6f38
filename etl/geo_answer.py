"""Checks an answer with boundaries of wijken, and takes the shapes out of it."""

from __future__ import annotations

import math
import re
from typing import Any

from etl.geo_shapes import Point, Polygon, Ring, Shape, area
from etl.readers.odata import CbsBroken

#: Degrees that the wijken of the Netherlands lie within; the two ranges are so far apart that no point fits both ways.
LONGITUDE, LATITUDE = (3.0, 7.4), (50.5, 54.0)

Features = dict[str, tuple[str, Shape]]


def wijken_in(answer: Any, gemeente: str) -> Features:
    """Give name and shape of every wijk of a gemeente, in (longitude, latitude); water is left out.

    Args:
        answer: GeoJSON FeatureCollection of the layer wijken, asked in degrees (EPSG:4326).
        gemeente: CBS code; an answer in which another one stands is refused as a whole.

    Raises:
        CbsBroken: The answer is not that; the message is Dutch.
    """
    features = answer.get("features") if isinstance(answer, dict) else None
    if not isinstance(features, list) or answer.get("type") != "FeatureCollection":
        raise CbsBroken("Het antwoord bevat geen grenzen.")
    told = answer.get("numberMatched")
    if isinstance(told, int) and told > len(features):
        raise CbsBroken(f"Er zijn {told} wijken, maar het antwoord bevat er {len(features)}.")
    found: Features = {}
    for feature in features:
        code, naam, water, geometry = _parts(feature, gemeente)
        if water:
            continue
        if code in found:
            raise CbsBroken(f"Wijk {code} staat er meer dan één keer in.")
        found[code] = naam, _shape(geometry, code)
    if not found:
        raise CbsBroken(f"Het antwoord bevat geen wijken van gemeente {gemeente}.")
    return _right_axes(found)


def _parts(feature: Any, gemeente: str) -> tuple[str, str, bool, Any]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise CbsBroken("Het antwoord bevat een gebied zonder kenmerken.")
    code = str(properties.get("wijkcode") or "").strip()
    if not re.fullmatch(r"WK\d{6}", code):
        raise CbsBroken("Het antwoord bevat een gebied zonder wijkcode.")
    own = str(properties.get("gemeentecode") or "").strip()
    if code[2:6] != gemeente[2:] or own not in ("", gemeente):
        raise CbsBroken(f"Het antwoord gaat over een andere gemeente dan {gemeente} (wijk {code}).")
    water = code.endswith("99") or str(properties.get("water") or "").strip().upper() == "JA"
    return code, str(properties.get("wijknaam") or code).strip(), water, feature.get("geometry")


def _shape(geometry: Any, code: str) -> Shape:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise CbsBroken(f"Wijk {code} heeft geen grens.")
    given = geometry.get("coordinates")
    polygons = [given] if kind == "Polygon" else given
    if not isinstance(polygons, list) or not polygons:
        raise CbsBroken(f"Wijk {code} heeft een lege grens.")
    return [_polygon(polygon, code) for polygon in polygons]


def _polygon(rings: Any, code: str) -> Polygon:
    if not isinstance(rings, list) or not rings:
        raise CbsBroken(f"Wijk {code} heeft een lege grens.")
    return [_ring(ring, code) for ring in rings]


def _ring(points: Any, code: str) -> Ring:
    if not isinstance(points, list) or not all(_is_point(p) for p in points):
        raise CbsBroken(f"De grens van wijk {code} bevat iets anders dan punten.")
    ring = [(float(p[0]), float(p[1])) for p in points]
    if len(ring) < 4 or ring[0] != ring[-1] or not area(ring):
        raise CbsBroken(f"De grens van wijk {code} is niet gesloten.")
    return ring


def _is_point(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) >= 2
        and all(isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v) for v in value[:2])
    )


def _right_axes(found: Features) -> Features:
    """Put (latitude, longitude) in order: servers differ in it, and the bounds of the country tell which it is."""
    points = [p for _, shape in found.values() for polygon in shape for ring in polygon for p in ring]
    if all(_inside(p) for p in points):
        return found
    if not all(_inside((y, x)) for x, y in points):
        raise CbsBroken("De grenzen liggen niet in Nederland, of staan niet in graden.")
    return {
        code: (naam, [[[(x, y) for y, x in ring] for ring in polygon] for polygon in shape])
        for code, (naam, shape) in found.items()
    }


def _inside(point: Point) -> bool:
    return LONGITUDE[0] <= point[0] <= LONGITUDE[1] and LATITUDE[0] <= point[1] <= LATITUDE[1]
