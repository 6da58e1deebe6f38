"""The command line of the dashboard: `python -m dashboard serve`."""

from __future__ import annotations

import atexit
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.cli_edition import edition
from dashboard.serve import port_is_free
from dashboard.serve import serve as run_server
from indicators.core.commands import Commands

if TYPE_CHECKING:
    from dashboard.beheer.config import Beheer

app = Commands("Het scherm van de Monitor Sociaal Domein.")


@app.command()
def serve(
    store: Annotated[Path, typer.Option(help="De map waarin `etl refresh` publiceert.")],
    host: Annotated[str, typer.Option(help="Het adres waarop de monitor luistert.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="De poort.", min=1, max=65535)] = 8050,
    beheer: Annotated[
        bool,
        typer.Option("--beheer", help="Laat het datateam hier bestanden aanleveren en verversen (vraagt --inbox)."),
    ] = False,
    inbox: Annotated[Path | None, typer.Option(help="Met --beheer: de map met een map per bron.")] = None,
    cbs_url: Annotated[str | None, typer.Option(help="Met --beheer: zoals bij `etl refresh`.")] = None,
    no_cbs: Annotated[bool, typer.Option("--no-cbs", help="Met --beheer: zoals bij `etl refresh`.")] = False,
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
    rights = _rights(store, host, inbox, cbs_url, no_cbs) if beheer else None
    typer.echo(f"De monitor staat op http://{host}:{port} (stoppen: Ctrl+C)")
    if not (store / "db" / "actueel.json").exists():
        typer.echo("Er is nog geen publicatie in deze map; het scherm zegt wat u kunt doen.")
    run_server(store, host, port, rights)


def _rights(store: Path, host: str, inbox: Path | None, cbs_url: str | None, no_cbs: bool) -> Beheer:
    """Prepare the data team's part; what is uploaded is removed when the server stops."""
    from dashboard.beheer.config import LOOPBACK, NotReady, clean_up, prepare

    if inbox is None:
        typer.echo("Geef bij --beheer met --inbox de map waarin de exports staan.", err=True)
        raise typer.Exit(2)
    more = ("--no-cbs",) if no_cbs else ("--cbs-url", _from_here(cbs_url)) if cbs_url else ()
    try:
        rights = prepare(inbox, store, host, more, time.time)
    except NotReady as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(2) from None
    maker = os.getpid()
    # A worker is a copy of this process: only the server itself takes the folder away.
    atexit.register(lambda: clean_up(rights) if os.getpid() == maker else None)
    typer.echo("Met --beheer: op de pagina Gegevens kunnen bestanden worden aangeleverd.")
    if host not in LOOPBACK:
        typer.echo("Let op: iedereen die dit adres kan openen, kan bestanden aanleveren. Er is geen wachtwoord.")
    return rights


def _from_here(cbs_url: str) -> str:
    """A folder of recorded answers is named from where the server was started."""
    return cbs_url if "://" in cbs_url else str(Path(cbs_url).resolve())


app.command()(edition)
