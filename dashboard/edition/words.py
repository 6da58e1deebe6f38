"""Words for the council: short, plain Dutch, singular and plural right. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import formatting as f
from dashboard.edition.document import Alinea, Deel, Getal
from dashboard.findings import RUIS_EUR

#: Cause of mart.fct_verklaring -> words when it makes the outturn higher, and when it makes it lower.
OORZAKEN = {
    "begroting": (
        "de begroting is lager dan de uitkomst van vorig jaar met de gewone groei",
        "de begroting is hoger dan de uitkomst van vorig jaar met de gewone groei",
    ),
    "prijs": ("de prijzen stijgen meer dan gebruikelijk", "de prijzen stijgen minder dan gebruikelijk"),
    "aantal": ("het jaar begon met meer cliënten", "het jaar begon met minder cliënten"),
    "nieuw": ("er komen meer nieuwe cliënten bij", "er komen minder nieuwe cliënten bij"),
    "beeindigd": ("er stoppen minder cliënten", "er stoppen meer cliënten"),
    "duur": ("de hulp per cliënt is zwaarder of langer", "de hulp per cliënt is lichter of korter"),
    "nog_te_ontvangen": ("facturen komen eerder dan anders", "facturen komen later dan anders"),
    "incidenteel": ("er zijn kosten die eenmalig zijn", "er zijn meevallers die eenmalig zijn"),
    "toegezegd": (
        "er is meer geboekt en toegezegd dan gebruikelijk",
        "er is minder geboekt en toegezegd dan gebruikelijk",
    ),
    "overig": ("een deel is uit de cijfers niet te verklaren", "een deel is uit de cijfers niet te verklaren"),
}


def cause(name: str, effect: float) -> str:
    """Give a cause as a short clause; one that the monitor does not know by name is called by it."""
    known = OORZAKEN.get(name)
    return name.replace("_", " ") if known is None else known[0 if effect >= 0 else 1]


def paragraph(*parts: Deel | None, soort: str = "gewoon") -> Alinea:
    """Join pieces to a paragraph: no empty pieces, and neighbouring texts as one."""
    joined: list[Deel] = []
    for part in parts:
        if part is None or part == "":
            continue
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return Alinea(tuple(joined), soort)  # type: ignore[arg-type]


def listed(items: Sequence[Deel | tuple[Deel, ...]]) -> tuple[Deel, ...]:
    """Join items as Dutch does: a, b en c."""
    parts: list[Deel] = []
    for i, item in enumerate(items):
        if i:
            parts.append(" en " if i == len(items) - 1 else ", ")
        parts += item if isinstance(item, tuple) else (item,)
    return tuple(parts)


def above_or_below(difference: float, amount: Getal) -> tuple[Deel, ...]:
    """Say on which side of the budget an outturn is: '€ 1,2 miljoen boven de begroting'.

    Args:
        difference: Outturn less budget in euros.
        amount: Its size as printed.
    """
    if abs(difference) < RUIS_EUR:
        return ("ongeveer op de begroting",)
    return (amount, " boven de begroting" if difference > 0 else " onder de begroting")


def plural(number: float, one: str, more: str) -> str:
    """Choose between singular and plural."""
    return one if abs(number) == 1 else more


def counts(few: int, many: int) -> tuple[str, str]:
    """Write two counts of one sentence the same way: 'Negen' of 'tien', '9' of '20'."""
    return (f.telwoord(few, capital=True), f.telwoord(many)) if many < len(f.TELWOORDEN) else (str(few), str(many))


def lower_first(text: str) -> str:
    """Begin a text in the middle of a sentence; an abbreviation such as WSW or Wmo keeps its capital."""
    return (
        text
        if text[1:2].isupper() or text.startswith(("Wmo", "Jeugdw", "Participatiewet"))
        else (text[:1].lower() + text[1:])
    )


#: A sum of onderdelen as the subject of a sentence.
_ONDERWERP = {
    "totaal": "Het sociaal domein",
    "wmo": "De Wmo",
    "jeugd": "De jeugdhulp",
    "participatiewet": "De Participatiewet",
    "overig": "De rest van het sociaal domein",
}


def subject(onderdeel: str) -> str:
    """Name a sum of onderdelen as the subject of a sentence; '' for one that has no such name."""
    return _ONDERWERP.get(onderdeel, "")
