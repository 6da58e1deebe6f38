"""Fills mart.dim_vergelijkingsgroep: the gemeenten that the own one is compared with. It is in none of them itself."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb
import pandas as pd

from indicators.comparison import similar
from indicators.comparison.words import number
from indicators.core.contract import BY_NAME
from indicators.core.settings import REFERENCE, settings

_TABLE = BY_NAME["mart.dim_vergelijkingsgroep"]
#: Lower ends of the size classes of CBS, in inhabitants.
CLASSES = (0, 5_000, 10_000, 20_000, 50_000, 100_000, 150_000, 250_000)


@dataclass(frozen=True)
class _Gemeente:
    code: str
    naam: str
    provincie: str
    corop: str


def comparison_groups(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> dict[str, pd.DataFrame]:
    """Give the groups that the data allow: provincie, regio, grootteklasse and vergelijkbaar.

    Args:
        connection: To the database under construction, with mart.dim_gebied and mart.fct_cbs_waarneming.
        peildatum: The monitor as of this date: figures of later years are not used.

    Returns:
        {"mart.dim_vergelijkingsgroep": rows}. A group whose figures are missing is left out.
    """
    own = settings().gemeente
    known = similar.profile(connection, own.code, peildatum.year)
    everyone = _gemeenten(connection, known)
    distance = similar.distances(known, own.code)
    rows = [
        *_province(everyone, distance),
        *_region(everyone, distance),
        *_size(everyone, known, distance),
        *_alike(everyone, known, distance),
    ]
    return {_TABLE.name: pd.DataFrame(rows, columns=_TABLE.column_names)}


def _gemeenten(connection: duckdb.DuckDBPyConnection, known: similar.Profile) -> dict[str, _Gemeente]:
    """The gemeenten there are: what CBS says, else the reference list. One without inhabitants by now was merged."""
    with (REFERENCE / "gemeenten.csv").open(encoding="utf-8", newline="") as handle:
        listed = {row["gebied_code"]: row for row in csv.DictReader(handle)}
    regions = connection.execute("SELECT gebied_code, naam, niveau, ouder_code FROM mart.dim_gebied").fetchall()
    parents = {code: parent or "" for code, _, _, parent in regions}
    names = {code: name for code, name, niveau, _ in regions if niveau == "gemeente"}
    inhabited = set(known.figures["inwoners"].dropna().index) if "inwoners" in known.figures else set()
    codes = inhabited or {*names, *listed}
    found = {}
    for code in sorted(codes | {settings().gemeente.code}):
        parent = parents.get(code, "")
        corop = parent if parent.startswith("CR") else ""
        province = parents.get(parent, "") if corop else parent
        row = listed.get(code, {})
        found[code] = _Gemeente(
            code, names.get(code) or row.get("naam", code), province or row.get("provincie_code", ""), corop
        )
    return found


def _province(everyone: Mapping[str, _Gemeente], distance: pd.Series) -> list[tuple]:
    own = settings().gemeente
    members = [g.code for g in everyone.values() if g.provincie == own.provincie_code]
    text = f"Ligt net als {own.naam} in de provincie {own.provincie_naam}."
    return _rows("provincie", f"Gemeenten in {own.provincie_naam}", members, distance, dict.fromkeys(members, text))


def _region(everyone: Mapping[str, _Gemeente], distance: pd.Series) -> list[tuple]:
    own = settings().gemeente
    # A list without the own gemeente is that of another one, left behind in a copy of the settings.
    if own.code in own.regio_gemeenten:
        members, name = [c for c in own.regio_gemeenten if c in everyone], own.regio_naam or "Eigen regio"
    else:
        corop = everyone[own.code].corop
        members, name = [g.code for g in everyone.values() if corop and g.corop == corop], "Zelfde COROP-gebied"
    text = f"Hoort net als {own.naam} bij: {name}."
    return _rows("regio", name, members, distance, dict.fromkeys(members, text))


def _size(everyone: Mapping[str, _Gemeente], known: similar.Profile, distance: pd.Series) -> list[tuple]:
    own = settings().gemeente
    if "inwoners" not in known.figures:
        return []
    people = known.figures["inwoners"].dropna()
    lowest = max(edge for edge in CLASSES if edge <= people[own.code])
    highest = min((edge for edge in CLASSES if edge > people[own.code]), default=None)
    members = [c for c, n in people.items() if c in everyone and n >= lowest and (highest is None or n < highest)]
    name = (
        f"{number(lowest, 0)} tot {number(highest, 0)} inwoners" if highest else f"{number(lowest, 0)} inwoners of meer"
    )
    year, ours = known.years["inwoners"], number(people[own.code], 0)
    reasons = {c: f"Heeft {number(people[c], 0)} inwoners, {own.naam} {ours} ({year})." for c in members}
    return _rows("grootteklasse", name, members, distance, reasons)


def _alike(everyone: Mapping[str, _Gemeente], known: similar.Profile, distance: pd.Series) -> list[tuple]:
    own = settings().gemeente
    nearest = distance[distance.index.isin(list(everyone))].head(similar.NEAREST)
    reasons = {code: similar.why(known, code, own.code, own.naam) for code in nearest.index}
    rows = _rows("vergelijkbaar", "Vergelijkbare gemeenten", list(nearest.index), distance, reasons)
    return [(*row[:4], float(nearest[row[2]]), row[5]) for row in rows]


def _rows(
    group: str, name: str, members: Iterable[str], distance: pd.Series, reasons: Mapping[str, str]
) -> list[tuple]:
    """In the order of likeness where it is known; the others after it, by code."""
    order = {code: place for place, code in enumerate(distance.index)}
    others = sorted(set(members) - {settings().gemeente.code}, key=lambda c: (order.get(c, len(order)), c))
    return [(group, name, code, place, None, reasons[code]) for place, code in enumerate(others, 1)]
