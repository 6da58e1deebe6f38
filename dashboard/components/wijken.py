"""Wijken as a map of tiles: each where it lies, with its figure; darker is higher, and the figure says the same."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import catalogue
from dashboard import formatting as f
from dashboard.components.figure import figure_block, source_line
from dashboard.components.table import data_table, details
from indicators.core.indicator import Indicator

#: Shades of the map, from low to high.
KLASSEN = 5


def wijk_block(item: Indicator, rows: pd.DataFrame) -> html.Section | None:
    """Give the map of tiles with its table, or None when the indicator has no figure for any wijk.

    Args:
        item: The indicator.
        rows: queries_indicators.wijken.
    """
    known = rows[rows["waarde"].notna()]
    if known.empty:
        return None
    shade = _shades(known)
    placed = rows[rows["x"].notna()]
    tiles = [_tile(item, row, shade.get(row["gebied_code"])) for _, row in placed.iterrows()]
    across = int(placed["x"].max() - placed["x"].min() + 1) if len(placed) else 1
    picture = html.Div(tiles, className="tegels", style={"gridTemplateColumns": f"repeat({across}, minmax(0, 1fr))"})
    period = f.periode(str(known["periode"].iloc[0]))
    high, low = known.loc[known["waarde"].idxmax()], known.loc[known["waarde"].idxmin()]
    title = (
        f"In {_short(high['naam'])} is het {catalogue.value(item, high['waarde'])}, in {_short(low['naam'])} "
        f"{catalogue.value(item, low['waarde'])}"
    )
    secret = int(rows["onderdrukt"].fillna(False).sum())
    lead = "Elke tegel is een wijk, ongeveer waar die ligt; donkerder is hoger."
    if secret:
        lead += f" In {f.telwoord(secret)} {'wijk is' if secret == 1 else 'wijken is'} het cijfer geheim."
    cells = [[_short(r["naam"]), _words(item, r)] for _, r in rows.iterrows()]
    table = data_table(f"{item.titel} per wijk, {period}", ["Wijk", "Cijfer"], cells, (1,))
    source = source_line(item.bronregel, period, "cijfers per wijk zijn afgerond of beschermd")
    return figure_block(title, picture, source, details("Tabel met de wijken", table), lead)


def _shades(known: pd.DataFrame) -> dict[str, int]:
    """Give each wijk its shade by its place in the order, so that one large wijk does not leave all others white."""
    place = known["waarde"].rank(method="min", pct=True)
    return {
        str(code): min(KLASSEN - 1, int(share * KLASSEN))
        for code, share in zip(known["gebied_code"], place, strict=True)
    }


def _tile(item: Indicator, row: Any, shade: int | None) -> html.Div:
    kind = f"t{shade}" if shade is not None else ("geheim" if row["onderdrukt"] is True else "leeg-tegel")
    return html.Div(
        [html.Span(_short(row["naam"]), className="naam"), html.Strong(_words(item, row, short=True))],
        className=f"tegel {kind}",
        style={"gridColumn": str(int(row["x"]) + 1), "gridRow": str(int(row["y"]) + 1)},
    )


def _words(item: Indicator, row: Any, short: bool = False) -> str:
    """The figure with its unit; on a tile without, unless it is a percentage: the title says the unit."""
    if not f.missing(row["waarde"]):
        bare = short and item.eenheid != "%"
        return f.number(row["waarde"], item.decimalen) if bare else catalogue.value(item, row["waarde"])
    return "geheim" if row["onderdrukt"] is True or row["onderdrukt"] == 1 else "geen cijfer"


def _short(naam: Any) -> str:
    """Leave out the number that CBS puts before the name of a wijk; it says nothing to a reader."""
    words = str(naam).split(" ", 2)
    return words[2] if len(words) == 3 and words[0] == "Wijk" and words[1].isdigit() else str(naam)
