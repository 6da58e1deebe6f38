"""Editions of persons in which the attacker found a secret count under an earlier rule: none may be lost again.

Found among random editions and made as small as they stay lost; docs/onthulling.md says by which reasoning.
Per edition a line for each onderdeel, the total last; per month the stocks of the wijken, then inflow and outflow of
the gemeente.
"""

from __future__ import annotations

import numpy as np

from tests.support.attacker import IN, OUT, STOCK

#: Of 43 with the second onderdeel 14 live in the wijk that tells it, and the totals of the two others are 8 and 21.
REST_OF_TWO_WIJKEN = """
14 8 0 +8 -0 | 14 8 0 +0 -0 | 14 8 0 +0 -0 | 14 8 0 +0 -0
14 0 21 +0 -0 | 14 0 21 +0 -0 | 14 0 21 +0 -0 | 14 8 21 +8 -0
14 8 21 +8 -0 | 14 8 21 +0 -0 | 14 8 21 +0 -0 | 14 8 21 +0 -0
"""
#: The newest edition, third month, sixth wijk: at most those of the month before and the newcomers, and at least the
#: total less those who have the other onderdeel, whom the second edition tells.
BETWEEN_TOTAL_AND_NEWCOMERS = """
4 10 11 14 3 57 +5 -0 | 5 10 12 14 5 57 +4 -0
8 2 10 15 6 9 +10 -0 | 9 2 10 15 7 9 +2 -0
8 12 13 18 7 66 +15 -0 | 10 12 13 18 9 66 +4 -0

4 10 11 14 2 57 +4 -0 | 5 10 12 14 4 57 +4 -0 | 5 18 11 14 4 62 +13 -1
8 2 10 15 6 9 +10 -0 | 9 2 10 15 6 9 +1 -0 | 8 2 10 22 6 11 +9 -1
8 12 13 18 6 66 +14 -0 | 10 12 13 18 8 66 +4 -0 | 9 20 13 25 8 73 +22 -1

4 10 11 19 2 57 +9 -0 | 5 10 12 14 4 57 +4 -5 | 5 10 11 14 4 62 +5 -1 | 5 10 11 17 2 70 +11 -2
8 2 10 15 6 9 +10 -0 | 9 2 10 15 6 9 +1 -0 | 8 2 10 22 6 11 +9 -1 | 10 3 9 21 6 7 +7 -10
8 12 13 23 6 66 +19 -0 | 10 12 13 18 8 66 +4 -5 | 9 12 13 25 8 73 +14 -1 | 10 13 12 27 6 73 +5 -4
"""
#: The oldest edition tells the third onderdeel of the first month, two came since, and totals take off one more.
TWO_NEWCOMERS_SINCE = """
0 78 11 +0 -0 | 0 78 11 +0 -0
9 10 0 +0 -0 | 9 10 0 +0 -0
9 9 11 +0 -0 | 9 9 11 +0 -0
9 97 11 +0 -0 | 9 97 11 +0 -0

5 78 11 +5 -0 | 5 78 11 +0 -0 | 5 79 11 +1 -0
14 5 0 +0 -0 | 14 5 0 +0 -0 | 14 5 0 +0 -0
9 9 11 +0 -0 | 9 9 11 +0 -0 | 9 9 11 +0 -0
14 92 11 +0 -0 | 14 92 11 +0 -0 | 14 93 11 +1 -0

1 78 11 +1 -0 | 1 78 11 +0 -0 | 1 78 11 +0 -0 | 1 78 11 +0 -0
9 5 0 +0 -0 | 9 5 0 +0 -0 | 9 5 0 +0 -0 | 9 7 0 +2 -0
9 9 11 +0 -0 | 9 11 11 +2 -0 | 9 11 11 +0 -0 | 9 11 11 +0 -0
10 92 11 +1 -0 | 10 94 11 +2 -0 | 10 94 11 +0 -0 | 10 94 11 +0 -0
"""
#: One onderdeel of the first month was corrected, the other is told by the older edition: the new total less that.
TOTAL_LESS_WHAT_WAS_TOLD = """
8 12 +9 -0 | 11 10 +5 -4 | 9 10 +0 -2
8 11 +5 -0 | 8 11 +0 -0 | 10 11 +2 -0
16 23 +14 -0 | 19 21 +5 -4 | 19 21 +0 -0

6 12 +7 -0 | 11 10 +5 -2 | 9 10 +0 -2 | 11 5 +2 -5
8 11 +5 -0 | 8 11 +0 -0 | 10 11 +2 -0 | 8 3 +0 -10
14 23 +12 -0 | 19 21 +5 -2 | 19 21 +0 -0 | 17 8 +0 -15
"""
#: Lost by the second edition of three: told in the month before by the first one, two left, and the total is told.
SECOND_OF_THREE = """
0 12 16 25 +0 -0 | 0 12 16 25 +0 -0
0 3 5 0 +6 -8 | 0 3 5 0 +0 -0
0 17 8 0 +2 -0 | 0 15 13 0 +5 -2
0 8 0 0 +0 -0 | 0 8 0 0 +0 -0
0 28 29 25 +6 -0 | 0 28 29 25 +0 -0

0 12 16 25 +0 -0 | 0 12 16 25 +0 -0 | 0 10 16 25 +0 -2
0 3 0 0 +1 -8 | 0 3 0 0 +0 -0 | 0 3 0 0 +0 -0
0 17 8 0 +2 -0 | 0 15 8 0 +0 -2 | 0 15 8 0 +0 -0
0 8 0 0 +0 -0 | 0 8 0 0 +0 -0 | 0 8 0 0 +0 -0
0 28 24 25 +1 -0 | 0 28 24 25 +0 -0 | 0 26 24 25 +0 -2

0 12 16 34 +0 -0 | 0 12 16 34 +0 -0 | 0 10 16 25 +0 -11 | 0 10 16 25 +0 -0
0 3 0 0 +1 -8 | 0 3 0 0 +0 -0 | 0 3 0 0 +0 -0 | 0 3 0 0 +0 -0
0 17 8 0 +2 -0 | 0 15 8 0 +0 -2 | 0 15 8 0 +0 -0 | 0 15 8 0 +0 -0
0 8 0 0 +0 -0 | 0 8 0 0 +0 -0 | 0 8 0 0 +0 -0 | 0 9 0 0 +1 -0
0 28 24 34 +1 -0 | 0 28 24 34 +0 -0 | 0 26 24 25 +0 -11 | 0 26 24 25 +0 -0
"""
#: The pair of seed 1001: the count of 24 in the last month (second onderdeel, third wijk) lay between 22 and 27.
SEED_1001 = """
2 7 2 2 0 +5 -5 | 3 2 2 8 3 +10 -5
27 17 24 31 29 +2 -0 | 26 17 24 32 30 +2 -1
2 9 9 1 1 +16 -0 | 7 7 9 8 1 +13 -3
31 28 35 34 30 +18 -5 | 36 26 35 47 34 +23 -3

2 7 2 2 0 +5 -5 | 3 2 2 8 3 +10 -5 | 13 4 2 10 3 +14 -0
27 17 24 31 29 +2 -0 | 26 17 24 32 30 +2 -1 | 26 20 24 33 29 +4 -1
2 9 9 1 1 +16 -0 | 7 7 9 11 1 +16 -3 | 4 7 1 8 1 +0 -14
31 28 35 34 30 +18 -5 | 36 26 35 50 34 +26 -3 | 41 31 27 48 33 +14 -15
"""
WON = {
    "the rest of two wijken": REST_OF_TWO_WIJKEN,
    "between total and newcomers": BETWEEN_TOTAL_AND_NEWCOMERS,
    "two newcomers since": TWO_NEWCOMERS_SINCE,
    "total less what was told": TOTAL_LESS_WHAT_WAS_TOLD,
    "second of three": SECOND_OF_THREE,
    "seed 1001": SEED_1001,
}


def editions_of(text: str) -> tuple[dict[str, np.ndarray], ...]:
    """Read editions; who came and went is written in the first wijk, as nobody sees where."""
    return tuple(_edition(block.split("\n")) for block in text.strip().split("\n\n"))


def _edition(lines: list[str]) -> dict[str, np.ndarray]:
    cells = np.array([[[int(n) for n in month.split()] for month in line.split("|")] for line in lines])
    counts = {maat: np.zeros_like(cells[..., :-2]) for maat in (STOCK, IN, OUT)}
    counts[STOCK][:] = cells[..., :-2]
    counts[IN][..., 0], counts[OUT][..., 0] = cells[..., -2], -cells[..., -1]
    return counts
