"""Lines of a Wmo registration: typed columns, who the person is, and the rules a line has to keep."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from etl.readers.cells import Cell
from etl.wmo import values
from etl.wmo.columns import FIELDS, Layout
from etl.wmo.values import BAD, each

_PARSERS: dict[str, Callable[[Cell], object]] = {
    "bsn": values.bsn,
    "clientnummer": values.code,
    "beschikkingnummer": values.code,
    "productcode": values.code,
    "geboortedatum": values.birth_date,
    "wijk": values.wijk,
    "buurt": values.wijk,
    "aanvraagdatum": values.date,
    "besluitdatum": values.date,
    "besluit": values.decision,
    "productcategorie": values.category,
    "ingangsdatum": values.date,
    "einddatum": values.end_date,
    "leveringsvorm": values.form,
    "status": values.code,
    "reden_wijziging": values.code,
}
DATES = ("aanvraagdatum", "besluitdatum", "ingangsdatum", "einddatum", "geboortedatum")
_FOOTERS = (
    "totaal", "subtotaal", "aantal", "afgedrukt", "bron", "einde", "selectie", "peildatum", "voorbeelddata",
    "vertrouwelijk", "gemaakt", "pagina", "uitgedraaid", "toelichting", "legenda",
)  # fmt: skip
_REMOVED = {"verwijderd", "vervallen", "geannuleerd", "foutiefingevoerd"}
#: Columns in which two lines are the same when they are one line written twice; wijk is none: it differs after a move.
_SAME = (
    "persoon", "beschikkingnummer", "productcategorie", "productcode", "leveringsvorm",
    "aanvraagdatum", "besluitdatum", "besluit", "ingangsdatum", "einddatum",
)  # fmt: skip


@dataclass
class Lines:
    """The lines below a header, column by column.

    Attributes:
        frame: One row per line: parsed fields, `blad`, `rij` (in the sheet, from 1).
        letters: Field -> column letter, for refusals.
        outside: Lines that are no data (footers, repeated headers, lines marked as removed).
    """

    frame: pd.DataFrame
    letters: dict[str, str] = field(default_factory=dict)
    outside: int = 0


def parse(rows: list[list[Cell]], layout: Layout, blad: str, left_out: set[int]) -> Lines:
    """Type every line below the header; blank ones are none, footers and those left out by the mapping are outside."""
    header = rows[layout.header]
    taken, places, outside = [], [], 0
    full = [layout.columns[name] for name in ("productcategorie", "aanvraagdatum")]
    others = [place for name, place in layout.columns.items() if name in _PARSERS]
    for number, row in enumerate(rows[layout.header + 1 :], start=layout.header + 2):
        if not (row[full[0]] and row[full[1]]) and sum(not values.empty(row[c]) for c in others) < 3:
            if all(values.empty(cell) for cell in row):
                continue
            if _is_footer(row):
                outside += 1
                continue
        elif row == header:
            outside += 1
            continue
        if number in left_out:
            outside += 1
            continue
        taken.append(row)
        places.append(number)
    columns: dict[str, object] = {}
    for name, parser in _PARSERS.items():
        place = layout.columns.get(name)
        columns[name] = [None] * len(taken) if place is None else each([row[place] for row in taken], parser)
    frame = pd.DataFrame({name: pd.Series(column, dtype=object) for name, column in columns.items()})
    frame["blad"], frame["rij"] = blad, np.array(places, dtype=np.int64)
    return Lines(frame, {name: layout.letter(name) for name in FIELDS}, outside)


def _is_footer(row: list[Cell]) -> bool:
    first = next((cell for cell in row if not values.empty(cell)), None)
    return isinstance(first, str) and values.plain(first).startswith(_FOOTERS)


def identify(frame: pd.DataFrame) -> tuple[pd.Series, int]:
    """Say who each line is about: by BSN where there is a valid one, else by client number.

    A client number that elsewhere stands with exactly one valid BSN is that person, so one person under two client
    numbers, or with a BSN on some lines only, is one.

    Returns:
        "bsn:..." or "client:..." or None per line, and how many lines have a BSN that fails the 11-test.
    """
    numbers, clients = frame["bsn"].tolist(), frame["clientnummer"].tolist()
    if None not in numbers and BAD not in numbers:
        return pd.Series([f"bsn:{number}" for number in numbers], index=frame.index, dtype=object), 0
    seen: dict[str, set[str]] = defaultdict(set)
    for number, client in zip(numbers, clients, strict=True):
        if isinstance(number, str) and client:
            seen[client].add(number)
    single = {client: next(iter(found)) for client, found in seen.items() if len(found) == 1}
    persons: list[str | None] = []
    for number, client in zip(numbers, clients, strict=True):
        known = number if isinstance(number, str) else single.get(client) if client else None
        persons.append(f"bsn:{known}" if known else f"client:{client}" if client else None)
    return pd.Series(persons, index=frame.index, dtype=object), sum(n is BAD for n in numbers)


def removed(frame: pd.DataFrame) -> np.ndarray:
    """Mark lines that the registration itself calls removed: by status, or reden wijziging 13."""
    status = each(frame["status"].tolist(), _says_removed)
    reason = each(
        frame["reden_wijziging"].tolist(), lambda v: str(v).split()[0] == "13" or _says_removed(v) if v else False
    )
    return np.array(status, dtype=bool) | np.array(reason, dtype=bool)


def _says_removed(text: object) -> bool:
    return isinstance(text, str) and values.plain(text) in _REMOVED


@dataclass(frozen=True)
class Rule:
    """A reason to refuse a line: the field it shows in, the Dutch reason and remedy, and which lines."""

    kolom: str
    reden: str
    oplossing: str
    hit: np.ndarray


_DATE_HELP = "Schrijf de datum als dd-mm-jjjj en lever het bestand opnieuw aan."
_SOURCE_HELP = "Herstel de regel in de registratie en lever het bestand opnieuw aan."


def rules(frame: pd.DataFrame, peildatum: dt.date) -> list[Rule]:
    """Give every rule with the lines that break it; the first rule a line breaks is the reason it is refused for."""
    day = {name: _days(frame[name]) for name in DATES}
    besluit = frame["besluit"]
    awarded, decided = (besluit == "toegekend").to_numpy(bool), besluit.notna().to_numpy(bool)
    undecided = besluit.isna().to_numpy(bool)
    known = {name: ~np.isnat(days) for name, days in day.items()}
    as_of = np.datetime64(peildatum)

    def bad(name: str) -> np.ndarray:
        cells = frame[name].tolist()
        return np.array([value is BAD for value in cells], dtype=bool) if BAD in cells else np.zeros(len(cells), bool)

    return [
        Rule(
            "persoon",
            "de regel heeft geen cliëntnummer en geen geldig BSN.",
            _SOURCE_HELP,
            frame["persoon"].isna().to_numpy(bool),
        ),
        Rule(
            "productcategorie",
            "de productcategorie is leeg.",
            _SOURCE_HELP,
            frame["productcategorie"].isna().to_numpy(bool),
        ),
        Rule(
            "productcategorie",
            "deze productcategorie staat niet in de lijst van de Wmo.",
            "Gebruik code 01 tot en met 18 (codelijst WMO020), of de naam precies zoals in die lijst.",
            bad("productcategorie"),
        ),
        *(Rule(name, f"de {name} is geen datum die zeker te lezen is.", _DATE_HELP, bad(name)) for name in DATES),
        Rule(
            "besluit",
            "dit besluit is niet bekend.",
            "Gebruik toegekend, afgewezen, ingetrokken of laat het leeg.",
            bad("besluit"),
        ),
        Rule("geboortedatum", "de geboortedatum ligt na de peildatum.", _SOURCE_HELP, day["geboortedatum"] > as_of),
        Rule("aanvraagdatum", "de aanvraagdatum ligt na de peildatum.", _SOURCE_HELP, day["aanvraagdatum"] > as_of),
        Rule("besluitdatum", "de besluitdatum ligt na de peildatum.", _SOURCE_HELP, day["besluitdatum"] > as_of),
        Rule(
            "besluitdatum",
            "het besluit is genomen vóór de aanvraag.",
            _SOURCE_HELP,
            day["besluitdatum"] < day["aanvraagdatum"],
        ),
        Rule(
            "besluitdatum",
            "er is een besluit zonder besluitdatum.",
            _SOURCE_HELP,
            decided & ~known["besluitdatum"] & (besluit != "ingetrokken").to_numpy(bool),
        ),
        Rule("besluit", "er is een besluitdatum, maar geen besluit.", _SOURCE_HELP, undecided & known["besluitdatum"]),
        Rule(
            "aanvraagdatum",
            "er is geen aanvraagdatum en geen besluit.",
            _SOURCE_HELP,
            undecided & ~known["aanvraagdatum"],
        ),
        Rule(
            "ingangsdatum",
            "de voorziening is toegekend, maar heeft geen ingangsdatum.",
            _SOURCE_HELP,
            awarded & ~known["ingangsdatum"],
        ),
        Rule(
            "einddatum", "de einddatum ligt vóór de ingangsdatum.", _SOURCE_HELP, day["einddatum"] < day["ingangsdatum"]
        ),
        Rule(
            "besluit",
            "het is niet zeker of de aanvraag of de lopende voorziening is ingetrokken.",
            "Laat ingangsdatum en einddatum leeg bij een ingetrokken aanvraag; "
            "gebruik 'toegekend' met een einddatum als de voorziening stopte.",
            (besluit == "ingetrokken").to_numpy(bool) & known["ingangsdatum"] & known["einddatum"],
        ),
    ]


def _days(column: pd.Series) -> np.ndarray:
    """Days as numbers that compare fast; NaT compares false with everything, so a missing date breaks no rule."""
    cells = column.tolist()
    distinct = list(dict.fromkeys(cells))
    days = np.array([v if isinstance(v, dt.date) else None for v in distinct], dtype="datetime64[D]")
    place = {value: number for number, value in enumerate(distinct)}
    return days[np.fromiter((place[value] for value in cells), dtype=np.int64, count=len(cells))]


def doubles(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Find lines that are written twice.

    Returns:
        Which lines repeat an earlier one, and which lines belong to a repeated line whose wijken differ.
    """
    lines = list(zip(*(frame[name].tolist() for name in _SAME), strict=True))
    group = pd.Series(pd.factorize(pd.Series(lines, dtype=object))[0], index=frame.index)
    repeated = group.duplicated(keep="first").to_numpy(bool)
    if not repeated.any():
        return repeated, np.zeros(len(frame), dtype=bool)
    wijken = frame["wijk_code"].fillna("").groupby(group).transform("nunique")
    return repeated, (wijken > 1).to_numpy(bool)
