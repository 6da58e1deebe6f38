"""Budget, expectation and difference of a budget, as a text has them: the three agree."""

from __future__ import annotations

from dataclasses import replace

from dashboard.apart import apart
from dashboard.edition import facts
from dashboard.edition.document import Getal
from dashboard.edition.posts import Post
from dashboard.findings import RUIS_EUR


def amounts(post: Post) -> tuple[Getal, Getal, Getal]:
    """Give the budget in force, what is expected and the size of their difference; what is not known has no value.

    A difference that is next to nothing is not told, and needs no digits.
    """
    budget, expected = (post.actueel, post.budget_bron("actueel_eur")), (post.verwacht, post.prognose_bron("p50_eur"))
    told = facts.euro(*budget), facts.euro(*expected), facts.euro(post.verschil, post.verschil_bron)
    if post.actueel is None or post.verwacht is None or abs(post.verwacht - post.actueel) < RUIS_EUR:
        return told
    texts = apart(post.actueel, post.verwacht)
    return tuple(replace(of, tekst=text) for of, text in zip(told, texts, strict=True))  # type: ignore[return-value]
