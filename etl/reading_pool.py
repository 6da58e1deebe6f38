"""Reads files in more than one process: reading is what a first refresh, or a new reader, spends its time on."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from pathlib import Path

from etl.mapping import Mapping
from etl.reading import read_delivery, refused
from etl.source import Reading, Source
from etl.typed import typed

Protect = Callable[[Reading, Source], Reading]

#: Starting a process costs about as much as reading this many bytes; below it one process is quicker.
WORTH_A_PROCESS = 6_000_000
#: Files bigger than this on average are handed out one by one, so that no process gets two while another waits.
_BIG = 1_000_000
#: More processes than this hold more files in memory than they save time.
MOST_PROCESSES = 4


@dataclass(frozen=True)
class Job:
    """One file to read, with all that reading it needs."""

    path: Path
    source: Source
    mapping: Mapping | None
    protect: Protect


def understand(job: Job) -> Reading:
    """Read one file and take persons out; what a source should never give is refused."""
    reading = _check(read_delivery(job.path, job.source, job.mapping, None), job.path.name)
    if job.source.personal:
        reading = job.protect(reading, job.source)
    try:
        rows = {e.name: typed(e, reading.tables[e.name]) for e in job.source.entities if e.name in reading.tables}
    except (ArithmeticError, ValueError, TypeError):
        # A value that does not fit its column is a fault of the reader: the file is refused, not the refresh.
        return does_not_fit(job.path.name)
    return replace(reading, tables={}, typed=rows)


def does_not_fit(bestand: str) -> Reading:
    """Give the refusal of a file of which a value does not fit the column that it is meant for."""
    return refused(
        bestand,
        "een waarde past niet in het veld waarvoor zij bedoeld is.",
        "Meld dit als fout bij de makers van de monitor; de andere bestanden zijn gewoon gelezen.",
    )


def _check(reading: Reading, bestand: str) -> Reading:
    """Refuse what a source should never give: no peildatum, or counts that do not add up."""
    if reading.refused:
        return reading
    if reading.peildatum is None:
        reden = "de peildatum is niet te vinden: in het bestand, de bestandsnaam en mapping.toml staat er geen."
        return refused(bestand, reden, "Zet de peildatum in de bestandsnaam (jjjj-mm-dd) of in mapping.toml.")
    if reading.rijen_gelezen != reading.rijen_geladen + reading.rijen_geweigerd + reading.rijen_buiten_bereik:
        reden = "de telling klopt niet: gelezen is niet gelijk aan geladen, geweigerd en buiten bereik samen."
        return refused(bestand, reden, "Meld dit als fout bij de makers van de monitor.")
    return reading


def understand_all(jobs: list[Job]) -> Iterator[Reading]:
    """Read files and give their readings in the same order, over several processes where that is worth it."""
    size = sum(_size(job.path) for job in jobs)
    processes = min(MOST_PROCESSES, os.cpu_count() or 1, size // WORTH_A_PROCESS)
    if processes < 2 or not _can_travel(jobs):
        yield from map(understand, jobs)
        return
    done = 0
    # "spawn": a forked copy of a process that holds a database or threads is not safe.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _leave_with_parent) as pool:
        try:
            for reading in pool.map(understand, jobs, chunksize=2 if size < len(jobs) * _BIG else 1):
                yield reading
                done += 1
        except BrokenProcessPool:  # a process was ended from outside, for want of memory for instance
            yield from _one_by_one(jobs[done:])


def _one_by_one(jobs: list[Job]) -> Iterator[Reading]:
    """Read each file alone, after a process was lost: only the file that ends its process again is refused."""
    pool: ProcessPoolExecutor | None = None
    try:
        for job in jobs:
            pool = pool or ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _leave_with_parent)
            try:
                yield pool.submit(understand, job).result()
            except BrokenProcessPool:
                pool.shutdown()
                pool = None
                yield _too_heavy(job)
    finally:
        if pool:
            pool.shutdown(cancel_futures=True)


def _too_heavy(job: Job) -> Reading:
    reading = refused(
        job.path.name,
        "het lezen van dit bestand is afgebroken; het vraagt misschien te veel geheugen.",
        "Splits het bestand, of open het in Excel, verwijder lege rijen en kolommen en bewaar het opnieuw.",
    )
    return job.protect(reading, job.source) if job.source.personal else reading


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _can_travel(jobs: list[Job]) -> bool:
    """Say whether the jobs can be sent to another process; a source made inside a test or notebook cannot."""
    try:
        pickle.dumps({(job.source.name, job.protect): job for job in jobs[:1]})
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return all(job.source.read.__module__.startswith("etl.") for job in jobs)


def _leave_with_parent() -> None:
    """Have this process end when the refresh that started it is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
