"""`python -m dashboard edition`: make and freeze what the council gets."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer


def edition(
    store: Annotated[Path, typer.Option(help="De map waarin `etl refresh` publiceert.")],
    periode: Annotated[str, typer.Option(help="Het halfjaar, bijvoorbeeld 2026-H1.")],
    out: Annotated[Path, typer.Option(help="De map waarin u de bestanden wilt hebben.")],
    tekst: Annotated[
        Path | None, typer.Option(help="Het concept met uw aanpassingen; elk getal wordt gecontroleerd.")
    ] = None,
    concept: Annotated[
        bool, typer.Option("--concept", help="Schrijf alleen de tekst, om aan te passen; er wordt niets vastgesteld.")
    ] = False,
    correctie: Annotated[str, typer.Option(help="Wat er is verbeterd: de editie krijgt een nieuw nummer.")] = "",
) -> None:
    """Maak de halfjaarlijkse editie voor de raad en stel die vast: HTML, PDF, bijlage in Excel en figuren."""
    from dashboard.edition import freeze, make
    from dashboard.edition.half_year import EditionRefused, HalfYear

    def say(line: str) -> None:
        typer.echo(line)

    try:
        half = HalfYear.parse(periode)
        if concept:
            path = make.concept(store, half, out)
            say(f"De tekst staat in {path}. Pas hem aan en maak de editie met --tekst {path}")
            return
        edited = None if tekst is None else make.read_text(tekst)
        found = make.make(store, half, dt.datetime.now().astimezone().date(), edited, correctie.strip(), say)
        say(f"Editie {found.code} is vastgesteld in {found.map}:")
        freeze.copy_out(found, out, lambda line: say(f"  {line}"))
    except EditionRefused as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(2) from problem
