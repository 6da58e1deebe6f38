"""Programma's en taakstelling: goal, activity, euros and result together; what was to be saved; what clients say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard import queries_programmes as queries
from dashboard.components.figure import source_line
from dashboard.components.progress import progress
from dashboard.components.shell import empty, page
from dashboard.components.table import data_table, details
from dashboard.store import Publication
from indicators.core.contract import AGGREGATEN
from indicators.core.plan import elapsed

PATH, NAME, TITLE = "/programmas", "Programma’s", "Programma’s en taakstelling · Monitor Sociaal Domein"
#: A result this far behind the plan by now is named.
ACHTER = 0.10


def layout(**_state: Any) -> html.Div:
    """Give the page."""
    return page(PATH, _content)


def _content(pub: Publication, about: Any) -> list[Any]:
    programmes, results, target = queries.programmas(pub), queries.resultaten(pub), queries.taakstelling(pub)
    answers = queries.ervaring(pub)
    if programmes.empty and target.empty and answers.empty:
        return [
            html.H1("Er zijn nog geen programma’s ingelezen"),
            empty("Wat u kunt doen", "Zet de lijst met programma’s in de map programmas en ververs de monitor."),
        ]
    today = f.as_date(about["peildatum"]) or date.max
    whole = _whole(programmes)
    running = [p for p in whole if (f.as_date(p["tot_en_met"]) or today) >= today]
    done = [p for p in whole if (f.as_date(p["tot_en_met"]) or today) < today]
    parts: list[Any] = [
        html.H1(finding(target, running, results, today)),
        html.P("Per programma: het doel, wat er gedaan wordt, wat het kost en wat het oplevert.", className="intro"),
        _target(target),
    ]
    parts += [_programme(p, programmes, results, today) for p in running]
    if done:
        closed = html.Div([_programme(p, programmes, results, today) for p in done])
        parts.append(details(f"Afgeronde programma’s ({len(done)})", closed))
    return [*parts, _answers(answers)]


def _whole(programmes: pd.DataFrame) -> list[dict[str, Any]]:
    """The programmes as a whole, those that end first first."""
    whole = programmes[programmes["activiteit"].fillna("") == ""].sort_values("tot_en_met", na_position="last")
    return [dict(row) for _, row in whole.iterrows()]


def finding(target: pd.DataFrame, running: list[dict[str, Any]], results: pd.DataFrame, today: date) -> str:
    """Say where the savings target stands, or else how many programmes lag behind."""
    newest = _newest(target)
    if len(newest):
        goal, saved = newest["doel_eur"].sum(), newest["gerealiseerd_eur"].sum()
        return f"Van de taakstelling van {f.euro_text(goal)} is {f.euro_text(saved)} gerealiseerd"
    late = sum(_behind(p, results, today) for p in running)
    return (
        f"{len(running)} programma’s lopen; {f.telwoord(late)} {'loopt' if late == 1 else 'lopen'} achter op het plan"
    )


def _newest(target: pd.DataFrame) -> pd.DataFrame:
    if target.empty:
        return target
    return target[target["boekjaar"] == target.groupby(["taakstelling", "onderdeel"])["boekjaar"].transform("max")]


def _target(target: pd.DataFrame) -> html.Section:
    newest = _newest(target)
    if newest.empty:
        return html.Section()
    rows = []
    for r in newest.itertuples():
        share = r.gerealiseerd_eur / r.doel_eur if r.doel_eur else None
        later = (
            (r.prognose_eur - r.gerealiseerd_eur) / r.doel_eur if r.doel_eur and not f.missing(r.prognose_eur) else None
        )
        name = AGGREGATEN.get(str(r.onderdeel), r.naam)
        bar = progress(share, None, later, f"{f.percent(share)} gerealiseerd" if share is not None else "")
        rows.append([name, bar, f.euro(r.doel_eur), f.euro(r.gerealiseerd_eur), f.euro(r.prognose_eur)])
    rows.append(["Samen", None, *(f.euro(newest[c].sum()) for c in ("doel_eur", "gerealiseerd_eur", "prognose_eur"))])
    heads = ["Onderdeel", "Voortgang", "Doel", "Gerealiseerd", "Verwacht eind van het jaar"]
    caption = "Taakstelling in hele euro’s; donker is gerealiseerd, licht is wat de eigenaar nog verwacht"
    history = [
        [AGGREGATEN.get(str(r.onderdeel), r.naam), str(r.boekjaar), f.euro(r.doel_eur), f.euro(r.gerealiseerd_eur)]
        for r in target.itertuples()
    ]
    past = data_table("Gerealiseerd per jaar", ["Onderdeel", "Jaar", "Doel", "Gerealiseerd"], history, (2, 3))
    day = f.datum(f.as_date(newest["peildatum"].max()))
    return html.Section(
        [
            html.H2("De taakstelling"),
            data_table(caption, heads, rows, (2, 3, 4)),
            source_line(
                "Bron: programmalijst van de gemeente", f"peildatum {day}", "de verwachting is van de eigenaar"
            ),
            details("Tabel met alle jaren", past),
        ],
        className="figuur",
    )


def _elapsed(row: dict[str, Any], today: date) -> float | None:
    return elapsed(f.as_date(row["van"]), f.as_date(row["tot_en_met"]), today)


def _behind(row: dict[str, Any], results: pd.DataFrame, today: date) -> bool:
    gone = _elapsed(row, today)
    own = results[(results["programma"] == row["programma"]) & (results["gepland"] > 0)]
    return bool(gone is not None and len(own) and ((own["bereikt"] / own["gepland"]) < gone - ACHTER).any())


def _programme(row: dict[str, Any], programmes: pd.DataFrame, results: pd.DataFrame, today: date) -> html.Section:
    gone = _elapsed(row, today)
    spent = row["besteed_eur"] / row["begroting_eur"] if row["begroting_eur"] else None
    promised = row["verplicht_eur"] / row["begroting_eur"] if row["begroting_eur"] else None
    words = f"{f.percent(spent)} besteed" if spent is not None else ""
    facts = [
        f"{f.euro(row['besteed_eur'])} van {f.euro(row['begroting_eur'])} besteed" if spent is not None else "",
        f"{f.percent(gone)} van de tijd voorbij" if gone is not None else "",
        f"tot en met {f.datum(f.as_date(row['tot_en_met']))}" if not f.missing(row["tot_en_met"]) else "",
        f"dekking: {row['dekking']}" if row["dekking"] else "",
    ]
    parts: list[Any] = [
        html.H2(row["programma"]),
        html.P(row["doel"], className="uitleg"),
        html.Div(progress(spent, gone, promised, words), className="smalle-balk"),
        html.P(" · ".join(part for part in facts if part), className="feiten"),
    ]
    reached = _results(row, results, gone)
    parts += [reached] if reached is not None else []
    parts.append(_activities(row, programmes))
    return html.Section(parts, className="figuur programma")


def _results(row: dict[str, Any], results: pd.DataFrame, gone: float | None) -> Any:
    own = results[results["programma"] == row["programma"]]
    if own.empty:
        return None
    rows = []
    for r in own.itertuples():
        share = r.bereikt / r.gepland if r.gepland else None
        late = share is not None and gone is not None and share < gone - ACHTER
        verdict = None if share is None else ("loopt achter op het plan" if late else "op of voor het plan")
        bar = progress(share, gone, None, f"{f.percent(share)} van het plan" if share is not None else "")
        rows.append([r.resultaat, bar, f.number(r.bereikt), f.number(r.gepland), r.eenheid, verdict])
    heads = ["Resultaat", "Voortgang", "Bereikt", "Gepland", "Eenheid", "Oordeel"]
    caption = f"Resultaten van {row['programma']}; de streep is waar het bij gelijke gang nu zou zijn"
    return data_table(caption, heads, rows, (2, 3), label=f"Resultaten van {row['programma']}")


def _activities(row: dict[str, Any], programmes: pd.DataFrame) -> Any:
    own = programmes[(programmes["programma"] == row["programma"]) & (programmes["activiteit"].fillna("") != "")]
    columns = ("begroting_eur", "besteed_eur", "verplicht_eur")
    rows = [[r["activiteit"], *(f.euro(r[c]) for c in columns)] for _, r in own.iterrows()]
    rows.append(["Programma als geheel", *(f.euro(row[c]) for c in columns)])
    heads = ["Activiteit", "Begroting", "Besteed", "Verplicht"]
    return details(
        "Geld per activiteit",
        data_table(f"{row['programma']}: geld in hele euro’s, over de hele looptijd", heads, rows, (1, 2, 3)),
    )


def _answers(answers: pd.DataFrame) -> html.Section:
    if answers.empty:
        return html.Section()
    parts: list[Any] = [
        html.H2("Wat cliënten zeggen"),
        html.P("Cliëntervaringsonderzoek, het nieuwste jaar naast het jaar ervoor.", className="uitleg"),
    ]
    for wet, rows in answers.groupby("wet"):
        years = sorted(set(rows["jaar"]), reverse=True)
        cells = []
        for _, of_one in rows.groupby("vraagnummer"):
            by_year = {int(r.jaar): r for r in of_one.itertuples()}
            newest = by_year[max(by_year)]
            cells.append(
                [newest.vraag, *(_answer(by_year.get(int(y))) for y in years), f.number(newest.aantal_antwoorden)]
            )
        name = AGGREGATEN.get(str(wet), str(wet))
        table = data_table(
            f"{name}: deel dat het eens is of ja zegt, of het rapportcijfer",
            ["Vraag", *(str(y) for y in years), "Antwoorden"],
            cells,
            range(1, 2 + len(years)),
        )
        parts += [html.H3(name), table]
    link = dcc.Link("gebruik van voorzieningen", href="/indicator?zoek=gebruik")
    parts.append(source_line("Bron: cliëntervaringsonderzoek", "weinig antwoorden: niet te vergelijken", link))
    return html.Section(parts, className="figuur")


def _answer(row: Any) -> Any:
    if row is None or f.missing(row.waarde):
        return None
    text = f"{f.number(row.waarde, 1)}{f.NBSP}%" if row.eenheid == "procent" else f.number(row.waarde, 1)
    return f"{text} (weinig antwoorden)" if row.kleine_n else text
