"""What is granted explains what the ledger alone cannot: a council that gives more subsidy, and still to the cent."""

import numpy as np
import pandas as pd
import pytest

from indicators.forecast.explain import TABLE, explanations
from tests.support.explain_world import PEILDATA, YEARS, World, marts

NOW, RUNNING = PEILDATA[-1], 36


def explained(world: World, committed: float = 1.0, told: float = 1.0) -> pd.DataFrame:
    """Explain the subsidies of `toegang`: so much is committed from January on, and so much of that is told in 2025."""
    with marts(world) as connection:
        for y, year in enumerate(YEARS):
            for month in range(1, 12):
                rest = committed * (told if year == NOW.year else 1.0) * world.fixed[y * 12 + month : y * 12 + 12].sum()
                connection.execute(
                    """UPDATE mart.fct_realisatie SET verplichting_eur = $1 WHERE onderdeel = 'toegang'
                       AND lasten_baten = 'L' AND boekjaar = $2 AND year(peildatum) = $2 AND month(peildatum) = $3""",
                    [round(float(rest), 2), year, month],
                )
        found = explanations(connection, NOW)[TABLE]
    own = found[(found["peildatum"] == NOW) & (found["onderdeel"] == "toegang") & (found["lasten_baten"] == "L")]
    return own.set_index("oorzaak")


def more(part: float) -> World:
    world = World()
    world.fixed[RUNNING:] *= 1.0 + part
    return world


@pytest.mark.parametrize(("part", "many"), [(0.2, "meer"), (-0.15, "minder")])
def test_a_council_that_grants_more_or_less_is_the_cause(part: float, many: str) -> None:
    world = more(part)
    found = explained(world)
    truly = part / (1.0 + part) * world.fixed[RUNNING:].sum()
    assert found["effect_eur"].abs().idxmax() == "toegezegd"
    assert found.loc["toegezegd", "effect_eur"] == pytest.approx(truly, rel=0.15)
    assert f"{many} geboekt en toegezegd dan gebruikelijk" in found.loc["toegezegd", "zin"]


def test_it_takes_the_euros_of_what_was_not_to_be_seen() -> None:
    world = more(0.2)
    without, found = explained(world, committed=0.0), explained(world)
    assert without["effect_eur"].sum() == pytest.approx(found["effect_eur"].sum(), abs=0.001)
    assert "toegezegd" not in without.index
    left = abs(found["effect_eur"].get("overig", 0.0))
    assert left < 0.05 * abs(without.loc["overig", "effect_eur"])


def test_where_little_is_ever_committed_it_is_not_the_cause() -> None:
    assert "toegezegd" not in explained(more(0.2), committed=0.3).index


def test_commitments_that_the_forecast_does_not_follow_explain_nothing_of_it() -> None:
    found = explained(more(0.2), told=0.0)  # no longer kept: far fewer are open, and the forecast goes up
    assert "toegezegd" not in found.index
    assert found.loc["overig", "effect_eur"] > 0


def test_a_single_booking_is_told_once() -> None:
    world = World()
    world.extra["toegang"][RUNNING + 4] += 450_000.0
    found = explained(world)
    assert found.loc["incidenteel", "effect_eur"] == pytest.approx(450_000, rel=0.1)
    assert abs(found["effect_eur"].get("toegezegd", 0.0)) < 45_000
    assert np.isfinite(found["effect_eur"]).all()
