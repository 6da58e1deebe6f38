"""Finds in a table's own metadata where the declared topics, regions, periods and codes are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from etl.cbs_tables.record import MARGES, CbsTable, Code
from etl.readers.odata import CbsBroken, CbsNotFound, OData, Rows
from indicators.core.cbs import Topic
from indicators.core.settings import settings

_STATUS = {"definitief": "definitief", "nadervoorlopig": "nader_voorlopig", "voorlopig": "voorlopig"}
_EDITION = re.compile(r"\b(20\d\d)\b")


class TopicsGone(CbsBroken):
    """None of the topics that are asked for is there.

    Attributes:
        topics: Their names.
    """

    def __init__(self, message: str, topics: tuple[str, ...]) -> None:
        super().__init__(message)
        self.topics = topics


@dataclass(frozen=True)
class Layout:
    """Where everything stands in a table today.

    Attributes:
        table: The table, with the names that its dimensions have today.
        topics: Declared topic -> its key in this edition.
        regions: Code without padding -> name.
        periods: Period code without padding -> status; of a table about one year that year.
        population: Dimension -> exact key, padding included.
        margins: Code without padding -> waarde, ondergrens or bovengrens.
        missing: Declared topic that is not there -> why not, in Dutch.
    """

    table: CbsTable
    topics: dict[Topic, str]
    regions: dict[str, str]
    periods: dict[str, str]
    population: dict[str, str]
    margins: dict[str, str]
    missing: dict[Topic, str] = field(default_factory=dict)


def resolve(port: OData, table: CbsTable, title: str) -> Layout:
    """Find the layout of a table.

    A topic that is gone is named in `missing` and costs only itself, as long as another one is found.

    Raises:
        TopicsGone: All topics are gone.
        CbsBroken: A dimension or a code is gone or not unique; the message names it.
        CbsNotFound, CbsUnreachable: As the port says.
    """
    properties = port.properties(table.id)
    if not properties:
        raise CbsBroken(f"CBS geeft geen onderwerpen van tabel {table.id}.")
    table = _renamed(table, properties)
    others = _others(table, properties)
    regions = _regions(port, table)
    margins = _margins(port, table) if table.margins else {}
    population = {}
    for dimension, code in {**table.population, **others}.items():
        codes = _codes(port, table, dimension)
        population[dimension] = codes[_find(table, dimension, code, codes)]["Key"]
    topics, missing = _topics(table, properties)
    return Layout(table, topics, regions, _periods(port, table, title), population, margins, missing)


def region_code(code: str) -> str:
    """Give a region code without padding; the country has one code, whether a table writes NL00 or NL01."""
    code = code.strip()
    return settings().gemeente.land_code if code in ("NL00", "NL01") else code


def plain_unit(unit: str) -> str:
    """Write a unit so that two spellings of one compare: "x 1 000 euro" and "1000 euro" are the same."""
    return re.sub(r"^x(?=\d)", "", re.sub(r"\s", "", unit).lower())


def find_topic(table: str, topic: Topic, properties: Rows) -> str:
    """Give the key of a topic in this edition: by stem, and by the title of its group where the stem repeats.

    Raises:
        CbsBroken: It is gone, stands there twice, or changed its unit.
    """
    found: Rows = []
    for stem in (topic.stem, *topic.ook):
        pattern = re.compile(rf"{re.escape(stem)}(_\d+)?", re.I)
        found = [p for p in properties if p.get("Type") != "TopicGroup" and pattern.fullmatch(str(p.get("Key") or ""))]
        if found:
            break
    if topic.parent is not None:
        found = _in_group(topic.parent, found, properties)
    if not found:
        raise CbsBroken(f"Het onderwerp {topic.naam} staat niet (meer) in tabel {table}.")
    if len(found) > 1:
        keys = ", ".join(str(p["Key"]) for p in found)
        raise CbsBroken(f"Het onderwerp {topic.naam} staat meer dan een keer in tabel {table}: {keys}.")
    unit = str(found[0].get("Unit") or "").strip()
    if unit and plain_unit(unit) not in {plain_unit(u) for u in (topic.unit, *topic.eenheden)}:
        raise CbsBroken(f"De eenheid van {topic.naam} in tabel {table} is nu '{unit}' in plaats van '{topic.unit}'.")
    return str(found[0]["Key"])


def _in_group(parent: str, found: Rows, properties: Rows) -> Rows:
    """Keep what stands in the group of this title, else in the only group of which the title begins so, or says so.

    One that is left alone in a group of another title is that other one: what was asked for is gone. Alone and in no
    group it can only be itself.
    """
    titles = {str(p.get("ID")): str(p.get("Title") or "").strip().lower() for p in properties}
    groups = [(titles.get(str(p.get("ParentID")), ""), p) for p in found]
    if len(groups) == 1 and not groups[0][0]:
        return found
    exact = [p for title, p in groups if title == parent.lower()]
    begun = [p for title, p in groups if title.startswith(parent.lower())]
    return exact or begun or [p for title, p in groups if parent.lower() in title]


def _topics(table: CbsTable, properties: Rows) -> tuple[dict[Topic, str], dict[Topic, str]]:
    found, missing = {}, {}
    for topic in table.topics:
        try:
            found[topic] = find_topic(table.id, topic, properties)
        except CbsBroken as error:
            if not (table.year and table.year < topic.vanaf):
                missing[topic] = str(error)
    if not found:
        said = " ".join(missing.values()) or f"Tabel {table.id} heeft geen enkel gevraagd onderwerp."
        raise TopicsGone(said, tuple(topic.naam for topic in missing))
    return found, missing


def _kind(row: dict[str, Any]) -> str:
    return str(row.get("Type") or "")


def _renamed(table: CbsTable, properties: Rows) -> CbsTable:
    """Follow the dimension of regions or periods to another name, where the table says by its type which one it is."""
    present = {str(p.get("Key")): _kind(p) for p in properties}
    region, period = table.region, table.period
    geo = [key for key, kind in present.items() if kind.startswith("Geo")]
    if region not in present and len(geo) == 1:
        region = geo[0]
    time = [key for key, kind in present.items() if kind == "TimeDimension"]
    if period is not None and period not in present and len(time) == 1:
        period = time[0]
    return replace(table, region=region, period=period)


def _others(table: CbsTable, properties: Rows) -> dict[str, Code]:
    """Give the dimensions that are not declared. Without its total, rows would say several things about one region."""
    present = {str(p.get("Key")) for p in properties if _kind(p).endswith("Dimension") or _kind(p).startswith("Geo")}
    unknown = sorted(present - table.dimensions)
    if unknown and not table.totalen:
        raise CbsBroken(f"Tabel {table.id} heeft een indeling die deze monitor niet kent: {', '.join(unknown)}.")
    return {dimension: Code("", "Totaal", ("Alle ",)) for dimension in unknown}


def _regions(port: OData, table: CbsTable) -> dict[str, str]:
    kept = {
        region_code(code): str(row.get("Title", "")).strip()
        for code, row in _codes(port, table, table.region).items()
        if code.startswith(table.prefixes)
    }
    if not kept:
        raise CbsBroken(f"Tabel {table.id} heeft geen gemeenten, provincies of Nederland in {table.region}.")
    return kept


def _margins(port: OData, table: CbsTable) -> dict[str, str]:
    dimension = str(table.margins)
    codes = _codes(port, table, dimension)
    try:
        return {_find(table, dimension, code, codes): role for role, code in MARGES.items()}
    except CbsBroken:
        if table.grenzen:
            raise
    return {_find(table, dimension, MARGES["waarde"], codes): "waarde"}


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
    for title in (wanted.title, *wanted.ook):
        named = [c for c, row in codes.items() if str(row.get("Title") or "").strip().lower().startswith(title.lower())]
        if len(named) == 1:
            return named[0]
    raise CbsBroken(
        f"{dimension} '{wanted.title}' ({wanted.key or 'zonder code'}) staat niet (meer) of niet eenmaal in tabel "
        f"{table.id}."
    )


def _periods(port: OData, table: CbsTable, title: str) -> dict[str, str]:
    if table.period is None:
        named = {int(year) for year in _EDITION.findall(title)}
        if named and table.year not in named:
            raise CbsBroken(f"De titel van tabel {table.id} noemt {max(named)} en niet {table.year}: '{title}'.")
        return {f"{table.year}JJ00": "onbekend"}
    rows = _codes(port, table, table.period)
    return {code: _STATUS.get(str(row.get("Status") or "").strip().lower(), "onbekend") for code, row in rows.items()}
