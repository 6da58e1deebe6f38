"""The chain ladder of Mack, volume-weighted, with its standard error.

Source: T. Mack, "Distribution-free calculation of the standard error of chain ladder reserve estimates",
ASTIN Bulletin 23 (1993). Proven in the tests on the Taylor-Ashe triangle.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indicators.forecast.lines import UnusableFile, read_lines
from indicators.forecast.panel import Array

COLUMNS = ("herkomst", "ontwikkeling", "cumulatief")
#: Name of the last row of the output.
TOTAL = "totaal"
NO_TRIANGLE = "Dit is geen driehoek: elk jonger jaar hoort precies één ontwikkeling minder te hebben."


@dataclass(frozen=True)
class Reserves:
    """Per origin, oldest first: expected final amount, what is still to come, and its standard error."""

    ultimate: Array
    reserve: Array
    standard_error: Array
    total_standard_error: float

    @property
    def total_reserve(self) -> float:
        """Still to come over all origins."""
        return float(self.reserve.sum())


def mack(triangle: Array) -> Reserves:
    """Develop a triangle.

    Args:
        triangle: [origin, development] cumulative amounts, NaN below the diagonal. Row i is known for its first
            n - i columns (n = number of origins), and there are as many columns as rows.

    Returns:
        Final amounts, reserves and standard errors per origin and in total.

    Raises:
        ValueError: The form is not a triangle, or a column cannot be developed; the message is Dutch.
    """
    n = len(triangle)
    known = ~np.isnan(triangle)
    if n < 2 or triangle.shape != (n, n) or not (known == (np.add.outer(range(n), range(n)) < n)).all():
        raise ValueError(NO_TRIANGLE)
    if n < 3:
        raise ValueError("Met minder dan drie jaren valt niet te zeggen hoe onzeker de uitkomst is.")
    factor, variance, base = np.ones(n - 1), np.zeros(n - 1), np.zeros(n - 1)
    for k in range(n - 1):
        now, then = triangle[: n - k - 1, k], triangle[: n - k - 1, k + 1]
        base[k] = now.sum()
        if base[k] <= 0:
            raise ValueError(f"Ontwikkeling {k + 1} telt op tot nul of minder; daarmee valt niet te rekenen.")
        factor[k] = then.sum() / base[k]
        if n - k - 2 > 0:
            safe = np.where(now == 0, 1.0, now)
            variance[k] = (now * (then / safe - factor[k]) ** 2).sum() / (n - k - 2)
    _positive(triangle)
    if n > 3 and variance[n - 4] > 0:
        variance[n - 2] = min(variance[n - 3] * (variance[n - 3] / variance[n - 4]), variance[n - 4], variance[n - 3])
    else:
        variance[n - 2] = variance[n - 3]
    with np.errstate(over="ignore", invalid="ignore"):
        result = _errors(triangle, factor, variance, base)
    if not np.isfinite([*result.ultimate, *result.standard_error, result.total_standard_error]).all():
        raise ValueError("De bedragen in deze driehoek zijn te groot om mee te rekenen.")
    return result


def _positive(triangle: Array) -> None:
    """Refuse what has no standard error: its variance is that of a share of the amount known before."""
    if (triangle < 0).any():
        raise ValueError(
            "In de driehoek staat een totaal onder nul; dan valt niet te zeggen hoe onzeker de uitkomst is."
        )
    if ((triangle[:, :-1] == 0) & (triangle[:, 1:] > 0)).any():
        raise ValueError(
            "In de driehoek groeit een totaal vanaf nul; dan valt niet te zeggen hoe onzeker de uitkomst is."
        )


def _errors(triangle: Array, factor: Array, variance: Array, base: Array) -> Reserves:
    n = len(triangle)
    full = triangle.copy()
    for i in range(n):
        for k in range(n - i - 1, n - 1):
            full[i, k + 1] = full[i, k] * factor[k]
    if (factor <= 0).any():
        raise ValueError("Een ontwikkeling valt terug tot nul of minder; daarmee valt niet te rekenen.")
    latest = np.array([triangle[i, n - 1 - i] for i in range(n)])
    ultimate = full[:, -1]
    squared = np.zeros(n)
    total = 0.0
    for i in range(1, n):
        ks = np.arange(n - i - 1, n - 1)
        unit = variance[ks] / factor[ks] ** 2
        own = np.where(full[i, ks] > 0, full[i, ks], math.inf)
        squared[i] = ultimate[i] ** 2 * (unit * (1.0 / own + 1.0 / base[ks])).sum()
        total += squared[i] + ultimate[i] * ultimate[i + 1 :].sum() * (2.0 * unit / base[ks]).sum()
    return Reserves(ultimate, ultimate - latest, np.sqrt(np.maximum(squared, 0.0)), math.sqrt(max(total, 0.0)))


def read_triangle(path: Path) -> tuple[list[str], Array]:
    """Read `herkomst,ontwikkeling,cumulatief`.

    Args:
        path: UTF-8, comma, dot decimals. Origins and developments are put in order: as numbers where all are,
            else by how many cells they have.

    Returns:
        Origin names, oldest first, and the triangle [origin, development].

    Raises:
        UnusableFile: Not readable, a cell that is not a number, a cell twice, one too many or too few. The message is
            Dutch.
    """
    cells: dict[tuple[str, str], float] = {}
    rows: dict[tuple[str, str], int] = {}
    for number, line in read_lines(path, COLUMNS):
        where = f"Rij {number} van {path.name}"
        try:
            if line is None:
                raise ValueError  # a decimal comma would lose its decimals without a word
            origin, age, amount = (line[c] for c in COLUMNS)
            value = float(amount.replace("_", "?"))
        except ValueError as error:
            raise UnusableFile(
                f"{where} is geen herkomst, ontwikkeling en bedrag (1234.56, met een punt). "
                "Laat wat nog niet bekend is weg."
            ) from error
        if not math.isfinite(value) or not origin or not age:
            raise UnusableFile(f"{where} is niet volledig.")
        if origin.lower() == TOTAL:
            raise UnusableFile(f"{where}: '{origin}' is de naam van het totaal in de uitkomst. Laat deze rij weg.")
        rows.setdefault((origin, age), number)
        if cells.setdefault((origin, age), value) != value:
            raise UnusableFile(f"{where} geeft een tweede bedrag voor {origin}, {age}. Laat er één staan.")
    if not cells:
        raise UnusableFile(f"In {path.name} staat geen enkele rij met een bedrag.")
    origins, ages = _ordered([o for o, _ in cells]), _ordered([a for _, a in cells])
    _check_form(origins, ages, rows)
    triangle = np.full((len(origins), len(ages)), np.nan)
    at, column = ({label: i for i, label in enumerate(labels)} for labels in (origins, ages))
    for (origin, age), value in cells.items():
        triangle[at[origin], column[age]] = value
    return origins, triangle


def _check_form(origins: list[str], ages: list[str], rows: dict[tuple[str, str], int]) -> None:
    """Name the first cell that keeps this from being a triangle; before room is made for all of it."""
    n = len(origins)
    if n != len(ages):
        raise UnusableFile(
            f"{NO_TRIANGLE} Het aantal herkomsten is {n} en het aantal ontwikkelingen {len(ages)}; "
            "dat hoort gelijk te zijn."
        )
    if len(rows) != n * (n + 1) // 2 or any(
        (origin, age) not in rows for i, origin in enumerate(origins) for age in ages[: n - i]
    ):
        place = {age: k for k, age in enumerate(ages)}
        known = {origin: n - i for i, origin in enumerate(origins)}
        for (origin, age), row in rows.items():
            if place[age] >= known[origin]:
                raise UnusableFile(
                    f"{NO_TRIANGLE} Rij {row} is te veel: herkomst {origin}, ontwikkeling {age}. "
                    "Laat wat nog niet bekend is weg."
                )
        origin, age = next((o, a) for i, o in enumerate(origins) for a in ages[: n - i] if (o, a) not in rows)
        raise UnusableFile(f"{NO_TRIANGLE} Er ontbreekt een rij: herkomst {origin}, ontwikkeling {age}.")


def _ordered(labels: list[str]) -> list[str]:
    """Put labels in order: as numbers or, with words in them, as a triangle has them: most cells first."""
    count = Counter(labels)
    try:
        return sorted(count, key=float)
    except ValueError:
        return sorted(count, key=lambda label: (-count[label], label))
