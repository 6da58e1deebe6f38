"""Between what bounds a count lies for who reads all editions: by hand, and never narrower than a linear program."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.core.disclosure_bounds import VEEL, bounds
from indicators.core.disclosure_tables import MARGE, rounded_all
from tests.support.attacker import IN, OUT, STOCK, _System
from tests.support.attacker_kinds import KINDS, editions
from tests.support.protected import beside

NOBODY = np.zeros((2, 1, 2), dtype=np.int64)


def test_wijken_add_up_to_the_gemeente() -> None:
    low, high = np.array([[[8, 18, 0]]]), np.array([[[12, 22, VEEL]]])
    least, most = bounds(low, high, np.array([[50]]), NOBODY[..., :1])
    assert (least[0, 0, 2], most[0, 0, 2]) == (16, 24)


def test_no_more_came_and_left_than_the_gemeente_says() -> None:
    low, high = np.array([[[8, 0], [0, 0]]]), np.array([[[12, VEEL], [VEEL, VEEL]]])
    flows = np.array([[[0, 3]], [[0, 1]]])
    least, most = bounds(low, high, np.array([[50, 52]]), flows)
    assert (least[0, 1, 0], most[0, 1, 0]) == (7, 15)


def test_a_month_of_which_the_gemeente_is_not_known_is_tied_to_no_other() -> None:
    low, high = np.array([[[8, 0], [0, 0]]]), np.array([[[12, VEEL], [VEEL, VEEL]]])
    least, most = bounds(low, high, np.array([[50, -1]]), np.zeros((2, 1, 2), dtype=np.int64))
    assert least[0, 1, 0] == 0 and most[0, 1, 0] >= VEEL


def test_an_onderdeel_has_no_more_than_the_total_and_the_total_no_more_than_all() -> None:
    """Of 28-32 persons at most 12 have the second onderdeel only, and 22 of the gemeente's 25 have the first here."""
    low, high = np.array([[[0, 0]], [[8, 0]], [[28, 0]]]), np.array([[[VEEL, VEEL]], [[12, VEEL]], [[32, VEEL]]])
    least, most = bounds(low, high, np.array([[25], [30], [50]]), np.zeros((2, 3, 1), dtype=np.int64))
    assert (least[0, 0, 0], most[0, 0, 0]) == (16, 25)


def test_figures_that_contradict_each_other_tell_nothing() -> None:
    low, high = np.array([[[30, 0]]]), np.array([[[34, VEEL]]])
    least, most = bounds(low, high, np.array([[20]]), NOBODY[..., :1])
    assert (least == low).all() and (most == high).all()


@pytest.mark.parametrize("kind", KINDS)
def test_bounds_hold_the_truth_and_all_that_a_linear_program_allows(kind: str) -> None:
    published, told = beside(*editions(kind, seed=3))[0]
    counts = published.counts
    shown = ~published.secret[STOCK] | told[STOCK]
    near = rounded_all(counts[STOCK])
    least, most = bounds(
        np.where(shown, near - MARGE, 0), np.where(shown, near + MARGE, VEEL),
        counts[STOCK].sum(-1), np.stack([counts[IN], counts[OUT]]).sum(-1),
    )  # fmt: skip
    assert (least <= counts[STOCK]).all() and (counts[STOCK] <= most).all()
    cells = [(STOCK, place) for place in np.argwhere(~shown)[::17]][:4]
    nothing = np.zeros_like(shown)
    spans = _System(counts).spans(cells, {STOCK: shown, IN: nothing, OUT: nothing})
    for (_, place), (low, high) in zip(cells, spans, strict=True):
        assert least[tuple(place)] <= low + 1e-6 and high - 1e-6 <= most[tuple(place)]
