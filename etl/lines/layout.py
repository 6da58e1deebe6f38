"""Which kind of line stands on a sheet, and which column is what: the header row found by its synonyms."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from etl import headers
from etl.cleaning import plain
from etl.lines.kind import Kind, Problem
from etl.mapping import Mapping
from etl.readers.cells import Cell, Sheet, column_letter

_SEARCH_ROWS = 40
#: Every table may have this column; what it says has to agree with mapping and file name.
PEILDATUM = "peildatum"


@dataclass(frozen=True)
class Layout:
    """Where the table of a sheet stands.

    Attributes:
        kind: What its lines are.
        header: Index of the header row.
        columns: Field -> column index.
        titles: Field -> header as written.
    """

    kind: Kind
    header: int
    columns: dict[str, int]
    titles: dict[str, str] = field(default_factory=dict)

    def letter(self, name: str) -> str:
        """Give the spreadsheet letter of a field's column, or the field's name when it has none."""
        return column_letter(self.columns[name]) if name in self.columns else name


def find_layout(sheet: Sheet, kinds: tuple[Kind, ...], mapping: Mapping | None) -> Layout | Problem | None:
    """Find the table on a sheet.

    Returns:
        The layout; a Problem when there is a table with something missing or double; None when there is no table.
    """
    wanted = [kind for kind in kinds if mapping is None or mapping.soort in (None, kind.entity.name)]
    own = {plain(header): name for name, header in mapping.kolommen.items()} if mapping else {}
    problem = _wrong_mapping(kinds, wanted, own)
    if problem:
        return problem
    found = [_best_row(sheet, kind, own, mapping) for kind in wanted]
    tables = [one for one in found if one is not None]
    if not tables:
        return None
    whole = [one for one in tables if not _missing(one, own) and not _double(one)]
    if len(whole) > 1:
        # What fits more exactly: most of the columns that have to be there, then most columns.
        whole.sort(key=lambda one: (len(one.kind.required), len(one.places)), reverse=True)
        first, second = whole[0], whole[1]
        if (len(first.kind.required), len(first.places)) == (len(second.kind.required), len(second.places)):
            return Problem(
                f"de kolommen passen even goed bij {first.kind.entity.name} als bij {second.kind.entity.name}.",
                f'Zeg het in mapping.toml, bijvoorbeeld soort = "{first.kind.entity.name}".',
            )
    if whole:
        return _layout(sheet, whole[0])
    return _explain(max(tables, key=lambda one: len(one.places)), own)


@dataclass(frozen=True)
class _Found:
    """The row of a sheet that fits a kind best, and where each field stands on it."""

    kind: Kind
    row: int
    places: dict[str, list[int]]


def _wrong_mapping(kinds: tuple[Kind, ...], wanted: list[Kind], own: dict[str, str]) -> Problem | None:
    if not wanted:
        return Problem(
            "mapping.toml noemt bij soort iets dat deze bron niet kent.",
            f"Kies uit: {', '.join(kind.entity.name for kind in kinds)}.",
        )
    known = sorted({name for kind in kinds for name in kind.fields} | {PEILDATUM})
    if unknown := sorted(set(own.values()) - set(known)):
        return Problem(
            f"mapping.toml noemt een veld dat hier niet bestaat: {', '.join(unknown)}.",
            f"Kies onder [kolommen] uit: {', '.join(known)}.",
        )
    return None


#: The headers that the kinds list are the same for every sheet of every file.
_listed = cache(plain)


def _best_row(sheet: Sheet, kind: Kind, own: dict[str, str], mapping: Mapping | None) -> _Found | None:
    """The row where most fields of a kind are found; None when it is not a header of this kind at all."""
    synonyms = {_listed(header): name for name, one in kind.fields.items() for header in one.headers}
    synonyms.setdefault(plain(PEILDATUM), PEILDATUM)
    if mapping and mapping.koprij:
        rows = [mapping.koprij - 1] if mapping.koprij <= len(sheet.rows) else []
    else:
        rows = list(range(min(_SEARCH_ROWS, len(sheet.rows))))
    best: _Found | None = None
    weak = {_listed(header) for one in kind.fields.values() for header in one.weak}
    for row in rows:
        places = _fields_in(sheet.rows[row], synonyms, {h: n for h, n in own.items() if n in kind.fields})
        for name, several in places.items():
            firm = [place for place in several if _heading(sheet.rows[row][place], synonyms) not in weak]
            places[name] = firm or several
        if best is None or len(places) > len(best.places):
            best = _Found(kind, row, places)
        if not _missing(best, own):
            break  # all that has to be there is there: below it are lines
    if best is None or len(set(best.places) - {PEILDATUM}) < min(3, len(kind.required)):
        return None
    return best


def _fields_in(row: list[Cell], synonyms: dict[str, str], own: dict[str, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    named = set(own.values())
    for place, cell in enumerate(row):
        if not isinstance(cell, str) or not cell.strip():
            continue
        header = plain(cell)
        name = own.get(header) or synonyms.get(header) or headers.match(cell, synonyms)
        if name and (header in own or name not in named):  # what the mapping names is found by that header only
            found.setdefault(name, []).append(place)
    return found


def _heading(cell: Cell, synonyms: dict[str, str]) -> str:
    """The way of comparing by which a header is known."""
    forms = [plain(str(cell)), *headers.forms(cell)]
    return next((form for form in forms if form in synonyms), forms[0])


def _missing(found: _Found, own: dict[str, str]) -> list[str]:
    own_fields = [name for name in own.values() if name in found.kind.fields]
    missing = [name for name in (*found.kind.required, *own_fields) if name not in found.places]
    missing = [
        " of ".join(group) for group in found.kind.one_of if not any(name in found.places for name in group)
    ] + missing
    return list(dict.fromkeys(missing))


def _double(found: _Found) -> list[str]:
    return [name for name, places in found.places.items() if len(places) > 1]


def _layout(sheet: Sheet, found: _Found) -> Layout:
    columns = {name: places[0] for name, places in found.places.items()}
    titles = {name: str(sheet.rows[found.row][place]) for name, place in columns.items()}
    return Layout(found.kind, found.row, columns, titles)


def _explain(found: _Found, own: dict[str, str]) -> Problem:
    if double := _double(found):
        letters = " en ".join(column_letter(p) for p in found.places[double[0]])
        return Problem(
            f"de kolommen {letters} kunnen allebei {double[0]} zijn.",
            f'Zeg in mapping.toml onder [kolommen] welke het is: {double[0]} = "Kop van de kolom".',
        )
    missing = _missing(found, own)
    return Problem(
        f"op rij {found.row + 1} staan de koppen, maar deze kolommen zijn niet gevonden: {', '.join(missing)}.",
        "Zet in mapping.toml onder [kolommen] hoe de kolom bij u heet, "
        f'bijvoorbeeld {missing[-1].split(" of ")[0]} = "Kop van de kolom".',
    )
