"""Counts of people from the gemeente's own registrations, as they may leave the house (docs/decisions/0014).

At every level, also that of the gemeente, on every screen from which figures of indicators are taken along.
What CBS and RIVM publish is theirs and stays as it is; money stays exact; wijken are protected in the publication.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from indicators.core.disclosure import for_council
from indicators.core.indicator import Indicator

#: What a screen and a file say of such figures.
UITLEG = (
    "Aantallen mensen uit de eigen registratie zijn afgerond op vijftallen; 0 tot en met 7 is geheim. Percentages zijn "
    "daaruit berekend. Zo mag u dit cijfer delen."
)
KORT = "aantallen mensen afgerond op vijftallen"
#: Sources whose figures are public already.
OPENBAAR = ("CBS", "RIVM")
#: Units that are a share of the noemer.
_PER = {"%": 100.0, "per 1.000": 1000.0}
_Z = 1.959964


def counts_people(item: Indicator) -> bool:
    """Tell whether an indicator rests on counts of people that only the gemeente knows.

    An indicator without a test (toets "geen") counts euros or results of a programme.
    """
    return item.toets != "geen" and not item.bron[0].startswith(OPENBAAR)


def rounded(item: Indicator, rows: pd.DataFrame) -> pd.DataFrame:
    """Protect the figures of an indicator that counts people: counts to 5, 0-7 secret, rates from rounded counts.

    Args:
        item: The indicator.
        rows: Of mart.v_indicatorwaarde, with gebied_code, teller, noemer, waarde, bounds and onderdrukt.

    Returns:
        The rows, with waarde NULL and onderdrukt where it is secret. A mean amount of 7 or fewer is secret as well.
    """
    if rows.empty or item.bron[0].startswith(OPENBAAR):
        return rows
    result = rows.copy()
    exact = result["waarde"].notna() & ~result["gebied_code"].str.startswith(("WK", "BU"))
    if not counts_people(item):
        few = exact & result["noemer"].notna() & (result["noemer"] <= 7) & item.eenheid.startswith("euro")
        return _hide(result, few)
    part = result[exact]
    value, lows, highs = _values(item, part)
    result.loc[exact, ["waarde", "ondergrens", "bovengrens"]] = np.column_stack([value, lows, highs])
    return _hide(result, exact & result["waarde"].isna())


def _hide(rows: pd.DataFrame, secret: pd.Series) -> pd.DataFrame:
    rows.loc[secret, ["waarde", "ondergrens", "bovengrens"]] = np.nan
    rows["onderdrukt"] = rows["onderdrukt"].fillna(False).astype(bool) | secret
    # The exact counts behind a figure are of no use to a screen.
    return rows.drop(columns=["teller", "noemer"], errors="ignore")


def _values(item: Indicator, part: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Value and bounds from rounded counts; NaN is secret."""
    none = np.full(len(part), np.nan)
    per = next((scale for unit, scale in _PER.items() if item.eenheid.startswith(unit)), None)
    if per is None:
        return _floats(for_council(part, ("waarde",))["waarde"]), none, none
    # Inhabitants come from CBS and are public; the whole of a percentage is a count of the gemeente itself.
    counted = for_council(part, ("teller",) if per == 1000.0 else ("teller", "noemer"))
    top, whole = _floats(counted["teller"]), _floats(counted["noemer"])
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(whole > 0, top / whole, np.nan)
    lows, highs = _wilson(share, whole) if part["ondergrens"].notna().any() else (none, none)
    return share * per, lows * per, highs * per


def _wilson(share: np.ndarray, whole: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The 95 % interval of Wilson (1927), from the rounded counts: from the exact ones it would tell them."""
    with np.errstate(divide="ignore", invalid="ignore"):
        square = _Z**2 / whole
        middle = (share + square / 2) / (1 + square)
        half = _Z * np.sqrt(share * (1 - share) / whole + square / (4 * whole)) / (1 + square)
    return middle - half, middle + half


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
