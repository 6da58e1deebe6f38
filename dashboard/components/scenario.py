"""What if: a few assumptions about the rest of the year, what they do to this budget, and an address to share."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html

from dashboard import formatting as f
from dashboard import queries
from dashboard.components.controls import bar, choice
from dashboard.components.figure import source_line
from dashboard.components.table import data_table
from dashboard.store import Publication
from indicators.forecast.scenario import UnusableScenario, describe, from_query
from indicators.forecast.scenario_apply import Outcome, apply

KEYS = ("indexatie", "instroom", "tarief", "wachtlijst", "buig", "maatregel")
_INDEXATIE = (0, 1, 2, 3, 4, 5, 6, 8, 10)
_INSTROOM = (-30, -20, -10, 0, 10, 20, 30, 50)
_TARIEF = (-10, -5, 0, 2, 4, 6, 8, 10)
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


def scenario_block(
    pub: Publication, onderdeel: str, state: dict[str, str], names: dict[str, str]
) -> html.Section | None:
    """Give the panel for one budget, or None when there is no forecast to change.

    Args:
        pub: The publication.
        onderdeel: Budget part or sum.
        state: The scenario in the address: KEYS.
        names: Dutch name per onderdeel and sum.
    """
    basis = queries.scenario_basis(pub)
    known = basis.prognose[(basis.prognose["onderdeel"] == onderdeel) & (basis.prognose["lasten_baten"] == "L")]
    if known.empty:
        return None
    query = urlencode([(k, v) for k, v in state.items() if v])
    parts: list[Any] = [html.H2("Wat als?", id="wat-als"), _controls(onderdeel, state, onderdeel in _parts(basis))]
    try:
        scenario = from_query(query)
    except UnusableScenario as problem:
        return html.Section([*parts, html.P(str(problem), className="let-op", role="note")], className="figuur")
    outcome = pub.remember(("scenario", scenario.to_query()), lambda: apply(basis, scenario))
    day = known["peildatum"].iloc[0].date()
    parts.append(html.P(describe(scenario, names, day), className="uitleg"))
    parts += [html.P(line, className="let-op", role="note") for line in outcome.niet_toegepast]
    if not scenario.is_basis:
        parts += _result(known.iloc[0], outcome, onderdeel)
    return html.Section(parts, className="figuur")


def _parts(basis: Any) -> set[str]:
    return set(basis.onderdelen["onderdeel"])


def _controls(onderdeel: str, state: dict[str, str], is_part: bool) -> html.Div:
    def steps(name: str, label: str, values: tuple[int, ...], prefix: str = "") -> Any:
        chosen = state.get(name) or f"{prefix}0"
        options = [{"value": f"{prefix}{v}", "label": "zoals verwacht" if v == 0 else f"{f.number(v, 0, True)} %"}
                   for v in values]  # fmt: skip
        if chosen not in {o["value"] for o in options}:
            options.append({"value": chosen, "label": _as_percentage(chosen.removeprefix(prefix))})
        return choice(name, label, chosen, options, 220)

    shown = [
        steps("indexatie", "Prijzen vanaf nu", _INDEXATIE),
        steps("instroom", "Nieuwe cliënten vanaf nu", _INSTROOM),
    ]
    if is_part:
        shown.append(steps("tarief", "Tarief van dit budget", _TARIEF, f"{onderdeel}:"))
    return bar(*shown)


def _as_percentage(text: str) -> str:
    """Write a choice that came with the address as the others are; what is no number as it is."""
    try:
        value = float(text)
    except ValueError:
        return text
    return f"{f.number(value, 0 if value.is_integer() else 1, True)} %" if math.isfinite(value) else text


def _result(before: Any, outcome: Outcome, onderdeel: str) -> list[Any]:
    rows = outcome.prognose
    after = rows[(rows["onderdeel"] == onderdeel) & (rows["lasten_baten"] == "L")].iloc[0]
    change = float(after["p50_eur"]) - float(before["p50_eur"])
    side = "hoger" if change > 0 else "lager"
    said = ONVERANDERD if abs(change) < 0.5 else f"De uitkomst wordt {f.euro_text(change)} {side}."
    heads = ["Wat", "Verwachte uitkomst", "Band (80 %)", "Kans boven", "Geld op rond"]
    cells = [
        [
            name,
            f.euro(row["p50_eur"]),
            f"{f.euro(row['p10_eur'])} tot {f.euro(row['p90_eur'])}",
            f.chance(row["kans_overschrijding"]),
            f.dag_maand(f.as_date(row["uitputting_p50"])),
        ]
        for name, row in (("Prognose", before), ("Dit scenario", after))
    ]
    own = outcome.verschil[(outcome.verschil["onderdeel"] == onderdeel) & (outcome.verschil["lasten_baten"] == "L")]
    causes = [[_OORZAKEN.get(r.oorzaak, r.oorzaak), f.euro(r.effect_eur, sign=True)] for r in own.itertuples()]
    parts: list[Any] = [
        html.P(html.Strong(said)),
        data_table("Prognose en scenario, lasten", heads, cells, (1, 2, 3, 4)),
    ]
    if causes:
        parts.append(data_table("Waar het verschil door komt, in hele euro’s", ["Aanname", "Effect"], causes, (1,)))
    note = "Dit scenario staat in het adres van deze pagina: deel het adres om hetzelfde te laten zien."
    source = source_line(
        bron="K2F",
        peildatum=f"prognose van {f.datum(f.as_date(before['peildatum']))}, met uw aannames",
        status="voorlopig: er komen nog facturen bij",
        definitie=dcc.Link("hoe we dit berekenen", href="/verantwoording"),
    )
    return [*parts, source, html.P(note, className="bron")]
