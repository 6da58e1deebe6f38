"""Numbers in Dutch text: find every one, and say whether the facts of a message have it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.edition.document import Deel, Getal
from indicators.core.period import MAANDEN

_NBSP = "\u00a0"
_EENHEDEN = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
             "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien")  # fmt: skip
_TIENTALLEN = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80,
    "negentig": 90, "honderd": 100, "duizend": 1000,
}  # fmt: skip
_TUSSEN = ("een", *_EENHEDEN[2:10])


def _words() -> dict[str, float]:
    """Number words of Dutch up to a hundred, and a thousand; 'een' is an article as well and is no number here."""
    found = {word: float(n) for n, word in enumerate(_EENHEDEN)} | {k: float(v) for k, v in _TIENTALLEN.items()}
    for ten, value in _TIENTALLEN.items():
        if value < 100:
            for n, one in enumerate(_TUSSEN, start=1):
                found[f"{one}{'ën' if one.endswith('e') else 'en'}{ten}"] = float(value + n)
    return found


_WOORDEN = _words()
_DELEN = r"anderhal(?:f|ve)|helft|halve|kwart|tweemaal|driemaal|viermaal|dubbele?|\w*verdubbel\w*|\w*halveer\w*"
_SCHAAL = {"mln": 1e6, "miljoen": 1e6, "mld": 1e9, "miljard": 1e9, "duizend": 1e3, "ton": 1e5}
_EENHEID = {"%": "%", "procent": "%", "procentpunt": "%-punt"}
_DAG = rf"(?P<dag>\d{{1,2}}[ {_NBSP}](?:{'|'.join(MAANDEN)})(?:[ {_NBSP}]\d{{4}})?)"
_CIJFERS = r"(?P<teken>[−+-])?(?P<euro>€\s?)?(?P<teken2>[−+-])?(?P<getal>\d+(?:[.,]\d+)*)(?P<rang>e\b)?"
_WOORD = rf"(?<!\w)(?:(?P<woord>{'|'.join(sorted(_WOORDEN, key=len, reverse=True))})|(?P<deel>{_DELEN}))(?!\w)"
_NA = r"(?:[\s](?P<schaal>mln|miljoen|mld|miljard|duizend|ton)\b)?(?:\s?(?P<eenheid>%|procentpunt|procent))?"
_TOKEN = re.compile(rf"{_DAG}|(?:{_CIJFERS}|{_WOORD}){_NA}(?P<euros>\seuro\b)?", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number in a text.

    Attributes:
        tekst: As written.
        begin: Place in the text.
        einde: First place after it.
        soort: 'datum', 'deel', '€', '%', '%-punt', 'rang' or 'n'.
        waarde: Its size; what is no size (a date) has its text in `woord`.
        stap: What one in the last digit is worth.
        woord: Date or word, lower case.
    """

    tekst: str
    begin: int
    einde: int
    soort: str
    waarde: float = 0.0
    stap: float = 0.0
    woord: str = ""

    @property
    def key(self) -> tuple[str, float | str]:
        """What two ways of writing the same number share."""
        return (self.soort, self.woord or round(self.waarde, 6))


def numbers(text: str) -> list[Number]:
    """Find every number in a text: digits, dates, number words and words such as 'helft'."""
    return [_number(found) for found in _TOKEN.finditer(text)]


def _number(found: re.Match[str]) -> Number:
    place = (found.group().strip(), found.start(), found.end())
    if found["dag"]:
        return Number(*place, "datum", woord=found["dag"].replace(_NBSP, " ").lower())
    if found["deel"]:
        return Number(*place, "deel", woord=found["deel"].lower())
    scale = _SCHAAL.get((found["schaal"] or "").lower(), 1.0)
    if found["woord"]:
        size, step = _WOORDEN[found["woord"].lower()], 1.0
    else:
        size, step = _digits(found["getal"])
    if found["rang"]:
        return Number(*place, "rang", size, step)
    unit = _EENHEID.get((found["eenheid"] or "").lower(), "n")
    if unit == "n" and (found["euro"] or found["euros"] or scale >= 1e5):
        unit = "€"
    return Number(*place, unit, size * scale, step * scale)


def _digits(text: str) -> tuple[float, float]:
    """Read Dutch digits: dots between thousands, a comma before decimals. Gives the size and what the last digit is."""
    whole, _, decimals = text.partition(",")
    if decimals and not decimals.isdigit():
        return float("nan"), 0.0
    if "." in whole and not re.fullmatch(r"\d{1,3}(\.\d{3})+", whole):
        return float("nan"), 0.0
    return float(f"{whole.replace('.', '')}.{decimals or 0}"), 10.0 ** -len(decimals)


class Allowed:
    """The numbers that a text may have.

    Args:
        facts: Figures of the publication.
        texts: Texts that were written from them: what stands in one is allowed too.
    """

    def __init__(self, facts: Iterable[Getal], texts: Iterable[str] = ()) -> None:
        self._facts = [g for g in facts if g.tekst]
        said = [*texts, *(g.tekst for g in self._facts)]
        self._keys = {n.key for text in said for n in numbers(text)}
        # A date may be written without its year.
        self._keys |= {("datum", " ".join(str(word).split()[:2])) for kind, word in self._keys if kind == "datum"}

    def find(self, number: Number) -> Getal | None:
        """Give the figure that a number is; None when it is none of them (it may still be allowed)."""
        same = [g for g in self._facts if any(n.key == number.key for n in numbers(g.tekst))]
        if same:
            return same[0]
        if number.soort != "€":
            return None
        return next((g for g in self._facts if "€" in g.tekst and _rounds_to(g.waarde, number)), None)

    def __contains__(self, number: Number) -> bool:
        return number.key in self._keys or self.find(number) is not None


def _rounds_to(value: float | None, number: Number) -> bool:
    """Tell whether an amount, rounded as the text does, is what the text says; coarser than 5 % is no rounding."""
    if value is None:
        return False
    gap = abs(abs(value) - number.waarde)
    return gap <= number.stap / 2 + 0.005 and gap <= 0.05 * abs(value) + 0.005


def pieces(text: str, *allowed: Allowed) -> tuple[Deel, ...]:
    """Cut a text into pieces and figures, each figure with the source it has in the first facts that have it."""
    parts: list[Deel] = []
    at = 0
    for number in numbers(text):
        fact = next((found for of in allowed if (found := of.find(number)) is not None), None)
        if fact is None:
            continue
        end = number.begin + len(number.tekst)
        parts += [text[at : number.begin], Getal(text[number.begin : end], fact.waarde, fact.bron)]
        at = end
    parts.append(text[at:])
    return tuple(p for p in parts if p != "")
