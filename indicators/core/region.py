"""Codes of regions: what level they are, and which ones a gemeente compares itself with."""

from __future__ import annotations

import re

from indicators.core.settings import settings

#: Prefix of a CBS code -> level, as mart.dim_gebied names it, and the number of digits after it.
_LEVELS = {
    "NL": ("land", 2),
    "LD": ("landsdeel", 2),
    "PV": ("provincie", 2),
    "CR": ("corop", 2),
    "GM": ("gemeente", 4),
    "WK": ("wijk", 6),
    "BU": ("buurt", 8),
}
#: Wijken of gemeenten with more than a hundred of them have letters behind the number of the gemeente.
_CODE = re.compile(r"([A-Z]{2})(\d{2}|\d{4}|\d{4}[0-9A-Z]{2}|\d{4}[0-9A-Z]{4})")


def niveau(code: str) -> str:
    """Give the level of a region code; padding around it does not matter.

    Raises:
        ValueError: It is no code of a region that the monitor knows. The message is Dutch.
    """
    match = _CODE.fullmatch(code.strip())
    if match and match.group(1) in _LEVELS:
        level, digits = _LEVELS[match.group(1)]
        if len(match.group(2)) == digits:
            return level
    raise ValueError(f"'{code}' is geen gebiedscode van CBS")


def own_regions() -> dict[str, str]:
    """Give the own gemeente, its provincie and the country: code -> name, in the order in which screens show them."""
    own = settings().gemeente
    return {
        own.code: own.naam,
        own.provincie_code: own.provincie_naam,
        own.land_code: own.land_naam,
    }
