"""Who a line is about and with whom he lives: the texts that etl.privacy turns into pseudonyms."""

from __future__ import annotations

import re
from collections import defaultdict

import pandas as pd

from etl.lines.kind import Notices, regels
from etl.lines.values import BAD
from indicators.core.settings import settings

_POSTCODE = re.compile(r"\d{4}[A-Z]{2}")
_HOUSE = re.compile(r"(\d{1,5})[\s-]*([0-9A-Z-]{0,6})")


def identify(frame: pd.DataFrame) -> tuple[pd.Series, int]:
    """Say who each line is about: by BSN where there is a valid one, else by client number.

    A client number that elsewhere stands with exactly one valid BSN is that person, so one person under two client
    numbers, or with a BSN on some lines only, is one.

    Returns:
        "bsn:..." or "client:..." or None per line, and how many lines have a BSN that fails the 11-test.
    """
    numbers, clients = _cells(frame, "bsn"), _cells(frame, "clientnummer")
    if None not in numbers and BAD not in numbers:
        return pd.Series([f"bsn:{number}" for number in numbers], index=frame.index, dtype=object), 0
    seen: dict[str, set[str]] = defaultdict(set)
    for number, client in zip(numbers, clients, strict=True):
        if isinstance(number, str) and client:
            seen[str(client)].add(number)
    single = {client: next(iter(found)) for client, found in seen.items() if len(found) == 1}
    persons: list[str | None] = []
    for number, client in zip(numbers, clients, strict=True):
        known = number if isinstance(number, str) else single.get(str(client)) if client else None
        persons.append(f"bsn:{known}" if known else f"client:{client}" if client else None)
    return pd.Series(persons, index=frame.index, dtype=object), sum(n is BAD for n in numbers)


def households(frame: pd.DataFrame) -> pd.Series:
    """Give the address of each line in one way of writing, or None where postcode or number is not certain."""
    cells = zip(*(_cells(frame, name) for name in ("postcode", "huisnummer", "toevoeging")), strict=True)
    known: dict[tuple[object, ...], str | None] = {}
    found = [known[c] if c in known else known.setdefault(c, _address(*c)) for c in cells]
    return pd.Series(found, index=frame.index, dtype=object)


def _address(postcode: object, number: object, addition: object) -> str | None:
    area = re.sub(r"\s", "", str(postcode or "")).upper()
    house = _HOUSE.fullmatch(str(number or "").strip().upper())
    if not _POSTCODE.fullmatch(area) or not house:
        return None
    extra = re.sub(r"[^0-9A-Z]", "", house[2] + str(addition or "").upper())
    return f"adres:{area}{int(house[1])}{'-' + extra if extra else ''}"


def wijken(frame: pd.DataFrame, notices: Notices) -> pd.Series:
    """Give the wijk of each line by wijk or else buurt; None where it is unknown or the two contradict each other."""
    pairs = list(zip(_cells(frame, "wijk"), _cells(frame, "buurt"), strict=True))
    certain = {pair: _one_wijk(pair) for pair in set(pairs)}
    found = [certain[pair] for pair in pairs]
    if missing := found.count(None):
        notices.append(
            f"Bij {regels(missing)} is de wijk leeg, onbekend of niet van {settings().gemeente.naam}; "
            "dat telt alleen mee in de hele gemeente."
        )
    return pd.Series(found, index=frame.index, dtype=object)


def _one_wijk(pair: tuple[object, object]) -> str | None:
    known = {value for value in pair if value is not None}
    one = next(iter(known)) if len(known) == 1 else None
    return one if isinstance(one, str) else None


def _cells(frame: pd.DataFrame, name: str) -> list[object]:
    return frame[name].tolist() if name in frame else [None] * len(frame)
