"""The ten indicators of the NPG on one spread: a small picture each, and the table of all ten."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import catalogue
from dashboard import formatting as f
from dashboard.edition.document import Alinea, Deel, Figuur, Hoofdstuk, Tabel
from dashboard.edition.effect import Newest, figure, known, newest, npg
from dashboard.edition.facts import count, source
from dashboard.edition.words import paragraph
from dashboard.edition.world import World
from indicators.core.indicator import Indicator
from indicators.core.period import parse, sort_key

#: Fewer gemeenten than this are no ranking.
_VANAF = 5
_LIJN = ("naam", "reeks", "gebied", "x", "periode", "waarde", "ondergrens", "bovengrens", "tekst", "breuk")


def chapter(world: World) -> Hoofdstuk:
    """Give the chapter: finding, ten pictures, table."""
    found = [newest(world, item) for item in npg()]
    pictures = [_picture(world, n) for n in found]
    rows = tuple(_row(world, n) for n in found)
    heads = ("Indicator", "Cijfer", "Periode", world.land, "Sinds het vorige cijfer", "Over de jaren", "Plaats")
    day = f.datum(world.peildatum)
    line = f"Bron: CBS en andere bronnen, genoemd bij de definities; {world.gemeente}, perioden tot en met {day}"
    table = Tabel("npg-tabel", "De tien indicatoren van het NPG", heads, rows, (1, 3), line)
    return Hoofdstuk("npg", _title_of(found), (_note(), *pictures, table, _places()), nieuwe_pagina=True)


def title(world: World) -> str:
    """Say how many of the ten certainly change."""
    return _title_of([newest(world, item) for item in npg()])


def _title_of(found: list[Newest]) -> str:
    have = [n for n in found if n.rij is not None]
    if not have:
        return "Van de tien NPG-indicatoren is nog geen cijfer bekend"
    better, worse = (sum(kind in (n.oordeel, n.trend) for n in have) for kind in ("beter", "slechter"))
    if not better and not worse:
        return "Van geen van de tien NPG-indicatoren is zeker dat die verandert"
    first, word = (better, "beter") if better else (worse, "slechter")
    verb = "wordt" if first == 1 else "worden"
    title = f"{f.telwoord(first, capital=True)} van de tien NPG-indicatoren {verb} zeker {word}"
    return f"{title}, {f.telwoord(worse)} zeker slechter" if better and worse else title


def _note() -> Alinea:
    return paragraph(
        "‘Zeker’ betekent dat het verschil groter is dan toeval. De cijfers zeggen hoe het gaat, niet waardoor.",
        soort="toelichting",
    )


def _series(world: World, item: Indicator, last: Any) -> pd.DataFrame:
    """The periods of the kind of the newest figure, of the own gemeente and the country, in order of time."""
    values = known(world.indicatoren[world.indicatoren["indicator"] == item.id], world.peildatum)
    values = values[values["periode"].str[4:6] == last["periode"][4:6]]
    rows: list[tuple[Any, ...]] = []
    for kind, code, region in (("eigen", world.gemeente_code, world.gemeente), ("land", world.land_code, world.land)):
        own = values[values["gebied_code"] == code]
        before = None
        for _, row in own.sort_values("periode", key=lambda s: s.map(sort_key)).iterrows():
            shown = figure(item, row)
            low, high = (row[c] if shown.waarde is not None else None for c in ("ondergrens", "bovengrens"))
            broken = before is not None and _break_between(item, before, str(row["periode"]))
            period = f.periode(row["periode"])
            place = f.periode_positie(row["periode"])
            rows.append((item.titel, kind, region, place, period, shown.waarde, low, high, shown.tekst, broken))
            before = str(row["periode"])
    frame = pd.DataFrame(rows, columns=list(_LIJN))
    return frame.astype(dict.fromkeys(("waarde", "ondergrens", "bovengrens"), "float64"))


def _break_between(item: Indicator, before: str, now: str) -> bool:
    begin, end = parse(before).begin, parse(now).einde
    return any(begin < parse(b.periode).begin <= end for b in item.breuken)


def _picture(world: World, found: Newest) -> Figuur:
    item = found.item
    line = f"{item.bronregel}; {_status(found)}"
    name = f"npg-{item.npg}"
    if found.rij is None:
        empty = pd.DataFrame(
            [(item.titel, "eigen", world.gemeente, None, "", None, None, None, f.LEEG, False)], columns=list(_LIJN)
        )
        told = f"{item.titel}: de publicatie heeft hierover geen cijfer."
        return Figuur(name, "Nog geen cijfer bekend", told, "lijn", empty, line)
    beside = "" if found.land is None else f"; {world.land} {found.land.tekst}"
    told = f"{item.titel}: {found.getal.tekst} in {found.periode}{beside}. {_finding(found)}."
    return Figuur(name, _finding(found), told, "lijn", _series(world, item, found.rij), line)


def _status(found: Newest) -> str:
    if found.rij is None:
        return "geen cijfer"
    return "status niet vermeld" if found.rij["status"] in (None, "onbekend") else f.status(found.rij["status"])


def _finding(found: Newest) -> str:
    """Say in a few words which way it went, and whether that may be chance."""
    if found.oordeel in ("beter", "slechter", "anders"):
        return f"Duidelijk {found.oordeel} dan in {found.vorige}"
    if found.trend in ("beter", "slechter", "anders"):
        return f"Wordt {found.trend} sinds {found.sinds}"
    if found.oordeel == "ruis":
        return f"Verschil met {found.vorige} kan toeval zijn"
    if found.oordeel == "breuk":
        return f"Niet te vergelijken met {found.vorige}: anders gemeten"
    return f"Nieuwste cijfer: {found.periode}"


def _words(judgement: str) -> str:
    return catalogue.OORDELEN[judgement][1] if judgement in catalogue.OORDELEN else f.LEEG


def _row(world: World, found: Newest) -> tuple[Deel, ...]:
    period = found.periode
    if found.rij is not None and found.rij["status"] in ("voorlopig", "nader_voorlopig"):
        period = f"{period} ({f.status(found.rij['status'])})"
    step, years = _words(found.oordeel), _words(found.trend)
    return (found.item.titel, found.getal, period, found.land or f.LEEG, step, years, *_place(world, found))


def _place(world: World, found: Newest) -> tuple[Deel]:
    if found.rij is None:
        return (f.LEEG,)
    places = world.posities
    row = places[(places["indicator"] == found.item.id) & (places["periode"] == found.rij["periode"])]
    if row.empty or row.iloc[0]["aantal"] < _VANAF:
        return (f.LEEG,)
    keys = {"indicator": found.item.id, "periode": found.rij["periode"], "gebied_code": world.gemeente_code}
    bron = source("mart.fct_indicatorpositie", "rang", **keys, uitsplitsing="totaal")
    place = count(row.iloc[0]["rang"], bron)
    return (type(place)(f"{place.tekst}e van {f.number(row.iloc[0]['aantal'])}", place.waarde, bron),)


def _places() -> Alinea:
    return paragraph(
        "De plaats is die onder alle gemeenten met een cijfer. De 1e is het gunstigst, of bij een cijfer dat niet goed "
        "of slecht is het hoogst.",
        soort="toelichting",
    )
