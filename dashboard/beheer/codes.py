"""A code that has no onderdeel yet: which one it is, and the line of mapping.toml that places it."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dashboard import formatting as f
from indicators.core.settings import REFERENCE

SOORTEN = {"taakveld": "taakveld", "kostenplaats": "kostenplaats", "productcategorie": "productcategorie"}
_PLACE = re.compile(r"\[onderdeel\.(taakveld|kostenplaats|productcategorie)\]")
_NAMED = re.compile(r"taakveld (\S+) bestaat niet")
#: What a code may look like in mapping.toml; anything else a person writes there by hand.
CODE = re.compile(r"[\w][\w .,/+-]{0,39}")
MASKED = "(afgeschermd)"


@dataclass(frozen=True)
class Code:
    """A code of a source; `code` is empty where the value is of a person and so not shown."""

    bron: str
    soort: str
    code: str


def asked(bron: Any, reden: Any, oplossing: Any, waarde: Any) -> Code | None:
    """Give the code that a refusal asks to be placed in mapping.toml, or None when it asks something else.

    Args:
        bron: Source.
        reden: Why it was refused.
        oplossing: The remedy, which names the part of mapping.toml.
        waarde: The value of the cell, masked where personal.
    """
    if any(f.missing(part) for part in (bron, reden, oplossing)):
        return None
    place = _PLACE.search(str(oplossing))
    if place is None:
        return None
    # The reason names the code as it was understood; the cell can hold its name too ("6.99 Nieuw taakveld").
    named = _NAMED.search(str(reden))
    value = "" if f.missing(waarde) or waarde == MASKED else str(waarde).strip()
    code = named[1] if named else value
    return Code(str(bron), place[1], code if CODE.fullmatch(code) else "")


def line(code: str, onderdeel: str) -> str:
    """Give the line of mapping.toml that places a code."""
    return f"{json.dumps(code, ensure_ascii=False)} = {json.dumps(onderdeel)}"


@lru_cache(maxsize=1)
def onderdelen() -> dict[str, str]:
    """Give the onderdelen that a code can belong to, with their names, in the order of the screens."""
    with (REFERENCE / "onderdelen.csv").open(encoding="utf-8", newline="") as handle:
        rows = sorted(csv.DictReader(handle), key=lambda r: int(r["volgorde"]))
    return {r["onderdeel"]: r["naam"] for r in rows}
