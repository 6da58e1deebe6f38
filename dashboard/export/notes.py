"""What a file says about the figure in it: where it comes from, what its words mean, and where the monitor shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dashboard import catalogue
from dashboard import formatting as f
from dashboard.components.definition import RICHTING
from dashboard.export.cells import GEEN_WAARDE, GEHEIM
from dashboard.export.read import Shown
from dashboard.pages.verantwoording import METHOD
from indicators.core.indicator import Indicator

VOORBEELD = "VOORBEELDDATA"
BANNER = f"{VOORBEELD}: deze cijfers zijn gesimuleerd en gaan niet over echte inwoners of echte uitgaven."
#: What stands where no number does.
TEKENS = {
    GEHEIM: "Er is een cijfer, maar het gaat over te weinig mensen om te laten zien.",
    GEEN_WAARDE: "Hier is geen cijfer: het bestaat niet of de bron geeft het niet.",
}


@dataclass(frozen=True)
class Taken:
    """A figure that is taken along, and what it belongs to.

    Attributes:
        figure: As the screen shows it.
        run: The publication.
        gemaakt: Moment of that publication.
        peildatum: Of that publication.
        gemeente: Name of the own gemeente.
        synthetic: Whether the figures are made up.
    """

    figure: Shown
    run: str
    gemaakt: Any
    peildatum: Any
    gemeente: str
    synthetic: bool

    @property
    def name(self) -> str:
        """The name of its file, without what comes behind the dot."""
        path, about = self.figure.place
        which = about.get("indicator") or about.get("onderdeel") or ""
        page, kept = path.strip("/") or "overzicht", re.sub(r"[^A-Za-z0-9_-]", "-", which)[:60]
        parts = ["monitor", page, kept, self.figure.id, str(f.as_date(self.peildatum) or "")]
        return "_".join(part for part in (*parts, VOORBEELD if self.synthetic else "") if part)


def notes(taken: Taken) -> Iterator[tuple[str, str]]:
    """Give the explanation line by line: what it is about, and what is to be said of it."""
    figure = taken.figure
    if taken.synthetic:
        yield "Let op", BANNER
    yield "Bevinding", figure.title
    yield from (("Lezen", text) for text in (figure.lead,) if text)
    yield from (("Grafiek in woorden", text) for text in figure.alternatives)
    yield from (("Tabel", table.caption) for table in figure.tables)
    yield "Bronregel", figure.source
    yield from ((kind.capitalize(), figure.said[kind]) for kind in ("peildatum", "status") if kind in figure.said)
    yield from _signs(figure)
    asked = figure.place[1].get("indicator")
    for name in dict.fromkeys([*([asked] if asked else []), *figure.indicators]):
        yield from _definition(catalogue.item(name))
    yield from _terms(figure)
    yield "Adres in de monitor", f"{figure.address}#{figure.id}"
    yield "Gemeente", taken.gemeente
    yield "Publicatie", f"{taken.run}, gemaakt op {f.datum(f.as_date(taken.gemaakt))}"


def _signs(figure: Shown) -> Iterator[tuple[str, str]]:
    texts = {cell.text for table in figure.tables for row in table.rows for cell in row}
    yield from ((sign, meaning) for sign, meaning in TEKENS.items() if sign in texts)


def _definition(item: Indicator) -> Iterator[tuple[str, str]]:
    facts = (
        ("Wat het is", item.definitie),
        ("Geteld (teller)", item.teller),
        ("Van (noemer)", item.noemer),
        ("Eenheid", item.eenheid),
        ("Lezen", RICHTING[item.hoger_is]),
        ("Voorlopig of definitief", item.statusregels),
        ("Breuken", " ".join(b.reden for b in item.breuken)),
        ("Bron", ", ".join(item.bron)),
    )
    yield "Definitie", item.titel
    yield from ((name, text) for name, text in facts if text)


def _terms(figure: Shown) -> Iterator[tuple[str, str]]:
    """The words of the monitor that the figure uses, with what they mean."""
    said = [figure.title, figure.lead, *(text for t in figure.tables for text in (t.caption, *t.heads))]
    text = " ".join(said).casefold()
    yield from ((f"Begrip: {name}", meaning) for name, meaning in METHOD if name.casefold() in text)
