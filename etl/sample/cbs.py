"""Synthetic answers of CBS, in the form of etl.readers.odata_recorded.

Everything is simulated: levels, trends and margins are drawn, none is copied from CBS. The other gemeenten do not
exist, so that no made-up figure carries the name of a real one; only the own gemeente, its provincie and the country
have their own codes.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indicators.core.region import own_regions

_YOUTH_TOPIC = "JongerenMetJeugdhulpInNatura_1"
_HEALTH_TOPIC = "ErvarenGezondheidGoedZeerGoed_1"
_EDITIONS = {"83674NED": 2016, "85012NED": 2020, "85563NED": 2022, "86137NED": 2024}
_MARGINS = {
    "MW00000": "Waarde",
    "MOG0095": "Ondergrens 95%-betrouwbaarheidsinterval",
    "MBG0095": "Bovengrens 95%-betrouwbaarheidsinterval",
}
_AGES = {"10000": "18 jaar of ouder", "53115": "18 tot 65 jaar", "80200": "65 jaar of ouder"}
_OTHERS = 8

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class _Region:
    """A region with its drawn levels: youth care in % of a year, good health in %, and the size of the survey."""

    code: str
    name: str
    youth: float
    health: float
    surveyed: int


def write_cbs(out: Path, seed: int, peildatum: dt.date) -> None:
    """Write recorded answers for every CBS table of the monitor that would have been published by then.

    Args:
        out: Folder of the recorded answers itself: one folder per table comes in it.
        seed: The same seed and peildatum give the same files.
        peildatum: Nothing published after this date is written.
    """
    regions = _regions(random.Random(f"{seed} gebieden"))
    _youth(out, "82972NED", regions, range(2015, 2021), peildatum, seed)
    _youth(out, "85098NED", regions, range(2021, peildatum.year + 1), peildatum, seed)
    for table, year in _EDITIONS.items():
        if _published(dt.date(year, 12, 31)) <= peildatum:
            _health(out, table, regions, year, seed)


def _regions(rng: random.Random) -> list[_Region]:
    own, province, country = own_regions().items()
    fixed = [(*country, 12.0, 73.0, 150_000), (*province, 12.6, 71.5, 9_000), (*own, 14.0, 69.0, 600)]
    others = [
        (
            f"GM{9001 + i}",
            f"Voorbeeldgemeente {i + 1}",
            rng.gauss(12.3, 1.6),
            rng.gauss(72.0, 2.5),
            rng.randint(350, 1500),
        )
        for i in range(_OTHERS)
    ]
    return [
        _Region(code, name, youth + rng.gauss(0, 0.3), health + rng.gauss(0, 0.4), surveyed)
        for code, name, youth, health, surveyed in (*fixed, *others)
    ]


def _published(last_day: dt.date) -> dt.date:
    """CBS publishes about four months after a period ends."""
    return last_day + dt.timedelta(days=120)


def _youth(out: Path, table: str, regions: list[_Region], years: range, peildatum: dt.date, seed: int) -> None:
    rng = random.Random(f"{seed} {table}")
    ends = {f"{y}{kind}": dt.date(y, *end) for y in years for kind, end in _YEAR_ENDS}
    ends = {period: end for period, end in ends.items() if _published(end) <= peildatum}
    if not ends:
        return
    rows = []
    for region in regions:
        for period in ends:
            grown = region.youth * (1 + 0.018 * (int(period[:4]) - 2019))
            share = 1.0 if "JJ" in period else 0.86
            value = max(grown * share + rng.gauss(0, 0.15), 0.1)
            rows.append({"RegioS": region.code.ljust(7), "Perioden": period, _YOUTH_TOPIC: round(value, 1)})
    newest = max(ends.values())
    periods = [
        {"Key": p, "Title": _period_title(p), "Description": "", "Status": _status(end, peildatum)}
        for p, end in ends.items()
    ]
    title = f"VOORBEELDDATA Jongeren met jeugdzorg in natura, vanaf {years[0]}"
    _write_table(
        out / table,
        table,
        title,
        _published(newest),
        rows,
        regions=regions,
        width=7,
        codes={"Perioden": periods},
        topic=_YOUTH_TOPIC,
    )


_YEAR_ENDS = (("HJ01", (6, 30)), ("HJ02", (12, 31)), ("JJ00", (12, 31)))


def _period_title(period: str) -> str:
    return {"HJ01": f"{period[:4]} 1e halfjaar", "HJ02": f"{period[:4]} 2e halfjaar"}.get(period[4:], period[:4])


def _status(end: dt.date, peildatum: dt.date) -> str:
    """The last whole year and later are voorlopig, the year before it nader voorlopig, older ones definitief."""
    age = peildatum.year - 1 - end.year
    if age <= 0:
        return "Voorlopig"
    return "NaderVoorlopig" if age == 1 else "Definitief"


def _health(out: Path, table: str, regions: list[_Region], year: int, seed: int) -> None:
    rng = random.Random(f"{seed} {table}")
    drift = {2016: 1.0, 2020: 3.0, 2022: -2.0, 2024: 0.0}[year]
    rows = []
    drawn = [
        (region, age, _estimate(rng, region.health + drift + shift, region.surveyed // part))
        for age, shift, part in (("10000", 0.0, 1), ("53115", 4.0, 2), ("80200", -11.0, 2))
        for region in regions
    ]
    for at, margin in enumerate(_MARGINS):
        for region, age, estimate in drawn:
            row = {"Leeftijd": age, "Marges": margin, "RegioS": region.code.ljust(6)}
            if year == 2016:
                row["Perioden"] = "2016JJ00"
            rows.append({**row, _HEALTH_TOPIC: estimate[at]})
    codes = {
        "Leeftijd": [{"Key": k, "Title": t, "Description": ""} for k, t in _AGES.items()],
        "Marges": [{"Key": k, "Title": t, "Description": ""} for k, t in _MARGINS.items()],
    }
    if year == 2016:
        codes["Perioden"] = [{"Key": "2016JJ00", "Title": "2016", "Description": "", "Status": "Definitief"}]
    title = f"VOORBEELDDATA Gezondheidsmonitor; regio, {year}"
    published = _published(dt.date(year, 12, 31))
    _write_table(out / table, table, title, published, rows, regions=regions, width=6, codes=codes, topic=_HEALTH_TOPIC)


def _estimate(rng: random.Random, percent: float, surveyed: int) -> tuple[float, float, float]:
    """Draw what a survey of this size finds, with its 95 % interval (normal, weighting costs a third of the sample)."""
    error = 100 * math.sqrt(percent / 100 * (1 - percent / 100) / (surveyed / 1.5))
    found = min(max(rng.gauss(percent, error), 5.0), 95.0)
    half = 1.96 * error
    return round(found, 1), round(found - half, 1), round(found + half, 1)


def _write_table(  # noqa: PLR0913  one argument per part of a recorded table
    folder: Path,
    table: str,
    title: str,
    modified: dt.date,
    rows: Rows,
    *,
    regions: list[_Region],
    width: int,
    codes: dict[str, Rows],
    topic: str,
) -> None:
    codes = {"RegioS": [{"Key": r.code.ljust(width), "Title": r.name, "Description": ""} for r in regions], **codes}
    kinds = {"RegioS": "GeoDimension", "Perioden": "TimeDimension"}
    properties: Rows = [
        {"ID": i, "Position": i, "ParentID": None, "Type": kinds.get(d, "Dimension"), "Key": d, "Title": d}
        for i, d in enumerate(codes)
    ]
    at = {"ID": len(codes), "Position": len(codes), "ParentID": None}
    properties.append({**at, "Type": "Topic", "Key": topic, "Title": topic[:-2], "Unit": "%", "Decimals": 1})
    info = {"ID": 0, "Title": title, "ShortTitle": title, "Identifier": table, "Modified": f"{modified}T02:00:00"}
    parts = {
        "TableInfos": [{**info, "Summary": "VOORBEELDDATA", "Language": "nl"}],
        "DataProperties": properties,
        "CategoryGroups": [],
        **codes,
        "TypedDataSet": [{"ID": i, **row} for i, row in enumerate(rows)],
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in parts.items():
        text = json.dumps(content, ensure_ascii=False, indent=None if name == "TypedDataSet" else 1)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
