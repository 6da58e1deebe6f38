"""Where the header of a journal stands: booked lines with a boekdatum and an amount each, and no columns of budget."""

from __future__ import annotations

import re

from etl.cleaning import plain
from etl.headers import match
from etl.k2f.layout import WRITTEN as OVERVIEW
from etl.k2f.layout import Layout, Slot, parse_label
from etl.k2f.stop import NO_TAAKVELD, Ask, ask_header
from etl.mapping import Mapping
from etl.readers.cells import Cell, Sheet, column_letter

#: Amounts of a line: one column, debet and credit beside each other, or lasten and baten beside each other.
AMOUNTS = ("bedrag", "debet", "credit", "lasten", "baten")
#: Columns that show that a list holds more than bookings; which lines count must then be said.
SPLITS = ("splitsing", "soort")
_HEADER_ROWS = 40
#: Beside the amount these say that there are two ways to count it.
_OTHER_AMOUNT = re.compile(r"(?i)\b(?:excl|incl|netto|bruto)\w*")
_BUDGET = ("primitief", "wijzigingen", "actueel", "begroting")
_TAKEN_OVER = ("taakveld", "kostenplaats", "kostensoort", "lasten_baten", "debet_credit", "boekjaar", "splitsing")

_OWN = {
    "boekdatum": "Boekdatum; Boekingsdatum; Datum boeking; Boekdat.; Journaaldatum; Datum journaalpost; Mutatiedatum;"
    "Datum geboekt",
    "periode": "Periode; Boekperiode; Boekingsperiode; Boekmaand; Per.; Periode boeking; Maand",
    "prestatieperiode": "Prestatieperiode; Prestatiemaand; Prestatiedatum; Leveringsperiode; Leveringsmaand;"
    "Zorgperiode; Zorgmaand; Periode prestatie; Periode levering; Periode zorg",
    "bedrag": "Bedrag; Boekbedrag; Boekingsbedrag; Bedrag boeking; Mutatiebedrag; Bedrag mutatie; Geboekt bedrag;"
    "Geboekt; Saldo bedrag; Realisatie; Werkelijk",
    "debet": "Debet; Bedrag debet; Debetbedrag; Debet bedrag; Debit; Deb.",
    "credit": "Credit; Bedrag credit; Creditbedrag; Credit bedrag; Cred.",
    "lasten": "Lasten; Bedrag lasten; Lasten bedrag; Uitgaven",
    "baten": "Baten; Bedrag baten; Baten bedrag; Inkomsten",
    "boekstuk": "Boekstuk; Boekstuknummer; Boekstuknr; Boekstuk nr; Stuknummer; Journaalnummer; Journaalpostnummer;"
    "Journaalpost; Boekingsnummer; Documentnummer",
    "regel": "Regel; Regelnummer; Regelnr; Regel nr; Boekstukregel; Journaalregel; Regel boekstuk; Volgnummer; Volgnr",
    "dagboek": "Dagboek; Dagboekcode; Dagboeknummer",
    "soort": "Soort; Soort boeking; Boekingssoort; Mutatiesoort; Soort mutatie; Type; Type boeking; Boekingstype;"
    "Journaalsoort; Soort journaal; Status; Boekingsstatus; Status boeking",
}
#: Field -> headers it is recognised by, as people write them.
WRITTEN = {field: OVERVIEW[field] for field in _TAKEN_OVER} | {
    field: tuple(word.strip() for word in words.split(";")) for field, words in _OWN.items()
}
SYNONYMS = {plain(word): field for field, words in WRITTEN.items() for word in words}
FIELDS = tuple(WRITTEN)
#: What an overview calls realisatie, is the amount of a journal.
_SAME = {"realisatie": "bedrag"}


def _field(cell: Cell) -> str | None:
    return match(cell, SYNONYMS)


def _is_budget(cell: Cell) -> bool:
    slot = parse_label(cell)
    return slot is not None and slot.field in _BUDGET and _field(cell) is None


def layout_at(sheet: Sheet, row: int, kolommen: dict[str, str]) -> Layout:
    """Read the header in a row (index); the mapping goes before the synonyms."""
    headers = {index: str(cell) for index, cell in enumerate(sheet.rows[row]) if cell is not None}
    slots = {index: Slot(field) for index, cell in enumerate(sheet.rows[row]) if (field := _field(cell))}
    for field, header in kolommen.items():
        hits = [index for index, text in headers.items() if plain(text) == plain(header)]
        if len(hits) == 1:
            name = _SAME.get(field, field)
            slots = {index: slot for index, slot in slots.items() if slot.field != name}
            slots[hits[0]] = Slot(name)
    return Layout(row, row, slots, headers)


def find_journal_layout(sheet: Sheet, mapping: Mapping) -> Layout | None:
    """Find the header of a journal: a boekdatum, an amount and no budget; None when the sheet holds no journal.

    Args:
        sheet: The sheet.
        mapping: Names of columns and the row of the header, where the municipality says them.
    """
    candidates = [mapping.koprij - 1] if mapping.koprij else range(min(_HEADER_ROWS, len(sheet.rows)))
    best: Layout | None = None
    for row in candidates:
        if row >= len(sheet.rows):
            continue
        found = layout_at(sheet, row, mapping.kolommen)
        fields = {slot.field for slot in found.slots.values()}
        if "boekdatum" not in fields or not fields & set(AMOUNTS):
            continue
        if any(_is_budget(cell) for index, cell in enumerate(sheet.rows[row]) if index not in found.slots):
            continue  # an overview that happens to have a date
        if best is None or len(found.slots) > len(best.slots):
            best = found
    return best


def amount_columns(layout: Layout) -> tuple[int, ...]:
    """Give the columns with amounts."""
    return tuple(index for index, slot in layout.slots.items() if slot.field in AMOUNTS)


def check_columns(sheet: Sheet, layout: Layout, mapping: Mapping, ask: Ask) -> None:
    """Ask about columns that are missing, that stand there twice, or that the mapping names and the file has not."""
    for veld, kop in mapping.kolommen.items():
        if _SAME.get(veld, veld) not in FIELDS:
            ask.question(
                f"mapping.toml noemt onder [kolommen] het veld '{veld}', dat een journaal niet heeft.",
                f"Toegestaan: {', '.join(FIELDS)}.",
            )
        ask_header(kop, sheet, layout.headers, layout.row, ask)
    if layout.column("taakveld") is None:
        ask.question(*NO_TAAKVELD)
    _refuse_doubles(layout, ask)
    _check_amounts(layout, ask)
    ask.stop_if_asked()


def _refuse_doubles(layout: Layout, ask: Ask) -> None:
    seen: dict[str, int] = {}
    for index, slot in layout.slots.items():
        other = seen.setdefault(slot.field, index)
        if other != index and slot.field not in SPLITS:
            ask.question(
                f"de kolommen {column_letter(other)} ('{layout.headers[other]}') en {column_letter(index)} "
                f"('{layout.headers[index]}') betekenen allebei {slot.field}.",
                f'Schrijf onder [kolommen] welke het is: {slot.field} = "Kop in het bestand".',
            )


def _check_amounts(layout: Layout, ask: Ask) -> None:
    """Ask when the columns of amounts do not say one thing: one amount, or two that belong together."""
    present = {slot.field for slot in layout.slots.values()} & set(AMOUNTS)
    if present in ({"bedrag"}, {"debet", "credit"}, {"lasten", "baten"}):
        return
    _ask_which([layout.headers[index] for index in amount_columns(layout)], ask)


def check_unread(sheet: Sheet, layout: Layout, rows: list[int], mapping: Mapping, ask: Ask) -> None:
    """Ask about a second way to count the amount (without VAT, net); name other columns with figures."""
    unread = []
    for index, text in layout.headers.items():
        if index in layout.slots or not any(_is_figure(sheet.rows[row][index]) for row in rows[:200]):
            continue
        if _OTHER_AMOUNT.search(text) and not mapping.kolommen.keys() & {*AMOUNTS, *_SAME}:
            _ask_which([*(layout.headers[column] for column in amount_columns(layout)), text], ask)
        unread.append(f"{column_letter(index)} ('{text}')")
    if unread:
        ask.notices.append(f"Kolommen die niet worden gelezen: {', '.join(unread[:10])}.")


def _is_figure(cell: Cell) -> bool:
    if isinstance(cell, str):
        return re.fullmatch(r"[-€\s(]*\d[\d.,\s]*[-)]?\s*", cell) is not None
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _ask_which(koppen: list[str], ask: Ask) -> None:
    names = ", ".join(f"'{kop}'" for kop in koppen)
    ask.question(
        f"welk bedrag telt? Het journaal heeft de kolommen {names}.",
        'Schrijf onder [kolommen]: bedrag = "Kop in het bestand"; of noem zowel debet als credit, of lasten én baten.',
    )
