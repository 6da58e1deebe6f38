"""Overzicht: where the social domain ends against the budget in force, and which budgets are at risk."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import findings, queries
from dashboard import formatting as f
from dashboard.charts.fan import fan
from dashboard.components import lineage
from dashboard.components.cards import cards
from dashboard.components.figure import chart, figure_block, source_line
from dashboard.components.help import what_is_this
from dashboard.components.laws import laws_block, programmes_line
from dashboard.components.overview import budget_table, top_three
from dashboard.components.shell import empty, page
from dashboard.components.signals import signal_list
from dashboard.components.sources import late_line
from dashboard.components.table import data_table, details
from dashboard.findings_depletion import depletion, depletion_range
from dashboard.store import Publication
from indicators.core.contract import AGGREGATEN
from indicators.core.cyclus import coming

PATH, NAME, TITLE = "/", "Overzicht", "Overzicht · Monitor Sociaal Domein"


def layout(**_state: Any) -> html.Div:
    """Give the page."""
    return page(PATH, _content)


def _content(pub: Publication, about: Any) -> list[Any]:
    years = queries.boekjaren(pub)
    if not years:
        link = dcc.Link("Gegevens", href="/gegevens")
        return [
            html.H1("Er zijn nog geen budgetten ingelezen"),
            empty(
                "Wat u kunt doen",
                "Zet een levering uit het financiële systeem (K2F) in de map k2f en ververs de monitor.",
                ["Op de pagina ", link, " staat wat er is gelezen en geweigerd."],
            ),
        ]
    frame = queries.budgetten(pub, years[0])
    rows = order(frame)
    with_model = rows[rows["p50_eur"].notna()]
    today = f.as_date(about["peildatum"])
    # A phone shows the sentence, the three budgets at risk and the signals before anything else.
    phone = _phone(with_model, years[0]) if len(with_model) else None
    small = [laws_block(frame, years[0]), programmes_line(pub, today) if today else None]
    said = [*_conclusion(pub, frame, years[0]), late_line(pub, about)]
    left = [*said, phone, *_signals(pub, years[0]), *small, *_budgets(rows, years[0])]
    left = [part for part in left if part is not None]
    right: list[Any] = []
    if len(with_model):
        right.append(_worst(pub, with_model.iloc[0], years[0], bool(about["voorbeelddata"])))
    right += [_decisions(with_model, today), cards(pub, about["gemeente_code"])]
    return [html.Div([html.Div(left, className="hoofd"), html.Div(right, className="zij")], className="twee")]


def _phone(rows: pd.DataFrame, boekjaar: int) -> html.Div:
    return html.Div(
        [html.P(html.Strong("Hier is het risico het grootst")), top_three(rows, boekjaar)], className="mobiel"
    )


def _signals(pub: Publication, boekjaar: int) -> list[Any]:
    rows = queries.signalen(pub)
    if rows.empty:
        return []
    day = f.datum(f.as_date(rows["peildatum"].iloc[0]))
    source = source_line(
        "Bron: alle leveringen",
        f"peildatum {day}",
        "voorlopig: een signaal kan onterecht zijn",
        dcc.Link("hoe vaak een signaal onterecht is", href="/verantwoording#signalen"),
    )
    cells = [[r.titel, r.ernst, f.maand(f.as_date(r.sinds)), f.euro(r.effect_eur)] for r in rows.itertuples()]
    table = data_table("Alle signalen, in hele euro’s", ["Signaal", "Ernst", "Sinds", "Effect"], cells, (3,))
    listed = details("Tabel met alle signalen", table)
    return [figure_block(findings.attention(rows), signal_list(rows, boekjaar), source, listed, id="signalen")]


def _decisions(rows: pd.DataFrame, today: date | None) -> html.Section | html.Div:
    """Say before which moments of the cycle something must be decided, and how much it is about."""
    if today is None:
        return html.Div()
    asked = findings.needs_decision(rows)
    items = [
        html.Li([html.Strong(f"{m.naam} {m.boekjaar}"), f", uiterlijk {f.datum(m.datum)}: {m.gaat_over}"])
        for m in coming(today)
    ]
    words = what_is_this("P&C-cyclus", "Bestuursrapportage", "Kadernota", "Begroting", "Jaarrekening")
    parts = [html.H2("Waarover te beslissen"), html.P(asked), html.Ul(items, className="zinnen"), words]
    return html.Section(parts, className="figuur besluiten")


def order(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the onderdelen (no sums) by euros at risk, largest first; those without a forecast last."""
    rows = frame[~frame["onderdeel"].isin(list(AGGREGATEN))].copy()
    rows["naam"] = rows["naam"].fillna(rows["onderdeel"])
    rows["risico_eur"] = [findings.euros_at_risk(row) for _, row in rows.iterrows()]
    rows["verschil_eur"] = rows["p50_eur"] - rows["actueel_eur"].fillna(0)
    return rows.sort_values(["risico_eur", "verschil_eur"], ascending=False, na_position="last")


def one(frame: pd.DataFrame, onderdeel: str) -> Any:
    """Give the row of one onderdeel, or None."""
    found = frame[frame["onderdeel"] == onderdeel]
    return None if found.empty else found.iloc[0]


def _conclusion(pub: Publication, frame: pd.DataFrame, boekjaar: int) -> list[Any]:
    total = one(frame, "totaal")
    lines = [findings.band(total), findings.last_time(queries.eerdere_prognose(pub, boekjaar, "totaal"), total)]
    peildatum = f.as_date(total["peildatum"]) if total is not None else None
    if peildatum:
        # In a closed year's January the forecast is as mature as in December.
        month = peildatum.month if peildatum.year == boekjaar else 12
        lines.append(findings.track_sentence(findings.track_record(queries.terugtoets(pub, "totaal"), month), month))
    return [
        html.H1(findings.conclusion(total, boekjaar)),
        html.P(" ".join(line for line in lines if line), className="intro"),
    ]


def _budgets(rows: pd.DataFrame, boekjaar: int) -> list[Any]:
    known, unknown = rows[rows["p50_eur"].notna()], rows[rows["p50_eur"].isna()]
    parts: list[Any] = []
    if len(known):
        words = what_is_this("Verwachte uitkomst", "Band van 80 %", "Kans boven", "Geld op", "Euro’s risico")
        picture = [words, budget_table(known, boekjaar)]
        lead = (
            "Verwachte uitkomst als deel van de begroting na wijziging. Stip: verwachting, band: "
            "80 %, een pijl loopt door buiten de schaal. Lasten, op volgorde van euro’s risico."
        )
        parts.append(figure_block(findings.at_risk(known), picture, _source(rows), _table(known), lead, id="budgetten"))
    else:
        parts.append(
            empty(
                "Nog geen prognose",
                "Voor een prognose is minstens één volledig eerder jaar nodig. De begroting en wat er "
                "geboekt is, staan hieronder.",
            )
        )
    if len(unknown):
        cells = [[r["naam"], f.euro(r["actueel_eur"]), f.euro(r["geboekt_eur"])] for _, r in unknown.iterrows()]
        table = data_table(
            "Budgetten zonder prognose, in hele euro’s (lasten)",
            ["Budget", "Begroting na wijziging", "Geboekt"],
            cells,
            (1, 2),
        )
        word = f"Te weinig gegevens voor een prognose: {len(unknown)} {'budget' if len(unknown) == 1 else 'budgetten'}"
        parts.append(details(word, table, is_open=not len(known)))
    return parts


def _source(rows: pd.DataFrame) -> html.P:
    day = next((d for d in (f.as_date(v) for v in rows["begroting_peildatum"]) if d), None)
    definition = dcc.Link("hoe we dit berekenen", href="/verantwoording")
    return source_line(
        "Bron: K2F",
        f"levering {f.datum(day)}" if day else "peildatum onbekend",
        "voorlopige cijfers tot de jaarrekening",
        definition,
        lineage.link(onderdeel="totaal"),
    )


def _table(rows: pd.DataFrame) -> Any:
    cells = [
        [
            r["naam"],
            f.euro(r["primitief_eur"]),
            f.euro(r["actueel_eur"]),
            f.euro(r["geboekt_eur"]),
            f.euro(r["p10_eur"]),
            f.euro(r["p50_eur"]),
            f.euro(r["p90_eur"]),
            f.euro(r["verschil_eur"], sign=True),
            f.euro(r["risico_eur"]),
        ]
        for _, r in rows.iterrows()
    ]
    headers = [
        "Budget",
        "Begroting primitief",
        "Begroting na wijziging",
        "Geboekt",
        "Laag (p10)",
        "Verwacht",
        "Hoog (p90)",
        "Verwacht min begroting",
        "Euro’s risico",
    ]
    table = data_table(
        "Alle bedragen in hele euro’s, lasten. Euro’s risico: wat er gemiddeld boven de begroting uitkomt.",
        headers,
        cells,
        range(1, 9),
    )
    return details("Tabel met de precieze bedragen", table)


def _worst(pub: Publication, row: Any, boekjaar: int, synthetic: bool) -> html.Section:
    onderdeel = row["onderdeel"]
    course = queries.verloop(pub, boekjaar, onderdeel)
    finding = depletion(row, boekjaar)
    title = f"{row['naam']}: {finding[0].lower() + finding[1:]}"
    height = 250
    picture = chart(
        fan(course, row, queries.standen(pub, onderdeel), boekjaar, None, synthetic, height, earlier=0),
        f"{title}. {findings.band(row)}",
        height,
    )
    late = findings.late_invoices(course["nog_te_ontvangen_eur"])
    link = dcc.Link("Bekijk dit budget", href=f"/budget?onderdeel={onderdeel}&boekjaar={boekjaar}")
    return figure_block(
        title,
        picture,
        source_line(
            "miljoenen euro’s, opgeteld over het jaar",
            link,
            bron="K2F",
            peildatum=row["peildatum"],
            status="voorlopig: er komen nog facturen bij",
            definitie=dcc.Link("hoe we dit berekenen", href="/verantwoording"),
        ),
        _course_table(course),
        f"{late} {depletion_range(row)}".strip(),
        id="grootste-risico",
    )


def _course_table(course: pd.DataFrame) -> Any:
    columns = ("geboekt_eur", "p10_eur", "p50_eur", "p90_eur")
    cells = [[f.maand(r["maand"]), *(f.euro(r[c]) for c in columns)] for _, r in course.iterrows()]
    heads = ["Tot en met", "Geboekt", "Laag (p10)", "Verwacht", "Hoog (p90)"]
    table = data_table("Opgeteld tot en met de maand, in hele euro’s (lasten)", heads, cells, range(1, 5))
    return details("Tabel bij deze grafiek", table)
