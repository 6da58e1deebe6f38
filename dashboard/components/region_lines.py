"""An indicator in time per region: a small line for each wijk, or for each gemeente of a group, on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pandas as pd
from dash import dcc, html

from dashboard import catalogue
from dashboard import formatting as f
from dashboard.address import here
from dashboard.charts.lines import Scale, bounds, line, runs
from dashboard.components.aria import aria
from dashboard.components.definition import definition_link
from dashboard.components.figure import figure_block, source_line
from dashboard.components.indicator_series import breaks_of
from dashboard.components.multiples import Panel, multiples
from dashboard.components.regions import Regions, title
from dashboard.components.table import data_table, details
from indicators.core.indicator import Indicator
from indicators.core.period import sort_key

#: More lines than this are no longer compared at a glance.
HOOGSTENS = 24
#: The own line may widen the scale by this part of what the regions take; a total beside its parts would flatten them.
RUIMTE = 0.5


class Cijfer(NamedTuple):
    """What is known of a region in a period; no figure is secret, or not there."""

    waarde: float | None
    geheim: bool


#: The figures of a region by period, in order of time.
Reeks = dict[str, Cijfer]


def too_many(count: int, who: str) -> html.P:
    """Say why there are no lines of so many regions.

    Args:
        count: How many there are.
        who: What they are called ("gemeenten").
    """
    text = f"Lijnen in de tijd staan hier bij hoogstens {HOOGSTENS} {who}; dit zijn er {f.number(count)}."
    return html.P(text, className="uitleg")


def lines_block(item: Indicator, rows: pd.DataFrame, who: Regions) -> html.Section | html.P | None:
    """Give the figure, or None where nobody has figures of two periods: then there is no course to show.

    Args:
        item: The indicator.
        rows: queries_indicators.indicatorwaarden of one kind of period and the years shown, as they may be shown, of
            the regions and the own gemeente.
        who: The regions.
    """
    known = rows[rows["waarde"].notna()]
    parts = known[known["gebied_code"] != who.own[0]]
    periods = sorted(set(parts["periode"]), key=sort_key)
    if len(periods) < 2:
        return None
    if len(who.names) > HOOGSTENS:
        return too_many(len(who.names), who.more)
    begin, end = sort_key(periods[0]), sort_key(periods[-1])
    rows = rows[[begin <= sort_key(p) <= end for p in rows["periode"]]]
    scale, behind = _scale(rows, parts, who.own[0])
    breaks = [when for when, _ in breaks_of(item, rows)]
    series = _series(rows)
    names = [(code, name) for code, name in who.names if code in series]
    panels = [_panel(item, series[code], (code, name), who, scale, breaks, periods[-1], behind) for code, name in names]
    mine = series.get(who.own[0], {})
    shared = {"--achter": line(_pieces(mine, breaks), scale, behind=True)} if behind else None
    lead = (
        f"Elke lijn loopt van {f.periode(periods[0])} tot {f.periode(periods[-1])}, op één schaal van "
        f"{f.number(scale.low, item.decimalen)} tot {catalogue.value(item, scale.high)}. "
        + (f"Dunne lijn: {who.own[1]}." if behind else f"{who.own[1]} als geheel valt buiten deze schaal.")
        + (" Bij een breuk is de lijn onderbroken." if breaks else "")
        + " Of een verandering meer is dan toeval, is hier niet getoetst."
    )
    last = rows[rows["periode"] == periods[-1]]
    source = source_line(
        bron=item.bronregel,
        peildatum=f"cijfers over {f.periode(periods[0])} tot en met {f.periode(periods[-1])}",
        status=f.status_of(last[last["waarde"].notna()]["status"]),
        definitie=definition_link(),
    )
    picture = multiples(panels, "gebieden", shared)
    table = details("Tabel met alle perioden", _table(item, series, [who.own, *names], periods, who))
    return figure_block(
        title(rows, names, who, breaks), picture, source, table, f"{lead} {who.notes}".strip(), id=who.id
    )


def _scale(rows: pd.DataFrame, parts: pd.DataFrame, own: str) -> tuple[Scale, bool]:
    """The scale of all, and whether the own line is on it."""
    mine = rows[(rows["gebied_code"] == own) & rows["waarde"].notna()]["waarde"].astype(float)
    theirs = parts["waarde"].astype(float)
    room = RUIMTE * ((theirs.max() - theirs.min()) or abs(theirs.max()) or 1)
    fits = len(mine) > 1 and mine.max() <= theirs.max() + room and mine.min() >= theirs.min() - room
    low, high = bounds([*theirs, *(mine if fits else [])])
    moments = [f.periode_positie(p) for p in rows["periode"]]
    return Scale(min(moments), max(moments), low, high), fits


def _series(rows: pd.DataFrame) -> dict[str, Reeks]:
    """The figures of each region; read once, as a page of twenty lines looks at every figure many times."""
    found: dict[str, Reeks] = {}
    order = sorted(range(len(rows)), key=[sort_key(p) for p in rows["periode"]].__getitem__)
    columns = [list(rows[c]) for c in ("gebied_code", "periode", "waarde", "onderdrukt")]
    for code, period, value, secret in (tuple(column[i] for column in columns) for i in order):
        known = None if f.missing(value) else float(value)
        found.setdefault(code, {})[period] = Cijfer(known, not f.missing(secret) and bool(secret))
    return found


def _pieces(own: Reeks, breaks: Sequence[float]) -> list[list[tuple[float, float]]]:
    return runs(((f.periode_positie(period), figure.waarde) for period, figure in own.items()), breaks)


def _panel(
    item: Indicator,
    mine: Reeks,
    region: tuple[str, str],
    who: Regions,
    scale: Scale,
    breaks: Sequence[float],
    newest: str,
    behind: bool,
) -> Panel:
    code, name = region
    known = {period: figure.waarde for period, figure in mine.items() if figure.waarde is not None}
    now = _words(item, mine, newest, short=True)
    shown: Any = dcc.Link(name, href=_beside(item, code)) if who.linked else html.Span(name)
    heading = [shown, " ", html.Strong(now)]
    if not known:
        word = "geheim" if any(figure.geheim for figure in mine.values()) else "geen cijfer"
        return Panel(heading, html.Div(f"{word} in alle perioden", className="geen"))
    first, last = next(iter(known)), next(reversed(known))
    said = (
        f"{name}: van {_words(item, mine, first)} in {f.periode(first)} naar {_words(item, mine, last)} in "
        f"{f.periode(last)}{'' if last == newest else f'; in {f.periode(newest)} {now}'}"
    )
    drawn = [html.Span(style={"--vorm": line(_pieces(mine, breaks), scale)})]
    if behind:
        drawn.insert(0, html.Span(className="achter"))
    ends = [html.Span(f"{f.periode_kort(first)}: {f.number(known[first], item.decimalen)}")]
    if last != newest:
        ends.append(html.Span(f"{f.periode_kort(last)}: {f.number(known[last], item.decimalen)}"))
    elif newest[4:6] == "JJ":
        # A quarter is too long a name to stand here; the lead says where the lines end.
        ends.append(html.Span(f.periode(last)))
    return Panel(heading, html.Div(drawn, className="lijnen", role="img", **aria(label=said)), ends)


def _words(item: Indicator, mine: Reeks, period: str, short: bool = False) -> str:
    """The figure with its unit; in a panel without, unless it is a percentage: the lead says the unit."""
    figure = mine.get(period)
    if figure is None or figure.waarde is None:
        return "geheim" if figure is not None and figure.geheim else "geen cijfer"
    bare = short and item.eenheid != "%"
    return f.number(figure.waarde, item.decimalen) if bare else catalogue.value(item, figure.waarde)


def _beside(item: Indicator, code: str) -> str:
    """The page as it is, with this region beside the own gemeente."""
    page = here()
    state = dict(page.state) if page else {"indicator": item.id}
    return f"/indicator?{urlencode({**state, 'gebied': code})}"


def _table(
    item: Indicator,
    series: dict[str, Reeks],
    regions: Sequence[tuple[str, str]],
    periods: Sequence[str],
    who: Regions,
) -> html.Div:
    cells = [[name, *(_cell(item, series.get(code, {}).get(period)) for period in periods)] for code, name in regions]
    unit = f" ({item.eenheid})" if item.eenheid else ""
    heads = [who.one.capitalize(), *(f.periode(period) for period in periods)]
    return data_table(f"{item.titel}{unit}, per {who.one}", heads, cells, range(1, len(heads)))


def _cell(item: Indicator, figure: Cijfer | None) -> str | None:
    if figure is None or figure.waarde is None:
        return "geheim" if figure is not None and figure.geheim else None
    return f.number(figure.waarde, item.decimalen)
