"""What a published table is: the record that the contract (indicators/core/contract.py) is written in."""

from __future__ import annotations

from dataclasses import dataclass

EUR = "DECIMAL(18,2)"

#: Columns that many tables share: name, type, meaning.
GEBIED = ("gebied_code", "VARCHAR", "CBS code without padding: NLxx, PVxx, GMxxxx, WKxxxxxx, BUxxxxxxxx")
ONDERDEEL = ("onderdeel", "VARCHAR", "budget part, dim_onderdeel; forecasts also use AGGREGATEN")
PEILDATUM = ("peildatum", "DATE", "the state as known on this date")
LB = ("lasten_baten", "VARCHAR", "L lasten (spending positive) or B baten (income positive)")
JAAR = ("boekjaar", "INTEGER", "financial year")


@dataclass(frozen=True)
class Column:
    """One column: its SQL type and, in English, what it means and in which unit."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """One published table.

    Attributes:
        name: Schema-qualified name.
        meaning: What one row is.
        columns: In published order.
        key: Columns that identify a row; a data check proves them unique.
        source: Who fills it: "marts" (SQL in etl/marts), "indicators" (compute) or "run" (the refresh itself).
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    source: str

    @property
    def ddl(self) -> str:
        """The CREATE TABLE statement."""
        body = ", ".join(f'"{c.name}" {c.type}' for c in self.columns)
        return f"CREATE TABLE {self.name} ({body})"

    @property
    def column_names(self) -> list[str]:
        """Column names in published order."""
        return [c.name for c in self.columns]


def table(name: str, meaning: str, key: str, source: str, *columns: tuple[str, str, str]) -> Table:
    """Write a table down: name, meaning, key columns separated by spaces, who fills it, and its columns."""
    return Table(name, meaning, tuple(Column(*c) for c in columns), tuple(key.split()), source)
