"""The half year that an edition is about, and the refusal that the command line says."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"(?P<jaar>20\d\d)-H(?P<helft>[12])")
_HELFT = {1: "eerste", 2: "tweede"}


class EditionRefused(Exception):
    """An edition cannot be made; the message is one or more Dutch sentences that say why and what to do."""


@dataclass(frozen=True, order=True)
class HalfYear:
    """Half a calendar year.

    Attributes:
        jaar: Calendar year, also the boekjaar of the budgets.
        helft: 1 or 2.
    """

    jaar: int
    helft: int

    @classmethod
    def parse(cls, text: str) -> HalfYear:
        """Read '2026-H1'.

        Raises:
            EditionRefused: It is written in another way.
        """
        found = _WRITTEN.fullmatch(text.strip().upper())
        if not found:
            raise EditionRefused(
                f"'{text}' is geen halfjaar. Schrijf het jaar en het halfjaar, bijvoorbeeld 2026-H1 of 2026-H2."
            )
        return cls(int(found["jaar"]), int(found["helft"]))

    @property
    def code(self) -> str:
        """As it is written: 2026-H1."""
        return f"{self.jaar}-H{self.helft}"

    @property
    def naam(self) -> str:
        """For readers: eerste halfjaar 2026."""
        return f"{_HELFT[self.helft]} halfjaar {self.jaar}"

    @property
    def begin(self) -> dt.date:
        """First day."""
        return dt.date(self.jaar, 1 if self.helft == 1 else 7, 1)

    @property
    def einde(self) -> dt.date:
        """Last day."""
        return dt.date(self.jaar, 6, 30) if self.helft == 1 else dt.date(self.jaar, 12, 31)
