"""Finds in a table's own metadata where the declared topics, regions, periods and codes are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from etl.cbs_tables.record import MARGES, CbsTable, Code, Topic
from etl.readers.odata import CbsBroken, CbsNotFound, OData, Rows

#: Regions that are kept: country, provinces and gemeenten.
REGIONS = ("NL", "PV", "GM")
_STATUS = {"definitief": "definitief", "nadervoorlopig": "nader_voorlopig", "voorlopig": "voorlopig"}
_EDITION = re.compile(r"\b(20\d\d)\b")


@dataclass(frozen=True)
class Layout:
    """Where everything stands in a table today.

    Attributes:
        topics: Declared topic -> its key in this edition.
        regions: Code without padding -> name.
        periods: Period code without padding -> status; of a table about one year that year.
        population: Dimension -> exact key, padding included.
        margins: Code without padding -> waarde, ondergrens or bovengrens.
    """

    topics: dict[Topic, str]
    regions: dict[str, str]
    periods: dict[str, str]
    population: dict[str, str]
    margins: dict[str, str]


def resolve(port: OData, table: CbsTable, title: str) -> Layout:
    """Find the layout of a table.

    Raises:
        CbsBroken: A topic, dimension or code is gone or not unique; the message names it.
        CbsNotFound, CbsUnreachable: As the port says.
    """
    properties = port.properties(table.id)
    if not properties:
        raise CbsBroken(f"CBS geeft geen onderwerpen van tabel {table.id}.")
    _check_dimensions(table, properties)
    regions = _codes(port, table, table.region)
    kept = {code: str(row.get("Title", "")).strip() for code, row in regions.items() if code.startswith(REGIONS)}
    if not kept:
        raise CbsBroken(f"Tabel {table.id} heeft geen gemeenten, provincies of Nederland in {table.region}.")
    margins = {}
    if table.margins:
        codes = _codes(port, table, table.margins)
        margins = {_find(table, table.margins, code, codes): role for role, code in MARGES.items()}
    population = {}
    for dimension, code in table.population.items():
        codes = _codes(port, table, dimension)
        population[dimension] = codes[_find(table, dimension, code, codes)]["Key"]
    return Layout(
        topics={topic: find_topic(table.id, topic, properties) for topic in table.topics},
        regions=kept,
        periods=_periods(port, table, title),
        population=population,
        margins=margins,
    )


def find_topic(table: str, topic: Topic, properties: Rows) -> str:
    """Give the key of a topic in this edition: by stem, and by the title of its group where the stem repeats.

    Raises:
        CbsBroken: It is gone, stands there twice, or changed its unit.
    """
    pattern = re.compile(rf"{re.escape(topic.stem)}(_\d+)?")
    found = [p for p in properties if p.get("Type") != "TopicGroup" and pattern.fullmatch(str(p.get("Key") or ""))]
    if topic.parent is not None and len(found) > 1:
        titles = {str(p.get("ID")): str(p.get("Title") or "").strip() for p in properties}
        found = [p for p in found if titles.get(str(p.get("ParentID"))) == topic.parent]
    if not found:
        raise CbsBroken(f"Het onderwerp {topic.stem} staat niet (meer) in tabel {table}.")
    if len(found) > 1:
        keys = ", ".join(str(p["Key"]) for p in found)
        raise CbsBroken(f"Het onderwerp {topic.stem} staat meer dan een keer in tabel {table}: {keys}.")
    unit = str(found[0].get("Unit") or "").strip()
    if unit and unit != topic.unit:
        raise CbsBroken(f"De eenheid van {topic.stem} in tabel {table} is nu '{unit}' in plaats van '{topic.unit}'.")
    return str(found[0]["Key"])


def _check_dimensions(table: CbsTable, properties: Rows) -> None:
    """Refuse a table with a new dimension: its rows would say several things about one region and period."""
    present = {str(p.get("Key")) for p in properties if str(p.get("Type") or "").endswith("Dimension")}
    unknown = sorted(present - table.dimensions)
    if unknown:
        raise CbsBroken(f"Tabel {table.id} heeft een indeling die deze monitor niet kent: {', '.join(unknown)}.")


def _codes(port: OData, table: CbsTable, dimension: str) -> dict[str, dict[str, Any]]:
    try:
        rows = port.codes(table.id, dimension)
    except CbsNotFound as error:
        raise CbsBroken(f"De indeling {dimension} staat niet (meer) in tabel {table.id}.") from error
    codes = {str(row["Key"]).strip(): row for row in rows if row.get("Key") is not None}
    if not codes:
        raise CbsBroken(f"CBS geeft een lege lijst {dimension} bij tabel {table.id}.")
    return codes


def _find(table: CbsTable, dimension: str, wanted: Code, codes: dict[str, dict[str, Any]]) -> str:
    """Give the code without padding: by key, else by a title that starts as declared and is the only one."""
    if wanted.key in codes:
        return wanted.key
    named = [
        c for c, row in codes.items() if str(row.get("Title") or "").strip().lower().startswith(wanted.title.lower())
    ]
    if len(named) != 1:
        raise CbsBroken(f"{dimension} '{wanted.title}' ({wanted.key}) staat niet (meer) in tabel {table.id}.")
    return named[0]


def _periods(port: OData, table: CbsTable, title: str) -> dict[str, str]:
    if table.period is None:
        named = {int(year) for year in _EDITION.findall(title)}
        if named and table.year not in named:
            raise CbsBroken(f"De titel van tabel {table.id} noemt {max(named)} en niet {table.year}: '{title}'.")
        return {f"{table.year}JJ00": "onbekend"}
    rows = _codes(port, table, table.period)
    return {code: _STATUS.get(str(row.get("Status") or "").strip().lower(), "onbekend") for code, row in rows.items()}
