"""What is not billed yet because bills come later than a year ago, told by how many clients were declared. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.forecast.explain_data import YEARS
from indicators.forecast.explain_known import Known

#: So many months of this year and the last must be known before they are held against each other.
LEAST_MONTHS = 2
#: Under so many standard errors it may be chance; from so many on it is taken for what it is.
CHANCE, SURE = 1.5, 2.5


@dataclass(frozen=True)
class HeldBack:
    """Euros of this year that are not billed yet because bills are late; below 0 they are early.

    Attributes:
        euros: So far.
        sure: 0: may be chance; 1: seen in the months alike.
    """

    euros: float
    sure: float = 0.0


def held_back(known: Known) -> HeldBack | None:
    """Give what is not billed yet because bills come later than a year ago.

    Of each month of care, the part of the clients with an award whose bill was in, against the same month a year ago
    as it was known then. Holidays, the catch-up after new year and the price fall out. Times what a client costs.

    Args:
        known: Facts of an onderdeel.

    Returns:
        It; None where awards or declarations of this year, or of the last as it was known then, are too few.
    """
    start, months = YEARS * 12, known.month
    now, then = slice(start, start + months), slice(start - 12, start - 12 + months)
    in_care, in_care_then = known.clients[now], known.clients[then]
    both = (in_care > 0) & (in_care_then > 0)
    billed, billed_then = np.nan_to_num(known.declared_clients[now]), np.nan_to_num(known.declared_clients_then[then])
    if both.sum() < LEAST_MONTHS or not both.all() or (billed > 0).sum() < LEAST_MONTHS or not (billed_then > 0).any():
        return None
    if (billed_then > 0).sum() < (billed > 0).sum():  # declarations began in the course of last year
        return None
    part = billed_then / in_care_then - billed / in_care
    euros = float((part * in_care).sum() * np.nansum(known.declared[now]) / billed.sum())
    # Of the newest month hardly a bill is in, this year or the last.
    part = part[:-1] if len(part) > LEAST_MONTHS + 1 else part
    error = float(np.sqrt(len(part) * part.var(ddof=1)))
    errors = abs(float(part.sum())) / error if error > 0 else 0.0
    return HeldBack(euros, float(np.clip((errors - CHANCE) / (SURE - CHANCE), 0.0, 1.0)))
