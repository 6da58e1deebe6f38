"""The same gemeente with and without one event: the difference of the two explanations is mostly the event's cause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from indicators.forecast.explain import TABLE, explanations
from indicators.forecast.explain_data import YEARS
from indicators.forecast.explain_known import Known
from indicators.forecast.explain_late import HeldBack, held_back
from indicators.forecast.explain_price import Billed, Usual, pooled, step, with_awards
from tests.support.explain_world import LAG, PEILDATA, World, fewer_leave, marts, more_inflow, single_booking

SEEDS = (2, 5)
NOW, AXIS = YEARS * 12, (YEARS + 1) * 12
#: Of a provider that bills late, the part of a month of care that is billed after so many months.
LATE = np.array([0.0, 0.25, 0.2, 0.15, 0.15, 0.15, 0.1])


def _tariff(world: World) -> None:
    world.price["begeleiding"][38:] *= 1.10


def _heavier(world: World) -> None:
    """Whoever begins or is renewed gets more, so that awards and bills rise alike, month after month."""
    more = 1.0 + 0.025 * np.arange(1, 13)
    world.price["begeleiding"][36:48] *= more
    world.awarded["begeleiding"][36:48] *= more


def _late(world: World) -> None:
    """Bills come later: the ledger has what was billed."""
    care, width = world.care("begeleiding"), len(LATE)
    lag = np.zeros((48, width))
    lag[:, : len(LAG)] = LAG
    lag[36:] = LATE
    world.lag["begeleiding"] = lag
    for month in range(36, 48):
        moved = care[month] * (LATE - np.pad(LAG, (0, width - len(LAG))))[: 48 - month]
        world.extra["begeleiding"][month : month + width] += moved


#: Kind -> what is planted and the cause that says so.
PLANTED: dict[str, tuple[Callable[[World], None], str]] = {
    "tariefstap": (_tariff, "prijs"),
    "instroomstijging": (more_inflow, "nieuw"),
    "minder_uitstroom": (fewer_leave, "beeindigd"),
    "incidentele_post": (single_booking, "incidenteel"),
    "zwaardere_zorg": (_heavier, "duur"),
    "late_aanbieder": (_late, "nog_te_ontvangen"),
}


def _explained(seed: int, plant: Callable[[World], None] | None = None) -> tuple[pd.DataFrame, pd.Series, World]:
    """Euros by peildatum and cause of begeleiding, its forecasts less budgets, and the world."""
    world = World(seed)
    if plant:
        plant(world)
    with marts(world) as connection:
        connection.execute("DELETE FROM mart.fct_prognose WHERE peildatum < ?", [PEILDATA[-1]])
        rows = explanations(connection, PEILDATA[-1])[TABLE]
        gap = connection.execute("""
            SELECT p.peildatum, CAST(p50_eur - actueel_eur AS DOUBLE) AS eur FROM mart.fct_prognose p
            JOIN mart.fct_begroting USING (boekjaar, peildatum, onderdeel, lasten_baten)
            WHERE onderdeel = 'begeleiding' AND lasten_baten = 'L'""").df()
    own = rows[(rows["onderdeel"] == "begeleiding") & (rows["lasten_baten"] == "L")]
    table = own.pivot_table(index="peildatum", columns="oorzaak", values="effect_eur", aggfunc="sum").astype(float)
    table.index = pd.to_datetime(table.index)
    return table.fillna(0.0), gap.set_index("peildatum")["eur"], world


@pytest.fixture(scope="module")
def quiet() -> dict[int, tuple[pd.DataFrame, pd.Series, World]]:
    return {seed: _explained(seed) for seed in SEEDS}


@pytest.fixture(scope="module")
def planted() -> dict[tuple[str, int], tuple[pd.DataFrame, pd.Series, World]]:
    return {(kind, seed): _explained(seed, plant) for kind, (plant, _) in PLANTED.items() for seed in SEEDS}


def _difference(after: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    return after.sub(before, fill_value=0.0).fillna(0.0)


@pytest.mark.parametrize("kind", PLANTED)
def test_the_largest_part_of_what_an_event_changes_is_its_own_cause(kind: str, quiet: dict, planted: dict) -> None:
    for seed in SEEDS:
        change = _difference(planted[kind, seed][0], quiet[seed][0]).drop(columns="begroting")
        last = change.loc[pd.Timestamp(PEILDATA[-1])]
        assert last.abs().idxmax() == PLANTED[kind][1], (kind, seed, last)


def test_where_it_is_truly_the_largest_it_is_the_largest_that_is_named(quiet: dict, planted: dict) -> None:
    """Truly: 1.5 times as large as whatever else moved that year. A gemeente may well have more on its mind."""
    last, asked = pd.Timestamp(PEILDATA[-1]), set()
    for (kind, seed), (table, _, _) in planted.items():
        cause = PLANTED[kind][1]
        others = quiet[seed][0].loc[last].drop(["begroting", "overig"], errors="ignore").abs()
        size = abs(_difference(table, quiet[seed][0]).loc[last, cause])
        if size < 1.5 * others.max():
            continue
        asked.add(kind)
        named = table.loc[last].drop(["begroting", "overig"], errors="ignore").abs().idxmax()
        assert named == cause, (kind, seed, table.loc[last])
    assert asked == set(PLANTED)


@pytest.mark.parametrize("kind", PLANTED)
def test_with_or_without_an_event_the_causes_add_up(kind: str, planted: dict) -> None:
    for seed in SEEDS:
        table, gap, _ = planted[kind, seed]
        assert np.allclose(table.sum(axis=1), gap.reindex(table.index), atol=0.006)


def test_an_event_has_its_true_euros(quiet: dict, planted: dict) -> None:
    """What it does to the year so far, carried on at the level of its last month: so the forecast has it too."""
    for (kind, seed), (table, _, world) in planted.items():
        before = quiet[seed][2]
        more = (world.cost("begeleiding") - before.cost("begeleiding"))[36:45]
        true = more.sum() + 3 * more[-1]
        if kind == "incidentele_post":
            true = 450_000.0
        if kind == "late_aanbieder":
            true = more.sum() * 12 / 9
        change = _difference(table, quiet[seed][0]).loc[pd.Timestamp(PEILDATA[-1])]
        assert 0.75 < change[PLANTED[kind][1]] / true < 1.5, (kind, seed, change, true)


def test_late_bills_are_told_by_who_was_declared_and_not_by_what_a_bill_is() -> None:
    known = _billed(LAG, 1.0)
    assert _told(known).euros == pytest.approx(0.0, abs=1.0)
    dearer = _told(_billed(LAG, 1.2))
    assert dearer.euros == pytest.approx(0.0, abs=1.0) and dearer.sure == 0.0
    late = _told(_billed(LATE, 1.0))
    # The newest month is not billed at all either way.
    true = sum(300.0 * 1000.0 * (LAG[: k + 1].sum() - LATE[: k + 1].sum()) for k in range(9))
    assert late.euros == pytest.approx(true, rel=0.01) and late.sure > 0.5
    assert _told(_billed(LAG, 1.0, late_then=True)).euros == pytest.approx(-true, rel=0.35)


def test_without_enough_declarations_nothing_is_told_of_late_bills() -> None:
    known = _billed(LAG, 1.0)
    nothing = np.full(AXIS, np.nan)
    assert held_back(replace(known, declared_clients=nothing)) is None
    assert held_back(replace(known, clients=nothing)) is None
    began = np.where(np.arange(AXIS) >= NOW - 8, known.declared_clients_then, np.nan)
    assert held_back(replace(known, declared_clients_then=began)) is None
    assert held_back(replace(known, month=1)) is None


def _told(known: Known) -> HeldBack:
    found = held_back(known)
    assert found is not None
    return found


def _billed(lag: np.ndarray, price: float, late_then: bool = False) -> Known:
    """300 clients of EUR 1,000 a month, known to September; bills of this year come with a lag of their own."""
    month, clients = 9, np.full(AXIS, 300.0)
    before, since = (np.pad(of, (0, len(LATE) - len(of))) for of in (LATE if late_then else LAG, lag))
    wide = np.where((np.arange(AXIS) >= NOW)[:, None], since, before)

    def seen(last: int) -> np.ndarray:
        age = last - np.arange(AXIS)
        part = [w[: a + 1].sum() if a >= 0 else np.nan for w, a in zip(wide, age, strict=True)]
        return clients * np.asarray(part)

    now, then = seen(NOW + month - 1), seen(NOW + month - 13)
    each = np.where(np.arange(AXIS) >= NOW, price, 1.0) * 1000.0
    none = np.full(AXIS, np.nan)
    ledger = np.full((YEARS + 1, 12), np.nan)
    return Known(
        month, clients, np.full(AXIS, 30.0), now * each, now, then * each, then, clients, none, none, ledger,
        np.full(YEARS, np.nan),
    )  # fmt: skip


def _costs(seed: int, rise: np.ndarray) -> np.ndarray:
    logs = 0.03 * np.arange(AXIS) / 12 + 0.01 * np.random.default_rng(seed).standard_normal(AXIS)
    logs[NOW:] += rise
    return np.exp(logs)


def _jump(costs: np.ndarray, worth: np.ndarray | None = None) -> float:
    """How far the price went by September, seen in the cost per client with or without the worth of awards."""
    billed = Billed(costs, costs, np.ones(AXIS), np.ones(AXIS))
    found = step(billed, 9, _usual(billed))
    if worth is not None:
        found = with_awards(found, billed, worth, 9, _usual(billed.over(worth)))
    return found.of_year * 12 / (12 - found.since)


def _usual(billed: Billed) -> Usual | None:
    own = billed.pace()
    return None if own is None else pooled(own, [])


def test_awards_tell_a_tariff_from_heavier_care() -> None:
    """Bills that jump alone are a price, awards that seep along are care, awards that jump are a price too."""
    flat, jump = np.ones(AXIS), np.where(np.arange(12) >= 2, 0.08, 0.0)
    seep = 0.08 * np.minimum(np.arange(1, 13) / 6, 1.0)
    random = np.random.default_rng(5)
    for seed in range(5):
        dearer, heavier = _costs(seed, jump), _costs(seed, seep)
        usual = flat * np.exp(0.002 * random.standard_normal(AXIS))
        assert _jump(dearer, usual) == pytest.approx(0.08, abs=0.03)
        along, restated = usual.copy(), usual.copy()
        along[NOW:] *= np.exp(seep)
        restated[NOW:] *= np.exp(jump)
        assert abs(_jump(heavier, along)) < 0.03
        assert _jump(dearer, restated) == pytest.approx(0.08, abs=0.03)
        # Awards that are worth less and less while a client costs the same are no price either.
        flat_costs, less = _costs(seed, np.zeros(12)), usual.copy()
        less[NOW:] *= np.exp(-seep)
        assert _jump(flat_costs, less) < 0.03


@pytest.mark.parametrize("unpriced", [np.nan, 0.0])
def test_awards_without_a_price_tell_nothing_and_do_not_warn(unpriced: float) -> None:
    dearer = _costs(1, np.where(np.arange(12) >= 2, 0.08, 0.0))
    with np.errstate(divide="raise", invalid="raise"):
        assert _jump(dearer, np.full(AXIS, unpriced)) == _jump(dearer) > 0.05
