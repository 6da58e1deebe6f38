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
from dashboard.components.table import data_table
from dashboard.store import Publication
from indicators.core.indicator import Indicator
from indicators.core.period import sort_key

#: Fewer gemeenten than this are no ranking.
VANAF = 5


@dataclass(frozen=True)
class Entry:
    """One line of the catalogue; `laatste` is the newest row of the own gemeente, `oordeel` what its change is."""

    item: Indicator
    laatste: Any
    land: float | None
    oordeel: str
    rang: int | None
    aantal: int | None


def entries(pub: Publication, gemeente: str, land: str) -> list[Entry]:
    """Give a line per indicator that has any value, in the order of the catalogue."""
    values = queries.eigen_waarden(pub, gemeente, land)
    changed = queries.veranderingen(pub, gemeente)
    changes = {(r.indicator, r.periode): r for r in changed[changed["soort"] == "vorige"].itertuples()}
    places = {(r.indicator, r.periode): r for r in queries.posities(pub, gemeente).itertuples()}
    by_name = dict(list(values.groupby("indicator")))
    found = []
    for item in catalogue.available(pub):
        last, beside = _newest(by_name.get(item.id, values[:0]), gemeente, land)
        key = (item.id, "" if last is None else last["periode"])
        change, place = changes.get(key), places.get(key)
        found.append(
            Entry(
                item,
                last,
                beside,
                "" if change is None else str(change.oordeel),
                None if place is None else int(place.rang),
                None if place is None else int(place.aantal),
            )
        )
    return found


def _newest(values: pd.DataFrame, gemeente: str, land: str) -> tuple[Any, float | None]:
    own = values[(values["gebied_code"] == gemeente) & values["waarde"].notna()]
    if own.empty:
        return None, None
    last = own.loc[own["periode"].map(sort_key).idxmax()]
    same = values[(values["gebied_code"] == land) & (values["periode"] == last["periode"])]["waarde"].dropna()
    return last, None if same.empty else float(same.iloc[0])


def verdict(oordeel: str) -> Any:
    """Give a judgement as sign and words; the colour repeats what the words say."""
    if oordeel not in catalogue.OORDELEN:
        return None
    sign, words, kind = catalogue.OORDELEN[oordeel]
    return html.Span([html.Span(f"{sign} ", **aria(hidden="true")), words], className=f"oordeel {kind}")


def tables(shown: list[Entry]) -> list[html.Section]:
    """Give a table per group of indicators."""
    heads = ["Indicator", "Nieuwste cijfer", "Periode", "Nederland", "Sinds het vorige cijfer", "Plaats"]
    sections = []
    for name, members in groupby(shown, key=lambda e: catalogue.group(e.item)):
        rows = [_row(entry) for entry in members]
        table = data_table(
            f"{name}: nieuwste cijfer van de gemeente", heads, rows, (1, 3), label=name, class_name="catalogus"
        )
        sections.append(html.Section([html.H2(name), table], className="figuur"))
    return sections


def _row(entry: Entry) -> list[Any]:
    link = dcc.Link(entry.item.titel, href=f"/indicator?indicator={entry.item.id}")
    if entry.laatste is None:
        return [link, "per onderdeel", None, None, None, None]
    compared = entry.aantal is not None and entry.aantal >= VANAF
    place = f"{entry.rang}e van {entry.aantal}" if compared else None
    return [
        link,
        catalogue.value(entry.item, entry.laatste["waarde"]),
        f.periode(entry.laatste["periode"]),
        None if entry.land is None else catalogue.value(entry.item, entry.land),
        verdict(entry.oordeel),
        place,
    ]


def finding(shown: list[Entry]) -> str:
    """Say what the catalogue shows: "39 indicatoren: 3 zijn duidelijk beter en 1 slechter dan de vorige keer"."""
    better, worse = (sum(e.oordeel == kind for e in shown) for kind in ("beter", "slechter"))
    count = f"{len(shown)} {'indicator' if len(shown) == 1 else 'indicatoren'}"
    if not better and not worse:
        return f"{count}; van geen enkele is zeker dat die beter of slechter is dan de vorige keer"
    parts = [f"{f.telwoord(better)} {'is' if better == 1 else 'zijn'} duidelijk beter"] if better else []
    if worse:
        parts.append(f"{f.telwoord(worse)} {'is' if worse == 1 else 'zijn'} duidelijk slechter")
    return f"{count}: {' en '.join(parts)} dan de vorige keer"
