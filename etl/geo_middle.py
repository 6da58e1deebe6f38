"""Finds where the label of a wijk goes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from etl.geo_shapes import DIGITS, SCALE, Point, Ring, Shape, area, distances, from_zero


def middle(shape: Shape) -> Point:
    """Give the point of the largest polygon that has most room around it, for a label; near the centre of gravity.

    Source of method: the pole of inaccessibility, on a grid; of places with as much room the nearest to the centre.
    """
    largest = max(shape, key=lambda polygon: abs(area(polygon[0])))
    edges = np.array([pair for ring in largest for pair in pairwise(ring)])
    centre = np.array(_centre(largest[0]))
    low, high = edges.min(axis=(0, 1)), edges.max(axis=(0, 1))
    # An odd number of steps: the middle of a rectangle is one of them.
    grid = np.stack(np.meshgrid(*np.linspace(low, high, 27).T), axis=-1).reshape(-1, 2)
    grid = np.vstack([centre, grid])
    inside = grid[_inside(grid, edges)]
    if not len(inside):  # a sliver between the points of the grid
        return round(float(centre[0]), DIGITS), round(float(centre[1]), DIGITS)
    room = np.min([distances(inside * SCALE, a * SCALE, b * SCALE) for a, b in edges], axis=0)
    best = inside[int((room - 0.2 * np.hypot(*((inside - centre) * SCALE).T)).argmax())]
    return round(float(best[0]), DIGITS), round(float(best[1]), DIGITS)


def _centre(ring: Ring) -> Point:
    moved, total = from_zero(ring), area(ring)
    x = y = 0.0
    for (ax, ay), (bx, by) in pairwise(moved):
        cross = ax * by - bx * ay
        x, y = x + (ax + bx) * cross, y + (ay + by) * cross
    return ring[0][0] + x / (6 * total), ring[0][1] + y / (6 * total)


def _inside(points: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Say of each point whether a line from it to the east crosses the rings an odd number of times."""
    x, y = points[:, :1], points[:, 1:]
    (ax, ay), (bx, by) = edges[:, 0].T, edges[:, 1].T
    crosses = (ay <= y) != (by <= y)
    height = np.where(by == ay, 1.0, by - ay)
    return np.asarray((crosses & (ax + (y - ay) / height * (bx - ax) > x)).sum(axis=1) % 2 == 1)
