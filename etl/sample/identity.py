"""Made-up identities: BSNs from the test range only, names and postcodes that cannot be anyone's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.sample.care import Lines
from etl.sample.people import EPOCH, People
from etl.sample.streams import stream

BSN_FIRST, BSN_LAST = 999_900_006, 999_999_990
_BEGIN = ("Graan", "Dollard", "Klei", "Dijk", "Polder", "Borg", "Hoeve", "Molen", "Kanaal", "Wold", "Riet", "Zijl",
          "Akker", "Haver", "Linden", "Meeden", "Stoom", "Veen", "Wilgen", "Zand")  # fmt: skip
_END = ("stra", "ma", "huis", "wijk", "man", "inga", "dema", "kamp", "sema", "berg")
_LETTERS = "ABCDEFGHIJKLMNOPRSTVWZ"


@dataclass(frozen=True)
class Identity:
    """What a registration knows of a person, as text."""

    clientnummer: str
    bsn: str
    naam: str
    geboortedatum: np.datetime64
    postcode: str
    huisnummer: str


def bsn_valid(numbers: np.ndarray) -> np.ndarray:
    """Give which numbers of nine digits pass the 11-test of the BSN."""
    digits = numbers[:, None] // 10 ** np.arange(8, -1, -1) % 10
    return (digits * np.array([9, 8, 7, 6, 5, 4, 3, 2, -1])).sum(axis=1) % 11 == 0


def bsn_pool(seed: int) -> np.ndarray:
    """Give all BSNs of the test range that pass the 11-test, shuffled."""
    numbers = np.arange(BSN_FIRST, BSN_LAST + 1)
    return stream(seed, "bsn").permutation(numbers[bsn_valid(numbers)])


def identify(seed: int, people: People, lines: Lines) -> dict[int, Identity]:
    """Give everyone with a line an identity, in order of their first line, and no BSN twice.

    Raises:
        ValueError: When there are more persons than test BSNs (message in Dutch).
    """
    persons = list(dict.fromkeys(lines.person.tolist()))
    pool = bsn_pool(seed)
    if len(persons) > len(pool):
        raise ValueError(
            f"De voorbeeldgemeente heeft {len(persons)} personen, maar er zijn maar {len(pool)} test-BSN's. "
            "Kies een later beginjaar (--van) of een vroegere peildatum."
        )
    found = {}
    for n, person in enumerate(persons):
        rng = stream(seed, "persoon", person)
        a, b, c, d, e, f, house = rng.integers(0, [20, 10, 22, 1000, 22, 22, 250]).tolist()
        found[person] = Identity(
            clientnummer=f"C{100_000 + n}",
            bsn=str(pool[n]),
            naam=f"Voorbeeld-{_BEGIN[a]}{_END[b]}, {_LETTERS[c]}.",
            geboortedatum=EPOCH + np.timedelta64(int(people.born[person]), "D"),
            # No Dutch postcode starts with a zero.
            postcode=f"0{d:03d} {_LETTERS[e]}{_LETTERS[f]}",
            huisnummer=str(house + 1),
        )
    return found
