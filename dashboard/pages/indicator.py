"""Indicator: a figure in time with its bounds and breaks, against the province and the country."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import catalogue, queries
from dashboard import formatting as f
from dashboard.charts.series import series
from dashboard.components.controls import bar, choice
from dashboard.components.figure import chart, figure_block, source_line
from dashboard.components.headline import headline
from dashboard.components.shell import empty, page
from dashboard.components.table import data_table, details
from dashboard.store import Publication
from indicators.core.indicator import Indicator
from indicators.core.period import sort_key
from indicators.core.region import own_regions

PATH, NAME, TITLE = "/indicator", "Indicatoren", "Indicator · Monitor Sociaal Domein"


def layout(indicator: str = "", periode: str = "", uitsplitsing: str = "totaal", **_state: Any) -> html.Div:
    """Give the page.

    Args:
        indicator: Id; the first one by default.
        periode: Kind of period (JJ, HJ, ...); by default the one that reaches furthest.
        uitsplitsing: Breakdown.
    """
    state = (indicator, periode, uitsplitsing)
    return page(PATH, lambda pub, about: _content(pub, about, *state), state)


def _content(pub: Publication, about: Any, name: str, kind: str, part: str) -> list[Any]:
    shown = catalogue.available(pub)
    if not shown:
        return [
            html.H1("Er zijn nog geen indicatoren"),
            empty(
                "Wat u kunt doen",
                "Indicatoren komen van het CBS. Ververs de monitor met internet aan, of zonder --no-cbs.",
                ["Op de pagina ", dcc.Link("Gegevens", href="/gegevens"), " staat welke tabellen er zijn."],
            ),
        ]
    if name and name not in {i.id for i in shown}:
        options = [{"value": i.id, "label": i.titel} for i in shown]
        return [
            html.H1("Deze indicator heeft geen cijfers"),
            bar(choice("indicator", "Indicator", "", options, 320)),
            empty("Wat u kunt doen", "Kies hierboven een andere indicator."),
        ]
    item = next((i for i in shown if i.id == name), shown[0])
    values = queries.indicatorwaarden(pub, item.id)
    parts = sorted(set(values["uitsplitsing"]), key=lambda p: (p != "totaal", p))
    part = part if part in parts else parts[0]
    values = values[values["uitsplitsing"] == part]
    kinds = catalogue.kinds(values, about["gemeente_code"])
    kind = kind if kind in kinds else catalogue.newest_kind(values, about["gemeente_code"])
    controls = _controls(shown, item, kinds, kind, parts, part)
    rows = values[values["periode"].str.slice(4, 6) == kind]
    if rows.empty:
        return [
            controls,
            html.H1(item.titel),
            empty("Geen waarde voor deze gemeente", "Het CBS geeft voor deze gemeente geen cijfer, of het is geheim."),
        ]
    regions = [(code, regio) for code, regio in own_regions().items() if code in set(rows["gebied_code"])]
    return [
        controls,
        *headline(item, rows, regions, about["gemeente_code"]),
        _figure(item, rows, regions, kind, bool(about["voorbeelddata"])),
        _about(item),
    ]


def _controls(
    shown: list[Indicator], item: Indicator, kinds: list[str], kind: str, parts: list[str], part: str
) -> html.Div:
    controls = [choice("indicator", "Indicator", item.id, [{"value": i.id, "label": i.titel} for i in shown], 320)]
    if len(kinds) > 1:
        controls.append(
            choice("periode", "Periode", kind, [{"value": k, "label": catalogue.KINDS[k]} for k in kinds], 180)
        )
    if len(parts) > 1:
        controls.append(choice("uitsplitsing", "Groep", part, [{"value": p, "label": p} for p in parts], 200))
    return bar(*controls)


def _figure(
    item: Indicator, rows: pd.DataFrame, regions: list[tuple[str, str]], kind: str, synthetic: bool
) -> html.Section:
    first, last = rows["periode"].min(), rows["periode"].max()
    breaks = [
        (f.periode_positie(b.periode[:4] + "JJ00") - 0.5, "andere meting")
        for b in item.breuken
        if first < b.periode <= last
    ]
    height = 380
    spoken = []
    for code, name in regions:
        known = rows[(rows["gebied_code"] == code) & rows["waarde"].notna()].sort_values("periode")
        if len(known):
            a, b = known.iloc[0], known.iloc[-1]
            spoken.append(
                f"{name} van {catalogue.value(item, a['waarde'])} in {f.periode(a['periode'])} naar "
                f"{catalogue.value(item, b['waarde'])} in {f.periode(b['periode'])}"
            )
    picture = chart(
        series(rows, regions, item.decimalen, breaks, synthetic, height), f"{item.titel}: {'; '.join(spoken)}.", height
    )
    heads = ["Periode", *[n for _, n in regions], "Ondergrens", "Bovengrens", "Status"]
    cells = []
    for period in sorted(set(rows["periode"]), key=sort_key, reverse=True):
        per = rows[rows["periode"] == period].set_index("gebied_code")
        own = per.loc[regions[0][0]] if regions[0][0] in per.index else None
        cells.append(
            [
                f.periode(period),
                *[_cell(item, per, code) for code, _ in regions],
                *[None if own is None else f.number(own[c], item.decimalen) for c in ("ondergrens", "bovengrens")],
                f.status(per["status"].iloc[0]),
            ]
        )
    unit = f" ({item.eenheid})" if item.eenheid else ""
    table = data_table(f"{item.titel}{unit}; grenzen van het 95 %-interval", heads, cells, range(1, len(heads) - 1))
    notes = " ".join(b.reden for b in item.breuken if first < b.periode <= last)
    lead = " ".join(
        s
        for s in (
            f"{item.vraag}",
            f"Cijfers {catalogue.KINDS.get(kind, '')}.",
            _open_marks(set(rows["status"])),
            notes,
        )
        if s
    )
    return figure_block(
        item.titel,
        picture,
        source_line(item.bronregel, f"laatste cijfer: {f.periode(last)}"),
        details("Tabel bij deze grafiek", table),
        lead,
    )


def _open_marks(found: set[str]) -> str:
    """Say what an open mark means: provisional, or CBS does not say."""
    words = (["voorlopig cijfer"] if found & {"voorlopig", "nader_voorlopig"} else []) + (
        ["status niet vermeld door CBS"] if found - {"definitief", "voorlopig", "nader_voorlopig"} else []
    )
    return f"Open stip: {' of '.join(words)}." if words else ""


def _cell(item: Indicator, per: pd.DataFrame, code: str) -> Any:
    if code not in per.index:
        return None
    row = per.loc[code]
    if bool(row["onderdrukt"]):
        return "geheim"
    return f.number(row["waarde"], item.decimalen)


def _about(item: Indicator) -> html.Section:
    facts = [
        ("Wat het is", item.definitie),
        ("Geteld", item.teller),
        ("Van", item.noemer),
        ("Bron", ", ".join(item.bron)),
    ]
    terms = [part for name, text in facts if text for part in (html.Dt(name), html.Dd(text))]
    return html.Section([html.H2("Definitie"), html.Dl(terms)], className="figuur")
