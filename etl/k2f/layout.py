"""Where the header of an overview stands and what each column is, also under column groups of two or three rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from etl.cleaning import plain
from etl.headers import forms, match, runs_until, year_in
from etl.k2f import prognose_header
from etl.k2f.prognose_header import PROGNOSE, is_part, whole_year
from etl.readers.cells import Cell, Sheet

#: Amounts of an overview; `begroting` is resolved to primitief or actueel by what stands beside it.
MEASURES = ("primitief", "wijzigingen", "actueel", "begroting", "realisatie", "verplichting")
DIMENSIONS = ("taakveld", "kostenplaats", "kostensoort", "lasten_baten", "debet_credit", "boekjaar", "periode")
_HEADER_ROWS = 40

_WRITTEN = {
    "taakveld": "Taakveld; Subtaakveld; Taakvelden; Iv3-taakveld; Iv3-functie; Functie; Taakveldcode; Taakveldnummer;"
    "Code taakveld; Taakveld code; Taakveldnr; Taakveld nr; Taakveld nummer; Taakveld/functie",
    "kostenplaats": "Kostenplaats; FCL; FCLnummer; FCL-nr; Kpl; Budgetcode; Kostenplaatscode; Kostenplaatsnummer",
    "kostensoort": "Kostensoort; ECL; ECLnummer; ECL-nr; Categorie; Grootboek; Grootboekrekening; Iv3-categorie;"
    "Economische categorie; Kostensoortcode",
    "lasten_baten": "L/B; Lasten/Baten; Baten/Lasten; B/L; I/U; U/I; Inkomsten/Uitgaven; Lasten of baten; LB-code;"
    "L of B; Last/Baat; Lasten en baten; Baten en lasten; Baten of lasten; Indicatie lasten/baten",
    "debet_credit": "D/C; Debet/Credit; DB/CR; Deb/Cred",
    "boekjaar": "Jaar; Boekjaar; Begrotingsjaar; Dienstjaar",
    "periode": "Periode; Maand; T/m periode; T/m maand; Boekperiode",
    "primitief": "Primitieve begroting; Primitief; Primair; Primaire begroting; Oorspronkelijk; Begroting primitief;"
    "Oorspronkelijke begroting; Begroting voor wijziging; Begroot voor wijziging; Begroting voor wijz.",
    "wijzigingen": "Wijzigingen; Begrotingswijzigingen; Mutaties; Wijziging; Begrotingswijziging; BERAP; Burap;"
    "Begrotingsmutaties",
    "actueel": "Begroting na wijziging; Begroot na wijziging; Begroot na wijz.; Begroting na wijz.; Actuele begroting;"
    "Actueel; Bijgestelde begroting; Begroting na wijzigingen; Huidige begroting; Na wijziging; Begroting actueel;"
    "Begroting bijgesteld; Geactualiseerde begroting; Actueel budget",
    "begroting": "Begroting; Begroot; Budget; Raming",
    "realisatie": "Realisatie; Werkelijk; Rekening; Geboekt; Besteed; Gerealiseerd; Jaarrekening;"
    "Realisatie cumulatief; Werkelijk geboekt; Realisatie bedrag; Geboekt bedrag; Totaal realisatie;"
    "Werkelijke realisatie",
    "verplichting": "Verplicht; Verplichtingen; Verplichting; Openstaande verplichtingen; Reservering; Reserveringen;"
    "Aangegane verplichtingen; Openstaande verplichting; Openstaande verpl.;"
    "Openst. verpl.; Openst. verplichtingen; Obligo; Obligo's; Totaal verplichtingen",
    PROGNOSE: prognose_header.WRITTEN,
    "restant": "Restant; Beschikbaar; Nog te besteden; Verschil; Restant budget; Restantbudget; Ruimte; V/N",
    "saldo": "Saldo; Saldo baten en lasten; Saldo lasten en baten; Resultaat",
    "splitsing": "Gemeente; Gemeenten; Gemeentenaam; Gemeentecode; Organisatie; Administratie; Entiteit; Bedrijf;"
    "Scenario; Versie; Begrotingsversie; Fase",
    "journaal": "Boekdatum; Boekstuk; Boekstuknummer; Boekingsdatum; Factuurnummer; Factuurdatum; Prestatieperiode;"
    "Prestatiemaand; Dagboek; Stuknummer",
}
#: Field -> headers it is recognised by, as people write them.
WRITTEN = {field: tuple(word.strip() for word in words.split(";")) for field, words in _WRITTEN.items()}
SYNONYMS = {plain(word): field for field, words in WRITTEN.items() for word in words}
SYNONYMS |= {"tmperiode": "periode"}
_AMOUNTS = (*MEASURES, PROGNOSE)
_NTH_CHANGE = re.compile(r"(?:\d{1,2}e(?:en|tm)?)+(?:begrotings)?wijz(?:iging(?:en)?)?")
_SIDES = {"lasten": "L", "baten": "B", "uitgaven": "L", "inkomsten": "B", "saldo": "S"}
#: Over or before the name of a measure these make it something else: a forecast, a difference, last year.
_QUALIFIER = re.compile(
    r"(?i)\b(niet|nog|verwacht\w*|prognose\w*|geprognosticeerd\w*|vorig\w*|verschil\w*|afwijking\w*|gemiddeld\w*"
    r"|mutatie|aantal|procent|concept\w*|per inwoner)\b|%"
)
_NO_NAME = re.compile(r"\b20\d{2}\b|\([^)]*\)")
_YEAR_GROUP = re.compile(r"(?i)\s*(?:boekjaar|begrotingsjaar|dienstjaar|jaar)?\s*:?\s*(20\d{2})\s*")


@dataclass(frozen=True)
class Slot:
    """What a column is: its field, the side of a column group (L, B or S for saldo), and a year in its header."""

    field: str
    side: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class Layout:
    """A header found: index of its last row, the first row it covers, and what each column is.

    Attributes:
        span: First and last column (index), where the sheet has other tables beside this one.
        side: L or B, where a title over the table or the name of the sheet says that all of it is one side.
        prognose: Columns with a forecast of the year, apart: a file is read as if they were not there.
    """

    row: int
    first_row: int
    slots: dict[int, Slot]
    headers: dict[int, str]
    span: tuple[int, int] | None = None
    side: str | None = None
    prognose: dict[int, Slot] = field(default_factory=dict)

    def column(self, field: str) -> int | None:
        """Give the column of a field that stands there once."""
        return self._first.get(field)

    @cached_property
    def _first(self) -> dict[str, int]:
        return {slot.field: index for index, slot in reversed(self.slots.items())}

    @cached_property
    def used_amounts(self) -> tuple[int, ...]:
        """Give the columns with amounts that are used (a printed rest is not)."""
        unused = {*DIMENSIONS, "restant", "splitsing", "journaal"}
        return tuple(index for index, slot in self.slots.items() if slot.field not in unused)

    @cached_property
    def last_column(self) -> int:
        """Give the last column that has a header."""
        return max(self.headers)

    def columns(self, field: str, side: str | None = None) -> list[int]:
        """Give all columns of a measure, of one side or without sides."""
        return [index for index, slot in self.slots.items() if slot.field == field and slot.side == side]

    @property
    def measures(self) -> list[str]:
        """Give the measures present, in their own order."""
        present = {slot.field for slot in self.slots.values()}
        return [measure for measure in (*MEASURES, "bedrag") if measure in present]

    @property
    def grouped(self) -> bool:
        """Say whether lasten and baten are columns here, instead of rows."""
        return any(slot.side in ("L", "B") for slot in self.slots.values())

    def has_amounts(self) -> bool:
        """Say whether any column holds amounts."""
        return bool(self.measures)


def parse_label(cell: Cell) -> Slot | None:
    """Say what one label means on its own: a field, a side (field ""), or both, as in "Realisatie lasten"."""
    if (field := match(cell, SYNONYMS)) is not None:
        if (field == "begroting" and runs_until(cell)) or (field == PROGNOSE and not whole_year(cell)):
            return None  # a share of the year's budget, or the budget as it stands: it does not say
        return Slot("", "S") if field == "saldo" else Slot(field, None, year_in(cell))
    for form in forms(cell):
        if _NTH_CHANGE.fullmatch(form):
            return Slot("wijzigingen", None, year_in(cell))
        for word, side in _SIDES.items():
            if word in form:
                rest = form.replace(word, "", 1).replace("totaal", "").removesuffix("van").removeprefix("van")
                if not rest:
                    return Slot("", side, year_in(cell))
                found = SYNONYMS.get(rest)
                if found in MEASURES or (found == PROGNOSE and whole_year(cell)):
                    return Slot(str(found), side, year_in(cell))
    return None


def _spread(above: list[Cell], own: list[Cell]) -> list[Cell]:
    """Spread the labels of a group row to the right, as merged cells do.

    What stands over a dimension ("Lasten" over Taakveld) is a title of the table, not the name of a group of amounts.
    """
    last: Cell = None
    out = []
    for cell, under in zip(above, own, strict=True):
        if cell is not None:
            slot = parse_label(under)
            last = None if slot is not None and slot.field in DIMENSIONS else cell
        out.append(last)
    return out


def _wrapped(own: str, above: list[Cell]) -> str | None:
    """Give a name that is written over two or three cells, as "Begroting na" over "wijziging"."""
    parts = [own]
    for cell in above:
        if not isinstance(cell, str):
            return None
        parts.insert(0, cell.strip())
        name = " ".join(parts).replace("- ", "")
        found = SYNONYMS.get(plain(_NO_NAME.sub(" ", name)))
        if found and not (found == PROGNOSE and SYNONYMS.get(plain(own)) in DIMENSIONS):
            return name
    return None


def _year_of(group: Cell) -> int | None:
    """Give the year that a group is named after ("2026", "Boekjaar 2026", the number 2026)."""
    if isinstance(group, float) and group.is_integer():
        group = int(group)
    written = str(group) if isinstance(group, int | str) and not isinstance(group, bool) else ""
    found = _YEAR_GROUP.fullmatch(written)
    return int(found[1]) if found else None


def _slot(own: Cell, above: list[Cell], groups: list[Cell]) -> Slot | None:
    """Combine a column's own label with the groups over it.

    Args:
        own: The lowest label of the column.
        above: What stands right over it, nearest first.
        groups: The same with labels spread to the right.
    """
    if own is None:
        label = next((cell for cell in above if cell is not None), None)
        alone = parse_label(label)
        return alone if alone and alone.field and label is not None else None
    if isinstance(own, str) and (name := _wrapped(own, above)) is not None:
        own, groups = name, []
    slot = parse_label(own)
    if slot is None or (slot.field and slot.field not in _AMOUNTS):
        return slot
    return _under(slot, groups)


def _under(slot: Slot, groups: list[Cell]) -> Slot | None:
    """Give what a measure or a side means under its groups; None when a group makes it something unknown."""
    field, side, year = slot.field, slot.side, slot.year
    for group in groups:
        year = year or _year_of(group)
        over = parse_label(group)
        if over is None:
            if (isinstance(group, str) and _QUALIFIER.search(group)) or (field == PROGNOSE and is_part(group)):
                return None
            continue
        if over.field == PROGNOSE and field not in ("", PROGNOSE):
            return None  # "Realisatie" under "Prognose" is not what was booked
        if over.field == "restant":
            field = "restant"  # under "Verschil" stand differences, of whatever
        elif not over.field or over.field in _AMOUNTS:
            field, side, year = field or over.field, side or over.side, year or over.year
    if not field:
        return Slot("bedrag", side, year) if side in ("L", "B") else None
    return Slot(field, side, year)


def layout_at(sheet: Sheet, row: int) -> Layout:
    """Read the header that ends at a row (index), with up to two group rows over it."""
    rows = sheet.rows
    above = [rows[r] for r in (row - 1, row - 2) if r >= 0]
    groups = [_spread(cells, rows[row]) for cells in above]
    slots: dict[int, Slot] = {}
    prognose: dict[int, Slot] = {}
    headers: dict[int, str] = {}
    for index, own in enumerate(rows[row]):
        over = [cells[index] for cells in above]
        slot = _slot(own, over, [cells[index] for cells in groups])
        shown = own if own is not None else next((c[index] for c in above if c[index] is not None and slot), None)
        if shown is not None:
            name = _wrapped(shown, over) if isinstance(shown, str) and own is not None else None
            headers[index] = name or str(shown)
        if slot is not None:
            (prognose if slot.field == PROGNOSE else slots)[index] = slot
    return Layout(row, row, slots, headers, prognose=prognose)


def find_layout(sheet: Sheet, koprij: int | None = None, kolommen: dict[str, str] | None = None) -> Layout | None:
    """Find the header of a sheet: the row in which most columns are understood, with a taakveld and an amount.

    Args:
        sheet: The sheet.
        koprij: Row number of the header, when the mapping says it.
        kolommen: Field -> header, from the mapping; goes before the synonyms.

    Returns:
        The layout, or None when no row is a header.
    """
    candidates = [koprij - 1] if koprij else range(min(_HEADER_ROWS, len(sheet.rows)))
    best: Layout | None = None
    for row in candidates:
        if row >= len(sheet.rows) or sum(isinstance(cell, str) for cell in sheet.rows[row]) < 2:
            continue
        found = _apply_mapping(layout_at(sheet, row), kolommen or {})
        taakveld = found.column("taakveld") is not None or koprij is not None
        amounts = found.has_amounts() or found.column("journaal") is not None
        if taakveld and amounts and (best is None or len(found.slots) > len(best.slots)):
            best = found
    return best


def _apply_mapping(layout: Layout, kolommen: dict[str, str]) -> Layout:
    slots, prognose = dict(layout.slots), dict(layout.prognose)
    for veld, header in kolommen.items():
        wanted = plain(header)
        hits = [index for index, text in layout.headers.items() if plain(text) == wanted]
        if len(hits) != 1:
            continue  # the source refuses this, with the headers that are there
        name, side = split_field(veld)
        slots = {index: slot for index, slot in slots.items() if (slot.field, slot.side) != (name, side)}
        prognose = {index: slot for index, slot in prognose.items() if (slot.field, slot.side) != (name, side)}
        for columns in (slots, prognose):
            columns.pop(hits[0], None)
        chosen = prognose if name == PROGNOSE else slots
        chosen[hits[0]] = Slot(name, side, year_in(layout.headers[hits[0]]))
    return replace(layout, slots=slots, prognose=prognose)


def split_field(field: str) -> tuple[str, str | None]:
    """Split a field of the mapping in field and side: realisatie_lasten -> (realisatie, L)."""
    field = field.removesuffix("_eur")
    for word, side in (("lasten", "L"), ("baten", "B")):
        if field == word:
            return "bedrag", side
        if field.endswith("_" + word) and field != "lasten_baten":
            return field.removesuffix("_" + word), side
    return field, None
