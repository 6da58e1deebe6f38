"""An indicator in time, with its bounds, breaks and table."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import catalogue
from dashboard import formatting as f
from dashboard.charts.series import series
from dashboard.components import lineage
from dashboard.components.definition import definition_link
from dashboard.components.figure import chart, figure_block, source_line
from dashboard.components.table import data_table, details
from dashboard.export.cells import cell
from dashboard.rounding import KORT, UITLEG, counts_people
from indicators.core.indicator import Breuk, Indicator
from indicators.core.period import parse, sort_key
from indicators.core.uitsplitsing import TOTAAL
from indicators.core.uitsplitsing import naam as part_name


def series_block(
    item: Indicator, rows: pd.DataFrame, regions: list[tuple[str, str]], kind: str, part: str, synthetic: bool
) -> html.Section:
    """Give the figure.

    Args:
        item: The indicator.
        rows: queries_indicators.indicatorwaarden of one kind of period.
        regions: (gebied_code, name), the own gemeente first.
        kind: Kind of period: JJ, HJ, ...
        part: The breakdown.
        synthetic: Add the watermark.
    """
    last = max(rows["periode"], key=sort_key)
    height = 380
    drawn = series(rows, regions, item.decimalen, breaks_of(item, rows), synthetic, height)
    picture = chart(drawn, spoken(item, rows, regions), height)
    unit = f" ({item.eenheid})" if item.eenheid else ""
    bounds = _bounds(rows)
    caption = f"{item.titel}{unit}" + ("; grenzen van het 95 %-interval" if bounds else "")
    heads = _heads(rows, regions)
    table = data_table(caption, heads, _cells(item, rows, regions), range(1, len(heads) - 1))
    lead = [
        item.vraag,
        f"Cijfers {catalogue.KINDS.get(kind, '')}.",
        _open_marks(set(rows["status"])),
        *(b.reden for b in _broken(item, rows)),
        UITLEG if counts_people(item) else "",
    ]
    source = source_line(
        KORT if counts_people(item) else "",
        lineage.link(indicator=item.id),
        bron=item.bronregel,
        peildatum=f"laatste cijfer: {f.periode(last)}",
        status=f.status_of(rows[rows["periode"] == last]["status"]),
        definitie=definition_link(),
    )
    said = " ".join(s for s in lead if s)
    return figure_block(
        _title(item, rows, regions[0][0], part),
        picture,
        source,
        details("Tabel bij deze grafiek", table),
        said,
        id="verloop",
    )


def _title(item: Indicator, rows: pd.DataFrame, own: str, part: str) -> str:
    """Say from where to where the own figure went; whether that is more than chance is for the page to say."""
    name = item.titel if part == TOTAAL else f"{item.titel} ({part_name(part)})"
    known = rows[(rows["gebied_code"] == own) & rows["waarde"].notna()]
    if known.empty:
        return f"{name}: het eigen cijfer is geheim of ontbreekt"
    order = known["periode"].map(sort_key)
    a, b = known.loc[order.idxmin()], known.loc[order.idxmax()]
    to = f"{catalogue.value(item, b['waarde'])} in {f.periode(b['periode'])}"
    if a["periode"] == b["periode"]:
        return f"{name}: {to}"
    return f"{name}: van {catalogue.value(item, a['waarde'])} in {f.periode(a['periode'])} naar {to}"


def _broken(item: Indicator, rows: pd.DataFrame) -> list[Breuk]:
    first, last = min(rows["periode"], key=sort_key), max(rows["periode"], key=sort_key)
    begin, end = parse(first).begin, parse(last).einde
    return [b for b in item.breuken if begin < parse(b.periode).begin <= end]


def breaks_of(item: Indicator, rows: pd.DataFrame) -> list[tuple[float, str]]:
    """Give the declared breaks within these periods: place on the axis in years, and the word that stands there."""
    days = [parse(b.periode).begin for b in _broken(item, rows)]
    return [(day.year + (day.month - 1) / 12, "breuk") for day in days]


def table_of(item: Indicator, rows: pd.DataFrame, regions: list[tuple[str, str]]) -> pd.DataFrame:
    """Give the table of the figure to compute with: numbers as the screen rounds them, "geheim", None without value."""
    heads = _heads(rows, regions)
    cells = [[row[0], *map(_computed, row[1:-1]), row[-1]] for row in _cells(item, rows, regions)]
    return pd.DataFrame(cells, columns=heads)


def _computed(text: Any) -> Any:
    found = cell("" if text is None else str(text))
    return float(found.number) if found.number is not None else found.text if found.text not in ("", f.LEEG) else None


def _bounds(rows: pd.DataFrame) -> tuple[str, ...]:
    """The columns of bounds that are worth showing: a column of dashes is not."""
    columns = ("ondergrens", "bovengrens")
    return columns if rows[list(columns)].notna().any(axis=None) else ()


def _heads(rows: pd.DataFrame, regions: list[tuple[str, str]]) -> list[str]:
    return ["Periode", *[name for _, name in regions], *(c.capitalize() for c in _bounds(rows)), "Status"]


def spoken(item: Indicator, rows: pd.DataFrame, regions: list[tuple[str, str]]) -> str:
    """Say what the figure shows, region by region, for who does not see it."""
    spoken = []
    for code, name in regions:
        known = rows[(rows["gebied_code"] == code) & rows["waarde"].notna()].sort_values("periode")
        if len(known):
            a, b = known.iloc[0], known.iloc[-1]
            spoken.append(
                f"{name} van {catalogue.value(item, a['waarde'])} in {f.periode(a['periode'])} naar "
                f"{catalogue.value(item, b['waarde'])} in {f.periode(b['periode'])}"
            )
    return (
        f"{item.titel}: {'; '.join(spoken)}." if spoken else f"{item.titel}: er is geen cijfer dat getoond mag worden."
    )


def _cells(item: Indicator, rows: pd.DataFrame, regions: list[tuple[str, str]]) -> list[list[Any]]:
    cells, bounds, own = [], _bounds(rows), regions[0][0]
    # Looked up, not filtered: a series by month has hundreds of periods.
    known = {(row.periode, row.gebied_code): row for row in rows.itertuples(index=False)}
    status = dict(zip(rows["periode"].iloc[::-1], rows["status"].iloc[::-1], strict=True))
    for period in sorted(status, key=sort_key, reverse=True):
        mine = known.get((period, own))
        cells.append(
            [
                f.periode(period),
                *[_cell(item, known.get((period, code))) for code, _ in regions],
                *[None if mine is None else f.number(getattr(mine, c), item.decimalen) for c in bounds],
                f.status(status[period]),
            ]
        )
    return cells


def _cell(item: Indicator, row: Any) -> Any:
    if row is None:
        return None
    return "geheim" if bool(row.onderdrukt) else f.number(row.waarde, item.decimalen)


def _open_marks(found: set[str]) -> str:
    """Say what an open mark means: provisional, or CBS does not say."""
    words = (["voorlopig cijfer"] if found & {"voorlopig", "nader_voorlopig"} else []) + (
        ["status niet vermeld door CBS"] if found - {"definitief", "voorlopig", "nader_voorlopig"} else []
    )
    return f"Open stip: {' of '.join(words)}." if words else ""
