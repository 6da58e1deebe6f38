"""Wijken as a map: by their boundaries, else as tiles; darker is higher, and the figure on each says the same."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
from dash import html

from dashboard import catalogue
from dashboard import formatting as f
from dashboard.charts.wijkkaart import TINTEN, Vlak, wijkkaart
from dashboard.components.definition import definition_link
from dashboard.components.figure import chart, figure_block, source_line
from dashboard.components.table import data_table, details
from indicators.core.indicator import Indicator

#: Shades of the map, from low to high.
KLASSEN = len(TINTEN)
TEGELS = "Elke tegel is een wijk, ongeveer waar die ligt; donkerder is hoger."
KAART = "Op de kaart is een wijk donkerder als het cijfer er hoger is; schuin gestreept is geheim."


def wijk_block(
    item: Indicator, rows: pd.DataFrame, borders: pd.DataFrame | None = None, synthetic: bool = False
) -> html.Section | None:
    """Give the map with its table, or None when the indicator has no figure for any wijk.

    Args:
        item: The indicator.
        rows: queries_indicators.wijken.
        borders: queries_indicators.wijkgrenzen; without those of every wijk with a figure it is a map of tiles.
        synthetic: Add the watermark to a map by boundaries.
    """
    known = rows[rows["waarde"].notna()]
    if known.empty:
        return None
    shade = _shades(known)
    code = str(known["periode"].iloc[0])
    period = f.periode(code)
    high, low = known.loc[known["waarde"].idxmax()], known.loc[known["waarde"].idxmin()]
    title = (
        f"In {short_name(high['naam'])} is het {catalogue.value(item, high['waarde'])}, in {short_name(low['naam'])} "
        f"{catalogue.value(item, low['waarde'])}"
    )
    year = map_year(rows, borders, int(code[:4])) if borders is not None else None
    if borders is None or year is None:
        picture, lead, drawn = _tiles(item, rows, shade), TEGELS, ""
    else:
        here = borders[borders["jaar"] == year]
        picture, drawn = _map(item, rows, here, shade, f"{title}.", synthetic), str(here["bron"].iloc[0])
        lead = " ".join([KAART, *border_notes(rows, borders, year, int(code[:4]))])
    secret = int(rows["onderdrukt"].fillna(False).sum())
    if secret:
        lead += f" In {f.telwoord(secret)} {'wijk is' if secret == 1 else 'wijken is'} het cijfer geheim."
    cells = [[short_name(r["naam"]), _words(item, r)] for _, r in rows.iterrows()]
    table = data_table(f"{item.titel} per wijk, {period}", ["Wijk", "Cijfer"], cells, (1,))
    source = source_line(
        drawn,
        "cijfers per wijk zijn afgerond of beschermd",
        bron=item.bronregel,
        peildatum=f"cijfers over {period}",
        status=f.status_of(known["status"]),
        definitie=definition_link(),
    )
    return figure_block(title, picture, source, details("Tabel met de wijken", table), lead, id="wijken")


def map_year(rows: pd.DataFrame, borders: pd.DataFrame, year: int) -> int | None:
    """Give the year of the boundaries to draw figures of `year` on, or None when there are none for all of them.

    All shapes are of one year, since boundaries of two years do not fit each other: the newest up to the year of the
    figure that has every wijk with a figure (or a secret one), else the first after it.
    """
    needed = set(rows.loc[rows["waarde"].notna() | rows["onderdrukt"].fillna(False).astype(bool), "gebied_code"])
    whole = [int(jaar) for jaar, part in borders.groupby("jaar") if needed <= set(part["gebied_code"])]
    return max((j for j in whole if j <= year), default=min(whole, default=None))


def border_notes(rows: pd.DataFrame, borders: pd.DataFrame, drawn: int, year: int) -> list[str]:
    """Say what the reader must know of the boundaries: of another year, a wijk that they lack, a break over years."""
    notes = [] if drawn == year else [f"De grenzen op de kaart zijn van {drawn}, het cijfer is van {year}."]
    codes = {int(jaar): frozenset(part["gebied_code"]) for jaar, part in borders.groupby("jaar")}
    absent = [short_name(r["naam"]) for _, r in rows.iterrows() if r["gebied_code"] not in codes[drawn]]
    if absent:
        notes.append(f"Niet op de kaart, omdat er in {drawn} geen grens van is: {', '.join(absent)}.")
    changed = division_note(borders)
    return [*notes, changed] if changed else notes


def division_note(borders: pd.DataFrame) -> str:
    """Say in which years the division into wijken changed; "" when it did not, or is not known.

    Args:
        borders: queries_indicators.wijkgrenzen.
    """
    codes = {int(jaar): frozenset(part["gebied_code"]) for jaar, part in borders.groupby("jaar")}
    breaks = [str(new) for old, new in pairwise(sorted(codes)) if codes[old] != codes[new]]
    if not breaks:
        return ""
    return f"De indeling in wijken veranderde in {' en '.join(breaks)}: vergelijk een wijk niet met die van ervoor."


def _map(
    item: Indicator, rows: pd.DataFrame, borders: pd.DataFrame, shade: dict[str, int], said: str, synthetic: bool
) -> html.Div:
    vlakken = [
        Vlak(
            short_name(row["naam"]),
            _words(item, row, short=True),
            shade.get(row["gebied_code"]),
            _secret(row),
            str(row["vorm"]),
            float(row["lengte"]),
            float(row["breedte"]),
        )
        for _, row in rows.merge(
            borders.rename(columns={"x": "lengte", "y": "breedte"})[["gebied_code", "lengte", "breedte", "vorm"]],
            on="gebied_code",
        ).iterrows()
    ]
    picture = wijkkaart(vlakken, synthetic)
    return chart(picture, f"Kaart van de wijken. {said} Alle cijfers staan in de tabel.", picture.height)


def _tiles(item: Indicator, rows: pd.DataFrame, shade: dict[str, int]) -> html.Div:
    placed = rows[rows["x"].notna()]
    tiles = [_tile(item, row, shade.get(row["gebied_code"])) for _, row in placed.iterrows()]
    across = int(placed["x"].max() - placed["x"].min() + 1) if len(placed) else 1
    return html.Div(tiles, className="tegels", style={"gridTemplateColumns": f"repeat({across}, minmax(0, 1fr))"})


def _shades(known: pd.DataFrame) -> dict[str, int]:
    """Give each wijk its shade by its place in the order, so that one large wijk does not leave all others white."""
    place = known["waarde"].rank(method="min", pct=True)
    return {
        str(code): min(KLASSEN - 1, int(share * KLASSEN))
        for code, share in zip(known["gebied_code"], place, strict=True)
    }


def _tile(item: Indicator, row: Any, shade: int | None) -> html.Div:
    kind = f"t{shade}" if shade is not None else ("geheim" if _secret(row) else "leeg-tegel")
    return html.Div(
        [html.Span(short_name(row["naam"]), className="naam"), html.Strong(_words(item, row, short=True))],
        className=f"tegel {kind}",
        style={"gridColumn": str(int(row["x"]) + 1), "gridRow": str(int(row["y"]) + 1)},
    )


def _words(item: Indicator, row: Any, short: bool = False) -> str:
    """The figure with its unit; on a tile without, unless it is a percentage: the title says the unit."""
    if not f.missing(row["waarde"]):
        bare = short and item.eenheid != "%"
        return f.number(row["waarde"], item.decimalen) if bare else catalogue.value(item, row["waarde"])
    return "geheim" if _secret(row) else "geen cijfer"


def _secret(row: Any) -> bool:
    return not f.missing(row["onderdrukt"]) and bool(row["onderdrukt"])


def short_name(naam: Any) -> str:
    """Leave out the number that CBS puts before the name of a wijk; it says nothing to a reader."""
    words = str(naam).split(" ", 2)
    return words[2] if len(words) == 3 and words[0] == "Wijk" and words[1].isdigit() else str(naam)
