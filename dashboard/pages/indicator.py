"""Indicatoren: the catalogue, and one indicator in time, against others, by wijk, with its definition."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import catalogue, queries
from dashboard import queries_indicators as figures
from dashboard.components.catalogue_table import entries, finding, tables
from dashboard.components.comparison import ALLEN, changes_block, compare_block
from dashboard.components.controls import bar, choice, search
from dashboard.components.definition import definition_block
from dashboard.components.headline import headline
from dashboard.components.indicator_series import series_block
from dashboard.components.shell import empty, page
from dashboard.components.then_now import then_now_block
from dashboard.components.wijken import wijk_block
from dashboard.rounding import rounded, without_counts
from dashboard.store import Publication
from indicators.core.indicator import Indicator
from indicators.core.region import own_regions
from indicators.core.uitsplitsing import naam as part_name
from indicators.core.uitsplitsing import volgorde

PATH, NAME, TITLE = "/indicator", "Indicatoren", "Indicatoren · Monitor Sociaal Domein"


def layout(
    indicator: str = "", periode: str = "", uitsplitsing: str = "totaal", groep: str = "", zoek: str = "", **_state: Any
) -> html.Div:
    """Give the page.

    Args:
        indicator: Id; without one the catalogue.
        periode: Kind of period (JJ, HJ, ...); by default the one that reaches furthest.
        uitsplitsing: Breakdown.
        groep: Group of gemeenten to compare with.
        zoek: Words to search the catalogue for.
    """
    if not indicator:
        return page(PATH, lambda pub, about: _catalogue(pub, about, zoek), {"zoek": zoek})
    state = {"indicator": indicator, "periode": periode, "uitsplitsing": uitsplitsing, "groep": groep}
    return page(PATH, lambda pub, about: _content(pub, about, indicator, periode, uitsplitsing, groep), state)


def _catalogue(pub: Publication, about: Any, words: str) -> list[Any]:
    land = list(own_regions())[-1]
    shown = entries(pub, about["gemeente_code"], land)
    if not shown:
        return [
            html.H1("Er zijn nog geen indicatoren"),
            empty(
                "Wat u kunt doen",
                "Indicatoren komen van het CBS. Ververs de monitor met internet aan, of zonder --no-cbs.",
                ["Op de pagina ", dcc.Link("Gegevens", href="/gegevens"), " staat welke tabellen er zijn."],
            ),
        ]
    found = [entry for entry in shown if catalogue.matches(entry.item, words)]
    lead = "Een verschil heet alleen beter of slechter als het meer is dan toeval; anders staat dat erbij."
    head = [html.H1(finding(shown)), html.P(lead, className="intro"), bar(search("zoek", "Zoek een indicator", words))]
    if not found:
        return [*head, empty("Niets gevonden", f"Geen indicator past bij ‘{words}’. Zoek met een ander woord.")]
    # Of who searches something the baseline is not an answer.
    baseline = None if words else then_now_block(figures.toen_en_nu(pub))
    return [*head, *tables(found), *([baseline] if baseline else [])]


def _content(pub: Publication, about: Any, name: str, kind: str, part: str, group: str) -> list[Any]:
    shown, own = catalogue.available(pub), str(about["gemeente_code"])
    item = next((i for i in shown if i.id == name), None)
    if item is None:
        return [
            html.H1("Deze indicator heeft geen cijfers"),
            bar(_pick(shown, "")),
            empty("Wat u kunt doen", "Kies hierboven een andere indicator."),
        ]
    regions = own_regions()
    parts = sorted(figures.uitsplitsingen(pub, item.id, own), key=volgorde)
    part = part if part in parts else (parts or ["totaal"])[0]
    values = rounded(item, figures.indicatorwaarden(pub, item.id, part, tuple(regions)))
    kinds = catalogue.kinds(values, own)
    kind = kind if kind in kinds else catalogue.newest_kind(values, own)
    controls = _controls(shown, item, kinds, kind, parts, part)
    rows = values[values["periode"].str.slice(4, 6) == kind]
    if rows.empty:
        return [
            controls,
            html.H1(item.titel),
            empty("Geen waarde voor deze gemeente", "Er is voor deze gemeente geen cijfer, of het is geheim."),
            _definition(pub, item),
        ]
    named = [(code, regio) for code, regio in regions.items() if code in set(rows["gebied_code"])]
    synthetic = bool(about["voorbeelddata"])
    changes = figures.verandering(pub, item.id, part, own)
    changes["toelichting"] = [without_counts(item, str(text)) for text in changes["toelichting"]]
    blocks = [
        series_block(item, rows, named, kind, part, synthetic),
        changes_block(changes[changes["periode"].str.slice(4, 6) == kind]),
        _comparison(pub, item, rows, part, group, own, synthetic),
        wijk_block(item, figures.wijken(pub, item.id, part, own), figures.wijkgrenzen(pub, own), synthetic),
        _definition(pub, item),
    ]
    return [controls, *headline(item, rows, named, own, changes), *(b for b in blocks if b is not None)]


def _comparison(
    pub: Publication, item: Indicator, rows: pd.DataFrame, part: str, group: str, own: str, synthetic: bool
) -> html.Section | None:
    known = rows[(rows["gebied_code"] == own) & rows["waarde"].notna()]
    if known.empty:
        return None
    period = str(known["periode"].iloc[-1])
    others = figures.gemeenten(pub, item.id, part, period)
    groups = figures.groepen(pub)
    # A group of which nobody has this figure is no choice.
    filled = groups[groups["gebied_code"].isin(others["gebied_code"])]["groep"]
    groups = groups[groups["groep"].isin(filled)]
    chosen = group if group in {*groups["groep"], ALLEN} else (str(groups["groep"].iloc[0]) if len(groups) else ALLEN)
    return compare_block(item, others, groups, chosen, own, period, synthetic)


def _definition(pub: Publication, item: Indicator) -> html.Section:
    years = queries.boekjaren(pub)
    budgets = queries.budgetten(pub, years[0]) if years else pd.DataFrame()
    return definition_block(item, budgets, queries.namen(pub))


def _pick(shown: list[Indicator], chosen: str) -> Any:
    groups: dict[str, list[dict[str, str]]] = {}
    for i in shown:
        groups.setdefault(catalogue.group(i), []).append({"value": i.id, "label": i.titel})
    return choice("indicator", "Indicator", chosen, [{"group": g, "items": o} for g, o in groups.items()], 320)


def _controls(
    shown: list[Indicator], item: Indicator, kinds: list[str], kind: str, parts: list[str], part: str
) -> html.Div:
    controls = [_pick(shown, item.id)]
    if len(kinds) > 1:
        words = [{"value": k, "label": catalogue.KINDS[k]} for k in kinds]
        controls.append(choice("periode", "Periode", kind, words, 180))
    if len(parts) > 1:
        controls.append(
            choice("uitsplitsing", "Groep", part, [{"value": p, "label": part_name(p)} for p in parts], 260)
        )
    back = html.P(dcc.Link("Alle indicatoren", href="/indicator"), className="terug")
    return html.Div([back, bar(*controls)])
