"""What clients say, beside how many inhabitants have help."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard.components.figure import figure_block, source_line
from dashboard.components.table import data_table
from indicators.core.contract import AGGREGATEN
from indicators.core.disclosure import protected


def answers_blocks(answers: pd.DataFrame, use: pd.DataFrame) -> list[html.Section]:
    """Give a figure for each law that asked its clients.

    Args:
        answers: queries_programmes.ervaring.
        use: queries_programmes.gebruik.
    """
    return [_block(str(wet), rows, use[use["wet"] == wet]) for wet, rows in answers.groupby("wet")]


def _block(wet: str, rows: pd.DataFrame, use: pd.DataFrame) -> html.Section:
    years = sorted(set(rows["jaar"]), reverse=True)
    cells = []
    for _, of_one in rows.groupby("vraagnummer"):
        by_year = {int(r.jaar): r for r in of_one.itertuples()}
        newest = by_year[max(by_year)]
        cells.append([newest.vraag, *(answer(by_year.get(int(y))) for y in years), f.number(newest.aantal_antwoorden)])
    name = AGGREGATEN.get(wet, wet)
    table = data_table(
        f"{name}: deel dat het eens is of ja zegt, of het rapportcijfer",
        ["Vraag", *(str(y) for y in years), "Antwoorden"],
        cells,
        range(1, 2 + len(years)),
    )
    few = bool(rows.loc[rows["jaar"] == years[0], "kleine_n"].any())
    lead = [
        _use(name, use),
        "Met zo weinig antwoorden kan een verschil met het jaar ervoor toeval zijn." if few else "",
    ]
    source = source_line(
        dcc.Link("gebruik van voorzieningen", href="/indicator?zoek=gebruik"),
        bron="cliëntervaringsonderzoek",
        peildatum=f"cijfers over {years[0]}",
        status="definitief",
        definitie=dcc.Link("hoe we dit lezen", href="/verantwoording"),
    )
    return figure_block(finding(name, rows), table, source, None, " ".join(p for p in lead if p), id=f"ervaring-{wet}")


def finding(name: str, rows: pd.DataFrame) -> str:
    """Say which question of the newest year is answered best and which worst.

    Args:
        name: Of the law.
        rows: Answers for it; only those in per cent are compared.
    """
    newest = rows[(rows["jaar"] == rows["jaar"].max()) & (rows["eenheid"] == "procent") & rows["waarde"].notna()]
    if len(newest) < 2:
        return f"Wat cliënten van {name} zeggen"
    if newest["kleine_n"].any():
        return f"{name}: te weinig antwoorden voor een conclusie"
    low = newest.sort_values(["waarde", "vraagnummer"]).iloc[0]
    return f"{name}: ‘{low['vraag']}’ scoort het laagst ({f.number(low['waarde'], 0)}{f.NBSP}%)"


def _use(name: str, use: pd.DataFrame) -> str:
    known = use[use["aantal"].notna()]
    if known.empty:
        return ""
    row = known.iloc[0]
    now = protected(int(row["aantal"]))
    if now is None:
        return ""
    then = None if f.missing(row["vorig_jaar"]) else protected(int(row["vorig_jaar"]))
    before = "" if then is None else f" (een jaar eerder {f.number(then)})"
    when = f.maand(f.as_date(row["maand"]))
    return f"Eind {when} hadden ongeveer {f.number(now)} inwoners hulp uit {name}{before}."


def answer(row: Any) -> Any:
    """Write one answer; few answers are said beside it."""
    if row is None or f.missing(row.waarde):
        return None
    text = f"{f.number(row.waarde, 1)}{f.NBSP}%" if row.eenheid == "procent" else f.number(row.waarde, 1)
    return f"{text} (weinig antwoorden)" if row.kleine_n else text
