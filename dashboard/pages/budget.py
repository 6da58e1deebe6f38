"""Budget: one onderdeel or sum through the year, what each method expects, and how right we were before."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import findings, queries
from dashboard import formatting as f
from dashboard.charts.fan import fan
from dashboard.charts.track import NAMEN, errors, track
from dashboard.components.controls import bar, choice
from dashboard.components.figure import chart, figure_block, source_line
from dashboard.components.shell import empty, page
from dashboard.components.table import data_table, details
from dashboard.store import Publication
from indicators.core.contract import AGGREGATEN

PATH, NAME, TITLE = "/budget", "Budget", "Budget · Monitor Sociaal Domein"
METHODEN = {
    "model": "De monitor",
    "lineair": "Lineair doorgetrokken",
    "vorig_jaar": "Zoals vorig jaar",
    "begroting": "De begroting",
}
SUMMED = "sommen van budgetten"


def layout(onderdeel: str = "totaal", boekjaar: str = "", **_state: Any) -> html.Div:
    """Give the page.

    Args:
        onderdeel: A budget part or a sum; an unknown one gets a sentence, no error.
        boekjaar: The year; the newest by default.
    """
    return page(PATH, lambda pub, about: _content(pub, about, onderdeel, boekjaar), (onderdeel, boekjaar))


def _content(pub: Publication, about: Any, onderdeel: str, boekjaar: str) -> list[Any]:
    years = queries.boekjaren(pub)
    if not years:
        return [
            html.H1("Er zijn nog geen budgetten ingelezen"),
            empty(
                "Wat u kunt doen",
                "Zet een levering uit het financiële systeem (K2F) in de map k2f en ververs de monitor.",
            ),
        ]
    year = int(boekjaar) if boekjaar.isdigit() and int(boekjaar) in years else years[0]
    names = queries.namen(pub)
    if onderdeel not in names:
        return [
            html.H1("Dit budget bestaat niet"),
            _controls(pub, "totaal", year, years),
            empty("Wat u kunt doen", "Kies hierboven een budget."),
        ]
    frame = queries.budgetten(pub, year)
    found = frame[frame["onderdeel"] == onderdeel]
    row = None if found.empty else found.iloc[0]
    standen = queries.standen(pub, onderdeel)
    closed = _closed(standen, year, about)
    title = html.Div(
        [html.P(f"{names[onderdeel]} · {year}", className="kicker"), html.H1(findings.depletion(row, year, closed))]
    )
    parts: list[Any] = [_controls(pub, onderdeel, year, years), title]
    if row is None:
        return [*parts, empty("Geen cijfers", "Kies een ander budget of een ander jaar.")]
    lead = " ".join(s for s in ([] if closed is not None else [findings.depletion_range(row), findings.band(row)]) if s)
    parts += [html.P(lead, className="intro") if lead else html.Div()]
    synthetic = bool(about["voorbeelddata"])
    parts += [
        _course(pub, row, standen, year, names[onderdeel], synthetic, closed),
        _methods(pub, row, year, closed),
        _record(pub, onderdeel, synthetic),
    ]
    return parts


def _closed(standen: pd.DataFrame, year: int, about: Any) -> float | None:
    """The outturn of a year that is over and has its December; None while it runs."""
    own = standen[standen["boekjaar"] == year]
    if own.empty or own["periode"].max() < 12 or f.as_date(about["peildatum"]).year <= year:  # type: ignore[union-attr]
        return None
    return float(own["stand_eur"].iloc[-1])


def _controls(pub: Publication, onderdeel: str, year: int, years: list[int]) -> html.Div:
    shown = set(queries.budgetten(pub, year)["onderdeel"])
    parts = queries.onderdelen(pub)
    sums = [{"value": k, "label": v} for k, v in AGGREGATEN.items() if k in shown or k in ("totaal", onderdeel)]
    groups: list[dict[str, Any]] = [{"group": "Alles bij elkaar", "items": sums}]
    for wet, label in list(AGGREGATEN.items())[1:]:
        items = [
            {"value": r["onderdeel"], "label": r["naam"]}
            for _, r in parts[parts["wet"] == wet].iterrows()
            if r["onderdeel"] in shown or r["onderdeel"] == onderdeel
        ]
        if items:
            groups.append({"group": label, "items": items})
    return bar(
        choice("onderdeel", "Budget", onderdeel, groups, 320),
        choice("boekjaar", "Jaar", str(year), [{"value": str(y), "label": str(y)} for y in years], 110),
    )


def _source(row: Any, *more: Any) -> html.P:
    day = f.as_date(row["peildatum"]) or f.as_date(row["begroting_peildatum"])
    return source_line(
        "Bron: K2F",
        f"peildatum {f.datum(day)}" if day else "",
        *more,
        dcc.Link("hoe we dit berekenen", href="/verantwoording"),
    )


def _course(
    pub: Publication, row: Any, standen: pd.DataFrame, year: int, name: str, synthetic: bool, closed: float | None
) -> html.Section:
    course = queries.verloop(pub, year, row["onderdeel"])
    methods = queries.methoden(pub, year, row["onderdeel"])
    line = methods[methods["methode"] == "lineair"]["p50_eur"]
    lineair = float(line.iloc[0]) if len(line) and not f.missing(line.iloc[0]) and closed is None else None
    height = 420
    open_eur = course["nog_te_ontvangen_eur"].dropna()
    late = (
        f"Naar schatting komt {f.euro_text(open_eur.iloc[-1])} aan facturen over de afgelopen maanden nog binnen. "
        if len(open_eur) and open_eur.iloc[-1] >= 500
        else ""
    )
    alternative = f"{name} {year}: {findings.depletion(row, year, closed)}. {findings.band(row)} {late}"
    picture = chart(fan(course, row, standen, year, lineair, synthetic, height), alternative, height)
    status = "definitief na de jaarrekening" if closed is not None else "voorlopig: er komen nog facturen bij"
    lead = (
        f"{late}Lasten in miljoenen euro’s, opgeteld vanaf 1 januari. De band is de 80 % waarin de "
        "uitkomst waarschijnlijk valt; dunne lijnen zijn eerdere jaren."
    )
    title = (
        f"Zo liep {year}" if closed is not None else f"Zo loopt {year} tot nu toe, en zo gaat het waarschijnlijk verder"
    )
    return figure_block(title, picture, _source(row, status), _course_table(course, standen, year), lead)


def _course_table(course: pd.DataFrame, standen: pd.DataFrame, year: int) -> Any:
    if course.empty:
        own = standen[standen["boekjaar"] == year]
        rows = [[_period(int(r["periode"]), year), f.euro(r["stand_eur"])] for _, r in own.iterrows()]
        table = data_table("Geboekt tot en met de maand, in hele euro’s", ["Tot en met", "Geboekt"], rows, (1,))
    else:
        rows = [
            [
                f.maand(r["maand"]),
                *(f.euro(r[c]) for c in ("geboekt_eur", "nog_te_ontvangen_eur", "p10_eur", "p50_eur", "p90_eur")),
            ]
            for _, r in course.iterrows()
        ]
        heads = ["Tot en met", "Geboekt", "Nog te ontvangen", "Laag (p10)", "Verwacht", "Hoog (p90)"]
        table = data_table("Opgeteld tot en met de maand, in hele euro’s (lasten)", heads, rows, range(1, 6))
    return details("Tabel bij deze grafiek", table)


def _period(number: int, year: int) -> str:
    if number == 0:
        return f"beginstand {year}"
    return f"{f.MAANDEN[number - 1]} {year}" if number <= 12 else f"slotboekingen {year}"


def _methods(pub: Publication, row: Any, year: int, closed: float | None) -> Any:
    methods = queries.methoden(pub, year, row["onderdeel"])
    if methods.empty:
        return empty(
            "Nog geen prognose voor dit budget",
            "Daarvoor zijn minstens drie volledige eerdere jaren nodig, met dezelfde indeling.",
        )
    budget = row["actueel_eur"]
    cells = []
    for _, m in methods.iterrows():
        gap = None if f.missing(budget) or f.missing(m["p50_eur"]) else f.euro(m["p50_eur"] - budget, sign=True)
        around = f"{f.euro(m['p10_eur'])} tot {f.euro(m['p90_eur'])}" if not f.missing(m["p10_eur"]) else None
        gone = f.as_date(m["uitputting_p50"])
        # Simple methods say one figure and know no chance: an empty cell there is right.
        cells.append(
            [
                METHODEN.get(m["methode"], m["methode"]),
                f.euro(m["p50_eur"]),
                gap,
                around,
                None if f.missing(m["kans_overschrijding"]) else f.chance(m["kans_overschrijding"]),
                f.dag_maand(gone) if gone else None,
            ]
        )
    heads = [
        "Manier van rekenen",
        "Verwachte uitkomst",
        "Verschil met begroting",
        "Band (80 %)",
        "Kans boven",
        "Geld op rond",
    ]
    caption = (
        f"Lasten {year} in hele euro’s; begroting na wijziging {f.euro(budget)}, primitief "
        f"{f.euro(row['primitief_eur'])}"
    )
    if closed is not None:
        caption += f"; uitkomst {f.euro(closed)}"
    table = data_table(caption, heads, cells, (1, 2, 3, 4, 5), "Wat elke manier van rekenen verwacht")
    day = f.as_date(methods.iloc[0]["peildatum"])
    return figure_block(
        "Wat andere manieren van rekenen zeggen",
        table,
        source_line("Bron: K2F", f"prognose van {f.datum(day)}"),
        lead="Lineair telt alleen wat al geboekt is en mist dus de facturen die nog komen.",
    )


def _record(pub: Publication, onderdeel: str, synthetic: bool) -> Any:
    rows = queries.terugtoets(pub, onderdeel)
    if rows.empty:
        return empty(
            "Nog geen terugblik",
            "Er zijn nog te weinig afgesloten jaren om te zeggen hoe goed de prognose voor dit budget was.",
        )
    record = findings.track_record(rows)
    title = "Hoe goed waren eerdere prognoses?"
    years = f"{int(rows['boekjaar'].min())}–{int(rows['boekjaar'].max())}"
    middle = findings.track_record(rows, 6)
    if not f.missing(middle.fout):
        title = f"Halverwege het jaar zat de prognose er gemiddeld {f.percent(middle.fout, 1)} naast"
        if not f.missing(middle.lineair):
            title += f"; lineair {f.percent(middle.lineair, 1)}"
    cells = []
    for _, r in rows[(rows["methode"] == "model") & rows["peilmaand"].isin([3, 6, 9, 11])].iterrows():
        off = (r["voorspeld_eur"] - r["uitkomst_eur"]) / r["uitkomst_eur"] if r["uitkomst_eur"] else None
        banded = not f.missing(r["p10_eur"]) and not f.missing(r["uitkomst_eur"])
        inside = ("ja" if r["p10_eur"] <= r["uitkomst_eur"] <= r["p90_eur"] else "nee") if banded else None
        cells.append(
            [
                str(int(r["boekjaar"])),
                f.MAANDEN[int(r["peilmaand"]) - 1],
                f.euro(r["voorspeld_eur"]),
                f.euro(r["p10_eur"]),
                f.euro(r["p90_eur"]),
                f.euro(r["uitkomst_eur"]),
                f"{f.number(off * 100, 1, sign=True)}{f.NBSP}%" if off is not None else None,
                inside,
            ]
        )
    heads = ["Jaar", "Gezegd in", "Voorspeld", "Laag (p10)", "Hoog (p90)", "Uitkomst", "Ernaast", "Binnen de band"]
    table = data_table("Wat de monitor zei en wat het werd, in hele euro’s", heads, cells, range(2, 8))
    shown = errors(rows)
    spoken = "; ".join(
        f"{NAMEN[m]} {f.percent(p['fout'].iloc[0], 1)} in {f.MAANDEN[int(p['peilmaand'].iloc[0]) - 1]} "
        f"en {f.percent(p['fout'].iloc[-1], 1)} in {f.MAANDEN[int(p['peilmaand'].iloc[-1]) - 1]}"
        for m in NAMEN
        if len(p := shown[shown["methode"] == m].sort_values("peilmaand"))
    )
    picture = chart(track(rows, synthetic), f"Gemiddelde fout per maand van de prognose: {spoken}.", 260)
    lead = (
        "Gemiddelde fout als deel van de uitkomst, per maand waarin de prognose gemaakt is. "
        f"{findings.coverage_sentence(record)}"
    )
    return figure_block(
        title,
        picture,
        source_line("Bron: K2F", f"terugtoets over {years}", "berekend met alleen wat toen bekend was"),
        details("Tabel: voorspeld en uitgekomen", table),
        lead,
    )
