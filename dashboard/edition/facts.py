"""Numbers as the edition prints them: the text, the value behind it, and where that stands in the published database.

`bron` is `tabel|kolom=waarde;kolom=waarde|kolom`: the sum of the last column over the rows that fit; a value is written
as in an address (%3B for a semicolon) and a list of onderdelen or causes is joined by commas. A difference is two of
these joined by ' − ', a share two joined by ' ÷ '. A number of persons is protected for the council first: its column
ends in '~'.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from dashboard import formatting as f
from dashboard.apart import apart as texts_of
from dashboard.edition.document import Getal
from indicators.core.disclosure import protected

GEHEIM = "geheim"
#: In a table of thousands the reader sees none of what is smaller.
DUIZEND = 1_000
#: Marks that keep their meaning in the name of a programme.
_PLAIN = " ,:/()'’&+é"


def source(tabel: str, kolom: str, **keys: Any) -> str:
    """Write where a number stands; see the module."""
    return f"{tabel}|{';'.join(f'{k}={quote(str(v), safe=_PLAIN)}' for k, v in keys.items())}|{kolom}"


def less(left: str, right: str) -> str:
    """Write where a difference comes from."""
    return f"{left} − {right}"


def share_of(part: str, whole: str) -> str:
    """Write where a share comes from."""
    return f"{part} ÷ {whole}"


def _or_none(value: Any) -> float | None:
    return None if f.missing(value) else float(value)


def _getal(text: str, value: Any, bron: str) -> Getal:
    """What is not known stands nowhere."""
    known = _or_none(value)
    return Getal(text, known, "" if known is None else bron)


def euro(value: Any, bron: str) -> Getal:
    """Write the size of an amount for running text, without its sign: € 1,2 miljoen."""
    return _getal(f.euro_text(value), value, bron)


def apart(first: tuple[float, str], second: tuple[float, str]) -> tuple[Getal, Getal, Getal]:
    """Write two amounts and the size of their difference so that the reader who subtracts finds the third.

    Args:
        first: Euros, and where they stand.
        second: The same of the other.
    """
    texts = texts_of(first[0], second[0])
    values = (first[0], second[0], first[0] - second[0])
    places = (first[1], second[1], less(first[1], second[1]))
    return tuple(Getal(*of) for of in zip(texts, values, places, strict=True))  # type: ignore[return-value]


def precise(value: Any, bron: str) -> Getal:
    """Write the size of an amount that the council voted: to the thousand, and in millions with two decimals."""
    if f.missing(value):
        return Getal(f.LEEG)
    size = abs(float(value))
    text = (
        f"{f.number(size / 1e6, 2)}{f.NBSP}miljoen"
        if size >= 1e6
        else f.number(f.half_up(size, -3) if size >= 1000 else size)
    )
    return Getal(f"€{f.NBSP}{text}", float(value), bron)


def thousands(value: Any, bron: str, sign: bool = False) -> Getal:
    """Write an amount in thousands of euros, for a table that says so."""
    text = f.LEEG if f.missing(value) else f.number(float(value) / DUIZEND, 0, sign)
    return _getal(text, value, bron)


def whole(value: Any, bron: str) -> Getal:
    """Write an amount in whole euros, for a table: € 1.234.567."""
    return _getal(f.euro(value), value, bron)


def percent(share: Any, bron: str, decimals: int = 0) -> Getal:
    """Write a share (0-1) as a percentage."""
    return _getal(f.percent(share, decimals), share, bron)


def chance(probability: Any, bron: str, text: bool = False) -> Getal:
    """Write a probability (0-1), never as certain as 0 or 100 %; `text` for in a sentence."""
    return _getal((f.chance_text if text else f.chance)(probability), probability, bron)


def protect(count: Any) -> int | None:
    """Protect a number of persons for the council: None when it is secret or not known."""
    return None if f.missing(count) else protected(round(float(count)))


def persons(count: Any, bron: str) -> Getal:
    """Write a number of persons as the council may see it: 0-7 secret, the rest rounded to 5."""
    if f.missing(count):
        return Getal(f.LEEG)
    kept = protect(count)
    return Getal(GEHEIM, None, f"{bron}~") if kept is None else Getal(f.number(kept), float(kept), f"{bron}~")


def count(value: Any, bron: str, decimals: int = 0) -> Getal:
    """Write a number that is about no persons."""
    return _getal(f.number(value, decimals), value, bron)


def day(value: Any, bron: str) -> Getal:
    """Write a day of the year of the edition: 11 november."""
    return Getal(f.dag_maand(f.as_date(value)), None, bron)
