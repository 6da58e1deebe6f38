"""Why the expected outturn differs from the budget: the causes in sentences, then as a waterfall, then as a table."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard import queries
from dashboard.causes import told_by_cause
from dashboard.charts.waterfall import OORZAKEN, waterfall
from dashboard.components import lineage
from dashboard.components.figure import chart, figure_block, source_line
from dashboard.components.table import data_table, details
from dashboard.opposites import Opposite, opposites, others, sentence
from dashboard.queries_budget import verklaring_delen
from dashboard.store import Publication

#: Sentences shown; smaller causes are in the table.
HOOGSTENS = 3


def explanation_block(pub: Publication, row: Any, year: int, name: str, synthetic: bool) -> html.Section | None:
    """Give the explanation of one budget, or None where none was made.

    Args:
        pub: The publication.
        row: Row of queries.budgetten.
        year: Boekjaar.
        name: Dutch name of the budget.
        synthetic: Add the watermark.
    """
    rows = queries.verklaring(pub, year, row["onderdeel"])
    if rows.empty or f.missing(row["actueel_eur"]) or f.missing(row["p50_eur"]):
        return None
    picture = waterfall(float(row["actueel_eur"]), rows, synthetic)
    height = picture.height
    hidden = opposites(verklaring_delen(pub, year, row["onderdeel"]))
    sentences = _sentences(rows.head(HOOGSTENS), hidden)
    also = others(_untold(rows, hidden))
    alternative = f"{title(rows)}. {name}: {' '.join(sentences)} {also}".strip()
    body = [html.Ul([html.Li(z) for z in sentences], className="zinnen"), chart(picture, alternative, height)]
    if also:
        body.insert(1, html.P(also, className="uitleg"))
    source = source_line(
        f"Gemaakt uit: {rows['detail'].iloc[0]}",
        f"peildatum {f.datum(f.as_date(rows['peildatum'].iloc[0]))}",
        "voorlopig tot de jaarrekening",
        "de as begint niet bij nul",
        lineage.link(onderdeel=row["onderdeel"], boekjaar=year),
        dcc.Link("hoe we dit berekenen", href="/verantwoording"),
    )
    return figure_block(title(rows), body, source, _table(rows, hidden), level=2, id="verklaring")


def title(rows: pd.DataFrame) -> str:
    """Say what weighs most in the direction of the whole: "Het verschil komt vooral door prijs: +€ 0,31 miljoen".

    A large effect the other way is no reason for the difference; a budget that was out of line has words of its own.
    """
    whole = float(rows["effect_eur"].sum())
    along = rows[rows["effect_eur"] * whole > 0]
    if abs(whole) < 0.5 or along.empty:
        return "Er is geen verschil met de begroting te verklaren"
    largest = along.iloc[along["effect_eur"].abs().argmax()]
    cause, effect = str(largest["oorzaak"]), float(largest["effect_eur"])
    size = f"€{f.NBSP}{f.number(abs(effect) / 1e6, 2)}{f.NBSP}miljoen"
    amount = ("+" if effect > 0 else f.MINUS) + size
    if cause == "overig":
        return f"Van het verschil met de begroting is het grootste deel niet te verklaren: {amount}"
    if cause == "begroting":
        place = "lager" if whole > 0 else "hoger"
        # Without its sign: a budget that is lower makes the difference larger, "lager: +€ 0,72 miljoen" would say both.
        return f"De begroting is {size} {place} dan op grond van vorig jaar te verwachten was"
    return f"Het verschil met de begroting komt vooral door {OORZAKEN.get(cause, cause)}: {amount}"


def _sentences(rows: pd.DataFrame, hidden: dict[str, Opposite]) -> list[str]:
    """The sentences of causes, each with what it hides of the parts of a sum."""
    return [_with(f.keep(zin), hidden.get(cause)) for cause, zin in told_by_cause(rows).items()]


def _with(zin: str, of: Opposite | None) -> str:
    return f"{zin} {sentence(of)}".strip() if of else zin


def _untold(rows: pd.DataFrame, hidden: dict[str, Opposite]) -> list[tuple[str, Opposite]]:
    """The causes without a sentence that hide most, as the picture names them; all of them stand in the table."""
    rest = set(rows["oorzaak"].iloc[HOOGSTENS:])
    found = [(OORZAKEN.get(cause, cause), of) for cause, of in hidden.items() if cause in rest]
    return found[:HOOGSTENS]


def _table(rows: pd.DataFrame, hidden: dict[str, Opposite]) -> Any:
    cells = [
        [
            OORZAKEN.get(r.oorzaak, r.oorzaak),
            f.euro(r.effect_eur, sign=True),
            _with(f.keep(r.zin), hidden.get(r.oorzaak)),
        ]
        for r in rows.itertuples()
    ]
    whole = f.euro(rows["effect_eur"].sum(), sign=True)
    cells.append(["samen", whole, "verwachte uitkomst min begroting na wijziging"])
    heads = ["Oorzaak", "Effect", "Toelichting"]
    table = data_table("Van begroting naar verwachting, in hele euro’s", heads, cells, (1,))
    return details("Tabel bij deze grafiek", table)
