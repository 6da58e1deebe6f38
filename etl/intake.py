"""Files in the inbox -> vintages: read what is new, protect persons before anything is stored, remember refusals."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import inspect
from collections.abc import Iterator
from pathlib import Path

from etl.inbox import Folder, Inbox
from etl.mapping import Mapping
from etl.progress import Progress, stop_here
from etl.reading import refused
from etl.reading_pool import Job, Protect, does_not_fit, understand_all
from etl.source import Reading, Refusal, Source
from etl.vintages import Vintage, Vintages, digest
from indicators.core.settings import REFERENCE

ETL = Path(__file__).parent
#: What every reading runs through; a change in it means that files are read again.
SHARED_CODE = (
    "cleaning.py",
    "codes.py",
    "headers.py",
    "mapping.py",
    "reading.py",
    "source.py",
    "typed.py",
    "privacy.py",
    "intake.py",
    "reading_pool.py",
    "readers/*.py",
    "lines/*.py",
    "care/*.py",
)


def reader_version(source: Source) -> str:
    """Give a digest of the code that reads a source."""
    own = inspect.getsourcefile(source.read)
    paths = {p for pattern in SHARED_CODE for p in ETL.glob(pattern)} | set(ETL.glob(f"sources/{source.name}*.py"))
    paths |= set(ETL.glob(f"{source.name}/**/*.py")) | ({Path(own)} if own else set())
    # Which code belongs to which onderdeel is decided while reading, so a change in a list means reading again too.
    paths |= set(REFERENCE.glob("*.csv"))
    return digest(*(p.read_text("utf-8") for p in sorted(paths)))


def _mapping_text(mapping: Mapping | None, bestand: str) -> str:
    """Give what the mapping says about a file; what it leaves open and what is confirmed change no reading."""
    said = (
        (mapping or Mapping())
        .for_file(bestand)
        .model_dump_json(exclude={"bestanden", "bevestigd"}, exclude_defaults=True)
    )
    return "" if said == "{}" else said


def public_name(source: Source, bestand: str, peildatum: dt.date | None, sleutel: str) -> str:
    """Give the file name that may be shown; that of a person source is made up, since names can hold persons."""
    if not source.personal:
        return bestand
    return f"{source.name} {peildatum.isoformat() if peildatum else 'zonder peildatum'} {sleutel[:8]}"


def _too_late(path: Path) -> Reading:
    return refused(
        path.name, "het bestand kan niet worden geopend.", "Controleer of het nog in gebruik is en ververs opnieuw."
    )


def _purged(reading: Reading, path: Path) -> Reading:
    """Refuse a delivery of a day whose person rows were purged: it would bring back what may not be kept."""
    reden = f"de persoonsgegevens van peildatum {reading.peildatum:%d-%m-%Y} zijn opgeschoond (bewaartermijn)."
    oplossing = "Haal het bestand uit de map. De cijfers die van deze dag gepubliceerd zijn, blijven staan."
    refusals = [*reading.refusals, *refused(path.name, reden, oplossing).refusals]
    return dataclasses.replace(reading, tables={}, refusals=refusals, refused=True)


@dataclasses.dataclass(frozen=True)
class _File:
    """A file of the inbox: how to read it, what it is known by, and its vintage when it was read before."""

    job: Job
    sha: str
    sleutel: str
    naam: str
    known: Vintage | None


class Intake:
    """Reads the files of one refresh.

    Attributes:
        present: Every vintage whose file is in the inbox now, accepted or not; refused ones included.
        fresh: How many files were really read, the others were known.
        bevestigd: Source -> the files that its mapping.toml says may count although they shrank.
    """

    def __init__(self, vintages: Vintages, moment: dt.datetime, protect: Protect, key_print: str) -> None:
        self.vintages = vintages
        self.moment = moment
        self.protect = protect
        self.key_print = key_print
        self.present: list[Vintage] = []
        self.loose: list[Vintage] = []
        self.bevestigd: dict[str, list[str]] = {}
        self.fresh = 0

    def run(self, inbox: Inbox, sources: dict[str, Source], progress: Progress) -> None:
        """Read all folders."""
        progress.stap("Leveringen lezen", sum(len(f.files) for f in inbox.folders))
        self.bevestigd = {f.bron: f.mapping.bevestigd for f in inbox.folders if f.mapping}
        plan = [file for folder in inbox.folders for file in self._plan(folder, sources[folder.bron])]
        wanted = [file.job for file in plan if file.known is None]
        self.fresh = len(wanted)
        readings = understand_all(wanted)
        for file in plan:
            known = file.known or self._store(file, readings)
            if known not in self.present:
                self.present.append(known)
            progress.verder()
            stop_here("lezen")

    def _plan(self, folder: Folder, source: Source) -> Iterator[_File]:
        """Give the files of a folder, each with what is already known of its bytes; what cannot be read is refused."""
        version = reader_version(source) + (self.key_print if source.personal else "")
        for refusal in folder.unusable:
            self.loose.append(self._loose(source, refusal))
        for path in folder.files:
            try:
                content = path.read_bytes()
            except OSError:
                self.loose.append(self._loose(source, _too_late(path).refusals[0]))
                continue
            if not content:
                reden, oplossing = (
                    "het bestand is leeg (0 bytes).",
                    "Wacht tot het kopiëren klaar is of lever opnieuw aan.",
                )
                self.loose.append(self._loose(source, refused(path.name, reden, oplossing).refusals[0]))
                continue
            sha = hashlib.sha256(content).hexdigest()
            sleutel = digest(sha, _mapping_text(folder.mapping, path.name), version)[:16]
            naam = digest(sha, path.name)[:16]
            job = Job(path, source, folder.mapping, self.protect)
            yield _File(job, sha, sleutel, naam, self.vintages.find(source.name, sleutel, naam, sha))

    def _store(self, file: _File, readings: Iterator[Reading]) -> Vintage:
        reading, source, path = next(readings), file.job.source, file.job.path
        try:
            unchanged = hashlib.sha256(path.read_bytes()).hexdigest() == file.sha
        except OSError:
            unchanged = False
        if not unchanged:  # still being copied: what was read fits no address
            return self._loose(source, _too_late(path).refusals[0])
        if source.personal and self.vintages.purged(source.name, reading.peildatum):
            reading = _purged(reading, path)
        try:
            vintage = self._vintage(file, reading)
            return self.vintages.write(source, vintage, reading, file.naam)
        except (ArithmeticError, ValueError, TypeError):
            reading = does_not_fit(path.name)
            vintage = self._vintage(file, reading)
            return self.vintages.write(source, vintage, reading, file.naam)

    def _vintage(self, file: _File, reading: Reading) -> Vintage:
        bestand, source, sha, sleutel = file.job.path.name, file.job.source, file.sha, file.sleutel
        mapping = file.job.mapping.for_file(bestand) if file.job.mapping else None
        name = public_name(source, bestand, reading.peildatum, sleutel)
        day = reading.peildatum.strftime("%Y%m%d") if reading.peildatum else "onbekend"
        return Vintage(
            levering_id=f"{source.name}-{day}-{sleutel[:8]}",
            bron=source.name,
            bestand=name,
            sha256=sha,
            sleutel=sleutel,
            peildatum=reading.peildatum,
            ingelezen_op=self.moment,
            rijen_gelezen=reading.rijen_gelezen,
            rijen_geladen=0 if reading.refused else reading.rijen_geladen,
            rijen_geweigerd=reading.rijen_gelezen - reading.rijen_buiten_bereik
            if reading.refused
            else reading.rijen_geweigerd,
            rijen_buiten_bereik=reading.rijen_buiten_bereik,
            refused=reading.refused,
            voorbeelddata=reading.voorbeelddata,
            meldingen=list(reading.notices),
            weigeringen=[dataclasses.replace(r, bestand=name) for r in reading.refusals],
            levering=(mapping.levering if mapping else None) or "volledig",
        )

    def _loose(self, source: Source, refusal: Refusal) -> Vintage:
        """A refusal that is not remembered: what is wrong may be over by the next refresh."""
        own = digest(source.name, refusal.bestand, refusal.reden)[:16]
        name = refusal.bestand if refusal.bestand == "mapping.toml" else public_name(source, refusal.bestand, None, own)
        return Vintage(
            levering_id=f"{source.name}-onbekend-{own[:8]}",
            bron=source.name,
            bestand=name,
            sha256="",
            sleutel=own,
            peildatum=None,
            ingelezen_op=self.moment,
            refused=True,
            weigeringen=[dataclasses.replace(refusal, bestand=name)],
        )
