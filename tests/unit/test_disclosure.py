"""Small counts: what is secret, what is rounded, and that no total opens a secret cell."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pandas as pd
import pytest

from indicators.core.disclosure import (
    TOTAAL,
    Toestand,
    for_council,
    protected,
    rate_per,
    suppress,
    toestand,
)

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


@pytest.mark.parametrize(
    ("aantal", "bevolking", "expected"),
    [(12, 115, 87), (13, 115, 130), (7, 115, None), (None, 115, None), (12, None, None), (12, 0, None)],
)
def test_a_rate_is_computed_from_the_rounded_count_as_cbs_does(
    aantal: int | None, bevolking: int | None, expected: int | None
) -> None:
    assert rate_per(aantal, bevolking) == expected


def test_two_secret_wijken_share_at_least_seven_of_their_total() -> None:
    found = shown(cells({("hh", "A"): 0, ("hh", "B"): 2, ("hh", "C"): 21, ("hh", "D"): 40}))
    assert found["hh", "C"] is None and found["hh", "D"] == 40, "A and B alone would each lie between 0 and 2"


def test_secret_missing_not_measured_and_none_are_four_things() -> None:
    assert toestand(None) is Toestand.GEHEIM and toestand(float("nan"), telling=False) is Toestand.ONTBREEKT
    assert toestand(None, rij=False) is Toestand.NIET_GEMETEN and toestand(0) is Toestand.NUL
    assert toestand(12) is Toestand.GETAL
    assert {str(t) for t in Toestand} == {"getal", "geheim", "ontbreekt", "niet gemeten", "nul"}


def test_for_the_council_the_gemeente_is_rounded_too() -> None:
    frame = pd.DataFrame({"gebied_code": ["GM0001", "GM0001", "WK000100", "WK000101"], "aantal": [1003, 4, None, 10]})
    assert for_council(frame)["aantal"].tolist() == [1005, pd.NA, pd.NA, 10]


def test_a_stock_stays_secret_as_long_as_too_few_move_to_hide_who() -> None:
    months = [dt.date(2025, month, 1) for month in (1, 2, 3)]
    stock = {"A": (9, 9, 7), "B": (30, 30, 30), "C": (30, 30, 30)}
    rows = []
    for number, maand in enumerate(months):
        for wijk, counts in stock.items():
            left = counts[number - 1] - counts[number] if number else 0
            for maat, aantal in (("stand", counts[number]), ("instroom", 0), ("uitstroom", left)):
                row = {"peildatum": MAAND, "maand": maand, "gebied_code": wijk, "maat": maat, "aantal": aantal}
                rows += [{**row, "onderdeel": onderdeel} for onderdeel in ("hh", TOTAAL)]
    result = suppress(pd.DataFrame(rows))
    secret = result[(result["maat"] == "stand") & (result["onderdeel"] == "hh") & result["aantal"].isna()]
    assert {(r.gebied_code, r.maand) for r in secret.itertuples()} >= {("A", month) for month in months}
    assert ("C", months[0]) not in {(r.gebied_code, r.maand) for r in secret.itertuples()}
