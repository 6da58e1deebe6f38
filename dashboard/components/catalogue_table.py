"""The catalogue: every indicator with its newest figure, beside the country, and whether its change is noise."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import catalogue
from dashboard import formatting as f
from dashboard import queries_indicators as queries
from dashboard.components.aria import aria
from dashboard.components.figure import figure_block, slug, source_line
from dashboard.components.table import data_table
from dashboard.rounding import KORT, OPENBAAR, counts_people, rounded
from dashboard.store import Publication
from indicators.core.indicator import Indicator
from indicators.core.period import sort_key

#: What is said of the outer quarters; 1 is the most favourable.
_KWART = {1: ", gunstigste kwart", 4: ", ongunstigste kwart"}
#: Fewer gemeenten than this are no ranking.
VANAF = 5


@dataclass(frozen=True)
class Entry:
    """A line of the catalogue: the newest row of the own gemeente, the country, what was found, its place."""

    item: Indicator
    laatste: Any
    land: float | None
    oordeel: str
    rang: int | None
    aantal: int | None
    kwartiel: int | None = None
    trend: str = ""


def entries(pub: Publication, gemeente: str, land: str) -> list[Entry]:
    """Give a line per indicator that has any value, in the order of the catalogue; two pages ask for the same ones."""
    return pub.remember(("catalogus", gemeente, land), lambda: _entries(pub, gemeente, land))


def _entries(pub: Publication, gemeente: str, land: str) -> list[Entry]:
    values = queries.eigen_waarden(pub, gemeente, land)
    changed = queries.veranderingen(pub, gemeente)
    changes = {(r.indicator, r.periode): r for r in changed[changed["soort"] == "vorige"].itertuples()}
    # A trend ends where the figures are complete, so it may end before the newest period.
    trends = {(r.indicator, r.periode[4:6]): r for r in changed[changed["soort"] == "trend"].itertuples()}
    places = {(r.indicator, r.periode): r for r in queries.posities(pub, gemeente).itertuples()}
    by_name = dict(list(values.groupby("indicator")))
    found = []
    for item in catalogue.available(pub):
        last, beside = _newest(rounded(item, by_name.get(item.id, values[:0])), gemeente, land)
        key = (item.id, "" if last is None else last["periode"])
        change, place, trend = changes.get(key), places.get(key), trends.get((item.id, key[1][4:6]))
        found.append(
            Entry(
                item,
                last,
                beside,
                "" if change is None else str(change.oordeel),
                None if place is None else int(place.rang),
                None if place is None else int(place.aantal),
                None if place is None or f.missing(place.kwartiel) else int(place.kwartiel),
                "" if trend is None else str(trend.oordeel),
            )
        )
    return found


def _newest(values: pd.DataFrame, gemeente: str, land: str) -> tuple[Any, float | None]:
    # Lists: a filter by pandas costs more than the few dozen rows of an indicator are worth, sixty times.
    places, periods, known = (values[c].tolist() for c in ("gebied_code", "periode", "waarde"))
    filled = [i for i, value in enumerate(known) if not f.missing(value)]
    own = [i for i in filled if places[i] == gemeente]
    if not own:
        return None, None
    at = max(own, key=lambda i: sort_key(periods[i]))
    beside = [float(known[i]) for i in filled if places[i] == land and periods[i] == periods[at]]
    return values.iloc[at], beside[0] if beside else None


def verdict(oordeel: str, soort: str = "") -> Any:
    """Give a judgement as sign and words; the colour repeats what the words say.

    Args:
        oordeel: Of mart.fct_indicatorverandering.
        soort: What was compared; beside another region (gebied) nothing changed, it differs.
    """
    if oordeel not in catalogue.OORDELEN:
        return None
    sign, words, kind = catalogue.OORDELEN[oordeel]
    words = "anders" if (soort, oordeel) == ("gebied", "anders") else words
    return html.Span([html.Span(f"{sign} ", **aria(hidden="true")), words], className=f"oordeel {kind}")


def tables(shown: list[Entry]) -> list[html.Section]:
    """Give a table per group of indicators."""
    heads = [
        "Indicator",
        "Nieuwste cijfer",
        "Periode",
        "Nederland",
        "Sinds het vorige cijfer",
        "Over de jaren",
        "Plaats",
    ]
    sections = []
    for name, members in groupby(shown, key=lambda e: catalogue.group(e.item)):
        listed = list(members)
        rows = [_row(entry) for entry in listed]
        caption = f"{name}: nieuwste cijfer van de gemeente"
        table = data_table(caption, heads, rows, (1, 3), label=name, class_name="catalogus")
        sections.append(figure_block(_title(name, listed), table, _source(listed), id=slug(name)))
    return sections


def _title(name: str, listed: list[Entry]) -> str:
    parts = []
    for kind, words in (("beter", "zeker beter"), ("slechter", "zeker slechter"), ("anders", "zeker anders")):
        count = sum(kind in (e.oordeel, e.trend) for e in listed)
        if count:
            parts.append(f"{f.telwoord(count)} {'wordt' if count == 1 else 'worden'} {words}")
    return f"{name}: {', '.join(parts)}" if parts else f"{name}: geen zekere verandering"


def _source(listed: list[Entry]) -> html.P:
    """The sources by who gives them; each figure's own stands with its definition, one click away."""
    named = [e.item.bron[0] for e in listed]
    whose = dict.fromkeys(next((p for p in OPENBAAR if b.startswith(p)), "eigen registraties") for b in named)
    last = [e.laatste for e in listed if e.laatste is not None]
    newest = max((row["periode"] for row in last), key=sort_key, default="")
    return source_line(
        KORT if any(counts_people(e.item) for e in listed) else "",
        bron=", ".join(whose),
        peildatum=f"cijfers tot en met {f.periode(newest)}" if newest else "cijfers per onderdeel",
        status=f.status_of(row["status"] for row in last) if last else "status bij elk onderdeel",
        definitie=dcc.Link("wat de woorden betekenen", href="/verantwoording"),
    )


def _row(entry: Entry) -> list[Any]:
    link = dcc.Link(entry.item.titel, href=f"/indicator?indicator={entry.item.id}")
    if entry.laatste is None:
        return [link, "per onderdeel", None, None, None, None, None]
    compared = entry.aantal is not None and entry.aantal >= VANAF
    place = f"{entry.rang}e van {entry.aantal}{_KWART.get(entry.kwartiel or 0, '')}" if compared else None
    return [
        link,
        catalogue.value(entry.item, entry.laatste["waarde"]),
        f.periode(entry.laatste["periode"]),
        None if entry.land is None else catalogue.value(entry.item, entry.land),
        verdict(entry.oordeel),
        verdict(entry.trend),
        place,
    ]


def finding(shown: list[Entry]) -> str:
    """Say what the catalogue shows: "61 indicatoren: over de jaren worden er 12 beter en 4 slechter"."""
    better, worse = (sum(kind in (e.oordeel, e.trend) for e in shown) for kind in ("beter", "slechter"))
    count = f"{len(shown)} {'indicator' if len(shown) == 1 else 'indicatoren'}"
    if not better and not worse:
        return f"{count}; van geen enkele is zeker dat die beter of slechter wordt"
    parts = [f"{f.telwoord(better)} {'wordt' if better == 1 else 'worden'} zeker beter"] if better else []
    if worse:
        parts.append(f"{f.telwoord(worse)} {'wordt' if worse == 1 else 'worden'} zeker slechter")
    return f"{count}: {' en '.join(parts)}"
