"""Synthetic answers of CBS for every table that the monitor asks for, in the form of etl.readers.odata_recorded.

Everything is simulated (etl/sample/cbs_levels.py): levels, trends and margins are drawn, none is copied from CBS. So
that comparing can be tried, the other gemeenten are the real ones by code, each with "(voorbeeld)" behind its name: no
made-up figure carries the plain name of another one. The topics of a table are those that the indicators ask of it.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from etl.cbs_tables import tables
from etl.cbs_tables.record import CbsTable
from etl.sample.cbs_levels import draw, level_of
from etl.sample.people import wijk_sizes
from etl.sample.streams import stream
from indicators.core.cbs import Topic
from indicators.core.region import own_regions
from indicators.core.settings import REFERENCE, settings

_MARGINS = {
    "MW00000": "Waarde",
    "MOG0095": "Ondergrens 95%-betrouwbaarheidsinterval",
    "MBG0095": "Bovengrens 95%-betrouwbaarheidsinterval",
}
#: Width of the region codes; others are 6 wide.
_WIDTH = {"jeugd": 7, "kerncijfers": 10, "ses": 10, "gezondheid_wijk": 10}
_TITLES = {
    "arbeidsdeelname": "Arbeidsdeelname; gemeenten",
    "bevolking": "Bevolking op 1 januari; geslacht, leeftijd en regio",
    "gezondheid": "Gezondheidsmonitor; regio",
    "gezondheid_wijk": "Gezondheid per wijk en buurt",
    "inkomen": "Inkomen van huishoudens; regio",
    "jeugd": "Jongeren met jeugdzorg in natura; regio",
    "kerncijfers": "Kerncijfers wijken en buurten",
    "laag_inkomen": "Laag inkomen van huishoudens; regio",
    "schoolverlaters": "Voortijdig schoolverlaters; woonregio",
    "ses": "Sociaal-economische status; scores per wijk en buurt",
    "stapeling": "Gebruik van voorzieningen sociaal domein; wijken",
}
_FIRST = 2014
#: Years of which health per wijk is estimated.
_ESTIMATED = (2016, 2020, 2022, 2024)
#: The ones of a year: suffix of the period code, and its last day.
_YEARLY = (("JJ00", (12, 31)),)
_HALF_YEARLY = (("HJ01", (6, 30)), ("HJ02", (12, 31)), ("JJ00", (12, 31)))
_SCHOOL_YEARLY = (("SJ00", (7, 31)),)
_NEW_YEAR = (("JJ00", (1, 1)),)
#: A share over half a year is lower than over a whole year.
_HALF = 0.86

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Regions:
    """The regions of the sample: codes, names, inhabitants and wealth (standard normal), in one order."""

    codes: list[str]
    names: list[str]
    inwoners: np.ndarray
    wealth: np.ndarray

    def of(self, prefixes: tuple[str, ...]) -> np.ndarray:
        """Give the positions of the regions whose code begins so."""
        return np.array([i for i, code in enumerate(self.codes) if code.startswith(prefixes)], dtype=int)


def write_cbs(out: Path, seed: int, peildatum: dt.date, inwoners: int = 39_500, anderen: int | None = None) -> None:
    """Write recorded answers for every CBS table of the monitor that would have been published by then.

    Args:
        out: Folder of the recorded answers itself: one folder per table comes in it.
        seed: The same seed and peildatum give the same files.
        peildatum: Nothing published after this date is written.
        inwoners: Inhabitants of the own gemeente.
        anderen: How many other gemeenten; all of them by default.
    """
    regions = _regions(seed, inwoners, anderen)
    for full in tables():
        # A topic that came later is not in the older tables of a series.
        table = replace(full, topics=tuple(t for t in full.topics if not (full.year and full.year < t.vanaf)))
        periods = _periods(table, peildatum)
        if periods:
            _write_table(out / table.id, table, regions, periods, peildatum, seed)


def _regions(seed: int, inwoners: int, anderen: int | None) -> Regions:
    own = settings().gemeente
    rng = stream(seed, "cbs", "gebieden")
    with (REFERENCE / "gemeenten.csv").open(encoding="utf-8", newline="") as handle:
        others = [(r["gebied_code"], f"{r['naam']} (voorbeeld)") for r in csv.DictReader(handle)]
    others = [(code, name) for code, name in others if code != own.code][:anderen]
    sizes = np.exp(rng.normal(10.5, 0.75, len(others))).round().astype(int)
    try:
        wijken = wijk_sizes(inwoners)
    except ValueError:  # a gemeente whose wijken are not in the reference list has figures of CBS all the same
        wijken = {}
    fixed = own_regions()
    codes = [*fixed, *(code for code, _ in others), *wijken]
    names = [*fixed.values(), *(name for _, name in others), *wijken]
    people = [inwoners, 600_000, int(sizes.sum()) + inwoners, *sizes, *wijken.values()]
    wealth = rng.normal(size=len(codes))
    wealth[0], wealth[1], wealth[2] = -1.3, -0.6, 0.0
    return Regions(codes, names, np.array(people, dtype=float), wealth)


def _published(last_day: dt.date) -> dt.date:
    """CBS publishes about four months after a period ends."""
    return last_day + dt.timedelta(days=120)


def _periods(table: CbsTable, peildatum: dt.date) -> dict[str, dt.date]:
    """Give the periods of a table that are published by then, each with its last day."""
    if table.reeks == "kerncijfers":  # the table of a year appears in that year; much in it is filled in later
        return {f"{table.year}JJ00": dt.date(table.year, 3, 31)} if table.year and table.year <= peildatum.year else {}
    if table.year:
        ends = {f"{table.year}JJ00": dt.date(table.year, 12, 31)}
    else:
        kinds = {"jeugd": _HALF_YEARLY, "schoolverlaters": _SCHOOL_YEARLY, "bevolking": _NEW_YEAR}.get(
            table.reeks, _YEARLY
        )
        first, last = {"82972NED": (2015, 2020), "85098NED": (2021, 9999), "83674NED": (2016, 2016)}.get(
            table.id, (_FIRST, 9999)
        )
        ends = {
            f"{year}{kind}": dt.date(year + (kind[:2] == "SJ"), *end)
            for year in range(first, min(last, peildatum.year) + 1)
            for kind, end in kinds
            if table.reeks != "gezondheid_wijk" or year in _ESTIMATED
        }
    return {period: end for period, end in ends.items() if _published(end) <= peildatum}


def _status(end: dt.date, peildatum: dt.date) -> str:
    """The last whole year and later are voorlopig, the year before it nader voorlopig, older ones definitief."""
    age = peildatum.year - 1 - end.year
    if age <= 0:
        return "Voorlopig"
    return "NaderVoorlopig" if age == 1 else "Definitief"


def _period_title(period: str) -> str:
    year = period[:4]
    names = {"HJ01": f"{year} 1e halfjaar", "HJ02": f"{year} 2e halfjaar", "SJ00": f"{year}/'{(int(year) + 1) % 100}"}
    return names.get(period[4:], year)


def _keys(table: CbsTable) -> list[str]:
    """Give the keys of the topics: as they were seen, in older editions of yearly tables with another number."""
    keys = []
    for at, topic in enumerate(table.topics, start=1):
        stem, _, number = topic.hint.rpartition("_")
        shift = 2025 - table.year if table.reeks == "kerncijfers" and table.year else 0
        keys.append(f"{stem}_{int(number) - shift}" if stem and int(number) > shift else f"{topic.stem}_{at}")
    return keys


def _write_table(
    folder: Path, table: CbsTable, regions: Regions, periods: dict[str, dt.date], peildatum: dt.date, seed: int
) -> None:
    keys, mine = _keys(table), regions.of(table.prefixes)
    width = _WIDTH.get(table.reeks, 6)
    codes = [("NL00" if table.reeks == "kerncijfers" else c) if c[:2] == "NL" else c for c in regions.codes]
    lists = {table.region: [_code(codes[i].ljust(width), regions.names[i]) for i in mine]}
    if table.margins:
        lists[table.margins] = [_code(k, t) for k, t in _MARGINS.items()]
    taken = {}
    for dimension, code in table.population.items():
        taken[dimension] = code.key or "T001000"
        lists[dimension] = [_code(taken[dimension], code.title), _code("A009999", "Overige")]
    if table.totalen and not table.population:
        taken["Persoonskenmerken"] = "T009002"
        lists["Persoonskenmerken"] = [_code("T009002", "Totaal personen"), _code("A009999", "Overige")]
    if table.period:
        lists[table.period] = [
            {**_code(p, _period_title(p)), "Status": _status(e, peildatum)} for p, e in periods.items()
        ]
    rows = _rows(table, regions, mine, list(periods), keys, seed, peildatum)
    for row in rows:
        row[table.region] = codes[row.pop("_")].ljust(width)
        row.update(taken)
    newest = min(_published(max(periods.values())), peildatum)
    year = f" {table.year}" if table.year else ""
    title = f"VOORBEELDDATA {_TITLES.get(table.reeks, table.reeks)}{year}"
    info = {"ID": 0, "Title": title, "ShortTitle": title, "Identifier": table.id, "Modified": f"{newest}T02:00:00"}
    _write(folder, "TableInfos", [{**info, "Summary": "VOORBEELDDATA", "Language": "nl"}])
    _write(folder, "DataProperties", _properties(table, list(lists), keys))
    _write(folder, "CategoryGroups", [])
    for name, entries in lists.items():
        _write(folder, name, entries)
    _write(folder, "TypedDataSet", [{"ID": i, **row} for i, row in enumerate(rows)])


def _code(key: str, title: str) -> dict[str, Any]:
    return {"Key": key, "Title": title, "Description": ""}


def _properties(table: CbsTable, dimensions: list[str], keys: list[str]) -> Rows:
    kinds = {table.region: "GeoDimension", table.period: "TimeDimension"}
    properties: Rows = [
        {"ID": i, "Position": i, "ParentID": None, "Type": kinds.get(d, "Dimension"), "Key": d, "Title": d}
        for i, d in enumerate(dimensions)
    ]
    for topic, key in zip(table.topics, keys, strict=True):
        parent = None
        if topic.parent:
            parent = len(properties)
            group = {"ID": parent, "Position": parent, "ParentID": None, "Type": "TopicGroup", "Key": None}
            properties.append({**group, "Title": topic.parent})
        at = {"ID": len(properties), "Position": len(properties), "ParentID": parent}
        about = {"Title": topic.stem, "Unit": topic.unit, "Decimals": level_of(topic).decimalen}
        properties.append({**at, "Type": "Topic", "Key": key, **about})
    return properties


def _rows(
    table: CbsTable,
    regions: Regions,
    mine: np.ndarray,
    periods: list[str],
    keys: list[str],
    seed: int,
    peildatum: dt.date,
) -> Rows:
    """Give a row per region, period and margin; `_` is the position of the region."""
    values = [_values(topic, regions, mine, periods, seed, peildatum) for topic in table.topics]
    rows: Rows = []
    for at, margin in enumerate(_MARGINS if table.margins else [None]):
        for p, period in enumerate(periods):
            columns = [v[:, p] for v in values]
            if margin:
                columns = [
                    _estimate(seed, topic.naam, period, column, regions.inwoners[mine])[at]
                    for topic, column in zip(table.topics, columns, strict=True)
                ]
            cells = [[None if x != x else x for x in c.tolist()] for c in columns]  # noqa: PLR0124  nan is no figure
            head: dict[str, Any] = {}
            if table.period:
                head[table.period] = period
            if table.margins:
                head[table.margins] = margin
            rows += [
                {"_": int(i), **head, **dict(zip(keys, row, strict=True))}
                for i, row in zip(mine, zip(*cells, strict=True), strict=True)
            ]
    return rows


def _values(
    topic: Topic, regions: Regions, mine: np.ndarray, periods: list[str], seed: int, peildatum: dt.date
) -> np.ndarray:
    years = [int(p[:4]) for p in periods]
    if topic.naam in ("AantalInwoners", "BevolkingOp1Januari"):
        grown = np.array([1.003 ** (y - 2020) for y in years])
        return np.round(regions.inwoners[mine][:, None] * grown[None, :])
    drawn = draw(seed, topic, years, regions.wealth, regions.inwoners)[mine]
    for at, period in enumerate(periods):
        if period[4:6] == "HJ":
            drawn[:, at] = np.round(drawn[:, at] * _HALF, 1)
        if level_of(topic).laat and years[at] >= peildatum.year - 1:
            drawn[:, at] = np.nan
    return drawn


def _estimate(seed: int, topic: str, period: str, percent: np.ndarray, inwoners: np.ndarray) -> list[np.ndarray]:
    """Draw what a survey finds, with its 95 % interval (normal, weighting costs a third of the sample)."""
    surveyed = np.clip(inwoners * 0.02, 350, 150_000)
    error = 100 * np.sqrt(percent / 100 * (1 - percent / 100) / (surveyed / 1.5))
    found = np.clip(
        percent + stream(seed, "cbs", topic, period, "enquete").normal(size=len(percent)) * error, 5.0, 95.0
    )
    return [np.round(found, 1), np.round(found - 1.96 * error, 1), np.round(found + 1.96 * error, 1)]


def _write(folder: Path, name: str, content: Rows) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=None if name == "TypedDataSet" else 1)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
