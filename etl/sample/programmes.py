"""Programmes with a budget of their own, and the savings target, as a quarterly workbook."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np

from etl.sample.exports import HEAD_ROWS, Log, Planted, dutch, euro_text, quarter_ends, table
from etl.sample.plain_xlsx import CellValue, PlainSheet, row_xml, write_sheets
from etl.sample.programme_list import PROGRAMMES, Activity, Programme
from etl.sample.streams import VOORBEELDDATA, month_end, stream

BRON = "programmas"
#: From this quarter on amounts and dates are cells of their type, under other headers; before it many are text.
NEW_LAYOUT = dt.date(2025, 3, 31)
_OLD = ("Programma", "Activiteit", "Doel", "Van", "Tot en met", "Begroting", "Besteed", "Verplicht", "Dekking")
_NEW = ("Programma", "Activiteit", "Doel", "Dekking", "Startdatum", "Einddatum", "Budget", "Uitgaven", "Verplichtingen")
_RESULT = ("Programma", "Activiteit", "Resultaat", "Eenheid", "Gepland", "Bereikt")
_TARGET = ("Taakstelling", "Onderdeel", "Boekjaar", "Doel", "Gerealiseerd", "Prognose", "Toelichting")
_AMOUNTS = ("begroting_eur", "besteed_eur", "verplicht_eur")
TAAKSTELLING = "Taakstelling 2021"
#: Goal, realised in 2022, and first year of the target, by wet; "overig" is what the rest still has to find.
TARGETS = (("jeugd", 1_000_000, 450_000), ("wmo", 500_000, 500_000), ("overig", 260_000, 0))
TARGET_FROM = 2022


def _months(programme: Programme) -> int:
    return (programme.tot[0] - programme.van[0]) * 12 + programme.tot[1] - programme.van[1] + 1


def _passed(programme: Programme, date: dt.date) -> int:
    """Give how many months of a programme are over on a day."""
    return min(max((date.year - programme.van[0]) * 12 + date.month - programme.van[1] + 1, 0), _months(programme))


def _course(seed: int, programme: Programme, activity: Activity) -> np.ndarray:
    """Give the share that is done after each month: slow at the start, then steady, with jumps."""
    months = _months(programme)
    rng = stream(seed, "programma", programme.naam, activity.naam)
    pace = np.minimum(np.arange(1, months + 1) / 9, 1.0) * rng.gamma(3.0, 1 / 3, months)
    return np.concatenate([[0.0], np.cumsum(pace) / pace.sum()])


def states(seed: int, date: dt.date) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give the state of every programme that has begun, and of its results.

    Args:
        seed: Seed of the sample.
        date: Day of the state.

    Returns:
        Rows of `programma` (the whole first, then its activities, which add up to it) and of `resultaat`.
    """
    state: list[dict[str, Any]] = []
    results: list[dict[str, Any]] = []
    for programme in PROGRAMMES:
        passed = _passed(programme, date)
        if not passed:
            continue
        common = {
            "programma": programme.naam, "doel": programme.doel, "dekking": programme.dekking,
            "van": dt.date(*programme.van, 1), "tot_en_met": month_end(*programme.tot),
        }  # fmt: skip
        parts: list[dict[str, Any]] = []
        for activity in programme.activiteiten:
            done = _course(seed, programme, activity)
            budget = round(programme.begroting_eur * activity.deel)
            spent = round(budget * activity.uitputting * float(done[passed]), 2)
            ahead = round(budget * activity.uitputting * float(done[min(passed + 5, len(done) - 1)]) - spent, 2)
            amounts = (float(budget), spent, ahead)
            parts.append({**common, "activiteit": activity.naam, **dict(zip(_AMOUNTS, amounts, strict=True))})
            rng = stream(seed, "resultaat", programme.naam, activity.naam)
            for result in activity.resultaten:
                reach = float(rng.uniform(0.8, 1.1)) * float(done[max(passed - 2, 0)])
                results.append({
                    "programma": programme.naam, "activiteit": activity.naam, "resultaat": result.resultaat,
                    "eenheid": result.eenheid, "gepland": result.gepland,
                    "bereikt": float(round(result.gepland * reach)),
                })  # fmt: skip
        whole = {name: round(sum(part[name] for part in parts), 2) for name in _AMOUNTS}
        state += [{**common, "activiteit": None, **whole}, *parts]
    return state, results


def savings(seed: int, date: dt.date) -> list[dict[str, Any]]:
    """Give the savings target as known on a day: per boekjaar the structural goal, what is realised and expected.

    A target is structural: a year's `gerealiseerd_eur` is what that year is cheaper, not what the year added to it.
    """
    rows = []
    for onderdeel, goal, first in TARGETS:
        realised = first
        for year in range(TARGET_FROM, date.year + 1):
            rng = stream(seed, "taakstelling", onderdeel, year)
            step = float(rng.uniform(0.08, 0.3))
            expected = realised if year == TARGET_FROM else realised + round((goal - realised) * step / 5000) * 5000
            if year == date.year and date.month < 12:
                # A running year has realised what was there at its start; the rest is expected of it.
                now = realised if year > TARGET_FROM else round(first * date.month / 12)
            else:
                now = expected
            rows.append({
                "taakstelling": TAAKSTELLING, "onderdeel": onderdeel, "boekjaar": year, "doel_eur": float(goal),
                "gerealiseerd_eur": float(now), "prognose_eur": float(expected),
                "toelichting": "Structureel: wat dit jaar minder kost dan zonder maatregelen",
            })  # fmt: skip
            realised = expected
    return rows


def _programme_cells(row: dict[str, Any], new: bool, n: int) -> list[CellValue]:
    if new:
        return [row[name] for name in ("programma", "activiteit", "doel", "dekking", "van", "tot_en_met", *_AMOUNTS)]
    # People typed this sheet: every third row has its dates and amounts as text.
    typed = n % 3 == 1
    days = [dutch(row[k]) if typed else row[k] for k in ("van", "tot_en_met")]
    amounts = [euro_text(row[k]) if typed else row[k] for k in _AMOUNTS]
    return [row["programma"], row["activiteit"], row["doel"], *days, *amounts, row["dekking"]]


def _sheets(seed: int, date: dt.date, path: Path, log: Log) -> list[PlainSheet]:
    new = date >= NEW_LAYOUT
    programmes, results = states(seed, date)
    cells = [_programme_cells(row, new, n) for n, row in enumerate(programmes)]
    whole = [row for row in programmes if row["activiteit"] is None]
    total: list[CellValue] = ["Totaal", *[None] * (len(_OLD) - 1)]
    first = 6 if new else 5
    for place, name in enumerate(_AMOUNTS, start=first):
        total[place] = round(sum(row[name] for row in whole), 2)
    last = HEAD_ROWS + len(cells) + 1
    below = Planted(BRON, path.name, "Programma's", last, "totaalregel onder de tabel", "buiten_bereik")
    targets = [
        [v if not isinstance(v, float) or new else euro_text(v) for v in row.values()] for row in savings(seed, date)
    ]
    sheets = [
        PlainSheet("Programma's", table("Programma's", date, _NEW if new else _OLD, [*cells, total])),
        PlainSheet("Resultaten", table("Resultaten", date, _RESULT, [list(r.values()) for r in results])),
        PlainSheet("Taakstelling", table("Taakstelling", date, _TARGET, targets)),
        PlainSheet(
            "Keuzelijsten", [row_xml([VOORBEELDDATA]), *(row_xml([p.dekking]) for p in PROGRAMMES)], hidden=True
        ),
    ]
    if not targets:
        del sheets[2]
    log.add(BRON, path.name, len(cells) + len(results) + len(targets), [below])
    return sheets


def write_programmes(out: Path, seed: int, van: int, peildatum: dt.date, log: Log) -> dict[str, Any]:
    """Write a workbook at every quarter end.

    Args:
        out: Folder programmas of the inbox.
        seed: Seed of the sample.
        van: First year.
        peildatum: Last day that anything is known of.
        log: Notes every file.

    Returns:
        The newest state for truth.json.
    """
    out.mkdir(parents=True, exist_ok=True)
    ends = quarter_ends(van, peildatum)
    for date in ends:
        path = out / f"programmas_{VOORBEELDDATA.lower()}_{date}.xlsx"
        write_sheets(path, _sheets(seed, date, path, log))
    if not ends:
        return {"programmas": [], "programmaresultaten": [], "taakstelling": []}
    programmes, results = states(seed, ends[-1])
    plain = [{k: v.isoformat() if isinstance(v, dt.date) else v for k, v in row.items()} for row in programmes]
    return {"programmas": plain, "programmaresultaten": results, "taakstelling": savings(seed, ends[-1])}
