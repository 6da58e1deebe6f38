"""What can be assumed about the rest of the year for one budget, as lists: what does not touch it is not offered."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from dash import html

from dashboard import formatting as f
from dashboard.components.controls import bar, choice
from indicators.forecast.scenario import Maatregel, UnusableScenario, from_query
from indicators.forecast.scenario_basis import Basis
from indicators.forecast.scenario_effects import buig_onderdeel

_INDEXATIE = (0, 1, 2, 3, 4, 5, 6, 8, 10)
_INSTROOM = (-30, -20, -10, 0, 10, 20, 30, 50)
_TARIEF = (-10, -5, 0, 2, 4, 6, 8, 10)
_WACHTLIJST = (0, 1, 2, 5, 10, 20, 50, 100)
#: Amounts to choose from: so many times a round amount of about one per cent of the budget.
_MAATREGEL, _BUIG = (-20, -10, -5, -2, -1, 0, 1, 2, 5, 10), (-10, -5, -2, -1, 0, 1, 2, 5, 10)
_NIETS = "zoals verwacht"
_WIDTH = 220
Options = list[dict[str, str]]


def controls(basis: Basis, onderdeel: str, state: Mapping[str, str], names: Mapping[str, str]) -> html.Div:
    """Give the lists, each with what is chosen in the address.

    Args:
        basis: What scenarios start from; it has a forecast of the lasten of this budget.
        onderdeel: Budget part or sum.
        state: The scenario in the address.
        names: Dutch name per onderdeel and sum.
    """
    shown = [
        _list("indexatie", "Prijzen vanaf nu", state.get("indexatie"), _percentages(_INDEXATIE)),
        _list("instroom", "Nieuwe cliënten vanaf nu", state.get("instroom"), _percentages(_INSTROOM)),
    ]
    is_part = onderdeel in set(basis.onderdelen["onderdeel"])
    counted = is_part and (basis.clienten.loc[basis.clienten["onderdeel"] == onderdeel, "stand"] > 0).any()
    shown += _of_part(
        "tarief", "Tarief van dit budget", onderdeel, state, _percentages(_TARIEF) if is_part else [], names
    )
    shown += _of_part("wachtlijst", "Van de wachtlijst", onderdeel, state, _clients() if counted else [], names)
    shown += _measure(basis, onderdeel if is_part else None, state.get("maatregel"), names)
    gets = buig_onderdeel(basis)
    touched = gets is not None and onderdeel in (gets, "participatiewet", "totaal")
    if touched or _number(state.get("buig", "")):
        amounts = _amounts(_expected(basis, str(gets), "B"), _BUIG if touched else (0,))
        shown.append(_list("buig", "Geld van het Rijk (BUIG)", state.get("buig"), amounts))
    return bar(*shown)


def _list(name: str, label: str, chosen: str | None, options: Options, part: str = "") -> Any:
    """A list with what is chosen in the address, also where it is none of what is offered."""
    value = chosen or next(o["value"] for o in options if o["label"] == _NIETS)
    return choice(name, label, value, _with(options, value, _written(name, value)), _WIDTH, part=part)


def _of_part(
    name: str, label: str, onderdeel: str, state: Mapping[str, str], options: Options, names: Mapping[str, str]
) -> list[Any]:
    """The same for an assumption about one budget; one about another is named, and can be taken back here too."""
    other, _, text = state.get(name, "").partition(":")
    chosen = None if other != onderdeel and _number(text) == 0 else state.get(name)
    if not options and not (chosen and text):
        return []
    about, options = (onderdeel, options) if options else (other, [{"value": "0", "label": _NIETS}])
    options = [{**o, "value": f"{about}:{o['value']}"} for o in options]
    if chosen and text:
        where = "" if other == onderdeel else f"{names.get(other, other)}: "
        options = _with(options, chosen, f"{where}{_written(name, text)}")
    return [_list(name, label if about == onderdeel else label.replace("dit", "een"), chosen, options)]


def _measure(basis: Basis, onderdeel: str | None, asked: str | None, names: Mapping[str, str]) -> list[Any]:
    """A measure: how much a year, and where there is one from which month on; of a sum only what is there already."""
    ahead = _months_ahead(basis)
    measure = _read(asked)
    if measure and not measure.eur_per_jaar:
        measure = asked = None
    if not ahead or (onderdeel is None and not measure):
        return []
    since = measure.vanaf if measure else ahead[0]
    about = onderdeel or (measure.onderdeel if measure else "")
    amounts = _amounts(_expected(basis, about, "L"), _MAATREGEL if onderdeel else (0,))
    options = [{**o, "value": f"{about}:{o['value']}:{since.isoformat()}"} for o in amounts]
    if not measure or not asked:
        return [_list("maatregel", "Maatregel, per jaar", asked, options)]
    where = "" if measure.onderdeel == onderdeel else f"{names.get(measure.onderdeel, measure.onderdeel)}: "
    options = _with(options, asked, f"{where}{_amount(measure.eur_per_jaar)}")
    rest = asked.rpartition(":")[0]
    months = [{"value": f"{rest}:{day.isoformat()}", "label": f.maand(day)} for day in ahead]
    months = _with(months, asked, f.datum(since))
    return [
        _list("maatregel", "Maatregel, per jaar", asked, options),
        _list("maatregel", "De maatregel gaat in", asked, months, "vanaf"),
    ]


def _read(asked: str | None) -> Maatregel | None:
    """The measure of an address; None where it cannot be read, which the page says in a sentence of its own."""
    try:
        return from_query(urlencode({"maatregel": asked})).maatregelen[0] if asked else None
    except UnusableScenario:
        return None


def _with(options: Options, value: str, label: str) -> Options:
    return options if value in {o["value"] for o in options} else [*options, {"value": value, "label": label}]


def _months_ahead(basis: Basis) -> list[dt.date]:
    first = basis.prognose.iloc[0]
    day, year = f.as_date(first["peildatum"]), int(first["boekjaar"])
    done = 12 if day is None or day.year > year else day.month
    return [dt.date(year, month, 1) for month in range(done + 1, 13)]


def _expected(basis: Basis, onderdeel: str, side: str) -> float:
    rows = basis.prognose
    own = rows[(rows["onderdeel"] == onderdeel) & (rows["lasten_baten"] == side)]
    return 0.0 if own.empty else abs(float(own["p50_eur"].iloc[0]))


def _percentages(values: Iterable[int]) -> Options:
    return [{"value": str(v), "label": _percentage(float(v)) if v else _NIETS} for v in values]


def _clients() -> Options:
    return [{"value": str(n), "label": _waiting(float(n)) if n else _NIETS} for n in _WACHTLIJST]


def _amounts(size: float, steps: Iterable[int]) -> Options:
    unit = _round(size / 100)
    return [{"value": str(n * unit), "label": _amount(n * unit)} for n in steps]


def _round(amount: float) -> int:
    """Give the round amount (1, 2 or 5 with noughts) that is nearest below, at least a thousand."""
    least = max(amount, 1000.0)
    decade = 10 ** math.floor(math.log10(least))
    return int(max(n for n in (1, 2, 5) if n * decade <= least) * decade)


def _written(name: str, text: str) -> str:
    """Write a choice that came with the address as the others are; what is no number as it is."""
    value = _number(text)
    if value is None or (name == "wachtlijst" and not text.isdigit()):
        return text
    return {"wachtlijst": _waiting, "buig": _amount}.get(name, _percentage)(value)


def _percentage(value: float) -> str:
    return f"{f.number(value, 0 if value.is_integer() else 1, True)} %"


def _waiting(value: float) -> str:
    return f"{f.number(value)} cliënt{'' if value == 1 else 'en'}"


def _amount(value: float) -> str:
    return f"{f.euro(abs(value))} {'minder' if value < 0 else 'meer'}" if value else _NIETS


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
