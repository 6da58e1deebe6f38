"""The command line of the data team: voorbeeld maken, controleren, verversen, stand opvragen."""

from __future__ import annotations

import datetime as dt
import json
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from etl.status import NOT_PUBLISHED, Report, cbs_lines, cbs_trouble, read_status, write_report
from indicators.core.commands import Commands

app = Commands("Monitor Sociaal Domein: exports inlezen, controleren en publiceren.")
T = TypeVar("T")
console = Console(soft_wrap=True, highlight=False)
if not console.is_terminal:
    console.width = 160  # into a file or another program nothing needs to fit a screen


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def _date(value: str | None) -> dt.date | None:
    if value is None:
        return None
    for form in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return dt.datetime.strptime(value, form).date()  # noqa: DTZ007  a date has no zone
        except ValueError:
            continue
    raise typer.BadParameter(f"'{value}' is geen datum. Schrijf bijvoorbeeld 2026-09-30.")


@app.command()
def sample(
    out: Annotated[Path, typer.Option(help="Map waarin de voorbeeldbestanden komen.")],
    seed: Annotated[int, typer.Option(help="Hetzelfde getal geeft dezelfde bestanden.")] = 1,
    van: Annotated[int, typer.Option(help="Eerste boekjaar.")] = 2019,
    peildatum: Annotated[str, typer.Option(help="Laatste peildatum (jjjj-mm-dd).")] = "2026-09-30",
) -> None:
    """Maak exports van een verzonnen gemeente, van elke bron en elke maand."""
    from etl.sample import write_sample

    day = _date(peildatum)
    assert day
    try:
        write_sample(out, seed, van, peildatum=day)
    except OSError as problem:
        console.print(f"De bestanden konden niet worden geschreven ({problem.strerror}).")
        raise typer.Exit(NOT_PUBLISHED) from None
    except ValueError as problem:  # years or a size that cannot be simulated
        console.print(str(problem), markup=False)
        raise typer.Exit(NOT_PUBLISHED) from None
    console.print(f"De voorbeeldbestanden staan in {out}.")


@app.command()
def check(
    bestanden: Annotated[list[Path], typer.Argument(help="Bestanden om te bekijken.")],
    source: Annotated[str | None, typer.Option(help="Bron; anders de naam van de map.")] = None,
    peildatum: Annotated[str | None, typer.Option(help="Peildatum, als het bestand er geen noemt.")] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="Schrijf een voorstel voor mapping.toml naar dit bestand (één exportbestand).")
    ] = None,
    als_json: Annotated[bool, typer.Option("--json", help="Als JSON, voor programma's.")] = False,
) -> None:
    """Laat zien wat er van bestanden zou worden gelezen en geweigerd; schrijft alleen met --mapping een voorstel."""
    from etl.check import as_json, check_files, render

    warnings.simplefilter("ignore")
    day = _date(peildatum)
    try:
        results = check_files(bestanden, source, day)
        if als_json:
            said, code = as_json(results)
            typer.echo(said)
            raise typer.Exit(code)
        code = render(results, console)
        if mapping is not None:
            from etl.propose import write_proposal

            console.print(write_proposal(mapping, bestanden, source, day), markup=False)
    except typer.Exit:
        raise
    except Exception as problem:
        console.print(f"Er ging iets onverwachts mis ({type(problem).__name__}). Er is niets opgeslagen.", markup=False)
        code = NOT_PUBLISHED
    raise typer.Exit(code)


@app.command()
def refresh(
    inbox: Annotated[Path, typer.Option(help="Map met een map per bron.")],
    store: Annotated[Path, typer.Option(help="Map waarin alles wordt opgebouwd.")],
    cbs_url: Annotated[
        str | None, typer.Option(help="Ander adres voor CBS, of een map met opgenomen antwoorden.")
    ] = None,
    no_cbs: Annotated[bool, typer.Option("--no-cbs", help="CBS niet raadplegen.")] = False,
    peildatum: Annotated[str | None, typer.Option(help="De monitor zoals bekend op deze dag (jjjj-mm-dd).")] = None,
    voortgang: Annotated[
        Path | None, typer.Option(help="Bestand waarin staat hoe ver het is, voor een programma dat meekijkt.")
    ] = None,
) -> None:
    """Lees wat nieuw is, bouw, controleer en publiceer."""
    from etl.build import Assignment
    from etl.build import refresh as run
    from etl.lock import AlreadyRunning
    from etl.progress import Bars

    warnings.simplefilter("ignore")  # remarks of libraries for programmers; they say nothing to a user
    day = _date(peildatum)
    begun = _now()
    report = Report(run=begun.strftime("%Y%m%dT%H%M%SZ"), begonnen_op=begun)
    assignment = Assignment(inbox, store, begun, not no_cbs, cbs_url, day)
    try:
        store.mkdir(parents=True, exist_ok=True)
        with Bars(voortgang) as bars:
            run(assignment, report, bars)
    except AlreadyRunning as problem:
        # The one that is running writes the report; this one would overwrite it with nothing.
        console.print(str(problem), markup=False)
        raise typer.Exit(NOT_PUBLISHED) from None
    except KeyboardInterrupt:
        report.melding = "De verversing is afgebroken. De vorige publicatie blijft staan."
    except Exception as problem:
        report.melding = _unexpected(store, report.run, problem)
    report.klaar_op = _now()
    try:
        write_report(store, report)
    except OSError:
        report.exitcode = NOT_PUBLISHED
        console.print(f"In de map {store} kan niet worden geschreven. Er is niets gepubliceerd.", markup=False)
        raise typer.Exit(NOT_PUBLISHED) from None
    _show(report)
    raise typer.Exit(report.exitcode)


def _unexpected(store: Path, run: str, problem: Exception) -> str:
    """Write where it went wrong to a log, without any value: the text of an error can hold a person."""
    lines = [f"{type(problem).__name__}"]
    lines += [
        f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(problem.__traceback__)
    ]
    name = f"{run}.log"
    try:
        folder = store / "werk" / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
        where = f" De plaats van de fout staat in werk/logs/{name} in de opslagmap."
    except OSError:
        where = ""
    return f"Er ging iets onverwachts mis ({type(problem).__name__}). De vorige publicatie blijft staan.{where}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _show(report: Report) -> None:
    if report.leveringen:
        table = Table("Bron", "Leveringen", "Gelezen", "Geladen", "Geweigerd", "Buiten bereik")
        for bron in dict.fromkeys(row["bron"] for row in report.leveringen):
            rows = [row for row in report.leveringen if row["bron"] == bron]
            fields = ("rijen_gelezen", "rijen_geladen", "rijen_geweigerd", "rijen_buiten_bereik")
            table.add_row(bron, _number(len(rows)), *(_number(sum(row[f] for row in rows)) for f in fields))
        console.print(table)
    for notice in report.meldingen:
        console.print(f"Let op: {notice}", markup=False)
    for line in cbs_trouble(report.cbs):
        console.print(line, markup=False)
    gone = {row["levering_id"] for row in report.leveringen if row["status"] == "vervangen"}
    shown = [w for w in report.weigeringen if w["levering_id"] not in gone]
    for refusal in shown[:20]:
        console.print(_refusal_line(refusal), markup=False)
    if len(shown) > 20:
        console.print(f"... en nog {_number(len(shown) - 20)} weigeringen; zie laatste_verversing.json.", markup=False)
    console.print(report.melding, markup=False)


def _refusal_line(refusal: dict) -> str:
    place = [refusal["bestand"]]
    if refusal["blad"]:
        place.append(f"blad {refusal['blad']}")
    if refusal["rij"] is not None:
        place.append(f"rij {refusal['rij']}")
    if refusal["kolom"]:
        place.append(f"kolom {refusal['kolom']}")
    value = f" ('{refusal['waarde']}')" if refusal["waarde"] is not None else ""
    return f"Geweigerd: {', '.join(place)}{value}: {refusal['reden']} {refusal['oplossing']}"


@app.command()
def bronnen(
    als_json: Annotated[bool, typer.Option("--json", help="Als JSON, voor programma's.")] = False,
) -> None:
    """Laat zien welke bronnen de monitor kan lezen, en hoe vaak een levering wordt verwacht."""
    from etl.source import source_rows

    rows = source_rows()
    if als_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    table = Table("Map in de inbox", "Bron", "Elke zoveel dagen", "Over personen")
    for row in rows:
        table.add_row(row["bron"], row["titel"], str(row["ritme_dagen"]), "ja" if row["over_personen"] else "nee")
    console.print(table)


@app.command()
def status(
    store: Annotated[Path, typer.Option(help="Map waarin alles is opgebouwd.")],
    als_json: Annotated[bool, typer.Option("--json", help="Als JSON, voor programma's.")] = False,
) -> None:
    """Laat zien wat er gepubliceerd is en hoe de laatste verversing ging."""
    state = read_status(store)
    if als_json:
        typer.echo(json.dumps(state, ensure_ascii=False, indent=1))
        return
    up, last = state["publicatie"], state["laatste_verversing"]
    console.print(
        f"Gepubliceerd: {up['bestand']}, peildatum {up['peildatum']}." if up else "Er is nog niets gepubliceerd.",
        markup=False,
    )
    if not last:
        console.print("Er is nog niet ververst.")
        return
    console.print(
        f"Laatste verversing: {last['begonnen_op'][:16].replace('T', ' ')} UTC, {last['uitkomst']}. {last['melding']}",
        markup=False,
    )
    refused = [row for row in last["leveringen"] if row["status"] == "geweigerd"]
    count, refusals = len(last["leveringen"]), len(last["weigeringen"])
    console.print(f"Leveringen: {count}, waarvan {len(refused)} geweigerd; weigeringen: {refusals}.")
    for notice in last.get("meldingen", []):
        console.print(f"Let op: {notice}", markup=False)
    for line in cbs_lines(last):
        console.print(line, markup=False)


@app.command()
def purge(
    store: Annotated[Path, typer.Option(help="Map waarin alles is opgebouwd.")],
    jaren: Annotated[int, typer.Option(min=1, help="Zo veel jaar mogen persoonsregels worden bewaard.")] = 4,
    peildatum: Annotated[str | None, typer.Option(help="Tel terug vanaf deze dag in plaats van vandaag.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "--proef", help="Laat alleen zien wat er zou verdwijnen.")
    ] = False,
) -> None:
    """Verwijder persoonsregels die ouder zijn dan de bewaartermijn; gepubliceerde cijfers blijven staan."""
    from etl.progress import Bars
    from etl.purge import purge as run

    _must_exist(store)
    with Bars() as bars:
        done = _guarded(lambda: run(store, _date(peildatum) or _now().date(), jaren, bars, dry_run=dry_run))
    console.print(done.tekst(proef=dry_run), markup=False)


@app.command()
def sleutel(
    store: Annotated[Path, typer.Option(help="Map waarin alles is opgebouwd.")],
    vervang: Annotated[
        bool, typer.Option("--vervang", help="Maak een nieuwe sleutel en vernieuw wat is opgeslagen.")
    ] = False,
) -> None:
    """Laat zien welke sleutel de pseudoniemen maakt, of vervang hem."""
    from etl.keys import key_path, load_key
    from etl.progress import Bars
    from etl.rekey import replace_key

    _must_exist(store)
    if not key_path(store).exists():
        console.print("Er is nog geen sleutel; die wordt gemaakt bij de eerste levering met personen.")
        raise typer.Exit(NOT_PUBLISHED if vervang else 0)
    with Bars() as bars:
        count = _guarded(lambda: replace_key(store, bars) if vervang else len(load_key(store)) - 1)
    said = "De sleutel is vervangen en alle opgeslagen pseudoniemen zijn vernieuwd. " if vervang else ""
    times = "nog niet" if count == 0 else f"{count} keer"
    console.print(
        f"{said}De sleutel staat in {key_path(store).name} en is {times} vervangen. "
        "Bewaar een reservekopie op een andere plaats dan de opslag.",
        markup=False,
    )


def _must_exist(store: Path) -> None:
    if not (store / "vintages").is_dir():
        console.print(f"In de map {store} staat geen opslag van de monitor. Controleer --store.", markup=False)
        raise typer.Exit(NOT_PUBLISHED)


def _guarded(work: Callable[[], T]) -> T:
    """Do work on a store; what goes wrong is said in Dutch, without a value, and ends the program."""
    from etl.corrections import CorrectionError
    from etl.keys import KeyProblem
    from etl.lock import AlreadyRunning
    from etl.transform import TransformError

    warnings.simplefilter("ignore")
    try:
        return work()
    except (AlreadyRunning, CorrectionError, KeyProblem, TransformError) as problem:
        console.print(str(problem), markup=False)
    except OSError as problem:
        console.print(f"Een bestand in de opslag kon niet worden gelezen of geschreven ({problem.strerror}).")
    except Exception as problem:
        console.print(f"Er ging iets onverwachts mis ({type(problem).__name__}). Voer de opdracht opnieuw uit.")
    raise typer.Exit(NOT_PUBLISHED)
