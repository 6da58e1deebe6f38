"""One file of a source to a Reading: bytes -> sheets -> the source's own `read`. Bad input is refused, never raised."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from etl.mapping import Mapping
from etl.readers.cells import Sheet, UnreadableFile
from etl.readers.files import read_file
from etl.source import Context, Reading, Refusal, Source

#: Every file of the synthetic municipality carries this word, in its name or above its table.
VOORBEELDDATA = "VOORBEELDDATA"
_TITLE_ROWS = 10


def is_voorbeelddata(bestand: str, sheets: list[Sheet]) -> bool:
    """Say whether a file calls itself synthetic, in its name, a sheet name or one of its first ten rows."""
    if VOORBEELDDATA in bestand.upper() or any(VOORBEELDDATA in sheet.naam.upper() for sheet in sheets):
        return True
    return any(
        isinstance(cell, str) and VOORBEELDDATA in cell.upper()
        for sheet in sheets
        for row in sheet.rows[:_TITLE_ROWS]
        for cell in row
    )


def refused(bestand: str, reden: str, oplossing: str) -> Reading:
    """Give the Reading of a file that is refused as a whole."""
    return Reading(refusals=[Refusal(bestand, None, None, None, None, reden, oplossing)], refused=True)


def read_delivery(
    path: Path, source: Source, mapping: Mapping | None = None, peildatum: dt.date | None = None
) -> Reading:
    """Read one delivered file; never raises for what is in it.

    Args:
        path: The file, of any supported format (recognised by content).
        source: The source in whose folder it stands.
        mapping: The municipality's mapping.toml of that folder, if any.
        peildatum: Given on the command line; counts only when the file itself names none.

    Returns:
        What was understood; `refused` is True when nothing of this file may be used.
    """
    try:
        sheets = read_file(path)
    except UnreadableFile as problem:
        return refused(path.name, problem.reden, problem.oplossing)
    except MemoryError:
        return refused(
            path.name, "het bestand is te groot voor het geheugen.", "Splits het bestand of lever een kleiner deel aan."
        )
    return read_sheets(path.name, sheets, source, mapping.for_file(path.name) if mapping else None, peildatum)


def read_sheets(
    bestand: str, sheets: list[Sheet], source: Source, mapping: Mapping | None, peildatum: dt.date | None
) -> Reading:
    """Read the sheets of one file with the mapping that holds for it; never raises for what is in them."""
    try:
        reading = source.read(sheets, Context(bestand, mapping, peildatum))
    except Exception as problem:  # one odd file must not stop a refresh; the kind of problem is named, never its value
        return refused(
            bestand,
            f"het programma liep vast op dit bestand ({type(problem).__name__}).",
            "Meld dit als fout bij de makers van de monitor; de andere bestanden zijn gewoon gelezen.",
        )
    return dataclasses.replace(reading, voorbeelddata=reading.voorbeelddata or is_voorbeelddata(bestand, sheets))
