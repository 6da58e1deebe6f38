"""Collects every question a file leaves open, so that the data team hears them at once."""

from __future__ import annotations

from typing import NoReturn

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


class Stop(Exception):
    """The file is refused as a whole."""

    def __init__(self, ask: Ask) -> None:
        super().__init__("; ".join(refusal.reden for refusal in ask.refusals))
        self.refusals, self.notices, self.gelezen = ask.refusals, ask.notices, ask.gelezen
