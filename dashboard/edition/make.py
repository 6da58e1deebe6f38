"""Make an edition from beginning to end: read, write or take the text, draw, freeze."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from dashboard.edition import freeze, shelf, text
from dashboard.edition.content import edition
from dashboard.edition.document import Editie
from dashboard.edition.half_year import EditionRefused, HalfYear
from dashboard.edition.messages import messages
from dashboard.edition.world import World, read
from dashboard.store import OtherVersion, Store

Say = Callable[[str], None]


def world_of(store: Path, half: HalfYear) -> World:
    """Read the data of an edition, with what the edition before said.

    Raises:
        EditionRefused: There is no publication, or it has nothing about this half year.
    """
    pub = Store(store).current()
    if pub is None:
        raise EditionRefused(
            f"In {store} staat geen publicatie. Draai eerst: python -m etl refresh --inbox MAP --store {store}"
        )
    try:
        return read(pub, half, shelf.before(store, half))
    except OtherVersion as problem:
        raise EditionRefused(
            "De publicatie is gemaakt met een andere versie van de monitor. Ververs de monitor en probeer het opnieuw."
        ) from problem


def concept_name(half: HalfYear) -> str:
    """Give the name of the file with the text."""
    return f"concept-{half.code}.md"


def concept(store: Path, half: HalfYear, out: Path) -> Path:
    """Write the text of an edition for the advisor to edit; an edited one is never overwritten.

    Raises:
        EditionRefused: There is nothing to write from, or the file is there already.
    """
    world = world_of(store, half)
    path = out / concept_name(half)
    written = text.write(world, messages(world))
    if path.exists() and path.read_text("utf-8", "replace") != written:
        raise EditionRefused(
            f"{path} bestaat al en is anders, misschien is hij aangepast. Verplaats of verwijder dit bestand eerst, of "
            f"maak de editie ermee: --tekst {path}"
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
        path.write_text(written, "utf-8")
    except OSError as problem:
        raise EditionRefused(f"{path} kan niet worden geschreven: {problem.strerror or problem}.") from problem
    return path


def read_text(path: Path) -> str:
    """Read the text that the advisor edited.

    Raises:
        EditionRefused: It is not there, or no text.
    """
    try:
        return path.read_text("utf-8-sig")
    except OSError as problem:
        raise EditionRefused(f"{path} is niet te lezen: {problem.strerror or problem}.") from problem
    except UnicodeDecodeError as problem:
        raise EditionRefused(
            f"{path} is geen tekst in UTF-8. Bewaar het bestand als UTF-8 en probeer het opnieuw."
        ) from problem


def make(
    store: Path,
    half: HalfYear,
    made_on: dt.date,
    edited: str | None = None,
    reason: str = "",
    say: Say = lambda _: None,
) -> shelf.Frozen:
    """Make and freeze an edition.

    Args:
        store: The store with the publication.
        half: The half year.
        made_on: Today.
        edited: The text as the advisor left it; None for the text as the monitor writes it.
        reason: For a correction: what was wrong.
        say: Called with a Dutch line at each step.

    Raises:
        EditionRefused: Any reason why nothing was frozen.
    """
    number = freeze.number_for(store, half, reason)
    say("De cijfers worden gelezen.")
    world = world_of(store, half)
    said = messages(world)
    if edited is None:
        found = edition(world, made_on, said)
        kept = text.write(world, said)
    else:
        taken = text.read_back(world, said, edited)
        said = taken.berichten
        found = edition(world, made_on, said, taken.toelichtingen, edited=taken.aangepast)
        kept = edited
    code = shelf.code_of(half, number)
    files = {**render(found, f"editie-{code}", say), "tekst.md": kept.encode()}
    return freeze.freeze(store, found, said, number, files, reason)


def render(found: Editie, name: str, say: Say = lambda _: None) -> dict[str, bytes]:
    """Draw an edition in all its forms.

    Args:
        found: The edition.
        name: Name of the documents, without ending.
        say: Called with a Dutch line at each step.

    Returns:
        Name -> content: html, pdf, xlsx, and svg and png of every figure.

    Raises:
        EditionRefused: A library that the PDF needs is not there.
    """
    from dashboard.edition import annex, drawings_files, html, pdf

    say("De editie wordt opgemaakt.")
    page = html.to_html(found)
    try:
        say("De PDF en de figuren worden gemaakt.")
        drawn = {f"figuren/{n}": data for n, data in drawings_files.files(found).items()}
        return {
            f"{name}.html": page.encode(),
            f"{name}.pdf": pdf.to_pdf(page),
            f"{name}.xlsx": annex.to_xlsx(found),
            **drawn,
        }
    except pdf.LibraryMissingError as problem:
        raise EditionRefused(str(problem)) from problem
