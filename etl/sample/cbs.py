"""Synthetic answers of CBS for every table that the monitor asks for, in the form of etl.readers.odata_recorded.

Everything is simulated (etl/sample/cbs_levels.py): levels, trends and margins are drawn, none is copied from CBS. So
that comparing can be tried, the other gemeenten are the real ones by code, each with "(voorbeeld)" behind its name: no
made-up figure carries the plain name of another one. The topics of a table are those that the indicators ask of it.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from etl.cbs_tables import tables
from etl.cbs_tables.record import CbsTable
from etl.sample.cbs_levels import draw, level_of
from etl.sample.cbs_periods import periods_of, published, status_of, title_of
from etl.sample.cbs_regions import Regions, regions_of
from etl.sample.streams import stream
from indicators.core.cbs import Topic

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
#: A share over half a year is lower than over a whole year.
_HALF = 0.86

Rows = list[dict[str, Any]]


def write_cbs(out: Path, seed: int, peildatum: dt.date, inwoners: int = 39_500, anderen: int | None = None) -> None:
    """Write recorded answers for every CBS table of the monitor that would have been published by then.

    Args:
        out: Folder of the recorded answers itself: one folder per table comes in it.
        seed: The same seed and peildatum give the same files.
        peildatum: Nothing published after this date is written.
        inwoners: Inhabitants of the own gemeente.
        anderen: How many other gemeenten; all of them by default.
    """
    regions = regions_of(seed, inwoners, anderen)
    for full in tables():
        # A topic that came later is not in the older tables of a series.
        table = replace(full, topics=tuple(t for t in full.topics if not (full.year and full.year < t.vanaf)))
        periods = periods_of(table, peildatum)
        if periods:
            _write_table(out / table.id, table, regions, periods, peildatum, seed)


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
        lists[table.period] = [{**_code(p, title_of(p)), "Status": status_of(e, peildatum)} for p, e in periods.items()]
    rows = _rows(table, regions, mine, list(periods), keys, seed, peildatum)
    for row in rows:
        row[table.region] = codes[row.pop("_")].ljust(width)
        row.update(taken)
    newest = min(published(max(periods.values())), peildatum)
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
