"""What if: a few assumptions about the rest of the year, what they do to this budget, and an address to share."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dash import html

from dashboard import formatting as f
from dashboard import queries
from dashboard.components.scenario_controls import controls
from dashboard.components.scenario_result import result
from dashboard.store import Publication
from indicators.forecast.scenario import UnusableScenario, describe, from_query
from indicators.forecast.scenario_apply import apply

KEYS = ("indexatie", "instroom", "tarief", "wachtlijst", "buig", "maatregel")


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
    parts: list[Any] = [html.H2("Wat als?", id="wat-als"), controls(basis, onderdeel, state, names)]
    try:
        scenario = from_query(query)
    except UnusableScenario as problem:
        return html.Section([*parts, html.P(str(problem), className="let-op", role="note")], className="figuur")
    outcome = pub.remember(("scenario", scenario.to_query()), lambda: apply(basis, scenario))
    day = known["peildatum"].iloc[0].date()
    parts.append(html.P(f.keep(describe(scenario, names, day)), className="uitleg"))
    parts += [html.P(f.keep(line), className="let-op", role="note") for line in outcome.niet_toegepast]
    if not scenario.is_basis:
        parts += result(basis, outcome, onderdeel)
    return html.Section(parts, className="figuur")
