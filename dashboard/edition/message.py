"""What a message of the summary is: conclusion first, then goal, activity, euros and effect, each a paragraph."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dashboard.edition.document import Alinea, Getal

#: The parts of a message in reading order: key in the text that is edited -> as printed.
DELEN = {"doel": "Doel", "activiteit": "Wat we doen", "geld": "Geld", "effect": "Effect"}
CONCLUSIE = "conclusie"


@dataclass(frozen=True)
class Message:
    """A message.

    Attributes:
        id: The same in every edition, so that the next one can quote it.
        naam: What it is about, in Dutch.
        delen: CONCLUSIE and the keys of DELEN -> paragraph.
        eerder: What was said last time and what became of it; never edited.
        waarden: Figures that the next edition compares with.
        feiten: More numbers that an editor may use than the text now has, each with what it is.
    """

    id: str
    naam: str
    delen: dict[str, Alinea]
    eerder: tuple[Alinea, ...] = ()
    waarden: dict[str, float] = field(default_factory=dict)
    feiten: tuple[tuple[str, Getal], ...] = ()

    def with_parts(self, parts: dict[str, Alinea]) -> Message:
        """Give the message with other paragraphs in it."""
        return replace(self, delen={**self.delen, **parts})

    @property
    def getallen(self) -> tuple[Getal, ...]:
        """Every number that the text may have."""
        in_text = [d for a in (*self.delen.values(), *self.eerder) for d in a.delen if isinstance(d, Getal)]
        return (*in_text, *(g for _, g in self.feiten))
