"""Small counts: what may be published about few persons below the level of the gemeente (DOMAIN.md 6, practice of CBS).

A count of 0-7 is secret, every other count is rounded to 5, and where a total would give a secret count away, one more
is made secret. The mart applies the rule in SQL (etl/marts/fct_voorziening.sql), before anything reaches the published
database; a test proves that it gives what these functions give. Whatever else counts persons calls these functions.
"""

from __future__ import annotations

import pandas as pd

#: The largest count that is secret.
GEHEIM_TOT_EN_MET = 7
#: Other counts are rounded to a multiple of this.
AFRONDING = 5
#: Flows that give each other away, since the stock before and after is known: secret together.
SAMEN = {"instroom": "stroom", "uitstroom": "stroom"}
TOTAAL = "totaal"

_CEL = ["peildatum", "maand"]


def is_secret(aantal: int) -> bool:
    """Say whether a count of persons or lines is too small to be published."""
    return aantal <= GEHEIM_TOT_EN_MET


def rounded(aantal: int) -> int:
    """Round a count to a multiple of 5."""
    return AFRONDING * ((aantal + AFRONDING // 2) // AFRONDING)


def protected(aantal: int | None) -> int | None:
    """Give a single count as it may be published: None when secret, else rounded. Totals need `secondary` as well."""
    return None if aantal is None or is_secret(aantal) else rounded(aantal)


def secondary(cells: pd.DataFrame, within: list[str]) -> pd.Series:
    """Add secret cells where only one is: the next smallest, since the total minus the others would give the one away.

    Args:
        cells: gebied_code, aantal and secret (bool), and the columns of `within`.
        within: Columns of which each combination is one total over the regions.

    Returns:
        Whether each cell is secret. Of equal counts the region with the lowest code is taken.
    """
    count = cells["secret"].groupby([cells[c] for c in within]).transform("sum")
    candidates = cells[(count == 1) & ~cells["secret"]].sort_values(["aantal", "gebied_code"])
    chosen = candidates.drop_duplicates(within).index
    return cells["secret"] | cells.index.isin(chosen)


def suppress(counts: pd.DataFrame) -> pd.DataFrame:
    """Protect counts of the regions of one gemeente, so that no total over regions or onderdelen gives a secret away.

    1. 0-7 is secret; inflow and outflow are secret together.
    2. Where one region only is secret for an onderdeel, the next smallest is too.
    3. Where one onderdeel only is secret in a region, the total over onderdelen of that region is too, and then rule 2
       holds for the totals. Hiding a total opens nothing, so no rule has to be applied again.
    4. What is left is rounded to 5.

    Args:
        counts: peildatum, maand, onderdeel ('totaal' included), gebied_code, maat and the exact aantal, for every
            combination, zeros included. Only regions below the gemeente.

    Returns:
        The same rows in the same order; aantal is <NA> where it is secret.
    """
    cells = counts.copy()
    cells["groep"] = cells["maat"].map(lambda maat: SAMEN.get(maat, maat))
    key = [*_CEL, "onderdeel", "gebied_code", "groep"]
    small = cells.groupby(key, as_index=False)["aantal"].min()
    small["secret"] = small["aantal"] <= GEHEIM_TOT_EN_MET
    total = small["onderdeel"] == TOTAAL
    parts, totals = small[~total].copy(), small[total].copy()
    if len(parts):
        parts["secret"] = secondary(parts, [*_CEL, "onderdeel", "groep"])
        by_region = [*_CEL, "gebied_code", "groep"]
        alone = parts.groupby(by_region)["secret"].sum().eq(1).rename("alone").reset_index()
        joined = totals.merge(alone, on=by_region, how="left")
        totals["secret"] = totals["secret"].to_numpy() | joined["alone"].fillna(False).to_numpy(dtype=bool)
    totals["secret"] = secondary(totals, [*_CEL, "groep"])
    secret = counts.assign(groep=cells["groep"]).merge(pd.concat([parts, totals])[[*key, "secret"]], on=key, how="left")
    shown = pd.Series([rounded(int(n)) for n in counts["aantal"]], dtype="Int64", index=counts.index)
    return counts.assign(aantal=shown.mask(secret["secret"].to_numpy(dtype=bool)))
