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
    found = shown(cells({("hh", "A"): 3, ("hh", "B"): 40, ("hh", "C"): 21}))
    assert found["hh", "A"] is None and found["hh", "C"] is None and found["hh", "B"] == 40
    assert found[TOTAAL, "A"] is None and found[TOTAAL, "C"] is None and found[TOTAAL, "B"] == 40


def test_an_onderdeel_that_few_wijken_have_is_told_of_none_of_them() -> None:
    """Two such onderdelen: the totals stay, and so does the large one where others than its clients are left."""
    large = {("hh", wijk): 100 + 5 * n for n, wijk in enumerate("ABCDE")}
    small = {(onderdeel, wijk): 9 * (wijk in "AB") for onderdeel in ("mo", "bw") for wijk in "ABCDE"}
    found = shown(cells({**large, **small}))
    assert all(found[key] is None for key in small)
    assert found["hh", "B"] == 105 and found[TOTAAL, "B"] == 125
    assert found["hh", "A"] is None, "in C, D and E all have hh: with those of A 18 have something else"
    assert found["hh", "E"] is None and found[TOTAAL, "E"] == 120, "120 of 120 would say that both others are few"


def test_a_wijk_of_which_nothing_is_told_hides_another() -> None:
    counts = {(onderdeel, wijk): 60 for onderdeel in ("hh", "bg") for wijk in "ABCD"}
    found = shown(cells({**counts, ("hh", "A"): 2, ("bg", "A"): 3}))
    secret = {key for key, aantal in found.items() if aantal is None}
    assert {wijk for _, wijk in secret} == {"A", "B"} and len(secret) == 6


def test_inflow_and_outflow_are_not_told_by_wijk() -> None:
    with pytest.raises(ValueError, match="only aanvraag"):
        suppress(cells({("hh", "A"): 30, ("hh", "B"): 40}, "instroom"))


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


def test_a_stock_is_secret_in_all_months_or_in_none() -> None:
    months = [dt.date(2025, month, 1) for month in (1, 2, 3)]
    stock = {"A": (9, 9, 7), "B": (30, 30, 30), "C": (30, 30, 30)}
    rows = [
        {"peildatum": MAAND, "maand": maand, "gebied_code": wijk, "maat": "stand", "onderdeel": o, "aantal": aantal}
        for wijk, counts in stock.items()
        for maand, aantal in zip(months, counts, strict=True)
        for o in ("hh", TOTAAL)
    ]
    result = suppress(pd.DataFrame(rows))
    secret = {(r.gebied_code, r.maand) for r in result[result["aantal"].isna()].itertuples()}
    assert secret == {(wijk, month) for wijk in "AB" for month in months}


def test_an_onderdeel_that_begins_later_was_not_nobody_before() -> None:
    frame = cells({(o, w): 100 for o in ("hh", "bg") for w in "ABC"})
    later = pd.concat([frame, frame.assign(maand=dt.date(2025, 2, 1))], ignore_index=True)
    later = later[(later["onderdeel"] != "bg") | (later["maand"] > MAAND)]
    assert suppress(later)["aantal"].notna().all()
