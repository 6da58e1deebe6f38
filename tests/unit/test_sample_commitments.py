"""What the synthetic ledger has committed goes down with its own bills only."""

import numpy as np

from etl.sample.budget import Budgets
from etl.sample.invoices import POSITIONS
from etl.sample.ledger import Ledger
from etl.sample.posts import POSTS

MARCH, APRIL, NOVEMBER, DECEMBER = 3, 4, 11, 12


def test_a_single_booking_lets_no_commitment_go() -> None:
    booked = np.zeros((1, 1, POSITIONS), dtype=np.int64)
    booked[0, 0, :12] = 100_00
    booked[0, 0, APRIL - 1] += 5_000_00
    single = [(0, 0, APRIL - 1, 5_000_00, "incidenteel")]
    nothing = np.zeros((1, 1), dtype=np.int64)
    budgets = Budgets(nothing, nothing[:, :, None])
    granted = np.full((1, 1), 1_200_00)
    ledger = Ledger(POSTS[:1], range(2026, 2027), booked, granted, budgets, (), nothing, single, {}, nothing)
    still = [int(ledger.still_committed(2026, month)[0]) for month in (MARCH, APRIL, NOVEMBER, DECEMBER)]
    assert still == [900_00, 800_00, 100_00, 0]
