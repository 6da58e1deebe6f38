"""What if: a few assumptions about the rest of the year, what they do to this budget, and an address to share."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import urlencode

from dash import html

from dashboard import formatting as f
from dashboard import queries
from dashboard.components.controls import bar, choice
from dashboard.components.scenario_result import result
from dashboard.store import Publication
from indicators.forecast.scenario import UnusableScenario, describe, from_query
from indicators.forecast.scenario_apply import apply

KEYS = ("indexatie", "instroom", "tarief", "wachtlijst", "buig", "maatregel")
_INDEXATIE = (0, 1, 2, 3, 4, 5, 6, 8, 10)
_INSTROOM = (-30, -20, -10, 0, 10, 20, 30, 50)
_TARIEF = (-10, -5, 0, 2, 4, 6, 8, 10)


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
        parts += result(basis, outcome, onderdeel)
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
