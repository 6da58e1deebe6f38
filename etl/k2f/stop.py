"""Collects every question a file leaves open, so that the data team hears them at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from etl.cleaning import plain
from etl.readers.cells import Sheet
from etl.source import Refusal


class Ask:
    """The open questions and notices of one file."""

    def __init__(self, bestand: str) -> None:
        self.bestand = bestand
        self.refusals: list[Refusal] = []
        self.notices: list[str] = []
        self.gelezen = 0

    def question(self, reden: str, oplossing: str, blad: str | None = None, rij: int | None = None) -> None:
        """Note something that must be known before this file can be read."""
        self.refusals.append(Refusal(self.bestand, blad, rij, None, None, reden, oplossing))

    def stop(self, reden: str, oplossing: str, blad: str | None = None, rij: int | None = None) -> NoReturn:
        """Note it and stop: nothing after this can be understood without it."""
        self.question(reden, oplossing, blad, rij)
        raise Stop(self)

    def stop_if_asked(self) -> None:
        """Stop when anything was asked."""
        if self.refusals:
            raise Stop(self)


#: What is asked where no column says the taakveld: reason and remedy.
NO_TAAKVELD = ("er is geen kolom met het taakveld.", 'Schrijf onder [kolommen]: taakveld = "Kop in het bestand".')


def ask_header(kop: str, sheet: Sheet, headers: Mapping[int, str], row: int, ask: Ask) -> None:
    """Ask about a header that the mapping names and that does not stand once in the header row (an index)."""
    hits = sum(plain(text) == plain(kop) for text in headers.values())
    if hits != 1:
        why = "staat niet in het bestand" if not hits else "staat er meer dan één keer"
        shown = ", ".join(f"'{text}'" for text in headers.values())
        ask.question(f"kolom '{kop}' uit mapping.toml {why}.", f"De kop heeft: {shown}.", sheet.naam, row + 1)


class Stop(Exception):
    """The file is refused as a whole."""

    def __init__(self, ask: Ask) -> None:
        super().__init__("; ".join(refusal.reden for refusal in ask.refusals))
        self.refusals, self.notices, self.gelezen = ask.refusals, ask.notices, ask.gelezen
