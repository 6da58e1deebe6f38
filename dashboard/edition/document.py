"""What an edition consists of, apart from how it looks: the content fills it, the renderers (HTML, PDF, xlsx) read it.

Every number that a reader sees is a `Getal`: the text as printed beside the value it was printed from, and where in the
published database that value stands. So the annex can hold the same numbers, and a test can look each of them up again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd


@dataclass(frozen=True)
class Getal:
    """A number as printed.

    Attributes:
        tekst: As the reader sees it: '€ 1,2 miljoen', '69,2 %', 'geheim'.
        waarde: The value that the text was made from; None for secret or missing.
        bron: Table and key in the published database, e.g. 'mart.v_prognose|2026|totaal|L|basis|model|p50_eur'.
    """

    tekst: str
    waarde: float | None = None
    bron: str = ""


#: A cell of a table or a piece of a sentence.
Deel = str | Getal


@dataclass(frozen=True)
class Alinea:
    """A paragraph: pieces of text and numbers, in reading order. `soort` gives its place in the hierarchy."""

    delen: tuple[Deel, ...]
    soort: Literal["gewoon", "conclusie", "toelichting"] = "gewoon"

    @property
    def tekst(self) -> str:
        """Give the paragraph as plain text."""
        return "".join(d if isinstance(d, str) else d.tekst for d in self.delen)


@dataclass(frozen=True)
class Lijst:
    """A list of paragraphs."""

    punten: tuple[Alinea, ...]


@dataclass(frozen=True)
class Tabel:
    """A table; the first column names the row. `getallen` are the columns (from 0) that align to the right."""

    id: str
    titel: str
    kolommen: tuple[str, ...]
    rijen: tuple[tuple[Deel, ...], ...]
    getallen: tuple[int, ...] = ()
    bron: str = ""


@dataclass(frozen=True)
class Figuur:
    """A picture: which drawing, from which rows, and what it shows in words.

    Attributes:
        id: Unique in the edition; also the name of its svg and png.
        titel: The finding.
        alternatief: The finding with the numbers that carry it, for who does not see the picture.
        vorm: Name of the drawing in edition/drawings.py.
        gegevens: Rows for it; the drawing's docstring names the columns.
        bron: Source line.
    """

    id: str
    titel: str
    alternatief: str
    vorm: str
    gegevens: pd.DataFrame
    bron: str


Blok = Alinea | Lijst | Tabel | Figuur


@dataclass(frozen=True)
class Hoofdstuk:
    """A chapter or, with `niveau` 2, a section of the one before it; `nieuwe_pagina` starts on a page of its own."""

    id: str
    titel: str
    blokken: tuple[Blok, ...]
    niveau: Literal[1, 2] = 1
    nieuwe_pagina: bool = False


@dataclass(frozen=True)
class Editie:
    """A whole edition.

    Attributes:
        periode: '2026-H1'.
        titel: 'Monitor Sociaal Domein, eerste halfjaar 2026'.
        gemeente: Name of the own gemeente.
        peildatum: Day up to which the figures go.
        gemaakt_op: Day it was frozen; the only thing that differs when it is made again.
        voorbeelddata: Made-up figures: a banner on every page and in every file.
        run: Publication it was made from.
        hoofdstukken: In reading order; the first is the summary with at most six messages.
    """

    periode: str
    titel: str
    gemeente: str
    peildatum: dt.date
    gemaakt_op: dt.date
    voorbeelddata: bool
    run: str
    hoofdstukken: tuple[Hoofdstuk, ...] = field(default_factory=tuple)
