"""Small counts: what is secret, what is rounded, and that no total opens a secret cell."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pandas as pd
import pytest

from indicators.core.disclosure import TOTAAL, protected, suppress

MAAND = dt.date(2025, 1, 1)


def cells(counts: dict[tuple[str, str], int], maat: str = "stand") -> pd.DataFrame:
    """(onderdeel, wijk) -> count, completed with the totals per wijk."""
    totals: dict[tuple[str, str], int] = {}
    for (_, wijk), aantal in counts.items():
        totals[TOTAAL, wijk] = totals.get((TOTAAL, wijk), 0) + aantal
    return pd.DataFrame(
        [
            {"peildatum": MAAND, "maand": MAAND, "onderdeel": o, "gebied_code": w, "maat": maat, "aantal": n}
            for (o, w), n in {**counts, **totals}.items()
        ]
    )


def shown(frame: pd.DataFrame) -> dict[tuple[str, str], int | None]:
    result = suppress(frame)
    return {(r.onderdeel, r.gebied_code): None if pd.isna(r.aantal) else int(r.aantal) for r in result.itertuples()}


@pytest.mark.parametrize(
    ("aantal", "expected"),
    [(0, None), (1, None), (7, None), (8, 10), (12, 10), (13, 15), (17, 15), (18, 20), (None, None)],
)
def test_nought_to_seven_is_secret_and_the_rest_rounds_to_five(aantal: int | None, expected: int | None) -> None:
    assert protected(aantal) == expected


def test_one_secret_wijk_takes_the_next_smallest_along() -> None:
    found = shown(
        cells({("hh", "A"): 3, ("hh", "B"): 40, ("hh", "C"): 21, ("bg", "A"): 20, ("bg", "B"): 20, ("bg", "C"): 20})
    )
    assert found["hh", "A"] is None and found["hh", "C"] is None and found["hh", "B"] == 40
    assert found["bg", "A"] == 20


def test_one_secret_onderdeel_hides_the_total_of_its_wijk() -> None:
    found = shown(
        cells({("hh", "A"): 3, ("hh", "B"): 40, ("hh", "C"): 21, ("bg", "A"): 20, ("bg", "B"): 20, ("bg", "C"): 20})
    )
    assert found[TOTAAL, "A"] is None and found[TOTAAL, "C"] is None and found[TOTAAL, "B"] == 60


def test_inflow_and_outflow_are_secret_together() -> None:
    both = pd.concat([
        cells({("hh", "A"): 3, ("hh", "B"): 4, ("hh", "C"): 21}, "instroom"),
        cells({("hh", "A"): 30, ("hh", "B"): 30, ("hh", "C"): 30}, "uitstroom"),
    ], ignore_index=True)  # fmt: skip
    result = suppress(both).set_index(["maat", "onderdeel", "gebied_code"])["aantal"]
    assert pd.isna(result["uitstroom", "hh", "A"]) and pd.isna(result["uitstroom", "hh", "B"])
    assert result["uitstroom", "hh", "C"] == 30 and result["instroom", "hh", "C"] == 20


def test_no_total_has_exactly_one_secret_part() -> None:
    chance = random.Random(7)
    for _ in range(60):
        wijken, onderdelen = "ABCDE"[: chance.randint(2, 5)], ("hh", "bg", "db")[: chance.randint(1, 3)]
        counts = {key: chance.choice([0, 3, 7, 8, 15, 40]) for key in itertools.product(onderdelen, wijken)}
        found = shown(cells(counts))
        for onderdeel in (*onderdelen, TOTAAL):
            assert sum(found[onderdeel, w] is None for w in wijken) != 1, (counts, onderdeel)
        for wijk in wijken:
            if found[TOTAAL, wijk] is not None:
                assert sum(found[o, wijk] is None for o in onderdelen) != 1, (counts, wijk)
        assert not any(found[key] is not None and counts[key] <= 7 for key in counts)
