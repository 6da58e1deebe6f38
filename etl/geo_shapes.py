"""Makes boundaries small enough to send with a page.

Points are (longitude, latitude) in degrees. A ring is closed (first point = last); a polygon is its outer ring and then
its holes; a wijk is a list of polygons (as GeoJSON MultiPolygon).

Source of method: Douglas and Peucker (1973), on arcs between the points where borders meet, as TopoJSON cuts them. Two
wijken share the arc of their common border, and an arc is made simpler once: no gaps or overlaps appear.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]
Shape = list[Polygon]

#: About 1 metre: finer says nothing on a map of a gemeente.
DIGITS = 5
#: Metres that a border may move at first; more only when the shapes stay larger than LIMIT.
TOLERANCE_M, COARSEST_M = 50.0, 2_000.0
#: Share of the largest part of a wijk below which a loose part is left out.
SPECK = 0.03
#: Bytes of all shapes of a gemeente together.
LIMIT = 60_000
#: Metres in a degree of latitude, and of longitude in the middle of the country (52.2 degrees north).
SCALE = np.array([111_320.0 * 0.6129, 111_320.0])


def fitting(wijken: dict[str, Shape], limit: int = LIMIT) -> dict[str, Shape]:
    """Simplify all wijken of a gemeente together, just as much as is needed to stay below `limit` bytes of GeoJSON."""
    found = without_specks({code: _rounded(shape) for code, shape in wijken.items()})
    tolerance = TOLERANCE_M
    while True:
        found = simplified(found, tolerance)
        if tolerance >= COARSEST_M or sum(len(geojson(shape)) for shape in found.values()) < limit:
            return found
        tolerance *= 1.5


def without_specks(wijken: dict[str, Shape]) -> dict[str, Shape]:
    """Leave out parts that touch no wijk and are small beside the largest part of theirs (SPECK), such as breakwaters.

    Far out at sea they would make the whole map small. A part inside or beside another wijk always stays.
    """
    times = Counter(p for shape in wijken.values() for polygon in shape for ring in polygon for p in set(ring))
    return {
        code: [
            polygon
            for polygon in shape
            if abs(area(polygon[0])) >= SPECK * max(abs(area(other[0])) for other in shape)
            or any(times[point] > 1 for point in polygon[0])
        ]
        for code, shape in wijken.items()
    }


def simplified(wijken: dict[str, Shape], tolerance_m: float) -> dict[str, Shape]:
    """Leave out points that are less than `tolerance_m` metres from the line between those that stay."""
    meet = _junctions(wijken)
    return {code: _simple_shape(shape, meet, tolerance_m) for code, shape in wijken.items()}


def geojson(shape: Shape) -> str:
    """Give a wijk as GeoJSON geometry."""
    return json.dumps({"type": "MultiPolygon", "coordinates": shape}, separators=(",", ":"))


def area(ring: Ring) -> float:
    """Give the area of a ring in square degrees; negative when it runs with the clock."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(from_zero(ring))) / 2


def from_zero(ring: Ring) -> Ring:
    """Move a ring to the origin: degrees are large and wijken small, which costs digits in products."""
    return [(x - ring[0][0], y - ring[0][1]) for x, y in ring]


def _rounded(shape: Shape) -> Shape:
    """Round all points; a polygon that vanishes by it goes, but never the largest."""
    size = max(abs(area(polygon[0])) for polygon in shape)
    found = []
    for polygon in shape:
        rings = [[(round(x, DIGITS), round(y, DIGITS)) for x, y in ring] for ring in polygon]
        rings = [[p for i, p in enumerate(ring) if i == 0 or p != ring[i - 1]] for ring in rings]
        if len(rings[0]) >= 4 and area(rings[0]):
            found.append([rings[0], *(ring for ring in rings[1:] if len(ring) >= 4)])
        elif abs(area(polygon[0])) == size:
            found.append([polygon[0]])
    return found


def _junctions(wijken: dict[str, Shape]) -> set[Point]:
    """Find the points where borders meet: those with more than two neighbours along all rings together."""
    beside: dict[Point, set[Point]] = defaultdict(set)
    for shape in wijken.values():
        for ring in (ring for polygon in shape for ring in polygon):
            for a, b in pairwise(ring):
                beside[a].add(b)
                beside[b].add(a)
    return {point for point, others in beside.items() if len(others) > 2}


def _simple_shape(shape: Shape, meet: set[Point], tolerance: float) -> Shape:
    """A polygon smaller than what is left out vanishes; the largest of a wijk stays as it was."""
    largest = max(shape, key=lambda polygon: abs(area(polygon[0])))
    found = []
    for polygon in shape:
        rings = [_simple_ring(ring, meet, tolerance) for ring in polygon]
        if rings[0] is None:
            if polygon is not largest:
                continue
            rings[0] = polygon[0]
        # Outer rings against the clock and holes with it, as RFC 7946 says; whoever fills by direction needs it too.
        found.append([_turned(ring, outer=not n) for n, ring in enumerate(rings) if ring])
    return found


def _turned(ring: Ring, outer: bool) -> Ring:
    return ring if (area(ring) > 0) is outer else ring[::-1]


def _simple_ring(ring: Ring, meet: set[Point], tolerance: float) -> Ring | None:
    """Give the simpler ring, or None when nothing is left of it."""
    points = ring[:-1]
    fixed = [i for i, point in enumerate(points) if point in meet]
    if len(fixed) < 2:  # an island, or a ring that touches others in one point: two points of its own stay
        first = fixed[0] if fixed else points.index(min(points))
        far = max(range(len(points)), key=lambda i: (_apart(points[first], points[i]), points[i]))
        fixed = sorted({first, far})
    points = points[fixed[0] :] + points[: fixed[0]]
    cuts = [i - fixed[0] for i in fixed] + [len(points)]
    points.append(points[0])
    found: Ring = [points[0]]
    for start, end in pairwise(cuts):
        arc = points[start : end + 1]
        back = arc[::-1] < arc  # the same arc has one direction, whoever's ring it is in
        kept = _simple_arc(arc[::-1] if back else arc, tolerance)
        found += (kept[::-1] if back else kept)[1:]
    return found if len(found) >= 4 and area(found) else None


def _apart(a: Point, b: Point) -> float:
    return float(np.hypot(*((np.array(a) - np.array(b)) * SCALE)))


def _simple_arc(arc: Ring, tolerance: float) -> Ring:
    places = np.array(arc) * SCALE
    keep = {0, len(arc) - 1}
    parts = [(0, len(arc) - 1)]
    while parts:
        start, end = parts.pop()
        if end - start < 2:
            continue
        distance = distances(places[start + 1 : end], places[start], places[end])
        furthest = int(distance.argmax())
        if distance[furthest] > tolerance:
            at = start + 1 + furthest
            keep.add(at)
            parts += [(start, at), (at, end)]
    return [arc[i] for i in sorted(keep)]


def distances(points: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Give the distance of points to the piece of line between a and b, in metres."""
    along = b - a
    length = float(along @ along)
    share = np.clip((points - a) @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.hypot(*(points - a - share[:, None] * along).T)
