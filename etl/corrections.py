"""Known errors of a source, corrected as data: etl/corrections/<bron>.toml, one [[correctie]] per error.

A correction says where the error stands, what stands there (`expect`) and what it should be. It is applied to rows that
still hold the expected value, after reading and before staging; the vintages keep what was delivered. A row in its
place with another value was repaired (or changed) at the source: it is left alone, and the correction is reported until
somebody takes it away. So a correction never overwrites a value that nobody looked at.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from etl.entity_views import quoted

FOLDER = Path(__file__).parent / "corrections"

Value = bool | int | float | dt.date | str


class CorrectionError(Exception):
    """A file with corrections that cannot be used. The message is Dutch."""


class Correction(BaseModel):
    """One known error.

    Attributes:
        correctie: Its own name, for the report.
        tabel: What was read, as staging knows it: <bron>__<entity>, k2f__overzicht for instance.
        waar: Columns and the values by which the row is found; often a peildatum among them.
        kolom: The column with the error.
        expect: What stands there as long as the source has the error; "" is an empty cell.
        wordt: What it should be; "" is an empty cell.
        reden: What is wrong, in Dutch.
        kennis: Where we know it from, in Dutch: a letter, an erratum, a call with the publisher.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    correctie: str = Field(min_length=1)
    tabel: str
    waar: dict[str, Value] = Field(min_length=1)
    kolom: str
    expect: Value
    wordt: Value
    reden: str = Field(min_length=1)
    kennis: str = Field(min_length=1)


@dataclass(frozen=True)
class Outcome:
    """What became of a correction: rows that were corrected, and rows in its place that hold something else."""

    correction: Correction
    toegepast: int
    anders: int

    @property
    def status(self) -> str:
        """toegepast, deels, vervallen (the source was repaired) or niet_gevonden."""
        if self.anders:
            return "deels" if self.toegepast else "vervallen"
        return "toegepast" if self.toegepast else "niet_gevonden"

    @property
    def melding(self) -> str | None:
        """What the data team should know, in Dutch; None when all is as expected."""
        if not self.anders:
            return None
        one = self.correction
        return (
            f"Correctie '{one.correctie}' ({one.tabel}, kolom {one.kolom}): bij {self.anders} "
            f"{'regel' if self.anders == 1 else 'regels'} staat niet meer de waarde die fout was; daar is niets "
            f"veranderd. Is de bron hersteld, haal de correctie dan weg of begrens haar met een peildatum."
        )

    def row(self) -> dict[str, Any]:
        """The row of meta.correctie."""
        one = self.correction
        return {
            "correctie": one.correctie, "tabel": one.tabel, "kolom": one.kolom, "expect": _text(one.expect),
            "waar": ", ".join(f"{name} = {_text(value)}" for name, value in one.waar.items()),
            "wordt": _text(one.wordt), "reden": one.reden, "kennis": one.kennis, "status": self.status,
            "rijen_toegepast": self.toegepast, "rijen_anders": self.anders,
        }  # fmt: skip


def load_corrections(folder: Path | None = None) -> list[Correction]:
    """Read every file with corrections, in order of file and place.

    Raises:
        CorrectionError: A file is not TOML, a key is missing or unknown, or a name occurs twice.
    """
    found: list[Correction] = []
    for path in sorted((folder or FOLDER).glob("*.toml")):
        try:
            raw = tomllib.loads(path.read_text("utf-8"))
            entries = raw.get("correctie", [])
            if set(raw) - {"correctie"} or not isinstance(entries, list):
                raise CorrectionError(f"corrections/{path.name} mag alleen [[correctie]] bevatten.")
            own = [Correction.model_validate(entry) for entry in entries]
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            raise CorrectionError(f"corrections/{path.name} is geen geldige TOML.") from None
        except ValidationError as problem:
            keys = ", ".join(sorted({".".join(str(part) for part in error["loc"]) for error in problem.errors()}))
            raise CorrectionError(f"corrections/{path.name} klopt niet: kijk naar {keys}.") from None
        if strange := next((one.tabel for one in own if one.tabel.partition("__")[0] != path.stem), None):
            raise CorrectionError(f"corrections/{path.name} gaat over {strange}; dat hoort in een ander bestand.")
        found += own
    names = [one.correctie for one in found]
    if double := next((name for name in names if names.count(name) > 1), None):
        raise CorrectionError(f"Er zijn twee correcties met de naam '{double}'.")
    return found


def apply_corrections(views: dict[str, str], corrections: list[Correction]) -> tuple[dict[str, str], list[Outcome]]:
    """Put corrections over the raw views.

    Args:
        views: View name -> SELECT, from transform.raw_views.
        corrections: From `load_corrections`.

    Returns:
        The views, those with corrections replaced, and what became of each correction.

    Raises:
        CorrectionError: A correction names a table or column that does not exist, or a value that does not fit it.
    """
    result = dict(views)
    outcomes: list[Outcome] = []
    if not corrections:
        return result, outcomes
    with duckdb.connect() as connection:
        for one in corrections:
            name = f"raw.{one.tabel}"
            if name not in result:
                raise CorrectionError(f"Correctie '{one.correctie}': tabel {one.tabel} bestaat niet.")
            try:
                place, wrong, right = _conditions(connection, result[name], one)
                counted = connection.execute(
                    f"SELECT count(*) FILTER ({wrong}), count(*) FROM ({result[name]}) WHERE {place}"
                ).fetchone()
            except duckdb.ConversionException:
                raise CorrectionError(
                    f"Correctie '{one.correctie}': een waarde past niet bij het soort kolom."
                ) from None
            applied, seen = counted or (0, 0)
            outcomes.append(Outcome(one, applied, seen - applied))
            value = f'CASE WHEN {place} AND {wrong} THEN {right} ELSE "{one.kolom}" END'
            result[name] = f'SELECT * REPLACE ({value} AS "{one.kolom}") FROM ({result[name]})'
    return result, outcomes


def _conditions(connection: duckdb.DuckDBPyConnection, view: str, one: Correction) -> tuple[str, str, str]:
    """Give the SQL that finds the row, that sees the error in it, and of the right value."""
    described = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {view})").fetchall()
    types = {str(name): str(kind) for name, kind in described}
    if unknown := [name for name in (*one.waar, one.kolom) if name not in types]:
        raise CorrectionError(f"Correctie '{one.correctie}': kolom {unknown[0]} bestaat niet in {one.tabel}.")

    def literal(column: str, value: Value) -> str:
        text = _text(value)
        return f"CAST({quoted(text) if text else 'NULL'} AS {types[column]})"

    place = " AND ".join(f'"{name}" IS NOT DISTINCT FROM {literal(name, value)}' for name, value in one.waar.items())
    wrong = f'"{one.kolom}" IS NOT DISTINCT FROM {literal(one.kolom, one.expect)}'
    return f"({place})", f"({wrong})", literal(one.kolom, one.wordt)


def _text(value: Value) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)
