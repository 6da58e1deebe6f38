"""Programma's en taakstelling: goal, activity, euros and result together; what was to be saved; what clients say."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard import queries_programmes as queries
from dashboard.components.answers import answers_blocks
from dashboard.components.figure import figure_block, source_line
from dashboard.components.programme import (
    BRON,
    STATUS,
    definition_link,
    gone,
    one_programme,
    results_behind,
)
from dashboard.components.progress import progress
from dashboard.components.savings import target_block, target_finding
from dashboard.components.shell import empty, page
from dashboard.components.table import data_table, details
from dashboard.store import Publication

PATH, NAME, TITLE = "/programmas", "Programma’s", "Programma’s en taakstelling · Monitor Sociaal Domein"


def layout(programma: str = "", **_state: Any) -> html.Div:
    """Give the page.

    Args:
        programma: Name of one programme; without one all of them.
    """
    return page(PATH, lambda pub, about: _content(pub, about, programma), {"programma": programma})


def _content(pub: Publication, about: Any, name: str) -> list[Any]:
    programmes, results, target = queries.programmas(pub), queries.resultaten(pub), queries.taakstelling(pub)
    answers = queries.ervaring(pub)
    if programmes.empty and target.empty and answers.empty:
        return [
            html.H1("Er zijn nog geen programma’s ingelezen"),
            empty("Wat u kunt doen", "Zet de lijst met programma’s in de map programmas en ververs de monitor."),
        ]
    today = f.as_date(about["peildatum"]) or date.max
    whole = _whole(programmes)
    if name:
        row = next((p for p in whole if p["programma"] == name), None)
        if row is not None:
            course = queries.verloop(pub, name)
            return one_programme(row, programmes, results, course, today, bool(about["voorbeelddata"]))
        return [
            html.H1("Dit programma staat niet in de lijst"),
            empty("Wat u kunt doen", dcc.Link("Kies een programma uit de lijst", href="/programmas")),
        ]
    running = [p for p in whole if (f.as_date(p["tot_en_met"]) or today) >= today]
    done = [p for p in whole if (f.as_date(p["tot_en_met"]) or today) < today]
    late = sum(results_behind(p, results, today) > 0 for p in running)
    parts: list[Any] = [
        html.H1(target_finding(target) or _programmes_finding(late, len(running))),
        html.P("Per programma: het doel, wat er gedaan wordt, wat het kost en wat het oplevert.", className="intro"),
        target_block(target),
    ]
    if running:
        parts.append(_list(_programmes_finding(late, len(running)), running, results, today, "lopend"))
    if done:
        title = "Dit programma is afgerond" if len(done) == 1 else f"{f.telwoord(len(done), True)} programma’s zijn af"
        parts.append(_list(title, done, results, today, "afgerond"))
    return [
        p for p in [*parts, *answers_blocks(answers, queries.gebruik(pub, about["gemeente_code"]))] if p is not None
    ]


def _whole(programmes: pd.DataFrame) -> list[dict[str, Any]]:
    """The programmes as a whole, those that end first first."""
    whole = programmes[programmes["activiteit"].fillna("") == ""].sort_values("tot_en_met", na_position="last")
    return [dict(row) for _, row in whole.iterrows()]


def _programmes_finding(late: int, count: int) -> str:
    """Say how many programmes are behind."""
    if not count:
        return "Er lopen nu geen programma’s"
    if not late:
        return "Geen lopend programma loopt achter op zijn plan"
    verb = "heeft" if late == 1 else "hebben"
    return (
        f"{f.telwoord(late, True)} van de {f.telwoord(count)} lopende programma’s {verb} een resultaat dat achterloopt"
    )


def _list(title: str, rows: list[dict[str, Any]], results: pd.DataFrame, today: date, name: str) -> html.Section:
    cells = []
    for row in rows:
        spent = row["besteed_eur"] / row["begroting_eur"] if row["begroting_eur"] else None
        owed = row["verplicht_eur"] / row["begroting_eur"] if row["begroting_eur"] and row["verplicht_eur"] else None
        time, late = gone(row, today), results_behind(row, results, today)
        counted = len(results[results["programma"] == row["programma"]])
        verdict = (
            None
            if not counted
            else (f"{late} van {counted} loopt achter" if late == 1 else f"{late} van {counted} lopen achter")
            if late
            else "op of voor het plan"
        )
        cells.append(
            [
                dcc.Link(row["programma"], href=f"/programmas?programma={quote(row['programma'])}"),
                row["doel"],
                progress(spent, time, owed, f"{f.percent(spent)} besteed" if spent is not None else ""),
                f.percent(spent) if spent is not None else None,
                f.percent(time) if time is not None else None,
                f.euro(row["begroting_eur"]),
                verdict,
                f.datum(f.as_date(row["tot_en_met"])) if not f.missing(row["tot_en_met"]) else None,
            ]
        )
    heads = ["Programma", "Doel", "Geld", "Besteed", "Tijd voorbij", "Budget", "Resultaten", "Tot en met"]
    caption = "Donker: besteed, licht: toegezegd, streep: de tijd die voorbij is. Budget over de hele looptijd."
    table = data_table(caption, heads, cells, (3, 4, 5), title, "programmas")
    days = [d for d in (f.as_date(r["peildatum"]) for r in rows) if d]
    source = source_line(
        bron=BRON, peildatum=f"peildatum {f.datum(max(days))}" if days else "peildatum onbekend", status=STATUS,
        definitie=definition_link(),
    )  # fmt: skip
    if name == "afgerond":
        return html.Section(details(title, figure_block(title, table, source, id=name)), className="figuur")
    return figure_block(title, table, source, id=name)
