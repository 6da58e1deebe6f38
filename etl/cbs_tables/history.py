"""Lays a new answer beside the last good copy: may it take its place, and what did CBS change in what was known."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from etl.cbs_tables.resolve import Layout
from etl.cbs_tables.rows import KEY
from etl.readers.odata import CbsBroken
from indicators.core.period import label, sort_key

_PROVISIONAL = ("voorlopig", "nader_voorlopig")


@dataclass(frozen=True)
class Difference:
    """What a copy changed in what the copy before it held already.

    Attributes:
        cijfers: Figures with another value, filled in, or withdrawn.
        tekst: That in Dutch; "" when nothing changed and nothing came.
    """

    cijfers: int = 0
    tekst: str = ""


def gaps(frame: pd.DataFrame, layout: Layout, own: list[str]) -> list[str]:
    """Compare the figures with the code lists of the same table.

    Args:
        frame: The figures, as etl.cbs_tables.rows.download gives them.
        layout: Where everything stands in the table today.
        own: Codes of the own gemeente, its provincie and the country, as far as the table has their level.

    Returns:
        Notices in Dutch about codes that stand in one of both only.

    Raises:
        CbsBroken: The list has a region that everything is about, and the figures do not: the answer was cut off.
    """
    table = layout.table
    listed, given = set(layout.regions), set(frame["gebied_code"].unique())
    lost = [code for code in own if code in listed - given]
    if lost:
        raise CbsBroken(
            f"In de cijfers van tabel {table.id} ontbreekt {', '.join(lost)}: het antwoord is niet compleet."
        )
    notices = [f"{code} staat niet in deze tabel." for code in own if code not in listed | given]
    for what, ours, theirs in (
        (table.region, given, listed),
        (str(table.period), set(frame["periode"].unique()), {p for p in layout.periods if _asked(layout, p)}),
    ):
        if theirs - ours:
            notices.append(
                f"Van {len(theirs - ours)} codes uit de lijst {what} zijn er geen cijfers: {_some(theirs - ours)}."
            )
        if ours - theirs:
            notices.append(f"{len(ours - theirs)} codes staan niet in de lijst {what}: {_some(ours - theirs)}.")
    return notices


def _asked(layout: Layout, period: str) -> bool:
    return layout.table.vanaf is None or period[:4] >= str(layout.table.vanaf)


def _some(codes: set[str]) -> str:
    shown = sorted(codes)[:5]
    return ", ".join(shown) + (" en meer" if len(codes) > len(shown) else "")


def carry_over(new: pd.DataFrame, last: pd.DataFrame, missing: list[str]) -> pd.DataFrame:
    """Add the last figures of topics that are gone: a vanished topic never empties a figure."""
    kept = last[last["onderwerp"].isin(missing)]
    if kept.empty:
        return new
    return pd.concat([new, kept[list(new.columns)]]).sort_values(KEY, ignore_index=True)


def judge(new: pd.DataFrame, last: pd.DataFrame, own: list[str]) -> list[str]:
    """Say whether a new answer may replace the last good copy.

    Only topics that are still asked for count: fewer questions make no worse answer.

    Args:
        new: The answer of now.
        last: The last good copy.
        own: Codes of the own gemeente, its provincie and the country: their history never gets shorter.

    Returns:
        Notices in Dutch about figures that were withdrawn.

    Raises:
        CbsBroken: The answer is a part of what it should be.
    """
    last = last[last["onderwerp"].isin(new["onderwerp"].unique())]
    known = new[new["onderwerp"].isin(last["onderwerp"].unique())]
    if len(known) * 2 < len(last):
        raise CbsBroken(f"Het antwoord heeft {len(known)} cijfers, de vorige keer {len(last)}.")
    notices = []
    for code in own:
        before, now = (f[f["gebied_code"] == code].set_index(KEY)["waarde"] for f in (last, known))
        lost = sorted({key[2] for key in before.index.difference(now.index)})
        if lost:
            raise CbsBroken(f"Van {code} ontbreekt nu {', '.join(lost)}, die er de vorige keer wel was.")
        withdrawn = before.notna() & now.reindex(before.index).isna()
        if withdrawn.any() and now.notna().sum() == 0:
            raise CbsBroken(f"Van {code} zijn nu alle cijfers leeg.")
        if withdrawn.any():
            periods = sorted({key[2] for key in withdrawn[withdrawn].index})
            notices.append(f"CBS geeft voor {code} geen cijfer meer over {', '.join(periods)}.")
    return notices


def difference(new: pd.DataFrame, last: pd.DataFrame, own: str) -> Difference:
    """Say what changed in what was known, and which periods came.

    Args:
        new: The figures of now.
        last: Those of the copy before.
        own: Code of the own gemeente: its changed figures are named.
    """
    both = last.merge(new, on=KEY, suffixes=("_toen", "_nu"))
    before, now = both["waarde_toen"], both["waarde_nu"]
    kinds = {
        "gewijzigd": before.notna() & now.notna() & (before != now),
        "ingevuld": before.isna() & now.notna(),
        "ingetrokken": before.notna() & now.isna(),
    }
    parts = [
        f"{int(mask.sum())} {'cijfer' if mask.sum() == 1 else 'cijfers'} {what} ({_labels(both.loc[mask, 'periode'])})"
        for what, mask in kinds.items()
        if mask.any()
    ]
    mine = both[kinds["gewijzigd"] & (both["gebied_code"] == own) & (both["marge"] == "waarde")].head(3)
    parts += [
        f"{own} {r.onderwerp} {label(r.periode)}: {_number(r.waarde_toen)} werd {_number(r.waarde_nu)}"
        for r in mine.itertuples()
    ]
    settled = both["status_toen"].isin(_PROVISIONAL) & (both["status_nu"] == "definitief")
    if settled.any():
        parts.append(f"definitief geworden: {_labels(both.loc[settled, 'periode'])}")
    came = new.loc[~new["periode"].isin(last["periode"]), "periode"]
    if not came.empty:
        parts.append(f"nieuw: {_labels(came)}")
    return Difference(int(sum(mask.sum() for mask in kinds.values())), "; ".join(parts))


def newest_period(frame: pd.DataFrame) -> str | None:
    """Give the code of the newest period with any figure."""
    periods = frame.loc[frame["waarde"].notna(), "periode"].unique()
    return max(periods, key=sort_key) if len(periods) else None


def provisional(frame: pd.DataFrame) -> int:
    """Count the periods of which the status is provisional."""
    return int(frame.loc[frame["status"].isin(_PROVISIONAL), "periode"].nunique())


def _labels(periods: pd.Series) -> str:
    codes = sorted(periods.unique(), key=sort_key)
    shown = [label(code) for code in codes[-4:]]
    return ("onder meer " if len(codes) > len(shown) else "") + ", ".join(shown)


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",") if abs(value) < 1e5 else str(int(value))
