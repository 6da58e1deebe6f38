"""Earlier years at the prices of this one: the step that amounts take at the turn of the year.

Tariffs, wages and subsidies go up on 1 January, for nearly all at once; a level over the turn of the year would lie
that step too low. Each turn is measured as three months after it against three before it, with the season taken out:
what all series have in common, each counting as far as it uses to follow the others. The step of this year is drawn to
those of earlier years, as far as it is not sure yet (empirical Bayes, Efron and Morris 1975).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from indicators.forecast.panel import Array
from indicators.forecast.view import View

#: Months on either side of the turn.
MONTHS = 3
#: A step counts for no more than this, in logarithms; so do all steps together.
FAR, FAR_TOGETHER = 0.25, 1.0
#: How far steps of different years lie apart before anything is seen (standard deviation).
SPREAD = 0.03
#: No series is surer of a step than this (standard deviation); turns of others that its own scatter is drawn to.
QUIET, OTHERS = 0.02, 2.0
#: Less of a year than this says nothing of its level.
LITTLE = 0.02
_ROUNDS = 3


def indexed(view: View) -> View:
    """Give the view with earlier years at the prices of the running one.

    Args:
        view: The cut.

    Returns:
        The same cut; history, what was known of it and last year are multiplied by the steps since then.
    """
    steps, sure = _in_common(turns(view, FAR))
    past = steps[:-1]
    usual = past.sum() / (len(past) + 1)
    between = (np.square(past - usual).sum() + 2 * SPREAD**2) / (len(past) + 2)
    now = (sure[-1] * steps[-1] + usual / between) / (sure[-1] + 1.0 / between)
    since = np.cumsum(np.append(past, now)[::-1])[::-1]
    factor = np.exp(np.clip(since, -FAR_TOGETHER, FAR_TOGETHER))
    return replace(
        view,
        history=view.history * factor[:, None],
        past_known=view.past_known * factor[:, None],
        last=view.last * factor[-1],
    )


def turns(view: View, far: float) -> Array:
    """Give the step [series, turns] at each turn of the year, the last one into the running year; NaN where not known.

    Args:
        view: The cut.
        far: A step counts for no more than this, in logarithms.
    """
    season, m = view.season[:, :12], min(view.peilmaand, MONTHS)
    months = np.where(view.valid[:, :, None], view.history[:, :, :12], np.nan)
    now = (view.current[:, :m].sum(axis=1), (season[:, :m] * view.share[:, :m]).sum(axis=1))
    before = _level(months[:, :, -MONTHS:].sum(axis=2), season[:, None, -MONTHS:].sum(axis=2))
    first = _level(months[:, 1:, :MONTHS].sum(axis=2), season[:, None, :MONTHS].sum(axis=2))
    after = np.column_stack([first, _level(*now)])
    return np.clip(np.log(after / before), -far, far)


def _level(amount: Array, exposure: Array) -> Array:
    exposure = np.broadcast_to(exposure, amount.shape)
    return np.divide(amount, exposure, out=np.full(amount.shape, np.nan), where=(exposure > LITTLE) & (amount > 0))


def _in_common(steps: Array) -> tuple[Array, Array]:
    """What all series have in common at each turn, and 1 / its variance; who lies far off at others counts for less."""
    seen = np.isfinite(steps)
    steps, turns = np.where(seen, steps, 0.0), seen.sum(axis=1)
    sure = np.full(len(steps), 1.0 / SPREAD**2)
    for _ in range(_ROUNDS):
        total = (sure[:, None] * seen).sum(axis=0)
        common = (sure[:, None] * steps).sum(axis=0) / np.maximum(total, 1e-9)
        scatter = np.square(np.where(seen, steps - common, 0.0)).sum(axis=1)
        typical = float(np.median(scatter[turns > 0] / turns[turns > 0])) if turns.any() else SPREAD**2
        sure = 1.0 / ((scatter + OTHERS * typical) / (turns + OTHERS) + QUIET**2)
    return common, total
