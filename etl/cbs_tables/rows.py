"""Turns the typed rows of a table into the frame that is kept."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from etl.cbs_tables.resolve import Layout, region_code
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


def download(port: OData, layout: Layout) -> pd.DataFrame:
    """Fetch the figures of a table.

    Args:
        port: To the server of the table.
        layout: Where everything stands in the table today.

    Returns:
        A frame with COLUMNS, in a fixed order, values in the unit of the topic; None where CBS gives no figure.

    Raises:
        CbsBroken: No rows, a row twice, or a value that is not a number.
    """
    table = layout.table
    given = _ask(port, layout)
    rows = _kept(layout, given)
    if rows.empty:
        raise CbsBroken(f"CBS geeft geen cijfers bij tabel {table.id}.")
    frame = _figures(layout, rows, [given[i] for i in rows.index])
    _check_codes(layout, frame)
    twice = frame[frame.duplicated(KEY)]
    if not twice.empty:
        first = twice.iloc[0]
        raise CbsBroken(f"Tabel {table.id} geeft {first.gebied_code} in {first.periode} meer dan een keer.")
    if frame["waarde"].notna().sum() == 0:
        raise CbsBroken(f"Tabel {table.id} heeft alleen lege cijfers.")
    _check_bounds(layout, frame)
    return frame.sort_values(KEY, ignore_index=True)


def _ask(port: OData, layout: Layout) -> Rows:
    """Ask only for what is kept. A server that refuses such questions, or answers half of them, gets the plain one.

    What is kept is decided here in any case. Keys are the exact ones of the code list, since eq counts padding.
    """
    table = layout.table
    wanted = []
    for dimension, key in layout.population.items():
        quoted = key.replace("'", "''")
        wanted.append(f"{dimension} eq '{quoted}'")
    if table.vanaf and table.period:
        wanted.append(f"{table.period} ge '{table.vanaf}'")
    select = sorted({table.region, *layout.population, *(d for d in (table.period, table.margins) if d)})
    select += layout.topics.values()
    try:
        if not set(table.niveaus) & {"wijk", "buurt"}:
            return port.data(table.id, filters=" and ".join(wanted) or None, select=select)
        rows = _per_level(port, layout, wanted, select)
    except CbsBroken:
        return port.data(table.id)
    listed = {code[:2] for code in layout.regions}
    given = {str(row.get(table.region))[:2] for row in rows}
    return rows if listed <= given else port.data(table.id)


def _per_level(port: OData, layout: Layout, wanted: list[str], select: list[str]) -> Rows:
    """Ask a table of wijken and buurten once a level: of 18,000 regions a few hundred are kept.

    One question per level, since `or` is what servers understand differently. Of each answer only its own level counts,
    so a server that does not look at the question gives no row twice.
    """
    table = layout.table
    rows: Rows = []
    for prefix in table.prefixes:
        filters = " and ".join([f"startswith({table.region},'{prefix}')", *wanted])
        answer = port.data(table.id, filters=filters, select=select)
        rows += [row for row in answer if str(row.get(table.region)).startswith(prefix)]
    return rows


def _kept(layout: Layout, rows: Rows) -> pd.DataFrame:
    """Give the rows about the kept regions and population, with their codes read.

    The server filtered already; this does not rely on it.
    """
    table = layout.table
    dimensions = sorted({d for d in (table.region, table.period, table.margins, *layout.population) if d})
    frame = pd.DataFrame({d: [row.get(d) for row in rows] for d in dimensions}, dtype=object)
    if frame.empty:
        return frame
    regions = _codes(table.id, frame, table.region)
    mine = regions.str.startswith(table.prefixes)
    for dimension, key in layout.population.items():
        mine &= _codes(table.id, frame, dimension) == key.strip()
    if table.margins:
        given = _codes(table.id, frame, table.margins)
        mine &= given.isin(list(layout.margins))
        frame["marge"] = given.map(layout.margins)
    else:
        frame["marge"] = "waarde"
    frame["gebied_code"] = regions.map(region_code)
    frame["periode"] = _codes(table.id, frame, table.period) if table.period else f"{table.year}JJ00"
    if table.vanaf:
        mine &= frame["periode"] >= str(table.vanaf)
    return frame[mine]


def _figures(layout: Layout, rows: pd.DataFrame, given: Rows) -> pd.DataFrame:
    """Give the kept columns, the rows of one topic after those of another."""
    table, topics = layout.table, list(layout.topics)
    values: list[float | None] = []
    for key in layout.topics.values():
        if not all(key in row for row in given):
            raise CbsBroken(f"In de cijfers van tabel {table.id} ontbreekt {key}.")
        values += [_value(table.id, key, row[key]) for row in given]
    codes, periods = rows["gebied_code"].tolist(), rows["periode"].tolist()
    return pd.DataFrame(
        {
            "tabel": table.id,
            "onderwerp": [topic.naam for topic in topics for _ in codes],
            "gebied_code": codes * len(topics),
            "gebied_naam": [layout.regions.get(code) or code for code in codes] * len(topics),
            "periode": periods * len(topics),
            "uitsplitsing": table.uitsplitsing,
            "marge": rows["marge"].tolist() * len(topics),
            "waarde": pd.Series(values, dtype="float64"),
            "eenheid": [topic.unit for topic in topics for _ in codes],
            "status": [layout.periods.get(period, "onbekend") for period in periods] * len(topics),
        }
    )


def _codes(table: str, frame: pd.DataFrame, dimension: str) -> pd.Series:
    given = frame[dimension]
    if not given.map(lambda code: isinstance(code, str) and bool(code.strip())).all():
        raise CbsBroken(f"In de cijfers van tabel {table} ontbreekt {dimension}.")
    return given.astype(str).str.strip()


def _value(table: str, key: str, value: Any) -> float | None:
    """Read a number. OData writes Edm.Decimal as text in JSON, so text that is a number is one; '.' is 'no figure'."""
    if value is None or (isinstance(value, str) and value.strip() in ("", ".")):
        return None
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise CbsBroken(f"Tabel {table}, {key}: '{value}' is geen getal.")
    return number


def _check_codes(layout: Layout, frame: pd.DataFrame) -> None:
    for read, column in ((parse, "periode"), (niveau, "gebied_code")):
        for code in frame[column].unique():
            try:
                read(code)
            except ValueError as error:
                raise CbsBroken(f"In tabel {layout.table.id} staat een code die niet te lezen is: {error}.") from error


def _check_bounds(layout: Layout, frame: pd.DataFrame) -> None:
    table = layout.table
    if len(layout.margins) < 2:
        return
    wide = frame.pivot(index=[k for k in KEY if k != "marge"], columns="marge", values="waarde")
    missing = {"waarde", "ondergrens", "bovengrens"} - set(wide.columns)
    if missing:
        raise CbsBroken(f"Tabel {table.id} geeft geen {' en '.join(sorted(missing))}.")
    wrong = wide[(wide["ondergrens"] > wide["waarde"]) | (wide["bovengrens"] < wide["waarde"])]
    if not wrong.empty:
        raise CbsBroken(f"In tabel {table.id} ligt een cijfer buiten zijn eigen grenzen: {wrong.index[0][1]}.")
