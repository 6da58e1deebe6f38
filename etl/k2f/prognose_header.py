"""Headers over the budget holder's own forecast of the year: what they are called, and what only looks like one."""

from __future__ import annotations

import re

from etl.headers import runs_until
from etl.k2f.facts import unit
from etl.readers.cells import Cell

#: Field of such a column. It is no measure of the ledger: whether and how a file is read never depends on it.
PROGNOSE = "prognose"
WRITTEN = (
    "Prognose budgethouder; Prognose; Prognose budgethouders; Prognose van de budgethouder; Jaarprognose;"
    "Prognose jaar; Prognose boekjaar; Prognose heel jaar; Prognose hele jaar; Prognose gehele jaar;"
    "Prognose einde jaar; Prognose eind jaar; Prognose einde boekjaar; Prognose jaareinde; Prognose ultimo jaar;"
    "Prognose jaarrekening; Prognose rekening; Prognose jaaruitkomst; Prognose uitkomst; Prognose realisatie;"
    "Prognose totaal; Totale prognose; Actuele prognose; Eindejaarsprognose; Eindprognose; Eindejaarsverwachting;"
    "Jaarverwachting; Verwachting; Verwachting budgethouder; Verwachting einde jaar; Verwachting jaareinde;"
    "Verwachting heel jaar; Verwachte uitkomst; Verwachte jaaruitkomst; Verwachte uitkomst jaar;"
    "Verwachte uitkomst einde jaar; Verwachte realisatie; Verwachte jaarrealisatie; Verwachte realisatie jaar;"
    "Verwachte realisatie einde jaar; Verwachte realisatie jaareinde; Verwachte jaarrekening; Verwachte eindstand;"
    "Geprognosticeerde realisatie; Geprognosticeerde uitkomst; Forecast; Forecast jaar; Full year forecast"
)
_PARENTHESES = re.compile(r"[(\[]([^)\]]*)[)\]]")
_UNTIL = re.compile(r"(?i)\b(?:t\s*/\s*m|tot en met|per|ultimo)\b(.*)$")
_PART = re.compile(
    r"(?i)\brest|\bq[1-4]\b|kwartaal|\bmaand\b|\bafwijk|\bverschil|\bmutatie|\bsaldo|\bv\s*/\s*n\b|t\.?o\.?v"
)
_DECEMBER = re.compile(
    r"(?i)\s*(?:(?:periode|maand|p)\s*)?(?:1[23]|31[-/. ]12(?:[-/. ](?:20)?\d\d)?"
    r"|(?:31\s*)?dec(?:ember|\.)?(?:\s*20\d\d)?|(?:het\s*)?(?:einde?\s*)?(?:boek|dienst)?jaar(?:einde)?|20\d\d)\s*"
)
_WHOLE = re.compile(
    r"(?i)\s*(?:(?:het\s*)?(?:heel|hele|gehele|einde?|ultimo)?\s*(?:boek|dienst)?jaar(?:einde)?\s*(?:20\d\d)?|20\d\d"
    r"|(?:van\s*(?:de\s*)?)?budgethouders?|lasten|baten|[a-z]|\d{1,2})\s*"
)


def whole_year(header: Cell) -> bool:
    """Say whether a header of a forecast says nothing but the whole year.

    "Prognose t/m december" and "Prognose (x € 1.000)" do; "Prognose t/m periode 9" and "Prognose (rest van het jaar)"
    do not: what stands between brackets or behind "t/m" is set aside where headers are compared.
    """
    if not isinstance(header, str) or _PART.search(header):
        return False
    if not all(_WHOLE.fullmatch(inner) or unit([f"({inner})"]) for inner in _PARENTHESES.findall(header)):
        return False
    bare = _PARENTHESES.sub(" ", header)
    if until := _UNTIL.search(bare):
        return _DECEMBER.fullmatch(until[1]) is not None
    return not runs_until(bare)


def is_part(group: Cell) -> bool:
    """Say whether a group over a forecast makes it a part of the year, or a difference."""
    return isinstance(group, str) and _PART.search(group) is not None
