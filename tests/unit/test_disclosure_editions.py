"""What stays secret of the stocks of wijken in a next edition, for how long, and when a wijk is told again."""

from __future__ import annotations

import numpy as np

from indicators.core.disclosure_editions import over_editions

ONDERDELEN, MAANDEN, WIJKEN = 3, 5, 4
#: The first edition knows three months, of which the next one corrects the last.
TOTAL = np.tile([[500], [300], [700]], (2, 1, MAANDEN))
TOTAL[0, :, 3:], TOTAL[1, :, 2] = -1, (503, 301, 704)


def next_edition(secret_first: np.ndarray, moved: list[int], secret_next: np.ndarray | None = None) -> np.ndarray:
    """Give what is secret in the next edition; `moved`: how many came, and as many went, in each month."""
    secret = np.zeros((2, ONDERDELEN, MAANDEN, WIJKEN), dtype=bool)
    secret[0] |= secret_first
    if secret_next is not None:
        secret[1] |= secret_next
    flows = np.zeros((2, 2, ONDERDELEN, MAANDEN), dtype=np.int64)
    flows[:] = moved
    result: np.ndarray = over_editions(secret, np.full(secret.shape, 100), TOTAL, flows)[1]
    return result


def cells(wijken: tuple[int, ...], onderdelen: tuple[int, ...] = (0, 1, 2)) -> np.ndarray:
    flags = np.zeros((ONDERDELEN, MAANDEN, WIJKEN), dtype=bool)
    for wijk in wijken:
        flags[list(onderdelen), :, wijk] = True
    return flags


def months_told(secret: np.ndarray, wijk: int, onderdeel: int = -1) -> list[int]:
    return np.flatnonzero(~secret[onderdeel, :, wijk]).tolist()


def test_a_month_that_stays_secret_takes_the_next_along_until_enough_persons_came() -> None:
    secret = next_edition(cells((0, 1)), moved=[0, 3, 3, 3, 20])
    assert months_told(secret, 0) == [4] and months_told(secret, 1) == [4]
    assert months_told(secret, 2) == [0, 1, 2, 3, 4]


def test_a_corrected_month_is_told_when_enough_persons_came() -> None:
    secret = next_edition(cells((0, 1)), moved=[20] * 5)
    assert months_told(secret, 0) == [2, 3, 4], "the figures of the first two months are the same"


def test_the_total_is_told_though_the_onderdelen_stay_secret() -> None:
    secret = next_edition(cells((0, 1), onderdelen=(0, 1)), moved=[3] * 5)
    assert months_told(secret, 0, onderdeel=0) == []
    assert months_told(secret, 0) == [0, 1, 2, 3, 4]


def test_where_one_onderdeel_stays_secret_no_onderdeel_of_that_wijk_is_told_beside_its_total() -> None:
    secret = next_edition(cells((0, 1), onderdelen=(0,)), moved=[20] * 5)
    assert months_told(secret, 0, onderdeel=1) == [2, 3, 4]


def test_a_wijk_that_was_told_and_may_not_be_told_any_longer_closes_the_months_that_are_tied_to_it() -> None:
    """Its count is known but for those few who moved: the other wijken must not say which way they went."""
    secret = next_edition(cells(()), moved=[0, 3, 3, 3, 20], secret_next=cells((0, 1)))
    assert months_told(secret, 3) == [4]
    assert secret[:, 4].sum() == 2 * ONDERDELEN


def test_a_month_in_which_little_is_left_of_what_was_told_before_tells_no_total() -> None:
    """Of 58-62 in a wijk one can have left and one have come since: 57-63 is too little, a month later 56-64 not."""
    for moved, told in ((1, [0, 1, 2, 4]), (20, [0, 1, 2, 3, 4])):
        secret = np.zeros((2, 3, 5, 4), dtype=bool)
        secret[1, :2] = True
        shown = np.zeros(secret.shape, dtype=np.int64)
        shown[:, 0], shown[:, 1], shown[:, 2] = 60, 20, 65
        total = np.tile([[240], [80], [260]], (2, 1, 5))
        total[0, :, 3:] = -1
        flows = np.full((2, 2, 3, 5), 20)
        flows[:, :, 0, 3:] = moved
        result = over_editions(secret, shown, total, flows)[1]
        assert result[:2].all()
        assert months_told(result, 0) == told, moved


def test_nothing_changes_where_the_editions_tell_the_same() -> None:
    secret = next_edition(cells((0, 1)), moved=[0] * 5, secret_next=cells((0, 1)))
    assert (secret == cells((0, 1))).all()


def test_a_figure_that_returns_is_as_secret_as_it_was() -> None:
    total = np.full((3, 1, 1), 40)
    total[1] = 41
    secret = np.zeros((3, 1, 1, 3), dtype=bool)
    secret[0, ..., :2] = True
    result = over_editions(secret, np.full(secret.shape, 15), total, np.zeros((3, 2, 1, 1), dtype=np.int64))
    assert result[:, 0, 0, 0].tolist() == [True, False, True]
