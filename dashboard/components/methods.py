"""How sure a budget's forecast is: what each method expects, and how right earlier forecasts were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import dcc

from dashboard import findings, queries
from dashboard import formatting as f
from dashboard.charts.track import NAMEN, errors, track
from dashboard.components import holder, lineage
from dashboard.components.figure import chart, figure_block, source_line
from dashboard.components.shell import empty
from dashboard.components.table import data_table, details
from dashboard.queries_budget import primitief
from dashboard.store import Publication

METHODEN = {
    "model": "De monitor",
    "budgethouder": "De budgethouder",
    "lineair": "Lineair doorgetrokken",
    "vorig_jaar": "Zoals vorig jaar",
    "begroting": "De begroting",
}


def methods_block(pub: Publication, row: Any, year: int, closed: float | None) -> Any:
    """Give the table of what every method expects, or a sentence that says why there is none.

    Args:
        pub: The publication.
        row: Row of queries.budgetten.
        year: The year it is about.
        closed: The outturn in euros when that year is closed.
    """
    methods = queries.methoden(pub, year, row["onderdeel"])
    if methods.empty and closed is not None:
        return empty(f"Over {year} is er geen prognose meer", "Het jaar is voorbij. De uitkomst staat hierboven.")
    if methods.empty:
        return empty(
            "Nog geen prognose voor dit budget",
            "Daarvoor is minstens één volledig eerder jaar nodig, met dezelfde indeling.",
        )
    budget = row["actueel_eur"]
    cells = []
    for _, m in methods.iterrows():
        gap = None if f.missing(budget) or f.missing(m["p50_eur"]) else f.euro(m["p50_eur"] - budget, sign=True)
        around = f"{f.euro(m['p10_eur'])} tot {f.euro(m['p90_eur'])}" if not f.missing(m["p10_eur"]) else None
        cells.append([METHODEN.get(m["methode"], m["methode"]), f.euro(m["p50_eur"]), gap, around, *_risk(m)])
    beside = _primitive(pub, row, year, methods)
    heads = [
        "Manier van rekenen",
        "Verwachte uitkomst",
        "Verwacht min begroting",
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
        [table, *([beside.table] if beside else [])],
        source_line(
            lineage.link(onderdeel=row["onderdeel"], boekjaar=year),
            bron="K2F",
            peildatum=f"prognose van {f.datum(day)}",
            status="definitief na de jaarrekening" if closed is not None else "voorlopig: er komen nog facturen bij",
            definitie=dcc.Link("hoe we dit berekenen", href="/verantwoording"),
        ),
        lead=" ".join(
            [
                "Lineair telt alleen wat al geboekt is en mist dus de facturen die nog komen.",
                holder.LEAD if (methods["methode"] == holder.METHODE).any() else "",
                beside.said if beside else "",
            ]
        ).strip(),
        id="manieren",
    )


def _risk(of: Any) -> list[str | None]:
    """The chance of more than a budget and the day on which it is gone; empty where a method knows none."""
    gone = f.as_date(of["uitputting_p50"])
    chance = None if f.missing(of["kans_overschrijding"]) else f.chance(of["kans_overschrijding"])
    return [chance, f.dag_maand(gone) if gone else None]


@dataclass(frozen=True)
class _Beside:
    """The forecast laid against both budgets: a table, and one sentence about the primitive one."""

    table: Any
    said: str


def _primitive(pub: Publication, row: Any, year: int, methods: pd.DataFrame) -> _Beside | None:
    """Lay the model's forecast against the primitive budget, where that is another one than the one in force."""
    found = primitief(pub, row["onderdeel"], year)
    model = methods[methods["methode"] == "model"]
    primitive, in_force = row["primitief_eur"], row["actueel_eur"]
    if found.empty or model.empty or f.missing(primitive) or f.missing(in_force) or abs(primitive - in_force) < 1:
        return None
    middle = model.iloc[0]["p50_eur"]

    def cells(name: str, budget: float, of: Any) -> list[Any]:
        return [name, f.euro(budget), f.euro(middle - budget, sign=True), *_risk(of)]

    rows = [cells("Na wijziging", in_force, model.iloc[0]), cells("Primitief", primitive, found.iloc[0])]
    heads = ["Begroting", "Bedrag", "Verwacht min begroting", "Kans boven", "Geld op rond"]
    table = data_table("Dezelfde prognose naast beide begrotingen, in hele euro’s", heads, rows, range(1, 5))
    said = (
        f"De raad stelde voor het jaar {f.euro_text(primitive)} vast (de primitieve begroting). De kans dat de "
        f"uitkomst daarboven komt, is {f.chance_text(found.iloc[0]['kans_overschrijding'])}"
    )
    gone = rows[1][-1]
    return _Beside(table, f"{said}; dat bedrag is naar verwachting op rond {gone}." if gone else f"{said}.")


def record_block(pub: Publication, onderdeel: str, synthetic: bool) -> Any:
    """Give the picture and table of how far earlier forecasts were off, or a sentence that says why there is none."""
    rows = findings.comparable(queries.terugtoets(pub, onderdeel))
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
    shown = rows[(rows["methode"] == "model") & rows["peilmaand"].isin([3, 6, 9, 11])]
    for r in shown.itertuples():
        off = (r.voorspeld_eur - r.uitkomst_eur) / r.uitkomst_eur if r.uitkomst_eur else None
        banded = not f.missing(r.p10_eur) and not f.missing(r.uitkomst_eur)
        inside = ("ja" if r.p10_eur <= r.uitkomst_eur <= r.p90_eur else "nee") if banded else None
        cells.append(
            [
                str(int(r.boekjaar)),
                f.MAANDEN[int(r.peilmaand) - 1],
                *(f.euro(v) for v in (r.voorspeld_eur, r.p10_eur, r.p90_eur, r.uitkomst_eur)),
                f"{f.number(off * 100, 1, sign=True)}{f.NBSP}%" if off is not None else None,
                inside,
            ]
        )
    heads = [
        "Jaar",
        "Gezegd in",
        "Voorspeld",
        "Laag (p10)",
        "Hoog (p90)",
        "Uitkomst",
        "Voorspeld min uitkomst",
        "Binnen de band",
    ]
    heads = holder.with_holder(heads, cells, list(zip(shown["boekjaar"], shown["peilmaand"], strict=True)), rows)
    table = data_table("Wat de monitor zei en wat het werd, in hele euro’s", heads, cells, range(2, len(heads)))
    wrong = errors(rows)
    spoken = "; ".join(
        f"{NAMEN[m]} {f.percent(p['fout'].iloc[0], 1)} in {f.MAANDEN[int(p['peilmaand'].iloc[0]) - 1]} "
        f"en {f.percent(p['fout'].iloc[-1], 1)} in {f.MAANDEN[int(p['peilmaand'].iloc[-1]) - 1]}"
        for m in NAMEN
        if len(p := wrong[wrong["methode"] == m].sort_values("peilmaand"))
    )
    picture = chart(track(rows, synthetic), f"Gemiddelde fout per maand van de prognose: {spoken}.", 260)
    lead = (
        "Gemiddelde fout als deel van de uitkomst, per maand waarin de prognose gemaakt is. "
        f"{findings.coverage_sentence(record)}{holder.sentence(rows)}"
    )
    return figure_block(
        title,
        picture,
        source_line(
            "berekend met alleen wat toen bekend was",
            lineage.link(tabel="mart.fct_terugtoets", sleutel=f"{onderdeel}|*|*|*"),
            bron="K2F",
            peildatum=f"terugtoets over {years}",
            status="uitkomsten van afgesloten jaren zijn definitief",
            definitie=dcc.Link("hoe we dit berekenen", href="/verantwoording"),
        ),
        details("Tabel: voorspeld en uitgekomen", table),
        lead,
        id="terugblik",
    )
