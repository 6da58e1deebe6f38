"""The command line of the dashboard: `python -m dashboard serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboard.cli_edition import edition
from dashboard.serve import port_is_free
from dashboard.serve import serve as run_server

app = typer.Typer(help="Het scherm van de Monitor Sociaal Domein.", add_completion=False, no_args_is_help=True)


@app.callback()
def main() -> None:
    """Het scherm van de Monitor Sociaal Domein."""


@app.command()
def serve(
    store: Annotated[Path, typer.Option(help="De map waarin `etl refresh` publiceert.")],
    host: Annotated[str, typer.Option(help="Het adres waarop de monitor luistert.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="De poort.", min=1, max=65535)] = 8050,
) -> None:
    """Toon de monitor in de browser. Een nieuwe publicatie verschijnt vanzelf."""
    if store.exists() and not store.is_dir():
        typer.echo(f"{store} is geen map. Geef met --store de map waarin de monitor publiceert.", err=True)
        raise typer.Exit(2)
    if not port_is_free(host, port):
        typer.echo(
            f"Op {host} poort {port} kan de monitor niet luisteren: de poort is al in gebruik, of het "
            "adres bestaat hier niet. "
            f"Kies een andere, bijvoorbeeld --port {port + 1 if port < 65535 else 8050}.",
            err=True,
        )
        raise typer.Exit(2)
    typer.echo(f"De monitor staat op http://{host}:{port} (stoppen: Ctrl+C)")
    if not (store / "db" / "actueel.json").exists():
        typer.echo("Er is nog geen publicatie in deze map; het scherm zegt wat u kunt doen.")
    run_server(store, host, port)


app.command()(edition)
