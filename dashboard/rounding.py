"""Counts of people from the gemeente's own registrations, as they may leave the house (docs/decisions/0014).

At every level, also that of the gemeente, on every screen from which figures of indicators are taken along.
What CBS and RIVM publish is theirs and stays as it is; money stays exact; wijken are protected in the publication.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from indicators.core.disclosure import GEHEIM_TOT_EN_MET, for_council
from indicators.core.indicator import Indicator

#: What a screen and a file say of such figures.
UITLEG = (
    "Aantallen mensen uit de eigen registratie zijn afgerond op vijftallen; 0 tot en met 7 is geheim. Percentages zijn "
    "daaruit berekend. Zo mag u dit cijfer delen."
)
KORT = "aantallen mensen afgerond op vijftallen"
#: Why a figure that counts people exactly is not taken along.
PRECIES = "dit telt mensen precies. In de editie voor de raad staat het afgerond."
#: Units of results of programmes that are no people; of any other unit it is not certain.
DINGEN = frozenset(
    [
        "avonden",
        "bezoeken",
        "bijeenkomsten",
        "cursussen",
        "dorpen",
        "euro",
        "gebouwen",
        "lijsten",
        "locaties",
        "plekken",
        "projecten",
        "scholen",
        "wijken",
        "woningen",
    ]
)
#: Sources whose figures are public already.
OPENBAAR = ("CBS", "RIVM")
#: Units that are a share of the noemer.
_PER = {"%": 100, "per 1.000": 1000}


def counts_people(item: Indicator) -> bool:
    """Tell whether an indicator rests on counts of people that only the gemeente knows.

    These are tested as a count or as a share of one. A survey (toets "marge") counts answers, and an indicator without
    a test counts euros or the results of a programme.
    """
    return item.toets in ("telling", "proportie") and not item.bron[0].startswith(OPENBAAR)


def counts_things(unit: str) -> bool:
    """Tell whether a result of a programme certainly counts no people."""
    return unit.strip().casefold() in DINGEN


def per(item: Indicator) -> int | None:
    """Give how much of the noemer an indicator counts by (100 or 1000); None where it counts people as they are.

    The inhabitants of "per 1.000" come from CBS and are public; the whole of a percentage is a count of the gemeente
    itself and is rounded like the part.
    """
    return next((scale for unit, scale in _PER.items() if item.eenheid.startswith(unit)), None)


def rounded(item: Indicator, rows: pd.DataFrame) -> pd.DataFrame:
    """Protect the figures of an indicator that counts people: counts to 5, 0-7 secret, rates from rounded counts.

    Args:
        item: The indicator.
        rows: Of mart.v_indicatorwaarde, with gebied_code, teller, noemer, waarde, bounds and onderdrukt.

    Returns:
        The rows, with waarde NULL and onderdrukt where it is secret. A mean amount of 7 or fewer, and what 7 or fewer
        people answered, is secret as well.
    """
    if rows.empty or item.bron[0].startswith(OPENBAAR):
        return rows
    result = rows.copy()
    exact = result["waarde"].notna() & ~result["gebied_code"].str.startswith(("WK", "BU"))
    if not counts_people(item):
        answers = item.toets == "marge" or item.eenheid.startswith("euro")
        few = exact & result["noemer"].notna() & (result["noemer"] <= GEHEIM_TOT_EN_MET) & answers
        return _hide(result, few)
    result.loc[exact, "waarde"] = _values(item, result[exact])
    # Bounds would tell the exact count.
    result.loc[exact, ["ondergrens", "bovengrens"]] = np.nan
    return _hide(result, exact & result["waarde"].isna())


def _hide(rows: pd.DataFrame, secret: pd.Series) -> pd.DataFrame:
    rows.loc[secret, ["waarde", "ondergrens", "bovengrens"]] = np.nan
    rows["onderdrukt"] = rows["onderdrukt"].fillna(False).astype(bool) | secret
    # The exact counts behind a figure are of no use to a screen.
    return rows.drop(columns=["teller", "noemer"], errors="ignore")


def _values(item: Indicator, part: pd.DataFrame) -> np.ndarray:
    """The value from rounded counts; NaN is secret."""
    scale = per(item)
    if scale is None:
        return _floats(for_council(part, ("waarde",))["waarde"])
    counted = for_council(part, ("teller",) if scale == 1000 else ("teller", "noemer"))
    top, whole = _floats(counted["teller"]), _floats(counted["noemer"])
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, top / whole, np.nan) * scale


def _floats(column: pd.Series) -> np.ndarray:
    return pd.to_numeric(column).astype("Float64").to_numpy(dtype=float, na_value=np.nan)


def without_counts(item: Indicator, text: str) -> str:
    """Leave the exact figures out of a sentence about a change: "Het verschil tussen 2024 en 2025 kan toeval zijn".

    Args:
        item: The indicator that it is about; of one that counts no people the sentence stays.
        text: toelichting of mart.fct_indicatorverandering.
    """
    if not counts_people(item):
        return text
    bare = re.sub(r"(verschil) van [^()]*?(?= tussen )", r"\1", text)
    return re.sub(r" \([^()]*\d[^()]*\)", "", bare)
