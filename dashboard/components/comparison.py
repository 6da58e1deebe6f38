"""How an indicator compares: what its changes mean in words, and where the own gemeente lies among others."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import catalogue
from dashboard import formatting as f
from dashboard.charts.strip import strip
from dashboard.components.catalogue_table import verdict
from dashboard.components.controls import choice
from dashboard.components.definition import definition_link
from dashboard.components.figure import chart, figure_block, source_line
from dashboard.components.table import data_table, details
from indicators.core.indicator import Indicator

#: What is compared, as the list of sentences names it.
_SOORTEN = {"vorige": "Sinds het vorige cijfer", "trend": "Over de jaren", "gebied": "Tegenover anderen"}
ALLEN = "allen"


def changes_block(rows: pd.DataFrame) -> html.Section | None:
    """Say of each change whether it is more than noise, and why; None where nothing was judged.

    Args:
        rows: queries_indicators.verandering of one kind of period.
    """
    if rows.empty:
        return None
    parts: list[Any] = []
    for _, row in rows.iterrows():
        soort = str(row["soort"])
        parts.append(html.Dt([_SOORTEN.get(soort, soort), " ", verdict(str(row["oordeel"]), soort)]))
        parts.append(html.Dd(row["toelichting"]))
    return html.Section([html.H2("Is het verschil meer dan toeval?"), html.Dl(parts)], className="figuur")


def options(groups: pd.DataFrame) -> list[dict[str, str]]:
    """Give the groups to compare with, as a list to choose from."""
    named = groups.drop_duplicates("groep")
    found = [{"value": str(r.groep), "label": str(r.naam)} for r in named.itertuples()]
    return [*found, {"value": ALLEN, "label": "Alle gemeenten"}]


def compare_block(
    item: Indicator, values: pd.DataFrame, groups: pd.DataFrame, group: str, own: str, period: str, synthetic: bool
) -> html.Section | None:
    """Give the own gemeente among a group of others, as a strip of dots with its table; None without others.

    Args:
        item: The indicator.
        values: queries_indicators.gemeenten of one period.
        groups: queries_indicators.groepen.
        group: Which group; `ALLEN` for every gemeente.
        own: Code of the own gemeente.
        period: CBS period code.
        synthetic: Add the watermark.
    """
    chosen = groups[groups["groep"] == group]
    rows = values if group == ALLEN else values[values["gebied_code"].isin([*chosen["gebied_code"], own])]
    if len(rows) < 2 or own not in set(rows["gebied_code"]):
        return None
    mine = rows[rows["gebied_code"] == own].iloc[0]
    above = int((rows["waarde"] > mine["waarde"]).sum())
    name = "alle gemeenten" if group == ALLEN else str(chosen["naam"].iloc[0])
    # A region bears a name: only what is no name begins small within a sentence.
    name = name[0].lower() + name[1:] if group != "regio" else name
    verb = "heeft" if above == 1 else "hebben"
    title = f"Van {len(rows)} gemeenten {verb} er {f.telwoord(above)} een hoger cijfer ({name})"
    alternative = (
        f"{title}. {mine['naam']}: {catalogue.value(item, mine['waarde'])}; laagste "
        f"{catalogue.value(item, rows['waarde'].min())}, hoogste {catalogue.value(item, rows['waarde'].max())}."
    )
    picture = chart(strip(rows, own, item.decimalen, synthetic), alternative, 150)
    ordered = rows.sort_values("waarde", ascending=False)
    cells = [[r.naam, catalogue.value(item, r.waarde), f.status(r.status)] for r in ordered.itertuples()]
    parts: list[Any] = [
        details(
            "Tabel bij deze grafiek",
            data_table(f"{item.titel}, {f.periode(period)}", ["Gemeente", "Cijfer", "Status"], cells, (1,)),
        )
    ]
    if group != ALLEN and chosen["toelichting"].notna().any():
        why = [[r.gebied, r.toelichting] for r in chosen.itertuples() if not f.missing(r.toelichting)]
        table = data_table(f"Waarom deze gemeenten: {name}", ["Gemeente", "Waarom"], why)
        parts.append(details("Waarom juist deze gemeenten", table))
    control = choice("groep", "Vergelijk met", group, options(groups), 320)
    source = source_line(
        dcc.Link("hoe we vergelijken", href="/verantwoording"),
        bron=item.bronregel,
        peildatum=f"cijfers over {f.periode(period)}",
        status=f.status_of(rows["status"]),
        definitie=definition_link(),
    )
    return figure_block(title, [html.Div(control, className="keuzes"), picture], source, parts, id="vergelijking")
