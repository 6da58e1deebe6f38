"""A mapping.toml that is ready to edit: what the monitor thinks the headers of a file mean, each marked as a proposal.

Nothing here is used for reading by itself. The file that is written says `voorstel = true`, and a mapping with that
line is refused: a person has to look, fill in what is asked, and take the line out.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import get_args

from etl.cleaning import plain
from etl.headers import forms
from etl.lines.values import BAD
from etl.mapping import Mapping, MappingError, load_mapping
from etl.readers.cells import Cell, Sheet, UnreadableFile
from etl.readers.files import read_file
from etl.reading import read_sheets
from etl.source import Reading, Source, sources

_HEADER_ROWS = 40
_LOOKED_AT = 400
#: From here on a name is likely enough to propose; below it only the list of headers is given.
_LIKELY = 0.62
_FITS = 0.8
#: Cells of every kind: a parser that understands few of them says something by understanding a column.
_PROBES = ("Een willekeurige zin", "Jansstraat", "12345,67", "31-12-2024", "17", "X")
#: Likelihood, the known header it looks like, share of cells that fit, column, field, whether fitting proves anything.
Score = tuple[float, str, float | None, int, str, bool]
_ANSWER = re.compile(r'\b([a-z_]+) = ("[^"]*"|\d{4}-\d{2}-\d{2}|\d+)')
_TOP = [
    name for name in Mapping.model_fields if name not in ("kolommen", "filter", "onderdeel", "bestanden", "voorstel")
]


@dataclass(frozen=True)
class Guess:
    """A field, the header that may be it, the known header it looks like, and the share of cells that fit."""

    veld: str
    kop: str
    lijkt_op: str
    past: float | None


@dataclass
class Proposal:
    """What a file leaves open and what is proposed.

    Attributes:
        guesses: Columns that are likely known fields under another name.
        missing: Fields that are needed and for which nothing is likely enough.
        koppen: Headers that are not taken.
        vragen: Other keys of the mapping that the file asks for: key, example, why.
        codes: Codes that are not known, with the kind of code.
        refused: Whether the file would still be refused with the guesses and without answers.
    """

    guesses: list[Guess] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    koppen: list[str] = field(default_factory=list)
    vragen: dict[str, tuple[str, str]] = field(default_factory=dict)
    codes: dict[str, set[str]] = field(default_factory=dict)
    refused: bool = True


def propose(path: Path, source: Source, mapping: Mapping | None = None, peildatum: dt.date | None = None) -> Proposal:
    """Work out a proposal for one file; it is not read into anything.

    Args:
        path: The file.
        source: The source that it is an export of.
        mapping: What is mapped already; kept as it is.
        peildatum: As for reading.

    Raises:
        UnreadableFile: The file cannot be read at all.
    """
    own = (mapping or Mapping()).for_file(path.name).model_copy(update={"voorstel": False})
    sheets = read_file(path)
    best = max(
        (_of_table(s, source, own) for s in sheets if s.visible), key=lambda p: len(p.guesses), default=Proposal()
    )
    columns = own.kolommen | {guess.veld: guess.kop for guess in best.guesses}
    reading = read_sheets(path.name, sheets, source, own.model_copy(update={"kolommen": columns}), peildatum)
    best.refused = reading.refused
    best.vragen = dict(_questions(reading, own))
    best.codes = _codes(reading)
    return best


def _of_table(sheet: Sheet, source: Source, own: Mapping) -> Proposal:
    """Guesses for the row of a sheet that looks most like a header."""
    known = {plain(word): name for name, words in source.fields.items() for word in words}
    row = own.koprij - 1 if own.koprij else _header_row(sheet, known)
    if row is None or row >= len(sheet.rows):
        return Proposal()
    taken = {plain(kop) for kop in own.kolommen.values()}
    places = {
        place: str(cell).strip() for place, cell in enumerate(sheet.rows[row]) if isinstance(cell, str) and cell.strip()
    }
    fields = {name for cell in places.values() if (name := _field(cell, known))} | set(own.kolommen)
    open_places = {p: kop for p, kop in places.items() if _field(kop, known) is None and plain(kop) not in taken}
    open_fields = [name for name in source.fields if name not in fields]
    found = Proposal(koppen=list(open_places.values()))
    below = sheet.rows[row + 1 : row + 1 + _LOOKED_AT]
    scores = [
        (*_score(kop, [line[place] for line in below], name, source), place, name, _selective(source, name))
        for place, kop in open_places.items()
        for name in open_fields
    ]
    scores = _only_content(scores)
    used: set[object] = set()
    for score, like, fits, place, name, _ in sorted(scores, key=lambda found: -found[0]):
        if score >= _LIKELY and place not in used and name not in used:
            used |= {place, name}
            found.guesses.append(Guess(name, open_places[place], like, fits))
    found.guesses.sort(key=lambda guess: open_fields.index(guess.veld))
    found.missing = [name for name in source.needed if name in open_fields and name not in used]
    return found


def _only_content(scores: list[Score]) -> list[Score]:
    """Let a column be a field by its content alone, where one column and one field fit each other and no other."""
    fitting = [s for s in scores if s[2] is not None and s[2] >= _FITS and s[5]]
    found = []
    for one in scores:
        alone = one in fitting and sum(s[3] == one[3] for s in fitting) == sum(s[4] == one[4] for s in fitting) == 1
        found.append((max(one[0], _LIKELY), *one[1:]) if alone else one)
    return found


def _header_row(sheet: Sheet, known: dict[str, str]) -> int | None:
    """The row with most known headers; of rows alike, the one with most texts over a row that is filled too."""
    best, best_score = None, 2.0
    rows = sheet.rows[:_HEADER_ROWS]
    for number, row in enumerate(rows):
        texts = [cell for cell in row if isinstance(cell, str) and cell.strip() and len(cell) < 80]
        under = sheet.rows[number + 1] if number + 1 < len(sheet.rows) else []
        filled = sum(cell is not None and cell != "" for cell in under)
        score = 3.0 * sum(_field(text, known) is not None for text in texts) + min(len(texts), filled)
        if score > best_score:
            best, best_score = number, score
    return best


def _field(header: str, known: dict[str, str]) -> str | None:
    return next((known[form] for form in [plain(header), *forms(header)] if form in known), None)


def _score(kop: str, cells: list[Cell], name: str, source: Source) -> tuple[float, str, float | None]:
    """How likely a header is a field: by its name, and by whether what stands below it is understood as that field."""
    bare = plain(kop)
    like, score = max(((word, _alike(bare, plain(word))) for word in source.fields[name]), key=lambda pair: pair[1])
    parse = source.parsers.get(name)
    fits = _share(cells, parse) if parse else None
    if fits is not None:
        score = score * 0.3 if fits < _FITS else score + 0.1
    return score, like, fits


def _selective(source: Source, name: str) -> bool:
    parse = source.parsers.get(name)
    return parse is not None and sum(parse(probe) is BAD for probe in _PROBES) >= len(_PROBES) - 1


def _alike(one: str, other: str) -> float:
    if min(len(one), len(other)) >= 4 and (one in other or other in one):
        return 0.75 + 0.2 * min(len(one), len(other)) / max(len(one), len(other))
    return SequenceMatcher(None, one, other).ratio()


def _share(cells: list[Cell], parse: Callable[[Cell], object]) -> float | None:
    """The share of filled cells that are understood; None when nothing is filled."""
    filled = [cell for cell in cells if cell is not None and cell != ""]
    return sum(parse(cell) is not BAD for cell in filled) / len(filled) if filled else None


def _questions(reading: Reading, own: Mapping) -> Iterator[tuple[str, tuple[str, str]]]:
    """Keys that the remedies of refusals of the whole file speak of, with the example given there."""
    for refusal in reading.refusals if reading.refused else []:
        for key, example in _ANSWER.findall(refusal.oplossing):
            if key in _TOP and getattr(own, key) is None:
                yield key, (example, refusal.reden)


def _codes(reading: Reading) -> dict[str, set[str]]:
    """Codes that are refused because nobody said which onderdeel they are."""
    found: dict[str, set[str]] = {}
    for refusal in reading.refusals:
        kind = re.search(r"\[onderdeel\.(\w+)\]", refusal.oplossing)
        if kind and refusal.waarde:
            found.setdefault(kind[1], set()).add(refusal.waarde.split()[0])
    return found


def to_toml(proposal: Proposal, own: Mapping | None, herkomst: str) -> str:
    """Write a proposal as the text of a mapping.toml.

    Args:
        proposal: From `propose`.
        own: What was mapped already; those keys come along.
        herkomst: What the file is, for the first line.
    """
    base = own or Mapping()
    lines = [
        f"# Voorstel voor mapping.toml, gemaakt door `python -m etl check --mapping` uit {herkomst}.",
        "# VOORSTEL: zo begrijpt de monitor het; kijk het na. INVULLEN: dit moet u zelf zeggen (haal # weg en vul in).",
        "voorstel = true  # Kijk alles na en haal dan deze regel weg; tot dan weigert de monitor deze mapping.",
        "",
    ]
    for key in _TOP:
        if (value := getattr(base, key)) not in (None, [], {}) and not isinstance(value, dict):
            lines.append(f"{key} = {_toml(value)}")
        elif key in proposal.vragen:
            example, why = proposal.vragen[key]
            lines.append(f"# {key} = {example}  # INVULLEN{_options(key)}: {why}")
    lines += ["", "[kolommen]", *(f"{veld} = {_toml(kop)}" for veld, kop in base.kolommen.items())]
    for guess in proposal.guesses:
        fits = f"; {guess.past:.0%} van de cellen past".replace("%", " %") if guess.past is not None else ""
        lines.append(f"{guess.veld} = {_toml(guess.kop)}  # VOORSTEL: lijkt op {_toml(guess.lijkt_op)}{fits}")
    left = [kop for kop in proposal.koppen if kop not in {guess.kop for guess in proposal.guesses}]
    choice = ", ".join(_toml(kop) for kop in left) or "geen kop over"
    lines += [f'# {veld} = "..."  # INVULLEN: kies uit {choice}' for veld in proposal.missing]
    if left:
        lines.append(f"# Niet gebruikt: {choice}")
    for key in (*_TOP, "filter"):
        if isinstance(table := getattr(base, key), dict) and table:
            lines += ["", f"[{key}]", *(f"{_toml(kop)} = {_toml(value)}" for kop, value in table.items())]
    for kind in ("taakveld", "kostenplaats", "productcategorie"):
        known = getattr(base.onderdeel, kind)
        new = sorted(proposal.codes.get(kind, set()) - set(known))
        if known or new:
            lines += ["", f"[onderdeel.{kind}]", *(f"{_toml(c)} = {_toml(o)}" for c, o in known.items())]
            lines += [f'{_toml(c)} = "nog_in_te_delen"  # VOORSTEL: onbekende code; kies een onderdeel' for c in new]
    return "\n".join(lines) + "\n"


def _options(key: str) -> str:
    """The words that a key allows, where there are only a few."""
    allowed = [a for part in get_args(Mapping.model_fields[key].annotation) for a in get_args(part)]
    return f" (kies uit {', '.join(_toml(word) for word in allowed)})" if allowed else ""


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date):
        return value.isoformat()
    # A JSON string is a TOML string too.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_proposal(out: Path, bestanden: list[Path], bron: str | None, peildatum: dt.date | None) -> str:
    """Write the proposal for one export, and give the Dutch sentence that says what to do with it.

    Args:
        out: File to write; one that exists is never overwritten.
        bestanden: The export, exactly one.
        bron: Name of the source; by default the name of the folder that the export stands in.
        peildatum: As for reading.
    """
    files = [path for path in bestanden if path.name != "mapping.toml"]
    if len(files) != 1:
        return "Een voorstel gaat over één bestand. Geef één exportbestand op."
    name = bron or files[0].resolve().parent.name
    source = sources().get(name)
    if source is None:
        return f"De bron is niet bekend. Geef haar op met --source; kies uit {', '.join(sources())}."
    if out.exists():
        return f"{out.name} bestaat al en is niet overschreven. Kies een andere naam."
    beside = files[0].parent / "mapping.toml"
    try:
        own = load_mapping(beside) if beside.is_file() else None
        proposal = propose(files[0], source, own, peildatum)
    except (MappingError, UnreadableFile) as problem:
        return str(problem)
    herkomst = f"een bestand van {source.name}" if source.personal else files[0].name
    out.write_text(to_toml(proposal, own, herkomst), encoding="utf-8")
    asked = len(proposal.missing) + len(proposal.vragen)
    rest = f" en vul {asked} regel(s) in waar INVULLEN staat" if asked else ""
    return (
        f"Het voorstel staat in {out}. Kijk {len(proposal.guesses)} voorgestelde kolom(men) na{rest}, haal de regel "
        f"'voorstel = true' weg en zet het als mapping.toml in de map {source.name}."
    )
