"""The command line of the forecast: reads files, writes files, says in Dutch what it could not use."""

from __future__ import annotations

import csv
import errno
import io
import math
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from indicators.core.commands import Commands
from indicators.core.spreadsheet import safe_cell

app = Commands("Voorspellen en terugtoetsen op bestanden.")

DONE, PARTLY, NOTHING = 0, 1, 2


@app.command()
def backtest(
    series: Annotated[Path, typer.Option(help="CSV: reeks,groep,boekjaar,maand,peildatum,bedrag,begroting")],
    out: Annotated[Path, typer.Option(help="CSV met de voorspellingen")],
) -> None:
    """Voorspel elk boekjaar met drie eerdere jaren, per peilmaand, met wat toen bekend was."""
    from indicators.forecast.lines import UnusableFile
    from indicators.forecast.report import COLUMNS, backtest_rows
    from indicators.forecast.series import last_cut, read_series, to_panel

    _other_file(series, out)
    try:
        file = read_series(series)
    except UnusableFile as error:
        _say(str(error))
        raise typer.Exit(NOTHING) from error
    panel = to_panel(file.rows, file.refusals)
    notes: list[str] = []
    rows, refusals = backtest_rows(panel, last_cut(file.rows, panel), notes)
    for line in (*file.refusals, *refusals, *notes):
        _say(line)
    if not rows:
        _say("Er is geen enkele reeks met drie volledige eerdere jaren: er is niets voorspeld.")
        raise typer.Exit(NOTHING)
    _write(out, COLUMNS, rows)
    raise typer.Exit(PARTLY if file.refusals or refusals else DONE)


@app.command()
def reeksen(
    database: Annotated[Path, typer.Option(help="Gepubliceerde database (monitor-....duckdb)")],
    out: Annotated[Path, typer.Option(help="CSV om mee terug te toetsen")],
) -> None:
    """Schrijf de reeksen van een publicatie, met alle peildata, als invoer van backtest."""
    import datetime as dt

    import duckdb

    from indicators.forecast.series import COLUMNS
    from indicators.forecast.standen import contract_rows, read_standen

    _other_file(database, out)
    if not database.is_file():
        _say(f"{database} is een map." if database.is_dir() else f"Het bestand {database} is er niet.")
        raise typer.Exit(NOTHING)
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            standen = read_standen(connection, dt.date.max)
    except duckdb.Error as error:
        _say(f"{database.name} is geen database van de monitor die te lezen is.")
        raise typer.Exit(NOTHING) from error
    if standen is None:
        _say(f"In {database.name} staat geen realisatie.")
        raise typer.Exit(NOTHING)
    _write(out, COLUMNS, contract_rows(standen))


@app.command()
def chainladder(
    triangle: Annotated[Path, typer.Option(help="CSV: herkomst,ontwikkeling,cumulatief")],
    out: Annotated[Path, typer.Option(help="CSV: herkomst,uiteindelijk,reserve,standaardfout")],
) -> None:
    """Reken een driehoek uit met de methode van Mack (1993)."""
    import numpy as np

    from indicators.forecast.chainladder import TOTAL, mack, read_triangle
    from indicators.forecast.lines import UnusableFile

    _other_file(triangle, out)
    try:
        origins, cells = read_triangle(triangle)
        result = mack(cells)
    except (UnusableFile, ValueError) as error:
        _say(str(error))
        raise typer.Exit(NOTHING) from error
    if (np.diff(cells, axis=1)[np.isfinite(np.diff(cells, axis=1))] < 0).all():
        _say(
            "Let op: elk bedrag is kleiner dan dat van de ontwikkeling ervoor. Horen het bedragen per periode te zijn? "
            "Tel ze dan op: deze berekening vraagt totalen tot en met elke ontwikkeling."
        )
    columns = zip(origins, result.ultimate, result.reserve, result.standard_error, strict=True)
    total = (result.ultimate.sum(), result.total_reserve, result.total_standard_error)
    # Cents, and eight digits of the whole where the unit is large: a triangle in millions has its digits after the dot.
    places = max(2, 7 - math.floor(math.log10(total[0]))) if total[0] > 0 else 2
    rows = [[origin, *(f"{v:.{places}f}" for v in values)] for origin, *values in columns]
    rows.append([TOTAL, *(f"{v:.{places}f}" for v in total)])
    _write(out, ["herkomst", "uiteindelijk", "reserve", "standaardfout"], rows)


@app.command()
def signaaltoets(
    out: Annotated[Path | None, typer.Option(help="CSV met de meting; standaard data/reference")] = None,
    trekkingen: Annotated[int, typer.Option(help="Aantal nagebootste gemeenten")] = 20,
) -> None:
    """Meet hoe vaak elke signaalregel ten onrechte waarschuwt, en hoe snel zij iets ziet dat er wel is."""
    from indicators.signals.measure.run import COLUMNS, NORM, SEEDS, measure
    from indicators.signals.measured import FILE

    if trekkingen < 1:
        _say("Er is ten minste één trekking nodig.")
        raise typer.Exit(NOTHING)
    if out is None and trekkingen < SEEDS:
        _say(f"Met minder dan {SEEDS} trekkingen wordt {FILE.name} niet vervangen; geef een eigen bestand met --out.")
        raise typer.Exit(NOTHING)
    measured = measure(seeds=trekkingen, say=_say)
    _write(out or FILE, COLUMNS, ([_cell(getattr(line, name)) for name in COLUMNS] for line in measured))
    above = [line.regel for line in measured if (line.vals_alarm_per_jaar or 0) > NORM]
    if above:
        _say(f"Boven de norm van {NORM:g} valse alarmen per jaar per tien onderdelen: {', '.join(above)}.")
        raise typer.Exit(PARTLY)


def _cell(value: object) -> str:
    return "" if value is None else str(value)


#: What a computer answers when a file cannot be written, in words; the rest in its own.
_WHY = {
    errno.ENOSPC: "de schijf is vol",
    errno.EACCES: "daar mag u niet schrijven",
    errno.EPERM: "daar mag u niet schrijven",
    errno.EROFS: "daar mag u niet schrijven",
    errno.ENOENT: "de map is er niet en kan niet worden gemaakt",
    errno.EISDIR: "dat is een map; geef de naam van een bestand",
    errno.ENOTDIR: "een deel van de naam is geen map",
    errno.EEXIST: "een deel van de naam is geen map",
    errno.ENAMETOOLONG: "de naam is te lang",
}


def _other_file(source: Path, out: Path) -> None:
    """Refuse to write the answer over the question: the input would be gone."""
    if source.resolve() == out.resolve() and source.is_file():
        _say(f"{out.name} is het bestand dat wordt gelezen. Geef met --out een andere naam.")
        raise typer.Exit(NOTHING)


def _write(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Write a CSV whole or not at all: an answer of an earlier run stays until the new one is complete."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    # The names of years and series come from the file that was read.
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            path.write_text(text.getvalue(), encoding="utf-8", newline="")  # a pipe or a device: nothing to keep
            return
        _replace(path.resolve(), text.getvalue())
    except OSError as error:
        _say(f"Het bestand {path} kan niet worden geschreven: {_WHY.get(error.errno or 0, error.strerror)}.")
        raise typer.Exit(NOTHING) from error


def _replace(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.deel")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def main() -> int:
    """Run the command line; the exit code is 0 done, 1 some input refused, 2 nothing done."""
    app()
    return DONE
