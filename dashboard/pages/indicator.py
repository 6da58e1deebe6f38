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
from dashboard.components.notebook_code import notebook_block
from dashboard.components.region_lines import HOOGSTENS, Regions, lines_block, too_many
from dashboard.components.shell import empty, page
from dashboard.components.then_now import then_now_block
from dashboard.components.wijken import division_note, short_name, wijk_block
from dashboard.indicator_choice import NAMEN, NIVEAUS, Chosen, chosen
from dashboard.rounding import rounded, without_counts
from dashboard.store import Publication
from indicators.core.indicator import Indicator
from indicators.core.region import own_regions
from indicators.core.uitsplitsing import naam as part_name

#: In the address, for no region beside the own ones.
NIEMAND = "geen"
PATH, NAME, TITLE = "/indicator", "Indicatoren", "Indicatoren · Monitor Sociaal Domein"


def layout(indicator: str = "", zoek: str = "", **state: Any) -> html.Div:
    """Give the page.

    Args:
        indicator: Id; without one the catalogue.
        zoek: Words to search the catalogue for.
        state: What of the indicator is shown (indicator_choice.NAMEN): kind of period, breakdown, region beside the
            own gemeente, first and last year, and the group of gemeenten to compare with.
    """
    if not indicator:
        return page(PATH, lambda pub, about: _catalogue(pub, about, zoek), {"zoek": zoek})
    asked = {name: str(state.get(name) or "") for name in NAMEN} | {"indicator": indicator}
    return page(PATH, lambda pub, about: _content(pub, about, asked), asked)


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


def _content(pub: Publication, about: Any, asked: dict[str, str]) -> list[Any]:
    shown, own = catalogue.available(pub), str(about["gemeente_code"])
    item = next((i for i in shown if i.id == asked["indicator"]), None)
    if item is None:
        return [
            html.H1("Deze indicator heeft geen cijfers"),
            bar(_pick(shown, "")),
            empty("Wat u kunt doen", "Kies hierboven een andere indicator."),
        ]
    look = chosen(pub, item, asked, own)
    controls = _controls(shown, look)
    if look.values.empty:
        return [
            controls,
            html.H1(item.titel),
            empty("Geen waarde voor deze gemeente", "Er is voor deze gemeente geen cijfer, of het is geheim."),
            _definition(pub, item),
        ]
    synthetic = bool(about["voorbeelddata"])
    changes = figures.verandering(pub, item.id, look.part, own)
    changes["toelichting"] = [without_counts(item, str(text)) for text in changes["toelichting"]]
    blocks = [
        series_block(item, look.rows, list(look.regions), look.kind, look.part, synthetic),
        changes_block(changes[changes["periode"].str.slice(4, 6) == look.kind]),
        *_comparison(pub, look, asked["groep"], own, synthetic),
        *_wijken(pub, look, own, synthetic),
        notebook_block(look),
        _definition(pub, item),
    ]
    top = headline(item, look.values, list(look.regions), own, changes)
    return [controls, *top, *(b for b in blocks if b is not None)]


def _comparison(pub: Publication, look: Chosen, group: str, own: str, synthetic: bool) -> list[Any]:
    """The own gemeente among others now, and each of them in time."""
    item, rows = look.item, look.values
    known = rows[(rows["gebied_code"] == own) & rows["waarde"].notna()]
    if known.empty:
        return []
    period = str(known["periode"].iloc[-1])
    others = figures.gemeenten(pub, item.id, look.part, period)
    groups = figures.groepen(pub)
    # A group of which nobody has this figure is no choice.
    filled = groups[groups["gebied_code"].isin(others["gebied_code"])]["groep"]
    groups = groups[groups["groep"].isin(filled)]
    chosen = group if group in {*groups["groep"], ALLEN} else (str(groups["groep"].iloc[0]) if len(groups) else ALLEN)
    now = compare_block(item, others, groups, chosen, own, period, synthetic)
    members = groups[(groups["groep"] == chosen) & (groups["gebied_code"] != own)]
    names = tuple((str(r.gebied_code), str(r.gebied)) for r in members.itertuples())
    if now is None or not (names or chosen == ALLEN):
        return [now]
    if chosen == ALLEN or len(names) > HOOGSTENS:
        # Not asked for either: three hundred series are read for nobody.
        return [now, too_many(len(names) or len(others) - 1, "gemeenten")]
    who = Regions("vergelijking-verloop", names, _named(look, own), "gemeente", "gemeenten", linked=True)
    return [now, _lines(pub, look, who)]


def _wijken(pub: Publication, look: Chosen, own: str, synthetic: bool) -> list[Any]:
    """The wijken on a map, and each of them in time."""
    rows, borders = figures.wijken(pub, look.item.id, look.part, own), figures.wijkgrenzen(pub, own)
    now = wijk_block(look.item, rows, borders, synthetic)
    if now is None:
        return []
    names = tuple((str(r.gebied_code), short_name(r.naam)) for r in rows.itertuples())
    notes = " ".join(["Cijfers per wijk zijn afgerond of beschermd.", division_note(borders)]).strip()
    return [now, _lines(pub, look, Regions("wijken-verloop", names, _named(look, own), "wijk", "wijken", notes=notes))]


def _named(look: Chosen, own: str) -> tuple[str, str]:
    return own, dict(look.regions).get(own, own)


def _lines(pub: Publication, look: Chosen, who: Regions) -> html.Section | html.P | None:
    """Small lines of some regions over the kind of period and the years that were chosen."""
    codes = tuple(code for code, _ in who.names)
    rows = rounded(look.item, figures.indicatorwaarden(pub, look.item.id, look.part, codes))
    rows = rows[rows["periode"].isin(set(look.rows["periode"]))]
    mine = look.rows[look.rows["gebied_code"] == who.own[0]]
    return lines_block(look.item, pd.concat([rows, mine], ignore_index=True), who)


def _definition(pub: Publication, item: Indicator) -> html.Section:
    years = queries.boekjaren(pub)
    budgets = queries.budgetten(pub, years[0]) if years else pd.DataFrame()
    return definition_block(item, budgets, queries.namen(pub))


def _pick(shown: list[Indicator], chosen: str) -> Any:
    groups: dict[str, list[dict[str, str]]] = {}
    for i in shown:
        groups.setdefault(catalogue.group(i), []).append({"value": i.id, "label": i.titel})
    return choice("indicator", "Indicator", chosen, [{"group": g, "items": o} for g, o in groups.items()], 320)


def _controls(shown: list[Indicator], look: Chosen) -> html.Div:
    controls = [_pick(shown, look.item.id)]
    if len(look.kinds) > 1:
        words = [{"value": k, "label": catalogue.KINDS[k]} for k in look.kinds]
        controls.append(choice("periode", "Periode", look.kind, words, 160))
    if len(look.parts) > 1:
        named = [{"value": p, "label": part_name(p)} for p in look.parts]
        controls.append(choice("uitsplitsing", "Groep", look.part, named, 260))
    if len(look.others):
        controls.append(choice("gebied", "Zet ernaast", look.region or NIEMAND, _beside(look), 240, searchable=True))
    if len(look.years) > 1:
        for name, label, year in (("van", "Van", look.first), ("tot", "Tot en met", look.last)):
            controls.append(choice(name, label, str(year), [_year(y) for y in look.years], 110))
    back = html.P(dcc.Link("Alle indicatoren", href="/indicator"), className="terug")
    return html.Div([back, bar(*controls)])


def _year(year: int) -> dict[str, str]:
    return {"value": str(year), "label": str(year)}


def _beside(look: Chosen) -> list[dict[str, Any]]:
    """Every region that has this figure, as a list to choose from; the first takes the region away again."""
    groups: list[dict[str, Any]] = [{"value": NIEMAND, "label": "geen ander gebied"}]
    for level, label in NIVEAUS.items():
        found = look.others[look.others["niveau"] == level]
        items = [{"value": r.gebied_code, "label": r.naam} for r in found.itertuples()]
        groups += [{"group": label, "items": items}] if items else []
    return groups
