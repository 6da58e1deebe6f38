"""Says in one plain Dutch sentence what a test found and why. No figure is said that was not given."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from indicators.core import period
from indicators.core.change import ALPHA
from indicators.core.indicator import Indicator, unit_of

MINUS = "\u2212"
#: The same few periods are named in every sentence.
label = lru_cache(maxsize=5_000)(period.label)
#: Columns of a judged row that a sentence may need.
NEEDED = (
    *("indicator", "soort", "periode", "tegenover", "gebied_code", "niveau", "status", "breuk", "oordeel", "toets"),
    *(
        "waarde",
        "waarde_oud",
        "verschil",
        "ondergrens_verschil",
        "bovengrens_verschil",
        "p",
        "gebruikelijk",
        "perioden",
    ),
    *(
        "lopend",
        "ondergrens",
        "bovengrens",
        "ondergrens_oud",
        "bovengrens_oud",
        "teller",
        "noemer",
        "teller_oud",
        "noemer_oud",
    ),
)
_LOOKS = (
    "op zichzelf valt het op, maar bij zo veel cijfers tegelijk zijn er altijd wel een paar die door toeval opvallen"
)
_INCOMPLETE = "het cijfer over {} is nog niet volledig, er komt meestal nog wat bij"
_WHY_NOT = {
    "marge": "de bron geeft hierbij geen marges",
    "proportie": "de aantallen achter het cijfer ontbreken",
    "telling": "de aantallen achter het cijfer ontbreken",
    "geen": "het is een registratie, geen steekproef, en er zijn te weinig cijfers van zulke gebieden om te weten wat "
    "een gewone schommeling is",
}


def number(value: float, decimals: int) -> str:
    """Write a number as the Dutch do: 1.234,5."""
    text = f"{abs(value):,.{decimals}f}".replace(",", "_").replace(".", ",").replace("_", ".")
    return f"{MINUS}{text}" if round(value, decimals) < 0 else text


def with_unit(value: float, indicator: Indicator) -> str:
    """Write a value with its unit: 67,4 %."""
    text = number(value, indicator.decimalen)
    return f"{text} {unit_of(text, indicator.eenheid)}"


def difference(value: float, indicator: Indicator, extra: int = 0) -> str:
    """Write a difference with its unit, of percentages in procentpunt; with `extra` decimals where it is small."""
    unit = "procentpunt" if indicator.eenheid == "%" else indicator.eenheid
    text = number(value, indicator.decimalen + extra)
    return f"{text} {unit_of(text, unit)}"


def apart(new: float, old: float, decimals: int) -> float:
    """Give the difference of two values as they are written: a reader who subtracts them must find this."""
    return round(round(new, decimals) - round(old, decimals), decimals)


def sentence(row: Mapping[str, Any], indicator: Indicator, names: Mapping[str, str]) -> str:
    """Say what was found.

    Args:
        row: A judged row of `changes`: soort, oordeel, toets, p (not corrected) and the figures.
        indicator: Its record.
        names: Names of regions by code.
    """
    text = _trend(row, indicator) if row["soort"] == "trend" else _pair(row, indicator, names)
    if str(row["status"]).endswith("voorlopig") and not row["lopend"]:
        text += "; het nieuwste cijfer is nog voorlopig"
    return f"{text}."


def _pair(row: Mapping[str, Any], indicator: Indicator, names: Mapping[str, str]) -> str:
    between, moment = _between(row, indicator, names)
    if row["oordeel"] == "breuk":
        reason = str(row["breuk"]).rstrip(".")
        return f"Het verschil {between} zegt niet wat er veranderde, want er is een breuk in de cijfers: {reason}"
    seen = abs(apart(row["waarde"], row["waarde_oud"], indicator.decimalen))
    if row["oordeel"] in ("ruis", "onbekend") and seen == 0:
        return f"Er is geen verschil te zien {between}{moment}"
    # What is sure and yet too small to be seen in the figures as they are written, is said with a decimal more.
    size = difference(seen, indicator) if seen else difference(abs(row["verschil"]), indicator, 1)
    start = f"verschil van {size} {between}{moment}"
    if row["oordeel"] == "onbekend":
        why = _INCOMPLETE.format(label(row["periode"])) if row["lopend"] else _WHY_NOT[indicator.toets]
        return f"Of het {start} toeval is, is niet te zeggen: {why}"
    return f"Het {start} {_noise(row, indicator) if row['oordeel'] == 'ruis' else _more(row, indicator)}"


def _between(row: Mapping[str, Any], indicator: Indicator, names: Mapping[str, str]) -> tuple[str, str]:
    """Name the two sides with their figures, and the moment that they share, if they do."""
    old, new = with_unit(row["waarde_oud"], indicator), with_unit(row["waarde"], indicator)
    if row["soort"] == "gebied":
        own, other = names.get(row["gebied_code"], row["gebied_code"]), names.get(row["tegenover"], row["tegenover"])
        return f"tussen {own} ({new}) en {other} ({old})", f" in {label(row['periode'])}"
    return f"tussen {label(row['tegenover'])} ({old}) en {label(row['periode'])} ({new})", ""


def _invisible(value: float, decimals: int) -> bool:
    return number(value, decimals) == number(0, decimals)


def _noise(row: Mapping[str, Any], indicator: Indicator) -> str:
    if row["p"] < ALPHA:
        return f"kan toeval zijn: {_LOOKS}"
    if row["toets"] == "beweging":
        return f"is ruis: {_usual(row, indicator)}"
    if row["toets"] == "marge":
        ends = ("", "_oud") if row["soort"] == "gebied" else ("_oud", "")
        return f"kan toeval zijn: de marges overlappen ({' en '.join(_margin(row, indicator, end) for end in ends)})"
    if row["toets"] == "proportie":
        counts = " en ".join(_of(row, end) for end in ("_oud", ""))
        return f"kan toeval zijn: bij deze aantallen ({counts}) komt zo'n verschil vaak vanzelf voor"
    return "kan toeval zijn: aantallen van deze grootte schommelen vanzelf zo veel"


def _more(row: Mapping[str, Any], indicator: Indicator) -> str:
    if row["toets"] == "beweging":
        return f"is groter dan gewoon: {_usual(row, indicator)}"
    return f"is meer dan toeval: met 95 % zekerheid ligt het echte verschil tussen {_bounds(row, indicator)}"


def _usual(row: Mapping[str, Any], indicator: Indicator) -> str:
    """Why a figure from a register is held against what is usual."""
    who = "wijken" if row["niveau"] == "wijk" else "gemeenten"
    what = _WHY_NOT[indicator.toets] if indicator.toets != "geen" else "het is een registratie, geen steekproef"
    usual = difference(row["gebruikelijk"], indicator, _finer(indicator, row["gebruikelijk"]))
    return f"{what}, en van de ene periode op de andere verandert het cijfer bij 95 van de 100 {who} minder dan {usual}"


def _trend(row: Mapping[str, Any], indicator: Indicator) -> str:
    finer = _finer(indicator, row["verschil"], row["ondergrens_verschil"], row["bovengrens_verschil"])
    per_year = f"{difference(abs(row['verschil']), indicator, finer)} per jaar"
    since = f"sinds {label(row['tegenover'])} ({int(row['perioden'])} cijfers)"
    if row["oordeel"] == "onbekend":
        return f"Of het cijfer {since} stijgt of daalt is niet te zeggen"
    bounds = _bounds(row, indicator, finer)
    if row["oordeel"] == "ruis":
        why = _LOOKS if row["p"] < ALPHA else f"met 95 % zekerheid ligt het tussen {bounds}"
        if _invisible(row["verschil"], indicator.decimalen + finer):
            return f"Het cijfer is {since} gemiddeld gelijk gebleven"
        way = "stijging" if row["verschil"] > 0 else "daling"
        return f"De {way} van gemiddeld {per_year} {since} kan toeval zijn: {why}"
    way = "stijgt" if row["verschil"] > 0 else "daalt"
    return f"Het cijfer {way} {since} met gemiddeld {per_year}, meer dan toeval: met 95 % zekerheid tussen {bounds}"


def _finer(indicator: Indicator, *values: float) -> int:
    """Give a decimal more to what is small beside the last digit of the figure: 0,40 procentpunt, but 1.222 euro."""
    return int(max(abs(value) for value in values) < 100 * 10.0**-indicator.decimalen)


def _bounds(row: Mapping[str, Any], indicator: Indicator, extra: int = 0) -> str:
    """The bounds of a difference that is named by its size: a fall of 5 lies between 1 and 9, not -9 and -1."""
    low, high = row["ondergrens_verschil"], row["bovengrens_verschil"]
    low, high = (-high, -low) if row["verschil"] < 0 else (low, high)
    return f"{number(low, indicator.decimalen + extra)} en {difference(high, indicator, extra)}"


def _margin(row: Mapping[str, Any], indicator: Indicator, end: str) -> str:
    low, high = row[f"ondergrens{end}"], row[f"bovengrens{end}"]
    return f"{number(low, indicator.decimalen)} tot {number(high, indicator.decimalen)}"


def _of(row: Mapping[str, Any], end: str) -> str:
    return f"{number(row[f'teller{end}'], 0)} van {number(row[f'noemer{end}'], 0)}"
