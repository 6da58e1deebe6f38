"""Persons out of the data before anything is stored: keyed pseudonyms, age bands, and nothing that was not asked for.

Only columns that an entity declares survive, each by its `Privacy`. Identifiers become HMAC-SHA-256 under a secret
key, so that the same person joins over deliveries and sources while nobody without the key can find out who it is (a
plain hash of nine digits is guessed in seconds). Birth dates become an age band. Values of refused cells, file names
and sheet names are replaced: each can hold a name. The method is that of DESIGN.md 5.3 and the AVG's data
minimisation (DOMAIN.md 6).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from etl.source import Column, Entity, Privacy, Reading, Refusal, Source

MASKED = "(afgeschermd)"
#: One secret, or several of which the later replaced the earlier.
Key = bytes | tuple[bytes, ...]

#: Identifiers that mean the same in every source.
SHARED_KINDS = ("bsn", "adres")
#: What a code may look like (it has a digit). Anything else in a kept text column could be a name or a sentence.
CODE = re.compile(r"(?=.*\d)[0-9A-Z_.-]{1,16}")
#: First age of each band; the bands are those CBS uses for Wmo clients, with youth as one.
AGE_BANDS = ((85, "85+"), (75, "75-84"), (65, "65-74"), (45, "45-64"), (18, "18-44"), (0, "0-17"))

_LETTERS = re.compile(r"[A-Z]{1,3}")
_LONG_NUMBER = re.compile(r"\d{6,}")
_SHEET = re.compile(r"blad \d+")


def _hmac(key: bytes, text: str) -> str:
    """Give HMAC-SHA-256 in hexadecimals, as hmac.digest does at more than twice the cost for texts this short."""
    first, second = _keyed(key)
    inner, outer = first.copy(), second.copy()
    inner.update(text.encode())
    outer.update(inner.digest())
    return outer.hexdigest()


@lru_cache(maxsize=16)
def _keyed(key: bytes) -> list[Any]:
    """Give the two hashes of HMAC (RFC 2104) with the key already in them."""
    block = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    return [hashlib.sha256(bytes(byte ^ pad for byte in block)) for pad in (0x36, 0x5C)]


def next_pseudonym(known: str, key: bytes) -> str:
    """Give the pseudonym that takes the place of an earlier one when the key is replaced by `key`."""
    return _hmac(key, known)


@lru_cache(maxsize=200_000)
def pseudonym(value: str, key: Key, kind: str) -> str:
    """Replace an identifier by its keyed hash.

    Args:
        value: The identifier; spaces around it do not matter, and for kind "bsn" leading zeros neither.
        key: From `etl.keys.load_key`; of several secrets each hashes what the one before gave.
        kind: What it identifies ("bsn", "wmo.beschikking"); the same text of another kind gets another pseudonym.

    Returns:
        HMAC-SHA-256 as 64 hexadecimal characters.
    """
    text = value.strip()
    if kind == "bsn":
        text = text.lstrip("0")
    first, *others = (key,) if isinstance(key, bytes) else key
    found = _hmac(first, f"{kind}:{text}")
    for other in others:
        found = next_pseudonym(found, other)
    return found


def age_band(birth: dt.date, peildatum: dt.date) -> str:
    """Give the age band of someone born on `birth` at the peildatum: 0-17, 18-44, 45-64, 65-74, 75-84 or 85+."""
    age = peildatum.year - birth.year - ((peildatum.month, peildatum.day) < (birth.month, birth.day))
    return next(band for first, band in AGE_BANDS if age >= first or first == 0)


def protect(reading: Reading, source: Source, key: Key) -> Reading:
    """Take the persons out of what was read; for a source without persons it changes nothing.

    A pseudonym column may say in front that its value is a BSN ("bsn:...") or an address ("adres:..."), so that one
    person or household is the same in every source; other identifiers belong to the source. A row with something else
    than a code in a kept text column is refused.

    Args:
        reading: What a source read, with identifiers.
        source: The source, whose entities say per column what may happen to it.
        key: From `etl.keys.load_key`.

    Returns:
        A new Reading without identifiers, birth dates, free text, file names, sheet names or refused values.
    """
    if not source.personal:
        return reading
    sheets = _sheet_names(reading)
    names = _names_to_remove(reading, sheets)
    bestand = f"{source.name} {reading.peildatum or 'zonder peildatum'}"
    refusals = [_mask(refusal, bestand, sheets, names, source) for refusal in reading.refusals]
    tables: dict[str, pd.DataFrame] = {}
    refused_rows = 0
    for entity in source.entities:
        if entity.name not in reading.tables:
            continue
        table, bad = _protect_table(reading.tables[entity.name], entity, source, key, reading.peildatum)
        table["bron_blad"] = table["bron_blad"].map(lambda name: sheets.get(name, name))
        tables[entity.name] = table
        refused_rows += len(bad)
        refusals += [_not_a_code(bestand, sheets.get(blad, blad), rij, kolom) for blad, rij, kolom in bad]
    return replace(
        reading,
        tables=tables,
        refusals=refusals,
        notices=[_scrub(notice, names) for notice in reading.notices],
        rijen_geladen=reading.rijen_geladen - refused_rows,
        rijen_geweigerd=reading.rijen_geweigerd + refused_rows,
    )


def _protect_table(
    table: pd.DataFrame, entity: Entity, source: Source, key: Key, peildatum: dt.date | None
) -> tuple[pd.DataFrame, list[tuple[str, int, str]]]:
    """Keep the declared columns, each by its role; give also the rows (sheet, row, column) that held no code."""
    kept: dict[str, pd.Series] = {}
    bad: dict[int, str] = {}
    for column in entity.columns:
        values = table[column.name]
        if column.privacy is Privacy.PSEUDONYM:
            kept[column.name] = _by_unique(values, partial(_identifier, key=key, source=source, column=column))
        elif column.privacy is Privacy.AGE_BAND:
            if peildatum is None:
                raise ValueError("an age band needs a peildatum")
            kept[column.name] = _by_unique(values, lambda v: age_band(v, peildatum))
        else:
            kept[column.name] = values
            if column.type == "VARCHAR":
                codes = _by_unique(values, partial(_is_code, column=column))
                bad |= {int(place): column.name for place in codes.eq(False).to_numpy().nonzero()[0]}
    result = pd.DataFrame(
        {**kept, "bron_blad": table["bron_blad"].astype(object), "bron_rij": table["bron_rij"]}, index=table.index
    )
    places = [
        (str(table["bron_blad"].iloc[i]), int(table["bron_rij"].iloc[i]), column) for i, column in sorted(bad.items())
    ]
    return result.drop(index=table.index[sorted(bad)]).reset_index(drop=True), places


def _by_unique(values: pd.Series, function: Callable[[Any], object]) -> pd.Series:
    """Apply a function once per distinct value (a delivery repeats them many times); missing stays None."""
    places, distinct = pd.factorize(values.astype(object))
    answers = np.empty(len(distinct) + 1, dtype=object)  # the last one is for what is missing: its place is -1
    for place, value in enumerate(distinct):
        answers[place] = function(value)
    return pd.Series(answers[places], index=values.index, dtype=object)


def _is_code(value: object, column: Column) -> bool:
    return value in column.values if column.values else isinstance(value, str) and CODE.fullmatch(value) is not None


def _identifier(value: object, key: Key, source: Source, column: Column) -> str:
    text = str(value)
    kind, _, rest = text.partition(":")
    if kind in SHARED_KINDS and rest:
        return pseudonym(rest, key, kind)
    return pseudonym(text, key, f"{source.name}.{column.name}")


def _sheet_names(reading: Reading) -> dict[str, str]:
    """Made-up names for sheets that are not already called 'blad <n>'."""
    found = [r.blad for r in reading.refusals if r.blad is not None]
    for table in reading.tables.values():
        found += [str(name) for name in pd.unique(table["bron_blad"].astype(object))]
    odd = [name for name in dict.fromkeys(found) if not _SHEET.fullmatch(name)]
    return {name: f"blad {number}" for number, name in enumerate(odd, start=101)}


def _names_to_remove(reading: Reading, sheets: dict[str, str]) -> list[str]:
    files = {r.bestand for r in reading.refusals}
    words = files | {Path(name).stem for name in files} | set(sheets)
    return sorted((word for word in words if len(word.strip()) > 2), key=len, reverse=True)


def _scrub(text: str, names: list[str]) -> str:
    for name in names:
        text = text.replace(name, MASKED)
    return _LONG_NUMBER.sub(MASKED, text)


def _mask(refusal: Refusal, bestand: str, sheets: dict[str, str], names: list[str], source: Source) -> Refusal:
    """A refusal without anything from the file but the place."""
    own = {column.name for entity in source.entities for column in entity.columns}
    kolom = refusal.kolom if refusal.kolom and (refusal.kolom in own or _LETTERS.fullmatch(refusal.kolom)) else None
    return Refusal(
        bestand=bestand,
        blad=sheets.get(refusal.blad, refusal.blad) if refusal.blad is not None else None,
        rij=refusal.rij,
        kolom=kolom if refusal.kolom is None or kolom else MASKED,
        waarde=None if refusal.waarde is None else MASKED,
        reden=_scrub(refusal.reden, names),
        oplossing=_scrub(refusal.oplossing, names),
    )


def _not_a_code(bestand: str, blad: str, rij: int, kolom: str) -> Refusal:
    return Refusal(
        bestand,
        blad,
        rij,
        kolom,
        MASKED,
        "hier hoort een code te staan, en dit is er geen.",
        "Controleer of de kolommen goed staan; in deze kolom mag geen naam of vrije tekst staan.",
    )
