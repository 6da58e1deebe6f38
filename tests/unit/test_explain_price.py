"""A tariff that jumps is told apart from care that seeps in heavier, in whichever month it jumps; chance is neither."""

import numpy as np
import pytest

from indicators.forecast.explain_causes import Cause, _with_tie
from indicators.forecast.explain_data import YEARS
from indicators.forecast.explain_factors import BOTH, COUNTS, Change
from indicators.forecast.explain_price import Billed, Step, pooled, step
from indicators.forecast.explain_text_cost import duration, price

AXIS, NOW = (YEARS + 1) * 12, YEARS * 12
DRAWS = 60


def _costs(seed: int, rise: np.ndarray, scatter: float = 0.015) -> np.ndarray:
    """Cost per client by month: 3 % growth a year, a season, scatter, and a rise in the running year."""
    months = np.arange(AXIS)
    logs = 0.03 * months / 12 + 0.05 * np.sin(2 * np.pi * months / 12)
    logs = logs + scatter * np.random.default_rng(seed).standard_normal(AXIS)
    logs[NOW:] += rise
    return np.exp(logs)


def _seen(costs: np.ndarray, over: int) -> Step:
    """What is found when every month is known whole, with the own pace as the usual one."""
    billed = Billed(costs, costs, np.ones(AXIS), np.ones(AXIS))
    own = billed.pace()
    return step(billed, over, None if own is None else pooled(own, []))


def _jumped(since: int, size: float) -> np.ndarray:
    return size * (np.arange(12) >= since)


@pytest.mark.parametrize(("since", "over"), [(0, 6), (0, 9), (2, 9), (3, 9), (6, 12)])
def test_a_jump_is_found_in_its_month_and_as_large_as_it_is(since: int, over: int) -> None:
    costs = [_costs(seed, _jumped(since, 0.08)) for seed in range(DRAWS)]
    seen = [_seen(c, over) for c in costs]
    told = [s for s in seen if s.of_year]
    assert len(told) >= 0.8 * DRAWS
    assert np.mean([s.since == since for s in told]) >= 0.7
    assert np.mean([s.of_year for s in told]) == pytest.approx(0.08 * (12 - since) / 12, rel=0.25)


@pytest.mark.parametrize("over", [3, 6, 9, 12])
def test_chance_and_a_steady_rise_are_mostly_no_jump(over: int) -> None:
    quiet = [_costs(seed, np.zeros(12)) for seed in range(DRAWS)]
    rising = [_costs(seed, 0.10 * np.arange(1, 13) / 12, 0.01) for seed in range(DRAWS)]
    assert np.mean([_seen(c, over).of_year != 0 for c in quiet]) <= 0.1
    # Half a year of a steady rise looks much like a jump halfway, and then that is said; after that the two part.
    told = [_seen(c, over) for c in rising]
    assert np.mean([s.of_year != 0 and not s.unclear for s in told]) <= 0.4
    assert over <= 6 or np.mean([s.of_year != 0 for s in told]) <= 0.2


def test_too_little_past_gives_no_jump() -> None:
    costs = _costs(1, _jumped(0, 0.08))
    costs[: NOW - 3] = np.nan
    assert _seen(costs, 9).usual is None
    later = _costs(1, np.zeros(12))
    later[NOW:] = np.nan
    assert _seen(later, 9).of_year == 0.0


def test_the_sentence_names_the_month_and_the_whole_jump() -> None:
    moved = Change(0.0, 0.0, 0.0, np.log(1.08) * 9 / 12, 0.0, 0.03, BOTH, since=3, doubt=0.02 * 9 / 12)
    assert price(400_000, moved) == (
        "De prijs ging rond april 8,0 % meer omhoog dan gebruikelijk (waarschijnlijk tussen 5 en 11 %); "
        "dat kost € 400.000."
    )
    january = Change(0.0, 0.0, 0.0, np.log(1.08), 0.0, 0.03, BOTH, doubt=0.01)
    assert "bij het begin van het jaar 8,0 % meer" in price(400_000, january)
    down = Change(0.0, 0.0, 0.0, np.log(0.95), 0.0, 0.03, BOTH, doubt=0.06)
    first_year = Change(0.0, 0.0, 0.0, np.log(1.08), 0.0, 0.0, COUNTS)
    assert price(9, first_year) == "Het bedrag per cliënt is 8,0 % hoger dan vorig jaar; dat kost € 9."
    counted = Change(0.0, 0.0, 0.0, np.log(0.9), 0.05, 0.02, COUNTS, doubt=0.01)
    assert price(-9, counted).startswith("Het bedrag per cliënt ging bij het begin van het jaar 10,0 % minder omhoog,")
    assert "(los van die sprong 7,3 % hoger dan vorig jaar, waar 2,0 % hoger gewoon is)" in duration(9, counted)
    assert "5,0 % minder omhoog, of meer omlaag, dan gebruikelijk (waarschijnlijk tussen 0 en 13 %)" in price(-9, down)


@pytest.mark.parametrize("scatter", [0.01, 0.03])
def test_four_in_five_jumps_lie_between_the_percentages_that_are_said(scatter: float) -> None:
    random, inside = np.random.default_rng(5), []
    for seed in range(300):
        since, over, size = random.integers(0, 6), random.integers(7, 13), random.uniform(0.04, 0.16)
        seen = _seen(_costs(seed, _jumped(since, size), scatter), over)
        if seen.of_year:
            near, far = Change(0, 0, 0, seen.of_year, 0, 0, BOTH, seen.since, doubt=seen.doubt).jump_between
            inside.append(near <= size * (12 - since) / (12 - seen.since) <= far)
    assert len(inside) > 100
    assert 0.7 <= np.mean(inside) <= 0.92


def test_what_fits_a_price_and_heavier_care_as_well_says_both() -> None:
    jumped = Change(0.0, 0.0, 0.0, 0.06, 0.0, 0.03, BOTH, since=2, unclear=True, doubt=0.01)
    seeps = Change(0.0, 0.0, 0.0, 0.0, 0.06, 0.03, BOTH, unclear=True)
    assert price(300_000, jumped).endswith("Het kan ook zijn dat de hulp langzaam zwaarder wordt.")
    assert duration(300_000, seeps).endswith("Het kan ook zijn dat de prijs omhoog ging.")
    assert "kan ook" not in duration(20_000, jumped)


def test_lighter_than_usual_says_what_was_and_what_is_usual() -> None:
    """Care that costs as much as a year ago is lighter only beside what it uses to grow: without both, it misleads."""
    lighter = Change(0.0, 0.0, 0.0, 0.0, np.log(1.001 / 1.038), np.log(1.038), BOTH)
    assert duration(-288_000, lighter) == (
        "De hulp per cliënt wordt lichter of korter dan gebruikelijk (bedrag per cliënt 0,1 % hoger dan vorig jaar, "
        "waar 3,8 % hoger gewoon is); dat scheelt € 288.000."
    )
    beside = Change(0.0, 0.0, 0.0, 0.06, np.log(0.98), np.log(0.99), BOTH)
    assert "(bedrag per cliënt los van de prijs 3,0 % lager dan vorig jaar, waar 1,0 % lager gewoon is)" in duration(
        -9, beside
    )
    counted = Change(0.0, 0.0, 0.0, 0.0, 0.02, 0.0, COUNTS)
    assert duration(9, counted).startswith("Het bedrag per cliënt groeit meer dan gebruikelijk (2,0 % hoger dan")


def test_causes_nearer_to_each_other_than_their_error_are_about_equal() -> None:
    found = {"prijs": Cause(-22_600_000, "De prijs.", ""), "nieuw": Cause(22_000_000, "Nieuw.", "")}
    tied = _with_tie(found, 1_000_000)
    assert tied["prijs"].sentence == (
        "De prijs. Ongeveer even groot, maar de andere kant op, is het effect van het aantal nieuwe cliënten."
    )
    risen = found | {"prijs": Cause(22_600_000, "De prijs.", "")}
    assert _with_tie(risen, 10**6)["prijs"].sentence.endswith(
        "even groot is het effect van het aantal nieuwe cliënten."
    )
    assert {n: c.cents for n, c in tied.items()} == {n: c.cents for n, c in found.items()}
    # Half as large is not as large, however large the error: only that it is not sure.
    half = found | {"nieuw": Cause(11_300_000, "Nieuw.", "")}
    assert _with_tie(half, 20_000_000)["prijs"].sentence == (
        "De prijs. Het is niet zeker of dit groter is dan het effect van het aantal nieuwe cliënten, dat de andere "
        "kant op werkt."
    )
    assert tied["nieuw"] == found["nieuw"]
    assert _with_tie(found, 500_000) == found
    counted = {"aantal": found["prijs"], "nieuw": found["nieuw"], "duur": Cause(100, "Duur.", "")}
    assert _with_tie(counted, 10_000_000) == counted
    assert _with_tie({"prijs": found["prijs"]}, 10**9) == {"prijs": found["prijs"]}


def test_the_error_of_a_change_is_measured_with_or_without_a_jump() -> None:
    calm, wild = (_seen(c, 9) for c in (_costs(3, np.zeros(12), 0.005), _costs(3, np.zeros(12), 0.05)))
    assert 0 < calm.error < wild.error
