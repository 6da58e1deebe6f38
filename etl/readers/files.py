"""Any file to sheets: the type is taken from the content, never from the name."""

from __future__ import annotations

from pathlib import Path

from etl.readers.cells import Sheet, UnreadableFile


def read_file(path: Path) -> list[Sheet]:
    """Read a file into its sheets."""
    raise UnreadableFile(path, "dit bestand kan nog niet worden gelezen.", "Deze functie volgt.")
