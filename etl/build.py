"""The table of contents of a refresh: read `_refresh` and you know what happens, in which order."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from etl import publish
from etl.admission import select
from etl.atomic import private_dir, remove_leftovers, write_json
from etl.cbs import CbsResult, last_copies, raw_views, refresh_cbs
from etl.checks import run_checks
from etl.corrections import CorrectionError, apply_corrections, load_corrections
from etl.deliveries import Selection
from etl.forecast_origin import note_forecasts
from etl.geo import borders
from etl.inbox import InboxMissing, lying_too_long, scan
from etl.intake import Intake
from etl.keys import KeyProblem, fingerprint, key_path, load_key
from etl.lock import only_one
from etl.privacy import protect
from etl.progress import Progress, stop_here
from etl.reconcile import reconcile
from etl.rekey import up_to_date
from etl.remembered import per_peildatum
from etl.source import Reading, Source, source_rows, sources
from etl.status import DONE, DONE_WITH_REFUSALS, NOT_PUBLISHED, Report, levering_rows, weigering_rows
from etl.transform import ETL, TransformError, open_build, run_sql
from etl.transform import raw_views as delivery_views
from etl.typed import arrow_type
from etl.vintages import Vintages
from indicators.core.contract import BY_NAME
from indicators.core.settings import REFERENCE, settings
from indicators.core.stappen import UnusableStep, stappen

KENMERK = "kenmerk.json"
ROOT = Path(__file__).resolve().parents[1]


class NotPublished(Exception):
    """The refresh ends without a publication. The message is Dutch."""


@dataclass(frozen=True)
class Assignment:
    """What a refresh is asked to do.

    Attributes:
        inbox: Folder with one folder per source.
        store: Everything that is built.
        moment: Now, UTC without zone; only the command line knows it.
        cbs: False: ask CBS nothing, use the copies at hand.
        cbs_url: None for the live servers, else an address or a folder of recorded answers.
        peildatum: The monitor as of this date; None: the newest delivery.
    """

    inbox: Path
    store: Path
    moment: dt.datetime
    cbs: bool = True
    cbs_url: str | Path | None = None
    peildatum: dt.date | None = None

    @property
    def werk(self) -> Path:
        """Where builds are made."""
        return self.store / "werk"

    @property
    def vintages(self) -> Path:
        """Where deliveries are kept."""
        return self.store / "vintages"


def refresh(assignment: Assignment, report: Report, progress: Progress) -> None:
    """Read what is new, build, check and publish; the report says how it went.

    Raises:
        AlreadyRunning: Another refresh is busy in this store; nothing was touched.
    """
    with only_one(assignment.werk):
        try:
            _refresh(assignment, report, progress)
        except (NotPublished, InboxMissing, KeyProblem, CorrectionError, TransformError, UnusableStep) as problem:
            report.melding = str(problem)
        except (OSError, duckdb.IOException) as problem:
            report.melding = _disk_message(problem)
        finally:
            shutil.rmtree(assignment.werk / f"bouw-{report.run}", ignore_errors=True)


def _refresh(assignment: Assignment, report: Report, progress: Progress) -> None:
    registry = sources()
    _clean(assignment)
    stappen()  # a list that cannot be read is refused before any work is done, not after
    report.run = publish.free_run(assignment.store, assignment.moment)
    inbox = scan(assignment.inbox, registry)
    report.meldingen += inbox.notices + lying_too_long(inbox, registry, assignment.moment)
    vintages = Vintages(private_dir(assignment.vintages))
    intake = _read(assignment, inbox, vintages, registry, progress)
    selection = select(intake, vintages, registry, assignment.moment, assignment.peildatum)
    reconcile(selection, registry)
    report.nieuw_gelezen = intake.fresh
    report.add_selection(selection)
    report.meldingen += selection.meldingen
    stop_here("geregistreerd")
    cbs = _ask_cbs(assignment, progress)
    report.cbs = [dataclasses.asdict(r) for r in cbs]
    report.peildatum = assignment.peildatum or selection.newest or assignment.moment.date()
    shapes = borders(assignment.vintages, report.peildatum, assignment.moment, assignment.cbs_url, assignment.cbs)
    report.meldingen += shapes.meldingen
    views = raw_views(assignment.vintages) | shapes.views
    corrected, outcomes = apply_corrections(delivery_views(selection, registry, views), load_corrections())
    report.add_corrections(outcomes)
    _anything(selection, cbs)

    mark = _mark(selection, cbs, views, report.peildatum)
    if _nothing_new(assignment.store, mark, selection, report):
        return
    built = _build(assignment, selection, cbs, corrected, report, progress)
    progress.stap("Publiceren")
    write_json(assignment.werk / KENMERK, mark | {"bestand": f"monitor-{report.run}.duckdb"})
    publish.publish(assignment.store, built, report.run, report.peildatum)
    report.uitkomst = "gepubliceerd"
    report.exitcode = DONE_WITH_REFUSALS if _refusals(selection) else DONE
    report.melding = "De monitor is ververst." + (" Een deel van de invoer is geweigerd." if report.exitcode else "")


def _clean(assignment: Assignment) -> None:
    publish.remove_unfinished(assignment.store)
    for folder in (assignment.werk, assignment.vintages, assignment.store / "db"):
        remove_leftovers(folder)


def _read(
    assignment: Assignment, inbox: Any, vintages: Vintages, registry: dict[str, Source], progress: Progress
) -> Intake:
    shield, key_print = _no_key, ""
    persons = any(registry[folder.bron].personal and folder.files for folder in inbox.folders)
    if persons or key_path(assignment.store).exists():
        keys = load_key(assignment.store)
        up_to_date(assignment.store, keys, progress)
        shield, key_print, vintages.keys = partial(_protect, key=keys), fingerprint(keys), len(keys)
    intake = Intake(vintages, assignment.moment, shield, key_print)
    intake.run(inbox, registry, progress)
    return intake


def _protect(reading: Reading, source: Source, key: tuple[bytes, ...]) -> Reading:
    return protect(reading, source, key)


def _no_key(_reading: Reading, _source: Source) -> Reading:
    raise AssertionError("a person source was read without a key")


def _ask_cbs(assignment: Assignment, progress: Progress) -> list[CbsResult]:
    if not assignment.cbs:
        return last_copies(assignment.vintages)
    progress.stap("CBS raadplegen")
    return refresh_cbs(
        assignment.vintages, assignment.cbs_url, moment=assignment.moment, progress=lambda _: progress.verder()
    )


def _anything(selection: Selection, cbs: list[CbsResult]) -> None:
    if "geldig" in selection.status.values() or any(c.status != "niet_beschikbaar" for c in cbs):
        return
    if selection.status:
        raise NotPublished(
            "Alle leveringen zijn geweigerd en er zijn geen cijfers van CBS: er is niets om te publiceren."
        )
    raise NotPublished("Er zijn geen leveringen en geen cijfers van CBS: er is niets om te publiceren.")


def _refusals(selection: Selection) -> bool:
    """Whether something was refused in what counts now or was delivered now."""
    return any(v.weigeringen and selection.status[v.levering_id] != "vervangen" for v in selection.deliveries)


def code_version() -> str:
    """Give a digest of the code and reference lists that a publication follows from."""
    digest = hashlib.sha256()
    folders = (ROOT / "etl", ROOT / "indicators", REFERENCE)
    paths = (p for folder in folders for p in folder.rglob("*") if p.suffix in (".py", ".sql", ".csv", ".toml", ".yml"))
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _mark(selection: Selection, cbs: list[CbsResult], views: dict[str, str], peildatum: dt.date) -> dict[str, Any]:
    """What a publication is made of: two refreshes with one mark would publish the same."""
    counting = sorted(f"{k} {v}" for k, v in selection.status.items() if v != "geweigerd")
    content = [
        counting, [(c.tabel, str(c.gewijzigd), c.status) for c in cbs], sorted(views.items()),
        str(peildatum), code_version(), settings().model_dump(),
        sorted(v.levering_id for v in selection.deliveries if v.opgeschoond),
    ]  # fmt: skip
    refused = sorted(
        hashlib.sha256(f"{v.levering_id} {[r.reden for r in v.weigeringen]}".encode()).hexdigest()[:16]
        for v in selection.deliveries
        if selection.status[v.levering_id] == "geweigerd"
    )
    return {"inhoud": hashlib.sha256(json.dumps(content).encode()).hexdigest(), "geweigerd": refused}


def _nothing_new(store: Path, mark: dict[str, Any], selection: Selection, report: Report) -> bool:
    """Say whether what is up is what would be published; a refused delivery alone changes nothing that is published."""
    up = publish.current(store)
    try:
        last = json.loads((store / "werk" / KENMERK).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    if not up or last.get("bestand") != up["bestand"] or last.get("inhoud") != mark["inhoud"]:
        return False
    extra = set(mark["geweigerd"]) - set(last["geweigerd"])
    if not extra and mark["geweigerd"] != last["geweigerd"]:
        return False  # a refused file is gone: the list of refusals is put right
    report.uitkomst, report.run = "ongewijzigd", up["run"]
    if extra:
        report.exitcode = NOT_PUBLISHED
        report.melding = "De nieuwe invoer is geweigerd; de vorige publicatie blijft staan."
    else:
        report.exitcode = DONE_WITH_REFUSALS if _refusals(selection) else DONE
        report.melding = "Er is niets veranderd; de vorige publicatie blijft staan."
    return True


def _build(
    assignment: Assignment,
    selection: Selection,
    cbs: list[CbsResult],
    views: dict[str, str],
    report: Report,
    progress: Progress,
) -> Path:
    """Make the new database, compute, and check it; gives the closed file."""
    from indicators.compute import UnusableIndicator, compute

    assert report.peildatum
    folder = private_dir(assignment.werk / f"bouw-{report.run}")
    connection = open_build(folder)
    try:
        memory = per_peildatum(ETL, assignment.werk / "onthouden", selection)
        run_sql(connection, views, progress, memory, assignment.vintages)
        _write_meta(connection, selection, cbs, report)
        progress.stap("Indicatoren en prognose berekenen")
        try:
            compute(connection, report.peildatum)
        except UnusableIndicator as problem:
            raise NotPublished(f"{problem} De vorige publicatie blijft staan.") from problem
        note_forecasts(connection)
        stop_here("berekend")
        progress.stap("Controleren")
        results = run_checks(connection, selection)
        report.add_checks(results)
        wrong = [f"{r.naam}: {r.melding}" for r in results if not r.goed]
        if wrong:
            raise NotPublished("Een controle is niet geslaagd; de vorige publicatie blijft staan. " + " ".join(wrong))
        connection.execute("DETACH raw")
        connection.execute("DETACH stg")
        connection.execute("CHECKPOINT")
    finally:
        connection.close()
    return folder / "monitor.duckdb"


def _write_meta(
    connection: duckdb.DuckDBPyConnection, selection: Selection, cbs: list[CbsResult], report: Report
) -> None:
    gemeente = settings().gemeente
    counting = [v for v in selection.deliveries if selection.status[v.levering_id] == "geldig"]
    publicatie = {
        "run": report.run,
        "gemaakt_op": report.begonnen_op,
        "peildatum": report.peildatum,
        "gemeente_code": gemeente.code,
        "gemeente_naam": gemeente.naam,
        "voorbeelddata": any(v.voorbeelddata for v in counting) or any(c.voorbeelddata for c in cbs),
    }
    _insert(connection, "meta.bron", source_rows())
    _insert(connection, "meta.levering", levering_rows(selection))
    _insert(connection, "meta.weigering", weigering_rows(selection))
    _insert(connection, "meta.cbs_tabel", [dataclasses.asdict(c) for c in cbs])
    _insert(connection, "meta.correctie", report.correcties)
    _insert(connection, "meta.publicatie", [publicatie])


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    schema = pa.schema([(c.name, arrow_type(c.type)) for c in BY_NAME[table].columns])
    connection.register("nieuwe_rijen", pa.Table.from_pylist(rows, schema))
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM nieuwe_rijen")
    connection.unregister("nieuwe_rijen")


def _disk_message(problem: Exception) -> str:
    import errno

    if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", -1)):
        return "De schijf is vol. Maak ruimte en ververs opnieuw; de vorige publicatie blijft staan."
    if "space" in str(problem).lower():
        return "De schijf is vol. Maak ruimte en ververs opnieuw; de vorige publicatie blijft staan."
    kind = getattr(problem, "strerror", None) or type(problem).__name__
    return (
        f"Een bestand in de opslag kon niet worden gelezen of geschreven ({kind}). De vorige publicatie blijft staan."
    )
