"""`etl check`: what would be read of a file, what is refused and why. Writes nothing, and shows no person."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, overload

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from etl.cleaning import printable
from etl.mapping import Mapping, MappingError, load_mapping
from etl.reading import read_delivery, refused
from etl.source import Reading, Source, sources

_PREVIEW_ROWS = 10
_SHOWN_REFUSALS = 20
_COUNTS = ("rijen_gelezen", "rijen_geladen", "rijen_geweigerd", "rijen_buiten_bereik")


@dataclass
class CheckResult:
    """What one file would give.

    Attributes:
        path: The file.
        source: The source it was read as, or None when no source understands it.
        guessed: True when the source was guessed from folder or content.
        mapping_path: The mapping.toml that was used, if any.
        reading: What was understood.
        preview: First rows, as shown text, per entity; empty for sources about persons.
        mapping_problem: True when the mapping.toml itself cannot be used; nothing was read then.
    """

    path: Path
    source: Source | None
    guessed: bool
    mapping_path: Path | None
    reading: Reading
    preview: dict[str, tuple[list[str], list[list[str]]]] = field(default_factory=dict)
    mapping_problem: bool = False


def check_files(
    paths: list[Path], source_name: str | None = None, peildatum: dt.date | None = None
) -> list[CheckResult]:
    """Read files as a refresh would, without writing anything.

    Args:
        paths: Files; a mapping.toml beside a file is used, as in the inbox.
        source_name: Source to read them as; by default the name of their folder, else the source that loads most.
        peildatum: As on the command line of a refresh.

    Returns:
        One result per file, in the order given; a mapping.toml among them is skipped.
    """
    known = sources()
    files = [path for path in paths if path.name != "mapping.toml"]
    if source_name is not None and source_name not in known:
        reden, remedy = f"bron '{source_name}' bestaat niet.", f"Kies uit: {', '.join(known)}."
        return [CheckResult(path, None, False, None, refused(path.name, reden, remedy)) for path in files]
    return [_check(path, source_name, known, peildatum) for path in files]


def _check(path: Path, source_name: str | None, known: dict[str, Source], peildatum: dt.date | None) -> CheckResult:
    beside = path.parent / "mapping.toml"
    mapping_path = beside if beside.is_file() else None
    try:
        mapping = load_mapping(mapping_path) if mapping_path else None
    except MappingError as problem:
        reading = refused(path.name, str(problem), "Herstel mapping.toml; zie docs/mapping.md.")
        return CheckResult(path, known.get(source_name or ""), False, mapping_path, reading, mapping_problem=True)
    name = source_name or (path.parent.name if path.parent.name in known else None)
    if name:
        source: Source | None = known[name]
        reading = read_delivery(path, known[name], mapping, peildatum)
    else:
        source, reading = _guess(path, known, mapping, peildatum)
    result = CheckResult(path, source, source_name is None, mapping_path, reading)
    if source and not source.personal:
        result.preview = {entity: _preview(frame) for entity, frame in reading.tables.items()}
    return result


def _guess(
    path: Path, known: dict[str, Source], mapping: Mapping | None, peildatum: dt.date | None
) -> tuple[Source | None, Reading]:
    """Try every source, and keep the one that understands most rows."""
    tried = {name: read_delivery(path, source, mapping, peildatum) for name, source in known.items()}
    best = max(tried, key=lambda name: (not tried[name].refused, tried[name].rijen_geladen, tried[name].rijen_gelezen))
    reading = tried[best]
    if reading.refused and not reading.rijen_gelezen:
        return None, reading
    return known[best], reading


def _preview(frame: object) -> tuple[list[str], list[list[str]]]:
    shown = frame.head(_PREVIEW_ROWS)  # type: ignore[attr-defined]
    columns = [str(column) for column in shown.columns]
    return columns, [[_show(value) for value in row] for row in shown.itertuples(index=False)]


def _show(value: object) -> str:
    """Write a value as a Dutch reader expects it."""
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, Decimal):
        return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    if isinstance(value, dt.date):
        return value.strftime("%d-%m-%Y")
    return str(value)


@overload
def render(results: list[CheckResult]) -> str: ...


@overload
def render(results: list[CheckResult], console: Console) -> int: ...


def render(results: list[CheckResult], console: Console | None = None) -> str | int:
    """Show the results in Dutch.

    Returns:
        Without a console the text; with one, which it is printed on, the exit code: 0 when everything can be read,
        1 when anything is refused.
    """
    if console is None:
        page = Console(file=io.StringIO(), width=120)
        _render_all(results, page)
        return page.file.getvalue()  # type: ignore[attr-defined]
    return _render_all(results, console)


def _shown(text: str) -> str:
    """Give text of a file for the console: it neither marks up nor steers it."""
    return escape(printable(text))


def _render_all(results: list[CheckResult], console: Console) -> int:
    if not results:
        console.print("Er zijn geen bestanden om te controleren.")
        return 1
    for result in results:
        _render_one(result, console)
    bad = sum(bool(result.reading.refusals) or result.reading.refused for result in results)
    console.print(
        f"\n{len(results)} bestand(en) bekeken: {len(results) - bad} zonder weigeringen, {bad} met weigeringen. "
        "Er is niets opgeslagen."
    )
    return 1 if bad else 0


def _render_one(result: CheckResult, console: Console) -> None:
    reading, source = result.reading, result.source
    console.rule(_shown(result.path.name), align="left")
    if source is None:
        console.print("Bron: [bold]niet herkend[/]. Geef de bron op met --source.")
    else:
        how = " (afgeleid van de map of de inhoud)" if result.guessed else ""
        console.print(f"Bron: [bold]{_shown(source.title)}[/], map {source.name}{how}")
    console.print(f"mapping.toml: {'gebruikt' if result.mapping_path else 'niet aanwezig'}")
    if reading.peildatum:
        console.print(f"Peildatum: {reading.peildatum:%d-%m-%Y}")
    if reading.voorbeelddata:
        console.print("Dit bestand bevat VOORBEELDDATA.")
    console.print(
        f"Rijen: {reading.rijen_gelezen} gelezen = {reading.rijen_geladen} te laden + "
        f"{reading.rijen_geweigerd} geweigerd + {reading.rijen_buiten_bereik} buiten bereik"
    )
    for notice in reading.notices:
        console.print(f"Let op: {_shown(notice)}")
    if source and source.personal and reading.tables:
        console.print("Deze bron gaat over personen: de inhoud wordt hier niet getoond.")
    for entity, (columns, rows) in result.preview.items():
        _render_preview(entity, columns, rows, console)
    _render_refusals(reading, console, personal=source is None or source.personal)


def _render_preview(entity: str, columns: list[str], rows: list[list[str]], console: Console) -> None:
    filled = [i for i in range(len(columns)) if any(row[i] for row in rows)]
    # A column that says the same on every row is said once: the room is for what differs, amounts above all.
    same = [i for i in filled if len(rows) > 1 and len({row[i] for row in rows}) == 1]
    if same:
        console.print(
            f"Op elk van deze {len(rows)} rijen: " + ", ".join(f"{columns[i]} {_shown(rows[0][i])}" for i in same)
        )
    table = Table(title=f"Eerste {len(rows)} rijen van {entity}", title_justify="left")
    shown = [i for i in filled if i not in same]
    for i in shown:
        money = columns[i].endswith("_eur")
        table.add_column(columns[i], justify="right" if money else "left", no_wrap=money, overflow="fold")
    for row in rows:
        table.add_row(*(_shown(row[i]) for i in shown))
    console.print(table)


def _render_refusals(reading: Reading, console: Console, personal: bool) -> None:
    if not reading.refusals:
        return
    console.print("[bold]Het hele bestand is geweigerd.[/]" if reading.refused else "[bold]Geweigerd:[/]")
    for refusal in reading.refusals[:_SHOWN_REFUSALS]:
        place = ", ".join(
            part
            for part in (
                f"blad {refusal.blad}" if refusal.blad and not personal else "",
                f"rij {refusal.rij}" if refusal.rij else "",
                f"kolom {refusal.kolom}" if refusal.kolom else "",
                f"waarde '{refusal.waarde}'" if refusal.waarde and not personal else "",
            )
            if part
        )
        console.print(f"  - {_shown(place + ': ' if place else '')}{_shown(refusal.reden)}")
        console.print(f"    Oplossing: {_shown(refusal.oplossing)}")
    if (more := len(reading.refusals) - _SHOWN_REFUSALS) > 0:
        console.print(f"  ... en nog {more} weigeringen.")


def as_json(results: list[CheckResult]) -> tuple[str, int]:
    """Write the results for another program; as little about persons as `render` shows.

    Returns:
        JSON, {"bestanden": [...]}, and the exit code as `render` gives it.
    """
    bad = any(r.reading.refusals or r.reading.refused for r in results) or not results
    return json.dumps({"bestanden": [_plain(r) for r in results]}, ensure_ascii=False, indent=1), int(bad)


def _plain(result: CheckResult) -> dict[str, Any]:
    reading, source = result.reading, result.source
    personal = source is None or source.personal
    return {
        "bestand": result.path.name,
        "bron": source.name if source else None,
        "titel": source.title if source else None,
        "over_personen": personal,
        "afgeleid": result.guessed,
        "mapping": "fout" if result.mapping_problem else "gebruikt" if result.mapping_path else "afwezig",
        "peildatum": reading.peildatum.isoformat() if reading.peildatum else None,
        "voorbeelddata": reading.voorbeelddata,
        "geweigerd": reading.refused,
        **{name: getattr(reading, name) for name in _COUNTS},
        "meldingen": [printable(notice) for notice in reading.notices],
        "weigeringen": [
            {
                "blad": None if personal else refusal.blad,
                "rij": refusal.rij,
                "kolom": refusal.kolom,
                "waarde": None if personal else refusal.waarde,
                "reden": printable(refusal.reden),
                "oplossing": printable(refusal.oplossing),
            }
            for refusal in reading.refusals
        ],
        "voorbeeld": {entity: {"kolommen": head, "rijen": rows} for entity, (head, rows) in result.preview.items()},
    }
