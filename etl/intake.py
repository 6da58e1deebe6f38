"""Files in the inbox -> vintages: read what is new, protect persons before anything is stored, remember refusals."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import inspect
from collections.abc import Callable
from pathlib import Path

from etl.inbox import Folder, Inbox
from etl.mapping import Mapping
from etl.progress import Progress, stop_here
from etl.reading import read_delivery, refused
from etl.source import Reading, Refusal, Source
from etl.vintages import Vintage, Vintages, digest

ETL = Path(__file__).parent
#: What every reading runs through; a change in it means that files are read again.
SHARED_CODE = ("cleaning.py", "mapping.py", "reading.py", "source.py", "privacy.py", "intake.py", "readers/*.py")
Protect = Callable[[Reading, Source], Reading]


def reader_version(source: Source) -> str:
    """Give a digest of the code that reads a source."""
    own = inspect.getsourcefile(source.read)
    paths = {p for pattern in SHARED_CODE for p in ETL.glob(pattern)} | set(ETL.glob(f"sources/{source.name}*.py"))
    paths |= set(ETL.glob(f"{source.name}/**/*.py")) | ({Path(own)} if own else set())
    return digest(*(p.read_text("utf-8") for p in sorted(paths)))


def _mapping_text(mapping: Mapping | None, bestand: str) -> str:
    return mapping.for_file(bestand).model_dump_json(exclude={"bestanden"}) if mapping else ""


def public_name(source: Source, bestand: str, peildatum: dt.date | None, sleutel: str) -> str:
    """Give the file name that may be shown; that of a person source is made up, since names can hold persons."""
    if not source.personal:
        return bestand
    return f"{source.name} {peildatum.isoformat() if peildatum else 'zonder peildatum'} {sleutel[:8]}"


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


def _too_late(path: Path) -> Reading:
    return refused(
        path.name, "het bestand kan niet worden geopend.", "Controleer of het nog in gebruik is en ververs opnieuw."
    )


class Intake:
    """Reads the files of one refresh.

    Attributes:
        present: Every vintage whose file is in the inbox now, accepted or not; refused ones included.
        fresh: How many files were really read, the others were known.
    """

    def __init__(self, vintages: Vintages, moment: dt.datetime, protect: Protect, key_print: str) -> None:
        self.vintages = vintages
        self.moment = moment
        self.protect = protect
        self.key_print = key_print
        self.present: list[Vintage] = []
        self.loose: list[Vintage] = []
        self.fresh = 0

    def run(self, inbox: Inbox, sources: dict[str, Source], progress: Progress) -> None:
        """Read all folders."""
        progress.stap("Leveringen lezen", sum(len(f.files) for f in inbox.folders))
        for folder in inbox.folders:
            source = sources[folder.bron]
            version = reader_version(source) + (self.key_print if source.personal else "")
            for refusal in folder.unusable:
                self.loose.append(self._loose(source, refusal))
            for path in folder.files:
                self._one(path, source, folder, version)
                progress.verder()
                stop_here("lezen")

    def _one(self, path: Path, source: Source, folder: Folder, version: str) -> None:
        try:
            content = path.read_bytes()
        except OSError:
            self.loose.append(self._loose(source, _too_late(path).refusals[0]))
            return
        sha = hashlib.sha256(content).hexdigest()
        if not content:
            refusal = refused(
                path.name, "het bestand is leeg (0 bytes).", "Wacht tot het kopiëren klaar is of lever opnieuw aan."
            )
            self.loose.append(self._loose(source, refusal.refusals[0]))
            return
        sleutel = digest(sha, _mapping_text(folder.mapping, path.name), version)[:16]
        naam = digest(sha, path.name)[:16]
        known = self.vintages.find(source.name, sleutel, naam)
        if known is None:
            known = self._read(path, source, folder.mapping, (sha, sleutel, naam))
            self.fresh += 1
        if known not in self.present:
            self.present.append(known)

    def _read(self, path: Path, source: Source, mapping: Mapping | None, keys: tuple[str, str, str]) -> Vintage:
        sha, sleutel, naam = keys
        reading = _check(read_delivery(path, source, mapping, None), path.name)
        if mapping and mapping.for_file(path.name).levering == "aanvulling" and not reading.refused:
            reading = refused(
                path.name,
                "mapping.toml zegt dat dit een aanvulling is, en die kan de monitor nog niet verwerken.",
                'Lever de hele stand op de peildatum aan (levering = "volledig").',
            )
        if source.personal:
            reading = self.protect(reading, source)
        if hashlib.sha256(path.read_bytes()).hexdigest() != sha:  # still being copied: what was read fits no address
            return self._loose(source, _too_late(path).refusals[0])
        try:
            return self.vintages.write(source, self._vintage(path.name, source, reading, sha, sleutel), reading, naam)
        except (ArithmeticError, ValueError, TypeError):
            # A value that does not fit its column is a fault of the reader: the file is refused, not the refresh.
            reading = refused(
                path.name,
                "een waarde past niet in het veld waarvoor zij bedoeld is.",
                "Meld dit als fout bij de makers van de monitor; de andere bestanden zijn gewoon gelezen.",
            )
            return self.vintages.write(source, self._vintage(path.name, source, reading, sha, sleutel), reading, naam)

    def _vintage(self, bestand: str, source: Source, reading: Reading, sha: str, sleutel: str) -> Vintage:
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
