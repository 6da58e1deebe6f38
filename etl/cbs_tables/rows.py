"""Turns the typed rows of a table into the frame that is kept, and judges whether it may replace the last good copy."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from etl.cbs_tables.record import CbsTable
from etl.cbs_tables.resolve import REGIONS, Layout
from etl.readers.odata import CbsBroken, OData, Rows
from indicators.core.period import parse
from indicators.core.region import niveau

#: Columns of a kept copy, one row per topic, region, period and marge (waarde, ondergrens, bovengrens).
COLUMNS = {
    "tabel": "VARCHAR",
    "onderwerp": "VARCHAR",
    "gebied_code": "VARCHAR",
    "gebied_naam": "VARCHAR",
    "periode": "VARCHAR",
    "uitsplitsing": "VARCHAR",
    "marge": "VARCHAR",
    "waarde": "DOUBLE",
    "eenheid": "VARCHAR",
    "status": "VARCHAR",
}
KEY = ["onderwerp", "gebied_code", "periode", "uitsplitsing", "marge"]


def download(port: OData, table: CbsTable, layout: Layout) -> pd.DataFrame:
    """Fetch the figures of a table.

    Returns:
        A frame with COLUMNS, in a fixed order, values in the unit of the topic; None where CBS gives no figure.

    Raises:
        CbsBroken: No rows, a row twice, or a value that is not a number.
    """
    rows = _ask(port, table, layout)
    records = [record for row in rows for record in _records(table, layout, row)]
    if not records:
        raise CbsBroken(f"CBS geeft geen cijfers bij tabel {table.id}.")
    frame = pd.DataFrame(records, columns=list(COLUMNS)).astype({"waarde": "float64"})
    _check_codes(table, frame)
    twice = frame[frame.duplicated(KEY)]
    if not twice.empty:
        first = twice.iloc[0]
        raise CbsBroken(f"Tabel {table.id} geeft {first.gebied_code} in {first.periode} meer dan een keer.")
    if frame["waarde"].notna().sum() == 0:
        raise CbsBroken(f"Tabel {table.id} heeft alleen lege cijfers.")
    _check_bounds(table, frame)
    return frame.sort_values(KEY, ignore_index=True)


def _ask(port: OData, table: CbsTable, layout: Layout) -> Rows:
    """Ask only for the population and topics that are kept; the tables are small enough to take all regions.

    Keys are the exact ones of the code list, since eq counts padding. A server that refuses such a question gets the
    plain one: what is kept is decided here in any case.
    """
    wanted = []
    for dimension, key in layout.population.items():
        quoted = key.replace("'", "''")
        wanted.append(f"{dimension} eq '{quoted}'")
    select = [*sorted(table.dimensions), *layout.topics.values()]
    try:
        return port.data(table.id, filters=" and ".join(wanted) or None, select=select)
    except CbsBroken:
        return port.data(table.id)


def _records(table: CbsTable, layout: Layout, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the kept records of one row; none when it is about another region or population.

    The server filtered already; this does not rely on it.
    """
    code = _code(table, row, table.region)
    if not code.startswith(REGIONS):
        return []
    if any(_code(table, row, dimension) != key.strip() for dimension, key in layout.population.items()):
        return []
    period = _code(table, row, table.period) if table.period else f"{table.year}JJ00"
    marge = "waarde"
    if table.margins:
        given = _code(table, row, table.margins)
        if given not in layout.margins:
            return []
        marge = layout.margins[given]
    return [
        {
            "tabel": table.id,
            "onderwerp": topic.stem,
            "gebied_code": code,
            "gebied_naam": layout.regions.get(code) or code,
            "periode": period,
            "uitsplitsing": table.uitsplitsing,
            "marge": marge,
            "waarde": _value(table, key, row),
            "eenheid": topic.unit,
            "status": layout.periods.get(period, "onbekend"),
        }
        for topic, key in layout.topics.items()
    ]


def _code(table: CbsTable, row: dict[str, Any], dimension: str) -> str:
    value = row.get(dimension)
    if not isinstance(value, str) or not value.strip():
        raise CbsBroken(f"In de cijfers van tabel {table.id} ontbreekt {dimension}.")
    return value.strip()


def _value(table: CbsTable, key: str, row: dict[str, Any]) -> float | None:
    """Read a number. OData writes Edm.Decimal as text in JSON, so text that is a number is one; '.' is 'no figure'."""
    if key not in row:
        raise CbsBroken(f"In de cijfers van tabel {table.id} ontbreekt {key}.")
    value = row[key]
    if value is None or (isinstance(value, str) and value.strip() in ("", ".")):
        return None
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise CbsBroken(f"Tabel {table.id}, {key}: '{value}' is geen getal.")
    return number


def _check_codes(table: CbsTable, frame: pd.DataFrame) -> None:
    for read, column in ((parse, "periode"), (niveau, "gebied_code")):
        for code in frame[column].unique():
            try:
                read(code)
            except ValueError as error:
                raise CbsBroken(f"In tabel {table.id} staat een code die niet te lezen is: {error}.") from error


def _check_bounds(table: CbsTable, frame: pd.DataFrame) -> None:
    if not table.margins:
        return
    wide = frame.pivot(index=[k for k in KEY if k != "marge"], columns="marge", values="waarde")
    missing = {"waarde", "ondergrens", "bovengrens"} - set(wide.columns)
    if missing:
        raise CbsBroken(f"Tabel {table.id} geeft geen {' en '.join(sorted(missing))}.")
    wrong = wide[(wide["ondergrens"] > wide["waarde"]) | (wide["bovengrens"] < wide["waarde"])]
    if not wrong.empty:
        raise CbsBroken(f"In tabel {table.id} ligt een cijfer buiten zijn eigen grenzen: {wrong.index[0][1]}.")


def gaps(table: CbsTable, frame: pd.DataFrame, layout: Layout, own: list[str]) -> list[str]:
    """Compare the figures with the code lists of the same table.

    Returns:
        Notices in Dutch about codes that stand in one of both only.

    Raises:
        CbsBroken: The list has a region that everything is about, and the figures do not: the answer was cut off.
    """
    listed, given = set(layout.regions), set(frame["gebied_code"])
    lost = [code for code in own if code in listed - given]
    if lost:
        raise CbsBroken(
            f"In de cijfers van tabel {table.id} ontbreekt {', '.join(lost)}: het antwoord is niet compleet."
        )
    notices = [f"{code} staat niet in deze tabel." for code in own if code not in listed | given]
    for what, ours, theirs in (
        (table.region, given, listed),
        (str(table.period), set(frame["periode"]), set(layout.periods)),
    ):
        if theirs - ours:
            notices.append(
                f"Van {len(theirs - ours)} codes uit de lijst {what} zijn er geen cijfers: {_some(theirs - ours)}."
            )
        if ours - theirs:
            notices.append(f"{len(ours - theirs)} codes staan niet in de lijst {what}: {_some(ours - theirs)}.")
    return notices


def _some(codes: set[str]) -> str:
    shown = sorted(codes)[:5]
    return ", ".join(shown) + (" en meer" if len(codes) > len(shown) else "")


def judge(new: pd.DataFrame, last: pd.DataFrame, own: list[str]) -> list[str]:
    """Say whether a new answer may replace the last good copy.

    Args:
        new: The answer of now.
        last: The last good copy.
        own: Codes of the own gemeente, its provincie and the country: their history never gets shorter.

    Returns:
        Notices in Dutch about figures that were withdrawn.

    Raises:
        CbsBroken: The answer is a part of what it should be.
    """
    if len(new) * 2 < len(last):
        raise CbsBroken(f"Het antwoord heeft {len(new)} cijfers, de vorige keer {len(last)}.")
    notices = []
    for code in own:
        before, now = (f[f["gebied_code"] == code].set_index(KEY)["waarde"] for f in (last, new))
        lost = sorted({key[2] for key in before.index.difference(now.index)})
        if lost:
            raise CbsBroken(f"Van {code} ontbreekt nu {', '.join(lost)}, die er de vorige keer wel was.")
        withdrawn = before.notna() & now.reindex(before.index).isna()
        if withdrawn.any() and now.notna().sum() == 0:
            raise CbsBroken(f"Van {code} zijn nu alle cijfers leeg.")
        if withdrawn.any():
            periods = sorted({key[2] for key in withdrawn[withdrawn].index})
            notices.append(f"CBS geeft voor {code} geen cijfer meer over {', '.join(periods)}.")
    return notices
