"""The drawings of an edition by name: each makes SVG of the rows of a `Figuur`; its docstring names the columns."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.edition.document import Figuur
from dashboard.edition.drawings_budget import balken
from dashboard.edition.drawings_course import verloop
from dashboard.edition.drawings_indicator import lijn
from dashboard.edition.drawings_promises import terugblik, voortgang

#: vorm -> drawing(rows, breedte, hoogte) -> SVG; sizes are optional.
DRAWINGS: dict[str, Callable[..., str]] = {
    "balken": balken,
    "lijn": lijn,
    "terugblik": terugblik,
    "verloop": verloop,
    "voortgang": voortgang,
}
#: Drawings of which several stand beside each other.
SMALL = frozenset({"lijn"})


def draw(figuur: Figuur) -> str:
    """Draw a figure at its own size.

    Raises:
        ValueError: There is no drawing of that name; says which there are.
    """
    if figuur.vorm not in DRAWINGS:
        raise ValueError(f"Figuur {figuur.id}: vorm '{figuur.vorm}' bestaat niet. Kies uit: {', '.join(DRAWINGS)}.")
    return DRAWINGS[figuur.vorm](figuur.gegevens)
