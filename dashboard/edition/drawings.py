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

#: What the columns behind a drawing are called for a reader.
COLUMNS = {
    "naam": "Naam",
    "gebied": "Gebied",
    "periode": "Periode",
    "waarde": "Waarde",
    "ondergrens": "Ondergrens (95 %)",
    "bovengrens": "Bovengrens (95 %)",
    "tekst": "In de editie",
    "breuk": "Breuk in de reeks",
    "maand": "Maand",
    "begroting_eur": "Begroting na wijziging (euro)",
    "primitief_eur": "Primitieve begroting (euro)",
    "geboekt_eur": "Geboekt (euro)",
    "nog_te_ontvangen_eur": "Nog te ontvangen facturen (euro)",
    "p10_eur": "Onderkant van de band (euro)",
    "p50_eur": "Verwacht (euro)",
    "p90_eur": "Bovenkant van de band (euro)",
    "kans": "Kans op meer dan begroot (0-1)",
    "geld_op": "Geld op rond",
    "doel_eur": "Doel (euro)",
    "gerealiseerd_eur": "Gehaald (euro)",
    "prognose_eur": "Verwacht, met wat gehaald is (euro)",
    "uitkomst_eur": "Uitkomst of nieuwste verwachting (euro)",
}


def draw(figuur: Figuur) -> str:
    """Draw a figure at its own size.

    Raises:
        ValueError: There is no drawing of that name, or there are no rows to draw; says which figure.
    """
    if figuur.vorm not in DRAWINGS:
        raise ValueError(f"Figuur {figuur.id}: vorm '{figuur.vorm}' bestaat niet. Kies uit: {', '.join(DRAWINGS)}.")
    if figuur.gegevens.empty:
        raise ValueError(f"Figuur {figuur.id}: er zijn geen rijen om te tekenen. Laat de figuur dan weg.")
    return DRAWINGS[figuur.vorm](figuur.gegevens)
