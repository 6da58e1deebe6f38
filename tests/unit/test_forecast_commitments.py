"""Open commitments as evidence: they help where bills follow them, elsewhere they do nothing; nothing is peeked at."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from indicators.forecast.backtest import Backtest, Cut
from indicators.forecast.commitments import read_commitments, with_commitments
from indicators.forecast.evidence import with_evidence
from indicators.forecast.panel import Array, Panel
from indicators.forecast.standen import Standen
from tests.support.commitment_world import SERIES, YEARS, World, world
from tests.support.marts import empty_marts

JUNE = 6


@pytest.fixture(scope="module")
def granted() -> tuple[World, list[Cut]]:
    found = world(3)
    return found, Backtest(found.panel).run()


@pytest.fixture(scope="module")
def half_care() -> tuple[World, list[Cut]]:
    found = world(4, care=0.5)
    return found, Backtest(found.panel).run()


def wape(found: World, cuts: list[Cut], months: tuple[int, ...] = (6, 9), first: int = 3) -> float:
    of = [c for c in cuts if c.year >= first and c.peilmaand in months]
    off = sum(float(np.abs(c.quantiles[:, 2] - found.outturn[:, c.year]).sum()) for c in of)
    return off / sum(float(found.outturn[:, c.year].sum()) for c in of)


def test_subsidies_that_are_granted_are_forecast_better(granted: tuple[World, list[Cut]]) -> None:
    found, cuts = granted
    assert wape(found, with_commitments(cuts, found.panel, found.committed)) < 0.75 * wape(found, cuts)


def test_what_is_never_committed_comes_on_top(half_care: tuple[World, list[Cut]]) -> None:
    found, cuts = half_care
    moved = with_commitments(cuts, found.panel, found.committed)
    assert wape(found, moved) < 0.97 * wape(found, cuts)
    late = [(c, m) for c, m in zip(cuts, moved, strict=True) if c.year == YEARS - 1 and c.peilmaand == JUNE]
    lean = sum(float((m.quantiles[:, 2] - found.outturn[:, -1]).sum() / found.outturn[:, -1].sum()) for _, m in late)
    assert abs(lean) < 0.03


def test_the_band_stays_in_order_and_honest(granted: tuple[World, list[Cut]]) -> None:
    found, cuts = granted
    inside, widths = [], []
    for before, after in zip(cuts, with_commitments(cuts, found.panel, found.committed), strict=True):
        use = after.usable
        assert (np.diff(after.quantiles[use], axis=1) >= 0).all()
        assert (after.quantiles[:, 0] >= np.minimum(before.view.booked, before.quantiles[:, 0]) - 1e-6)[use].all()
        if after.year >= 3 and after.peilmaand < 12:
            outturn, q = found.outturn[:, after.year], after.quantiles
            inside.append(((q[:, 0] <= outturn) & (outturn <= q[:, 4])).mean())
            widths.append((q[:, 4] - q[:, 0]).sum() / (before.quantiles[:, 4] - before.quantiles[:, 0]).sum())
    assert 0.76 <= np.mean(inside) <= 0.97
    assert 0.6 < np.mean(widths) < 1.0


def _never_let_go(committed: Array) -> Array:
    return np.asarray(np.maximum.accumulate(committed, axis=2))


def _of_another(_: Array) -> Array:
    return world(54, care=0.5).committed


def _by_one_in_two(committed: Array) -> Array:
    """Only some budget holders put their contracts in."""
    return np.asarray(np.where(np.arange(SERIES)[:, None, None] % 2 == 0, committed, 0.0))


@pytest.mark.parametrize("kept", [_never_let_go, _of_another, _by_one_in_two])
def test_commitments_kept_badly_do_next_to_no_harm(half_care: tuple[World, list[Cut]], kept: object) -> None:
    found, cuts = half_care
    assert callable(kept)
    moved = with_commitments(cuts, found.panel, kept(found.committed))
    assert wape(found, moved, (1, 3, 6, 9)) <= 1.03 * wape(found, cuts, (1, 3, 6, 9))


def test_the_year_they_are_no_longer_kept_is_not_taken_for_cheaper(half_care: tuple[World, list[Cut]]) -> None:
    found, cuts = half_care
    gone = found.committed.copy()
    gone[:, -1] *= 0.05
    moved = with_commitments(cuts, found.panel, gone)
    assert wape(found, moved, (1, 3, 6, 9), YEARS - 1) <= 1.15 * wape(found, cuts, (1, 3, 6, 9), YEARS - 1)


def test_without_earlier_years_or_with_next_to_nothing_they_have_no_say(granted: tuple[World, list[Cut]]) -> None:
    found, cuts = granted
    young = found.committed.copy()
    young[:, : YEARS - 1] = np.nan
    for silent in (young, np.zeros_like(young), 1e-4 * found.committed):
        for before, after in zip(cuts, with_commitments(cuts, found.panel, silent), strict=True):
            assert after is before
    assert with_commitments(cuts, found.panel, np.full_like(young, np.nan)) is cuts


@pytest.mark.parametrize("cut", [(4, 2), (6, 7)])
def test_nothing_known_after_the_cut_is_used(granted: tuple[World, list[Cut]], cut: tuple[int, int]) -> None:
    found, cuts = granted
    random = np.random.default_rng(2)
    amounts, committed = found.panel.amounts.copy(), found.committed.copy()
    for year in range(YEARS):
        age = max((cut[0] - year) * 12 + cut[1], 0)
        amounts[:, year, :, age:] *= random.uniform(-3, 30, amounts[:, year, :, age:].shape)
        committed[:, year, age:] *= random.uniform(0, 30, committed[:, year, age:].shape)
    nonsense = replace(found.panel, amounts=amounts)
    then = with_commitments(Backtest(nonsense).run(cut), nonsense, committed)[-1]
    now = next(c for c in with_commitments(cuts, found.panel, found.committed) if (c.year, c.peilmaand) == cut)
    np.testing.assert_allclose(then.quantiles, now.quantiles, rtol=1e-12)


def test_a_source_that_was_always_right_is_believed_almost_wholly(granted: tuple[World, list[Cut]]) -> None:
    found, cuts = granted
    moved = with_evidence(cuts, lambda cut: np.asarray(found.outturn[:, cut.year]))
    before, after = (next(c for c in of if (c.year, c.peilmaand) == (YEARS - 1, 3)) for of in (cuts, moved))
    left, was = (np.abs(c.quantiles[:, 2] - found.outturn[:, -1]) for c in (after, before))
    # By the number of years alone, six of seven parts would be believed.
    assert np.median(left / was) < 0.1
    widths = [(c.quantiles[:, 4] - c.quantiles[:, 0]).sum() for c in (after, before)]
    assert widths[0] < 0.8 * widths[1]


def test_they_are_read_as_delivered_in_their_own_month() -> None:
    keys = [("sociale_basis", "B"), ("sociale_basis", "L"), ("toegang", "L")]
    panel = Panel(["a", "b", "c"], ["g"] * 3, [2024, 2025], np.zeros((3, 2, 13, 24)), np.zeros((3, 2, 24)))
    standen = Standen(keys, ["overig"] * 3, panel, {})
    connection = empty_marts(["fct_realisatie"])
    rows = [
        (2025, dt.date(2025, 3, 10), 2, "sociale_basis", "L", "500.00"),
        (2025, dt.date(2025, 3, 31), 3, "sociale_basis", "L", "400.00"),  # the newest of March counts
        (2025, dt.date(2025, 3, 31), 3, "toegang", "L", None),  # a line of that overview without commitments
        (2025, dt.date(2025, 4, 30), 4, "sociale_basis", "L", None),  # an overview without the column
        (2025, dt.date(2025, 5, 31), 5, "sociale_basis", "L", "0.00"),  # nobody has anything open: not kept
        (2025, dt.date(2025, 6, 30), 6, "toegang", "L", "75.00"),  # the other is not in it: nothing is said of it
        (2024, dt.date(2025, 1, 31), 12, "sociale_basis", "L", "9.00"),  # after its year
    ]
    for year, known, periode, onderdeel, lb, open_eur in rows:
        values = [year, known, periode, "stand", None, onderdeel, "6.1", lb, "100.00", open_eur]
        connection.execute(f"INSERT INTO mart.fct_realisatie VALUES ({', '.join('?' * 10)})", values)
    found = read_commitments(connection, standen, dt.date(2025, 12, 31))
    assert found[1, 1, 2] == pytest.approx(400.0) and found[2, 1, 2] == pytest.approx(0.0)
    assert found[2, 1, 5] == pytest.approx(75.0) and np.isfinite(found).sum() == 3
    earlier = read_commitments(connection, standen, dt.date(2025, 3, 15))
    assert earlier[1, 1, 2] == pytest.approx(500.0) and np.isfinite(earlier).sum() == 1
