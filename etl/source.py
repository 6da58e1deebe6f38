"""What a source is: a record with its entities and a `read`, and the registry that finds it by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, SupportsIndex

import pandas as pd
import pyarrow as pa

from etl.readers.cells import Cell, Sheet

if TYPE_CHECKING:
    from etl.mapping import Mapping as MappingFile


class Privacy(Enum):
    """What may happen to a column of a person source before anything is stored."""

    KEEP = "keep"  # no person in it: dates, codes, euros
    PSEUDONYM = "pseudonym"  # an identifier: replaced by its keyed hash
    AGE_BAND = "age_band"  # a birth date: replaced by an age band at the peildatum
    # A column that has no role here does not survive: it is never copied out of the sheet.


@dataclass(frozen=True)
class Column:
    """A column of an entity as it is stored in the vintages.

    Attributes:
        name: Dutch field name, with its unit where it could be mistaken (bedrag_eur).
        type: SQL type in DuckDB (VARCHAR, INTEGER, DATE, DECIMAL(18,2)).
        meaning: What it means, in English, for the generated docs.
        headers: Headers it is recognised by (compared without case, accents, spaces and punctuation).
        required: Whether a file without it is refused.
        privacy: What privacy.protect does with it.
        values: For a kept text column of a person source, the only texts it may hold; without them only a code may
            stand in it, so that a name typed in the wrong column cannot survive.
    """

    name: str
    type: str
    meaning: str
    headers: tuple[str, ...] = ()
    required: bool = False
    privacy: Privacy = Privacy.KEEP
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entity:
    """One kind of row of a source. Stored with bron_blad and bron_rij beside its columns.

    Attributes:
        name: Second half of the names of its vintages, raw view and staging file.
        meaning: What one row is, in English.
        columns: What is stored of it.
        toestand: "elke": the state at every peildatum is published; "laatste": only the newest state counts, since
            the rows carry their own history.
        delen: Columns of which every value is a part of the state of its own, besides boekjaar: a delivery is the
            state of the values that it holds, and says nothing of the others (a survey: jaar and wet).
        aangroei: Column by which rows are added and never leave (day of receipt, booking period): a whole state that
            begins after the end of the one before is an increment in disguise.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    toestand: Literal["elke", "laatste"] = "elke"
    delen: tuple[str, ...] = ()
    aangroei: str = ""


@dataclass(frozen=True)
class Refusal:
    """A cell, row or whole file (rij None) that was refused, and what to do about it. Texts are Dutch."""

    bestand: str
    blad: str | None
    rij: int | None
    kolom: str | None
    waarde: str | None
    reden: str
    oplossing: str


@dataclass
class Reading:
    """What a source understood of one file.

    Attributes:
        peildatum: The state the file is of; None when the file is refused as a whole.
        tables: Entity name -> rows, with the columns of the entity plus bron_blad (str) and bron_rij (int).
            Money is decimal.Decimal, dates datetime.date, missing None.
        typed: The same rows with the types that the entities declare; made after persons were taken out (etl.typed),
            and instead of `tables`: they go from one process to another without a copy of every cell.
        refusals: Everything refused.
        notices: Things the data team should know, in Dutch (hidden sheets, hidden rows, empty amounts read as 0).
        rijen_gelezen, rijen_geladen, rijen_geweigerd, rijen_buiten_bereik: gelezen is the sum of the other three.
        refused: True when nothing of this file may be used.
        voorbeelddata: True when the file says that it is synthetic (the word VOORBEELDDATA in it or its name).
    """

    peildatum: dt.date | None = None
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    typed: dict[str, pa.Table] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    rijen_gelezen: int = 0
    rijen_geladen: int = 0
    rijen_geweigerd: int = 0
    rijen_buiten_bereik: int = 0
    refused: bool = False
    voorbeelddata: bool = False


@dataclass(frozen=True)
class Context:
    """What a source may know besides the sheets: file name, mapping, and a peildatum given on the command line."""

    bestand: str
    mapping: MappingFile | None = None
    peildatum: dt.date | None = None


@dataclass(frozen=True)
class Source:
    """A source of exports.

    Attributes:
        name: Folder in the inbox, and stem of its staging files (staging/<name>__<entity>.sql).
        title: Dutch name on the data page.
        ritme_dagen: A delivery is expected at least every so many days.
        personal: True when rows are about persons: file and sheet names are then not stored either.
        entities: What it delivers.
        read: (sheets of one file, context) -> Reading. Pure: no files, no clock.
        key: Entity name -> columns that identify a row within one state, for files of one peildatum that
            complete each other.
        fields: What [kolommen] of a mapping.toml may name -> the headers it is recognised by.
        needed: Of these, what a table cannot do without.
        parsers: Field -> cell to value (etl.lines.values.BAD when not understood), to see what a column may be.
    """

    name: str
    title: str
    ritme_dagen: int
    personal: bool
    entities: tuple[Entity, ...]
    read: Callable[[list[Sheet], Context], Reading]
    key: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    parsers: Mapping[str, Callable[[Cell], object]] = field(default_factory=dict)

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        """Travel to another process by name: parsers cannot be sent, and the other process has the same registry."""
        return (_registered, (self.name,)) if _REGISTRY.get(self.name) is self else super().__reduce_ex__(protocol)


_REGISTRY: dict[str, Source] = {}


def _registered(name: str) -> Source:
    return sources()[name]


def register(source: Source) -> Source:
    """Add a source to the registry; two of one name are a programming error."""
    if source.name in _REGISTRY:
        raise ValueError(f"source {source.name} is registered twice")
    _REGISTRY[source.name] = source
    return source


def sources() -> dict[str, Source]:
    """Give all sources by name, in alphabetical order."""
    import etl.sources  # noqa: F401  registers them

    return dict(sorted(_REGISTRY.items()))


def source_rows() -> list[dict[str, Any]]:
    """Give the rows of meta.bron: every source that can be read, whether anything of it was delivered or not."""
    return [
        {"bron": s.name, "titel": s.title, "ritme_dagen": s.ritme_dagen, "over_personen": s.personal}
        for s in sources().values()
    ]
