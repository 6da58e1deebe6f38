"""Freeze an edition: all its files at once into STORE/edities, read-only, each with its digest; never over another."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from dashboard.edition import shelf
from dashboard.edition.document import Editie
from dashboard.edition.half_year import EditionRefused, HalfYear
from dashboard.edition.message import CONCLUSIE, Message

READ_ONLY = 0o444


def number_for(store: Path, half: HalfYear, reason: str) -> int:
    """Give the number of the edition to make: 1, or the next one for a correction.

    Args:
        store: The store.
        half: The half year.
        reason: Why it is made again; '' for a first edition.

    Raises:
        EditionRefused: There is one already and no reason to make another, or a reason and nothing to correct.
    """
    there = [f for f in shelf.editions(store) if f.halfjaar == half]
    taken = {p.name for p in shelf.folder(store).glob(f"{half.code}*")}
    if not there and half.code in taken:
        raise EditionRefused(
            f"In {shelf.folder(store) / half.code} staat al iets dat geen leesbare editie is. Haal dat eerst weg of "
            "zet de editie terug uit een reservekopie."
        )
    if not there and reason:
        raise EditionRefused(f"Er is nog geen editie {half.code} om te verbeteren. Laat --correctie weg.")
    if not there:
        return 1
    newest = there[0]
    if not reason:
        raise EditionRefused(
            f"Editie {newest.code} is al vastgesteld op {newest.gemaakt_op:%d-%m-%Y} en verandert niet meer; ze staat "
            f"in {newest.map}. Is er iets fout? Maak een verbeterde editie met een nieuw nummer: voeg toe "
            "--correctie \"wat er is verbeterd\"."
        )  # fmt: skip
    number = newest.nummer + 1
    while shelf.code_of(half, number) in taken:
        number += 1
    return number


def freeze(
    store: Path, edition: Editie, messages: list[Message], number: int, files: dict[str, bytes], reason: str = ""
) -> shelf.Frozen:
    """Put the files of an edition on the shelf.

    Args:
        store: The store.
        edition: What the files were made from.
        messages: Its messages, for the next edition to quote.
        number: Of number_for.
        files: Name -> content.
        reason: Why it was made again.

    Raises:
        EditionRefused: Another edition of this name appeared meanwhile, or the folder cannot be written.
    """
    code = shelf.code_of(HalfYear.parse(edition.periode), number)
    content = {**files, shelf.MANIFEST: _manifest(edition, messages, files, reason)}
    place = shelf.folder(store) / code
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".editie-", dir=place.parent) as temporary:
            made = Path(temporary) / code
            _write(made, content)
            # A rename onto a folder with content fails: who is second never overwrites the first.
            made.rename(place)
    except OSError as problem:
        raise EditionRefused(
            f"De editie kan niet worden bewaard in {place}: {problem.strerror or problem}. Er is niets vastgesteld."
        ) from problem
    found = shelf.find(store, code)
    if found is None:
        raise EditionRefused(f"De editie in {place} is niet goed bewaard. Controleer de schijf.")
    return found


def _write(place: Path, content: dict[str, bytes]) -> None:
    for name, data in content.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(READ_ONLY)


def _manifest(edition: Editie, messages: list[Message], files: dict[str, bytes], reason: str) -> bytes:
    about = {
        "periode": edition.periode,
        "titel": edition.titel,
        "gemeente": edition.gemeente,
        "peildatum": edition.peildatum.isoformat(),
        "gemaakt_op": edition.gemaakt_op.isoformat(),
        "run": edition.run,
        "voorbeelddata": edition.voorbeelddata,
        "reden": reason,
        "berichten": [
            {
                "id": m.id,
                "naam": m.naam,
                "conclusie": m.delen[CONCLUSIE].tekst,
                "delen": {k: a.tekst for k, a in m.delen.items() if k != CONCLUSIE},
                "eerder": [a.tekst for a in m.eerder],
                "waarden": m.waarden,
            }
            for m in messages
        ],
        "bestanden": [
            {"naam": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            for name, data in sorted(files.items())
        ],
    }  # fmt: skip
    return (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode()


def copy_out(found: shelf.Frozen, out: Path, say: Callable[[str], None] = lambda _: None) -> None:
    """Copy a frozen edition to a folder; a file of the same name there is replaced.

    Args:
        found: The edition.
        out: The folder; made when it is not there.
        say: Called with the path of each copy of a document.

    Raises:
        EditionRefused: The folder cannot be written.
    """
    try:
        for name in [*(b.naam for b in found.bestanden), shelf.MANIFEST]:
            target = out / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            shutil.copyfile(found.map / name, target)
            if "/" not in name:
                say(str(target))
    except OSError as problem:
        raise EditionRefused(
            f"De editie is vastgesteld in {found.map}, maar kan niet worden gekopieerd naar {out}: "
            f"{problem.strerror or problem}. Kopieer de bestanden zelf, of haal ze van de pagina Raad."
        ) from problem
