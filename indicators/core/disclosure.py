"""Small counts: what may be published about few persons below the level of the gemeente (DOMAIN.md 6, practice of CBS).

A count of 0-7 is secret, every other count is rounded to 5, rates are computed from the rounded count, and where a
total would give a secret count away, more is made secret. Which cells that are is decided in disclosure_tables, which
the build calls before anything reaches the published database. Whatever else counts persons calls these functions.
docs/onthulling.md is the full story.
"""

from __future__ import annotations

from enum import StrEnum

import pandas as pd

from indicators.core.disclosure_tables import (
    AFRONDING,
    GEHEIM_TOT_EN_MET,
    secret_in_list,
    together,
)

__all__ = [
    "AFRONDING", "GEHEIM_TOT_EN_MET", "PER_WIJK", "TOTAAL", "Toestand", "for_council", "is_secret", "protected",
    "rate_per", "rounded", "secondary", "suppress", "toestand",
]  # fmt: skip

TOTAAL = "totaal"
#: What is published below the gemeente: lines and stocks. Flows are of the gemeente only.
PER_WIJK = ("aanvraag", "toekenning", "afwijzing", "stand")


class Toestand(StrEnum):
    """What a place in a table holds; the value is the Dutch word for it on screens and in exports."""

    GETAL = "getal"
    #: A row with NULL: there is a count, and it is not told. Also when it is 0: below the gemeente 0-7 is one class.
    GEHEIM = "geheim"
    #: The source gives no figure for this place though it does for others (CBS: an empty cell).
    ONTBREEKT = "ontbreekt"
    #: No row: this was not counted here or then.
    NIET_GEMETEN = "niet gemeten"
    #: Really none; only for the gemeente and larger.
    NUL = "nul"


def toestand(aantal: float | None, *, rij: bool = True, telling: bool = True) -> Toestand:
    """Say what a place in a table holds.

    Args:
        aantal: The value, None or NaN when there is none.
        rij: Whether there is a row for it.
        telling: A count from own registrations (empty means secret), not a figure of CBS (empty means missing).
    """
    if not rij:
        return Toestand.NIET_GEMETEN
    if aantal is None or pd.isna(aantal):
        return Toestand.GEHEIM if telling else Toestand.ONTBREEKT
    return Toestand.NUL if aantal == 0 else Toestand.GETAL


def is_secret(aantal: int) -> bool:
    """Say whether a count of persons or lines is too small to be published."""
    return aantal <= GEHEIM_TOT_EN_MET


def rounded(aantal: int) -> int:
    """Round a count to a multiple of 5."""
    return AFRONDING * ((aantal + AFRONDING // 2) // AFRONDING)


def protected(aantal: int | None) -> int | None:
    """Give a single count as it may be published: None when secret, else rounded. Totals need `secondary` as well."""
    return None if aantal is None or is_secret(aantal) else rounded(aantal)


def rate_per(aantal: int | None, bevolking: int | None, per: int = 1000) -> int | None:
    """Give a rate of few persons as CBS does: from the rounded count, itself in whole numbers.

    12 of 115 inhabitants are published as 10 of 115: 87 per 1,000.

    Args:
        aantal: Count; one that is secret or unknown (None) gives None, and so does a small one.
        bevolking: Inhabitants as published, not zero.
        per: Per how many inhabitants.
    """
    count = protected(aantal)
    if count is None or not bevolking:
        return None
    return int((2 * count * per + bevolking) // (2 * bevolking))


def for_council(frame: pd.DataFrame, columns: tuple[str, ...] = ("aantal",)) -> pd.DataFrame:
    """Protect counts for the council and for exports: at every level, also the gemeente, 0-7 secret and the rest to 5.

    Args:
        frame: Rows with counts of persons; those of wijken are protected already and stay as they are.
        columns: Columns with counts.

    Returns:
        A copy; what is secret is <NA>.
    """
    result = frame.copy()
    for column in columns:
        counts = pd.to_numeric(result[column]).astype("Float64").round().astype("Int64")
        near = (counts + AFRONDING // 2) // AFRONDING * AFRONDING
        result[column] = near.mask(counts <= GEHEIM_TOT_EN_MET)
    return result


def secondary(cells: pd.DataFrame, within: list[str]) -> pd.Series:
    """Add secret cells where one is: the next smallest, until two or more share at least 7 of their total.

    Args:
        cells: gebied_code, aantal and secret (bool), and the columns of `within`.
        within: Columns of which each combination is one exact total over the regions.

    Returns:
        Whether each cell is secret. Of equal counts the region with the lowest code is taken.
    """
    result = cells["secret"].copy()
    for _, group in cells.sort_values("gebied_code").groupby(within, sort=False):
        result.loc[group.index] = together(group["aantal"].to_numpy()[None], group["secret"].to_numpy(dtype=bool))
    return result


def suppress(counts: pd.DataFrame) -> pd.DataFrame:
    """Protect counts of the regions of one gemeente, so that no total or link between months gives a secret away.

    Args:
        counts: peildatum, maand, onderdeel ('totaal' included), gebied_code, maat and the exact aantal, for every
            combination, zeros included. Only regions below the gemeente, of one law; lines and stocks.

    Returns:
        The same rows in the same order; aantal is <NA> where it is secret.

    Raises:
        ValueError: For inflow or outflow, which are never published below the gemeente.
    """
    if not set(counts["maat"]) <= set(PER_WIJK):
        raise ValueError(f"Below the gemeente only {', '.join(PER_WIJK)} are published.")
    shown = pd.Series(pd.array([rounded(int(n)) for n in counts["aantal"]], dtype="Int64"), index=counts.index)
    for (_, maat), table in counts.groupby(["peildatum", "maat"], sort=False):
        last = table["onderdeel"].eq(TOTAAL) * table["onderdeel"].nunique()
        places = [pd.factorize(table[name], sort=True)[0] for name in ("onderdeel", "maand", "gebied_code")]
        places[0] = places[0] + last.to_numpy()
        cells = [place.astype("int64") for place in (*places, table["aantal"].to_numpy())]
        flags = secret_in_list(cells[0], cells[1], cells[2], cells[3], maat == "stand")
        shown.loc[table.index[flags]] = pd.NA
    return counts.assign(aantal=shown)
