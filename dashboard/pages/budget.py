"""Budget: one onderdeel or sum through the year, and where it ends; components.methods says how sure that is."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import findings, queries
from dashboard import formatting as f
from dashboard.charts.events import with_moments
from dashboard.charts.fan import fan
from dashboard.components import lineage, scenario
from dashboard.components.committed import committed_block
from dashboard.components.controls import bar, choice
from dashboard.components.events import moments, moments_list, moments_table, spoken
from dashboard.components.explanation import explanation_block
from dashboard.components.figure import chart, figure_block, source_line
from dashboard.components.help import what_is_this
from dashboard.components.lead_up import lead_up_blocks
from dashboard.components.ledger import ledger_details
from dashboard.components.measures import measures_block
from dashboard.components.methods import methods_block, record_block
from dashboard.components.shell import empty, page
from dashboard.components.table import data_table, details
from dashboard.findings_depletion import depletion, depletion_range
from dashboard.store import Publication
from indicators.core.contract import AGGREGATEN

#: Words that the picture of a year uses.
HULP = (
    "Verwachte uitkomst", "Band van 80 %", "Nog te ontvangen", "Lineair", "Primitieve begroting",
    "Begroting na wijziging", "Geld op",
)  # fmt: skip

PATH, NAME, TITLE = "/budget", "Budget", "Budget · Monitor Sociaal Domein"


def layout(onderdeel: str = "totaal", boekjaar: str = "", **state: Any) -> html.Div:
    """Give the page.

    Args:
        onderdeel: A budget part or a sum; an unknown one gets a sentence, no error.
        boekjaar: The year; the newest by default.
        state: The scenario (components.scenario.KEYS).
    """
    what_if = {key: str(state[key]) for key in scenario.KEYS if state.get(key)}
    state_of = {"onderdeel": onderdeel, "boekjaar": boekjaar, **what_if}
    return page(PATH, lambda pub, about: _content(pub, about, onderdeel, boekjaar, what_if), state_of)


def _content(pub: Publication, about: Any, onderdeel: str, boekjaar: str, what_if: dict[str, str]) -> list[Any]:
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
        [html.P(f"{names[onderdeel]} · {year}", className="kicker"), html.H1(depletion(row, year, closed))]
    )
    parts: list[Any] = [_controls(pub, onderdeel, year, years), title]
    if row is None:
        return [*parts, empty("Geen cijfers", "Kies een ander budget of een ander jaar.")]
    lead = " ".join(
        s for s in ([] if closed is not None else [depletion_range(row), findings.band(row), _wide(row)]) if s
    )
    parts += [html.P(text, className="intro") for text in (lead, _income(pub, row, year, closed)) if text]
    synthetic = bool(about["voorbeelddata"])
    parts += [
        _course(pub, row, standen, year, names[onderdeel], synthetic, closed),
        explanation_block(pub, row, year, names[onderdeel], synthetic),
        committed_block(pub, row, year, names[onderdeel], synthetic) if closed is None else None,
        *lead_up_blocks(pub, onderdeel, about["gemeente_code"], year, synthetic),
        scenario.scenario_block(pub, onderdeel, what_if, names) if closed is None and year == years[0] else None,
        measures_block(pub, onderdeel, year),
        methods_block(pub, row, year, closed),
        record_block(pub, onderdeel, synthetic),
        ledger_details(pub, onderdeel, year, names),
    ]
    return [part for part in parts if part is not None]


def _wide(row: Any) -> str:
    return "" if f.missing(row["toelichting"]) else str(row["toelichting"])


def _closed(standen: pd.DataFrame, year: int, about: Any) -> float | None:
    """The outturn of a year that is over and has its December; None while it runs."""
    own = standen[standen["boekjaar"] == year]
    if own.empty or own["periode"].max() < 12 or f.as_date(about["peildatum"]).year <= year:  # type: ignore[union-attr]
        return None
    return float(own["stand_eur"].iloc[-1])


def _income(pub: Publication, row: Any, year: int, closed: float | None) -> str:
    """The line about baten, for a budget that has them."""
    found = queries.baten(pub, year, row["onderdeel"])
    if found.empty:
        return ""
    income = found.iloc[0]
    if closed is not None:
        return findings.income(income["geboekt_eur"], income["actueel_eur"], closed, row["actueel_eur"], True)
    return findings.income(income["p50_eur"], income["actueel_eur"], row["p50_eur"], row["actueel_eur"])


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


def _source(row: Any, year: int, *more: Any) -> html.P:
    day = f.as_date(row["peildatum"]) or f.as_date(row["begroting_peildatum"])
    return source_line(
        *more,
        lineage.link(onderdeel=row["onderdeel"], boekjaar=year),
        bron="K2F",
        peildatum=day,
        definitie=dcc.Link("hoe we dit berekenen", href="/verantwoording"),
    )


def _course(
    pub: Publication, row: Any, standen: pd.DataFrame, year: int, name: str, synthetic: bool, closed: float | None
) -> html.Section:
    course = queries.verloop(pub, year, row["onderdeel"])
    methods = queries.methoden(pub, year, row["onderdeel"])
    line = methods[methods["methode"] == "lineair"]["p50_eur"]
    lineair = float(line.iloc[0]) if len(line) and not f.missing(line.iloc[0]) and closed is None else None
    height = 420
    late = findings.late_invoices(course["nog_te_ontvangen_eur"])
    late = f"{late} " if late else ""
    alternative = f"{name} {year}: {depletion(row, year, closed)}. {findings.band(row)} {late}"
    found = moments(pub, str(row["onderdeel"]), year)
    drawn = with_moments(fan(course, row, standen, year, lineair, synthetic, height), [m.datum for m in found], year)
    picture = [chart(drawn, alternative + spoken(found), height), moments_list(found), what_is_this(*HULP)]
    status = "definitief na de jaarrekening" if closed is not None else "voorlopig: er komen nog facturen bij"
    lead = f"{late}Lasten in miljoenen euro’s, opgeteld vanaf 1 januari. {_drawn(course)}"
    title = (
        f"Zo liep {year}" if closed is not None else f"Zo loopt {year} tot nu toe, en zo gaat het waarschijnlijk verder"
    )
    return figure_block(
        title,
        [part for part in picture if part is not None],
        _source(row, year, status),
        [_course_table(course, standen, year), moments_table(found)],
        lead,
        id="verloop",
    )


def _drawn(course: pd.DataFrame) -> str:
    """Say what is in the picture: a closed year, and a budget without a past, have no band."""
    if course["p10_eur"].isna().all():
        return "Dunne lijnen zijn eerdere jaren."
    return "De band is de 80 % waarin de uitkomst waarschijnlijk valt; dunne lijnen zijn eerdere jaren."


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
