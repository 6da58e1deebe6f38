"""Made-up identities: BSNs from the test range only, names and postcodes that cannot be anyone's.

One person is one identity in every source: the same BSN, name, birth date and address; the client number differs by
system. People of one household have one address. There are only some 9,000 test BSNs, so some persons have none: they
are known by their client number alone and cannot be recognised in another system, as happens in real registrations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from etl.sample.households import steady
from etl.sample.people import EPOCH, People
from etl.sample.streams import stream

BSN_FIRST, BSN_LAST = 999_900_006, 999_999_990
#: First letter and first number of the client numbers of a system; Wmo and Jeugd share one.
SYSTEMS = {"zorg": ("C", 100_000), "inkomen": ("P", 200_000), "schuldhulp": ("S", 300_000)}
#: Of who was born before this day only a share has a BSN: they seldom are in a second system.
OLD = int((np.datetime64("1953-01-01") - EPOCH).astype(int))
OLD_SHARE, LARGE = 0.12, 20_000
_BEGIN = ("Graan", "Dollard", "Klei", "Dijk", "Polder", "Borg", "Hoeve", "Molen", "Kanaal", "Wold", "Riet", "Zijl",
          "Akker", "Haver", "Linden", "Meeden", "Stoom", "Veen", "Wilgen", "Zand")  # fmt: skip
_END = ("stra", "ma", "huis", "wijk", "man", "inga", "dema", "kamp", "sema", "berg")
_LETTERS = "ABCDEFGHIJKLMNOPRSTVWZ"
#: Addresses are numbered through postcodes (1000 x 22 x 22) and 100 house numbers each; the step is a prime that
#: spreads them, so that no two households meet.
_ADDRESSES, _STEP = 1000 * 22 * 22 * 100, 7_368_787


@dataclass(frozen=True)
class Identity:
    """What a registration knows of a person, as text; `bsn` is empty where it knows none."""

    clientnummer: str
    bsn: str
    naam: str
    geboortedatum: np.datetime64
    postcode: str
    huisnummer: str
    wijk: str


def bsn_valid(numbers: np.ndarray) -> np.ndarray:
    """Give which numbers of nine digits pass the 11-test of the BSN."""
    digits = numbers[:, None] // 10 ** np.arange(8, -1, -1) % 10
    return (digits * np.array([9, 8, 7, 6, 5, 4, 3, 2, -1])).sum(axis=1) % 11 == 0


def bsn_pool(seed: int) -> np.ndarray:
    """Give all BSNs of the test range that pass the 11-test, shuffled."""
    numbers = np.arange(BSN_FIRST, BSN_LAST + 1)
    return stream(seed, "bsn").permutation(numbers[bsn_valid(numbers)])


class Identities:
    """The identity of every person, by system; made when asked for.

    Attributes:
        people: The people.
        bsn: Person -> BSN, for who has one.
    """

    def __init__(self, seed: int, people: People, bsn: dict[int, str]) -> None:
        """Keep who has which BSN."""
        self.people, self.bsn, self._seed = people, bsn, seed
        self._known: dict[tuple[int, str], Identity] = {}

    def of(self, person: int, system: str = "zorg") -> Identity:
        """Give the identity of a person in a system (a key of SYSTEMS: zorg, inkomen or schuldhulp)."""
        if (person, system) not in self._known:
            letter, first = SYSTEMS[system]
            a, b, c = stream(self._seed, "persoon", person).integers(0, [20, 10, 22]).tolist()
            postcode, huisnummer = self.address(int(self.people.household[person]))
            self._known[person, system] = Identity(
                clientnummer=f"{letter}{first + person}",
                bsn=self.bsn.get(person, ""),
                naam=f"Voorbeeld-{_BEGIN[a]}{_END[b]}, {_LETTERS[c]}.",
                geboortedatum=EPOCH + np.timedelta64(int(self.people.born[person]), "D"),
                postcode=postcode,
                huisnummer=huisnummer,
                wijk=self.people.wijken[self.people.wijk[person]],
            )
        return self._known[person, system]

    def address(self, household: int) -> tuple[str, str]:
        """Give postcode and house number of a household; no Dutch postcode starts with a zero."""
        place = (household * _STEP + self._seed * 104_729) % _ADDRESSES
        rest, house = divmod(place, 100)
        digits, letters = divmod(rest, 22 * 22)
        return f"0{digits:03d} {_LETTERS[letters // 22]}{_LETTERS[letters % 22]}", str(house + 1)


def identify(seed: int, people: People, sightings: Iterable[tuple[np.ndarray, np.ndarray]]) -> Identities:
    """Share out the BSNs over everyone who is in a source, in the order in which they first come into one.

    A longer simulation adds sightings at later days only, so nobody's BSN changes with it.

    Args:
        seed: Seed of the sample.
        people: The people.
        sightings: Of every source: person and first day of each line. Give all that is simulated, also what lies
            after the peildatum.

    Returns:
        The identities. In a large municipality the old often have no BSN, and nobody has when they are used up.
    """
    parts = list(sightings)
    persons = np.concatenate([np.asarray(p, dtype=int) for p, _ in parts])
    days = np.concatenate([np.asarray(d, dtype=int) for _, d in parts])
    order = persons[np.lexsort((persons, days))]
    _, first = np.unique(order, return_index=True)
    order = order[np.sort(first)]
    if sum(people.inwoners.values()) > LARGE:
        order = order[(people.born[order] >= OLD) | (steady(seed, 11, order) < OLD_SHARE)]
    pool = bsn_pool(seed)
    return Identities(seed, people, {int(p): str(n) for p, n in zip(order, pool, strict=False)})
