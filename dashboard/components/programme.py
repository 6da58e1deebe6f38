"""One programme: its goal, what is done, what it costs and what it yields, in time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard.charts.plan import plan
from dashboard.components import lineage
from dashboard.components.figure import chart, figure_block, slug, source_line
from dashboard.components.progress import progress
from dashboard.components.table import data_table, details
from dashboard.rounding import PRECIES, counts_things
from indicators.core.plan import behind, elapsed

BRON = "programmalijst van de gemeente"
STATUS = "voorlopige stand van de eigenaar"
_HEIGHT = 240


def gone(row: Any, today: date) -> float | None:
    """Give the part of a programme's time that has gone by."""
    return elapsed(f.as_date(row["van"]), f.as_date(row["tot_en_met"]), today)


def share(result: Any) -> float | None:
    """Give the part of its plan that a result reached; None without a plan."""
    return result["bereikt"] / result["gepland"] if result["gepland"] else None


def results_behind(row: Any, results: pd.DataFrame, today: date) -> int:
    """Count the results of a programme that are behind."""
    own = results[results["programma"] == row["programma"]]
    return sum(behind(share(r), gone(row, today)) for _, r in own.iterrows())


def definition_link() -> dcc.Link:
    """Give the link to how plan and result are compared."""
    return dcc.Link("hoe we oordelen", href="/verantwoording#signalen")


def finding(row: Any, results: pd.DataFrame, today: date) -> str:
    """Say of a programme what a reader must know first."""
    own = results[results["programma"] == row["programma"]]
    late = results_behind(row, results, today)
    if own.empty:
        spent = _spent(row)
        return f"{row['programma']}: {f.percent(spent)} van het geld besteed" if spent is not None else row["programma"]
    if late == 0:
        return f"{row['programma']} ligt op of voor het plan"
    if len(own) == 1:
        return f"{row['programma']} loopt achter op het plan"
    verb = "loopt" if late == 1 else "lopen"
    return f"{row['programma']}: {f.telwoord(late)} van de {f.telwoord(len(own))} resultaten {verb} achter"


def one_programme(
    row: Any, programmes: pd.DataFrame, results: pd.DataFrame, course: pd.DataFrame, today: date, synthetic: bool
) -> list[Any]:
    """Give the page of one programme.

    Args:
        row: Its row as a whole, of queries_programmes.programmas.
        programmes: All rows of programmas.
        results: All rows of resultaten.
        course: queries_programmes.verloop of this programme.
        today: Peildatum of the publication.
        synthetic: Add the watermark.
    """
    time = gone(row, today)
    facts = [
        f"{f.percent(time)} van de tijd voorbij" if time is not None else "",
        f"van {f.datum(f.as_date(row['van']))}" if not f.missing(row["van"]) else "",
        f"tot en met {f.datum(f.as_date(row['tot_en_met']))}" if not f.missing(row["tot_en_met"]) else "",
        f"dekking: {row['dekking']}" if not f.missing(row["dekking"]) and row["dekking"] else "",
    ]
    head = [
        html.P(dcc.Link("Alle programma’s", href="/programmas"), className="terug"),
        html.H1(finding(row, results, today)),
        html.P(["Doel: ", row["doel"]], className="intro"),
        html.P(" · ".join(part for part in facts if part), className="feiten"),
    ]
    own = results[results["programma"] == row["programma"]]
    blocks = [_result(r, row, course, time, synthetic) for _, r in own.iterrows()]
    return [*head, html.Div(blocks, className="veelvoud"), _money(row, programmes)]


def _result(result: Any, row: Any, course: pd.DataFrame, time: float | None, synthetic: bool) -> html.Section:
    line = course[(course["activiteit"] == result["activiteit"]) & (course["resultaat"] == result["resultaat"])]
    line = line.sort_values("peildatum")
    part, unit = share(result), result["eenheid"] or ""
    reached = f"{f.number(result['bereikt'])} van {f.number(result['gepland'])} {unit}".strip()
    verdict = "" if part is None else (" (loopt achter)" if behind(part, time) else "")
    title = f"{result['resultaat']}: {reached}{verdict}"
    said = f"{title}. {f.percent(part)} van het plan" if part is not None else title
    if time is not None:
        said += f", {f.percent(time)} van de tijd is voorbij"
    cells = [
        [f.datum(f.as_date(r.peildatum)), f.number(r.bereikt), f.number(r.gepland), f.percent(r.bereikt / r.gepland)]
        if r.gepland
        else [f.datum(f.as_date(r.peildatum)), f.number(r.bereikt), f.number(r.gepland), None]
        for r in line.iloc[::-1].itertuples()
    ]
    caption = f"{result['resultaat']}, {unit or 'aantal'}: stand bij elke levering"
    table = data_table(caption, ["Peildatum", "Bereikt", "Gepland", "Deel van het plan"], cells, (1, 2, 3))
    drawn = plan(line, f.as_date(row["van"]), f.as_date(row["tot_en_met"]), synthetic, _HEIGHT)
    source = source_line(
        lineage.link(
            tabel="mart.fct_programmaresultaat",
            sleutel="|".join((row["programma"], result["activiteit"] or "", result["resultaat"])),
        ),
        bron=BRON, peildatum=f"peildatum {f.datum(f.as_date(result['peildatum']))}", status=STATUS,
        definitie=definition_link(),
    )  # fmt: skip
    lead = f"{_pace(line, unit, row)} Stippellijn: bij gelijke gang naar het plan.".strip()
    return figure_block(
        title, chart(drawn, f"{said}.", _HEIGHT), source, details("Tabel bij deze grafiek", table), lead,
        id=slug(f"{result['activiteit']} {result['resultaat']}"), not_taken="" if counts_things(unit) else PRECIES,
    )  # fmt: skip


def _pace(line: pd.DataFrame, unit: str, row: Any) -> str:
    """Say where the pace of the last year leads to; nothing without a year of deliveries or an end."""
    end, last = f.as_date(row["tot_en_met"]), line.iloc[-1] if len(line) else None
    if last is None or end is None:
        return ""
    day = f.as_date(last["peildatum"])
    if day is None or day >= end:
        return ""
    before = line[line["peildatum"] <= last["peildatum"] - pd.DateOffset(years=1)]
    if before.empty:
        return ""
    first = before.iloc[-1]
    days = (last["peildatum"] - first["peildatum"]).days
    at_end = last["bereikt"] + (last["bereikt"] - first["bereikt"]) * (end - day).days / days
    words = f"{f.number(at_end)} {unit}".strip()
    return f"Als het tempo van het laatste jaar blijft, zijn het er eind {end.year} ongeveer {words}."


def _spent(row: Any) -> float | None:
    return row["besteed_eur"] / row["begroting_eur"] if row["begroting_eur"] else None


def _money(row: Any, programmes: pd.DataFrame) -> html.Section:
    own = programmes[(programmes["programma"] == row["programma"]) & (programmes["activiteit"].fillna("") != "")]
    columns = ("begroting_eur", "besteed_eur", "verplicht_eur")
    spent = _spent(row)

    def line(name: str, r: Any) -> list[Any]:
        part = _spent(r)
        owed = r["verplicht_eur"] / r["begroting_eur"] if r["begroting_eur"] and r["verplicht_eur"] else None
        bar = progress(part, None, owed, f"{f.percent(part)} besteed" if part is not None else "")
        return [name, bar, *(f.euro(r[c]) for c in columns)]

    rows = [line(r["activiteit"], r) for _, r in own.iterrows()] + [line("Programma als geheel", row)]
    heads = ["Activiteit", "Voortgang", "Begroting", "Besteed", "Verplicht"]
    table = data_table("Geld in hele euro’s, over de hele looptijd; licht is wat is toegezegd", heads, rows, (2, 3, 4))
    title = f"{f.euro(row['besteed_eur'])} van {f.euro(row['begroting_eur'])} besteed"
    source = source_line(
        lineage.link(tabel="mart.fct_programma", sleutel=f"{row['programma']}|"),
        bron=BRON, peildatum=f"peildatum {f.datum(f.as_date(row['peildatum']))}", status=STATUS,
        definitie=definition_link(),
    )  # fmt: skip
    return figure_block(title if spent is not None else "Geld per activiteit", table, source, id="geld")
