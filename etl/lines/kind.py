"""What a source says of one kind of line: fields, rules, and how stored columns follow from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from etl.lines import values
from etl.readers.cells import Cell
from etl.source import Context, Entity

_EPOCH = dt.date(1970, 1, 1).toordinal()
_NAT = int(np.iinfo(np.int64).min)
#: Gets the sentences that the data team should read.
Notices = list[str]


@dataclass(frozen=True)
class Problem:
    """Why a sheet or file cannot be read. Texts are Dutch."""

    reden: str
    oplossing: str


@dataclass(frozen=True)
class Field:
    """One thing that a line says.

    Attributes:
        headers: Headers it is recognised by (compared without case, accents, spaces and punctuation).
        parse: Cell -> value, None for an empty cell, or values.BAD when the meaning is not certain.
        required: A table without this column is refused.
        filled: A line without a value is refused.
        money: An amount: the decimal sign is decided from the whole column and `parse` plays no part.
        cents: For money: the column is in eurocents when its header says "cent"; whole numbers under a header that
            says nothing are asked about.
        reden: Dutch reason for refusing a value that is not understood; with none a plain one is made.
        oplossing: The remedy that goes with it.
        soft: A value that is not understood is left empty, with a notice that counts them, instead of refusing the
            line: for what a line says besides who got what and when.
        weak: Those of the headers that count only when no other column is this field: "Aanbieder" is a name where
            "AGB-code" stands beside it.
    """

    headers: tuple[str, ...]
    parse: Callable[[Cell], object] = values.code
    required: bool = False
    filled: bool = False
    money: bool = False
    cents: bool = False
    reden: str = ""
    oplossing: str = ""
    soft: bool = False
    weak: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A reason to refuse lines: the field it shows in, the Dutch reason and remedy, and which lines break it."""

    kolom: str
    reden: str
    oplossing: str
    hit: np.ndarray


def _no_rules(_frame: pd.DataFrame, _peildatum: dt.date) -> list[Rule]:
    return []


def _as_it_is(frame: pd.DataFrame, _context: Context, _notices: Notices) -> pd.DataFrame:
    return frame


@dataclass(frozen=True)
class Kind:
    """One kind of line.

    Attributes:
        entity: What it is stored as; a column that has the name of a field is that field unless `derive` gives another.
            Amounts are in euros once they are read, so field `bedrag` is column `bedrag_eur`.
        fields: Field name -> how it is found and read. `bsn` and `clientnummer` become column `persoon`,
            `postcode`, `huisnummer` and `toevoeging` become `huishouden`; both before `derive` is called.
        derive: (frame of fields with blad and rij, context, notices) -> the same rows with more columns; a value
            values.BAD in a column is refused by a rule or must be made None with a notice.
        rules: (frame, peildatum) -> rules, in the order in which a line is judged. Called after `derive`.
        same: Columns in which two lines are one line written twice; without them equal lines are not looked for.
        one_of: Groups of fields of which the table needs at least one.
        removed: Says which lines the registration itself calls removed: they are out of scope.
        beyond: (frame, context) -> lines that are out of scope for other reasons, each with a notice in which {n} is
            how many they are ("3 regels").
        problem: (context) -> why this file cannot be read with this mapping, or None.
        wrong: (frame, context) -> why the lines prove that this file is not of this source, or None.
    """

    entity: Entity
    fields: Mapping[str, Field]
    derive: Callable[[pd.DataFrame, Context, Notices], pd.DataFrame] = _as_it_is
    rules: Callable[[pd.DataFrame, dt.date], list[Rule]] = _no_rules
    same: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = field(default_factory=tuple)
    removed: Callable[[pd.DataFrame], np.ndarray] | None = None
    beyond: Callable[[pd.DataFrame, Context], list[tuple[np.ndarray, str]]] = lambda _frame, _context: []
    problem: Callable[[Context], Problem | None] = lambda _context: None
    wrong: Callable[[pd.DataFrame, Context], Problem | None] = lambda _frame, _context: None

    @property
    def personal(self) -> bool:
        """Whether a line is about a person."""
        return "bsn" in self.fields or "clientnummer" in self.fields

    @property
    def required(self) -> tuple[str, ...]:
        """Fields whose column has to be there."""
        return tuple(name for name, one in self.fields.items() if one.required)


def regels(number: int) -> str:
    """Write a number of lines, for a notice."""
    return "1 regel" if number == 1 else f"{number} regels"


def days(column: pd.Series) -> np.ndarray:
    """Give dates as numbers that compare fast; NaT compares false with everything, so a missing date breaks no rule."""
    cells = column.tolist()
    return np.fromiter(map(_day, cells), dtype=np.int64, count=len(cells)).view("datetime64[D]")


@lru_cache(maxsize=100_000)
def _day(value: object) -> int:
    """Days since 1970, as numpy counts them; what is no date is its NaT."""
    return value.toordinal() - _EPOCH if isinstance(value, dt.date) else _NAT


def described(kinds: tuple[Kind, ...]) -> dict[str, Any]:
    """Give what a Source says of its fields: `fields`, `needed` and `parsers`, for docs and for proposing a mapping."""
    fields: dict[str, tuple[str, ...]] = {}
    parsers: dict[str, Callable[[Cell], object]] = {}
    for kind in kinds:
        for name, one in kind.fields.items():
            fields[name] = tuple(dict.fromkeys((*fields.get(name, ()), *one.headers)))
            if one.parse is not values.code or one.money:
                parsers.setdefault(name, values.amount if one.money else one.parse)
    first = kinds[0]
    needed = (*(group[0] for group in first.one_of), *first.required)
    return {"fields": fields, "needed": needed, "parsers": parsers}
