"""What a scenario does to one budget: lasten, and where it has them baten and what is left to pay."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard.apart import apart
from dashboard.components.figure import source_line
from dashboard.components.table import data_table
from indicators.forecast.scenario_apply import Outcome
from indicators.forecast.scenario_basis import Basis

_OORZAKEN = {
    "maatregel": "maatregel",
    "wachtlijst": "wachtlijst",
    "instroom": "meer of minder nieuwe cliënten",
    "indexatie": "hogere of lagere prijzen",
    "tarief": "ander tarief",
    "buig": "geld van het Rijk (BUIG)",
}
#: A budget without counts of clients does not move with new ones; that is no forecast that it will not.
ONVERANDERD = (
    "De uitkomst verandert niet: wat u aanneemt raakt dit budget niet, of de monitor kent er geen aantallen van."
)
MIDDELSTE = (
    "Elke verwachting is de middelste van alle mogelijke uitkomsten; daarom is het saldo niet precies de lasten min "
    "de baten."
)
_NAMEN = ("Prognose", "Dit scenario")


def result(basis: Basis, outcome: Outcome, onderdeel: str) -> list[Any]:
    """Give what a scenario does: a sentence, the forecast beside the scenario, and by which assumption.

    Args:
        basis: What the scenario starts from.
        outcome: What it comes to.
        onderdeel: Budget part or sum with a forecast of its lasten.
    """
    costs, income = (_sides(basis.prognose, outcome.prognose, onderdeel, side) for side in ("L", "B"))
    balance = _sides(basis.saldo, outcome.saldo, onderdeel)
    parts: list[Any] = [html.P(html.Strong(said(_change(costs), _change(income) if income else None)))]
    parts.append(_costs(costs))
    if income:
        parts.append(_income(income, balance))
        if balance and abs(costs[0]["p50_eur"] - income[0]["p50_eur"] + balance[0]["p50_eur"]) >= 0.5:
            parts.append(html.P(MIDDELSTE, className="uitleg"))
    parts += _causes(outcome.verschil[outcome.verschil["onderdeel"] == onderdeel], bool(income))
    source = source_line(
        bron="K2F",
        peildatum=f"prognose van {f.datum(f.as_date(costs[0]['peildatum']))}, met uw aannames",
        status="voorlopig: er komen nog facturen bij",
        definitie=dcc.Link("hoe we dit berekenen", href="/verantwoording"),
    )
    note = "Dit scenario staat in het adres van deze pagina: deel het adres om hetzelfde te laten zien."
    return [*parts, source, html.P(note, className="bron")]


def said(costs: float, income: float | None) -> str:
    """Say what changes: "De lasten veranderen niet en de baten worden € 0,5 miljoen lager: per saldo ... meer.".

    Args:
        costs: Euros by which the expected lasten change.
        income: The same of baten; None for a budget without.
    """
    if max(abs(costs), abs(income or 0.0)) < 0.5:
        return ONVERANDERD
    if income is None:
        return f"De uitkomst wordt {f.euro_text(costs)} {_way(costs)}."
    more, less, net = apart(costs, income)
    first = f"De lasten worden {more} {_way(costs)}" if abs(costs) >= 0.5 else "De lasten veranderen niet"
    second = f"de baten worden {less} {_way(income)}" if abs(income) >= 0.5 else "de baten veranderen niet"
    if abs(costs - income) < 0.5:
        return f"{first} en {second}: per saldo maakt dit niets uit."
    return f"{first} en {second}: per saldo kost dit {net} {'meer' if costs > income else 'minder'}."


def _way(change: float) -> str:
    return "hoger" if change > 0 else "lager"


def _sides(before: pd.DataFrame, after: pd.DataFrame, onderdeel: str, side: str = "") -> list[Any]:
    """The row of a budget in the forecast and in the scenario; nothing where it has none."""
    both = []
    for rows in (before, after):
        own = rows[rows["onderdeel"] == onderdeel]
        both.append(own[own["lasten_baten"] == side] if side else own)
    return [] if any(rows.empty for rows in both) else [rows.iloc[0] for rows in both]


def _change(rows: list[Any]) -> float:
    return float(rows[1]["p50_eur"]) - float(rows[0]["p50_eur"])


def _band(low: Any, high: Any) -> str:
    return f"{f.euro(low)} tot {f.euro(high)}"


def _costs(rows: list[Any]) -> Any:
    cells = [
        [
            name,
            f.euro(row["p50_eur"]),
            _band(row["p10_eur"], row["p90_eur"]),
            f.chance(row["kans_overschrijding"]),
            f.dag_maand(f.as_date(row["uitputting_p50"])),
        ]
        for name, row in zip(_NAMEN, rows, strict=True)
    ]
    heads = ["Lasten", "Verwachte uitkomst", "Band (80 %)", "Kans boven", "Geld op rond"]
    return data_table("Prognose en scenario, lasten", heads, cells, (1, 2, 3, 4))


def _income(income: list[Any], balance: list[Any]) -> Any:
    """Baten, and lasten min baten as the rest of the page has a saldo; in the publication it is the other way round."""
    cells = [
        [f"Baten: {name.lower()}", f.euro(row["p50_eur"]), _band(row["p10_eur"], row["p90_eur"]),
         f.chance(1 - row["kans_overschrijding"])]
        for name, row in zip(_NAMEN, income, strict=True)
    ]  # fmt: skip
    cells += [
        [f"Saldo: {name.lower()}", f.euro(-row["p50_eur"]), _band(-row["p90_eur"], -row["p10_eur"]),
         f.chance(row["kans_nadeel"])]
        for name, row in zip(_NAMEN, balance or [], strict=bool(balance))
    ]  # fmt: skip
    heads = ["Baten en saldo", "Verwachte uitkomst", "Band (80 %)", "Kans op nadeel"]
    caption = "Prognose en scenario, baten en saldo (lasten min baten); nadeel: slechter dan begroot"
    return data_table(caption, heads, cells, (1, 2, 3))


def _causes(rows: pd.DataFrame, both: bool) -> list[Any]:
    """By which assumption, to the euro; of a budget with baten for both sides."""
    if rows.empty:
        return []
    effects = {(str(r.lasten_baten), str(r.oorzaak)): f.euro(r.effect_eur, sign=True) for r in rows.itertuples()}
    sides = ("L", "B") if both else ("L",)
    named = dict.fromkeys(str(cause) for cause in rows["oorzaak"])
    cells = [[_OORZAKEN.get(cause, cause), *(effects.get((side, cause)) for side in sides)] for cause in named]
    heads = ["Aanname", *(["Effect op lasten", "Effect op baten"] if both else ["Effect"])]
    return [data_table("Waar het verschil door komt, in hele euro’s", heads, cells, range(1, len(heads)))]
