"""Which sheet, columns and rows of a file count; what cannot be told is asked."""

from __future__ import annotations

import re
from dataclasses import replace

from etl.cleaning import plain
from etl.headers import forms
from etl.k2f.layout import DIMENSIONS, MEASURES, Layout, Slot, find_layout, parse_label, split_field
from etl.k2f.lines import Table
from etl.k2f.prognose_header import PROGNOSE
from etl.k2f.stop import NO_TAAKVELD, Ask, ask_header
from etl.mapping import Mapping
from etl.readers.cells import Sheet, column_letter


def choose_tables(sheets: list[Sheet], mapping: Mapping, ask: Ask) -> list[tuple[Sheet, Layout]]:
    """Choose the sheets with a table; of several, those that only have a header do not count."""
    if mapping.blad is not None:
        named = [sheet for sheet in sheets if plain(sheet.naam) == plain(mapping.blad)]
        if not named:
            names = ", ".join(sheet.naam for sheet in sheets)
            ask.stop(f"blad '{mapping.blad}' uit mapping.toml bestaat niet.", f"Kies bij blad een van: {names}.")
        sheets = named
    else:
        for sheet in sheets:
            if not sheet.visible:
                ask.notices.append(f"Verborgen blad '{sheet.naam}' is overgeslagen.")
        sheets = [sheet for sheet in sheets if sheet.visible]
    found = [(sheet, find_layout(sheet, mapping.koprij, mapping.kolommen)) for sheet in sheets]
    tables = [(sheet, layout) for sheet, layout in found if layout is not None]
    if not tables:
        ask.stop(
            "de kop van de tabel is niet gevonden: er is geen rij met een taakveld en een bedrag.",
            "Schrijf in mapping.toml koprij = 5 (het rijnummer) en onder [kolommen] bijvoorbeeld "
            'taakveld = "Kop in het bestand" en realisatie = "Kop in het bestand".',
        )
    filled = [(sheet, layout) for sheet, layout in tables if _has_rows(sheet, layout)]
    for sheet, _ in tables if filled else ():
        if not any(sheet is own for own, _ in filled):
            ask.notices.append(f"Blad '{sheet.naam}' is overgeslagen: onder de kop staan geen regels.")
    tables = filled or tables[:1]
    for sheet, layout in found:
        if layout is None and sheet.rows:
            ask.notices.append(f"Blad '{sheet.naam}' is overgeslagen: er staat geen tabel met taakvelden op.")
    for sheet, layout in tables:
        if layout.column("journaal") is not None:
            ask.stop(
                "dit lijkt een journaal (losse boekingen), maar er is geen kolom met een boekdatum en een bedrag.",
                'Schrijf onder [kolommen]: boekdatum = "Kop in het bestand" en bedrag = "Kop in het bestand", of lever '
                "het overzicht van budget en realisatie per taakveld aan.", sheet.naam, layout.row + 1,
            )  # fmt: skip
    return tables


def _has_rows(sheet: Sheet, layout: Layout) -> bool:
    return any(cell is not None for row in sheet.rows[layout.row + 1 :] for cell in row)


def check_columns(sheet: Sheet, layout: Layout, mapping: Mapping, ask: Ask) -> None:
    """Refuse fields of the mapping that do not exist, and headers that are not (or twice) in the file."""
    known = {*MEASURES, *DIMENSIONS, PROGNOSE, "bedrag", "restant"}
    for veld, kop in mapping.kolommen.items():
        if split_field(veld)[0] not in known:
            allowed = ", ".join([*DIMENSIONS, *MEASURES, PROGNOSE])
            ask.question(
                f"mapping.toml noemt onder [kolommen] het onbekende veld '{veld}'.",
                f"Toegestaan: {allowed}; bedragen ook met _lasten of _baten erachter.",
            )
        ask_header(kop, sheet, layout.headers, layout.row, ask)
    if layout.column("taakveld") is None:
        ask.question(*NO_TAAKVELD)
    ask.stop_if_asked()


def filtered(sheet: Sheet, layout: Layout, mapping: Mapping, below: list[int], ask: Ask) -> list[int]:
    """Keep the rows that [filter] asks for."""
    rows = below
    for kop, wanted in mapping.filter.items():
        hits = [index for index, text in layout.headers.items() if plain(text) == plain(kop)]
        if len(hits) != 1:
            ask.stop(f"[filter] noemt kolom '{kop}', die niet precies één keer in de kop staat.", "Herstel [filter].")
        values = {plain(value) for value in ([wanted] if isinstance(wanted, str) else wanted)}
        rows = [row for row in rows if plain(str(sheet.rows[row][hits[0]] or "")) in values]
    if mapping.filter and not rows:
        ask.stop("geen enkele regel voldoet aan [filter] in mapping.toml.", "Controleer de waarden bij [filter].")
    return rows


def resolve(layout: Layout, titles: list[str], bestand: str, ask: Ask) -> Layout:
    """Decide what a bare "Begroting" is, and what "Lasten" and "Baten" without a measure are amounts of."""
    present = set(layout.measures)
    meaning = "actueel"
    if "actueel" in present or ("wijzigingen" in present and "primitief" not in present):
        meaning = "primitief"
    names = {"begroting": meaning}
    if "bedrag" in present:
        low = " ".join([bestand, *titles]).lower()
        said = {"actueel": ("begroting", "begroot"), "realisatie": ("realisatie", "rekening")}
        kinds = {kind for kind, words in said.items() if any(word in low for word in words)}
        if len(kinds) == 1 and present == {"bedrag"}:
            names["bedrag"] = kinds.pop()
        else:
            ask.question(
                "zijn de bedragen onder Lasten en Baten de begroting of de realisatie?",
                'Schrijf onder [kolommen] bijvoorbeeld actueel_lasten = "Lasten" en actueel_baten = "Baten" '
                "(of realisatie_lasten en realisatie_baten).",
            )
    slots = {
        index: Slot(names.get(slot.field, slot.field), slot.side, slot.year) for index, slot in layout.slots.items()
    }
    _refuse_doubles(replace(layout, slots=slots), ask)
    return replace(layout, slots=slots)


def _refuse_doubles(layout: Layout, ask: Ask) -> None:
    """Refuse two columns that mean the same; several columns of changes are added up."""
    seen: dict[tuple[str, str | None], int] = {}
    for index, slot in layout.slots.items():
        if slot.field in ("wijzigingen", "splitsing", "restant", "journaal"):
            continue
        other = seen.setdefault((slot.field, slot.side), index)
        if other != index:
            ask.question(
                f"de kolommen {column_letter(other)} ('{layout.headers[other]}') en {column_letter(index)} "
                f"('{layout.headers[index]}') betekenen allebei {slot.field}.",
                f'Schrijf onder [kolommen] welke het is: {slot.field} = "Kop in het bestand".',
            )
    sides = {measure: {s.side for s in layout.slots.values() if s.field == measure} for measure in layout.measures}
    if layout.grouped and any(None in found for found in sides.values()):
        loose = next(measure for measure, found in sides.items() if None in found)
        ask.question(
            f"de kolom met {loose} staat niet onder Lasten of Baten.",
            f'Schrijf onder [kolommen]: {loose}_lasten = "Kop in het bestand" (of {loose}_baten).',
        )


_HINTS = (
    ("realisatie", re.compile(r"realis|werkelijk|geboekt|besteed|uitgegeven|bestedingen")),
    ("verplichting", re.compile(r"verplicht|obligo|reservering")),
    ("wijzigingen", re.compile(r"wijz|mutatie")),
    ("actueel", re.compile(r"begrot|begroot|budget|raming")),
)


def check_unknown(sheet: Sheet, layout: Layout, rows: list[int], ask: Ask) -> None:
    """Ask about a column of amounts that sounds like a measure the file lacks; name what else is not read."""
    present = set(layout.measures) | ({"actueel", "wijzigingen"} if "actueel" in layout.measures else set())
    present |= {"actueel"} if {"primitief", "begroting", "bedrag"} & present else set()
    # Without what was booked beside it, a "Verwachte realisatie" may be just that.
    prognose = set(layout.prognose) if {"realisatie", "bedrag"} & present else set()
    skipped = []
    for index in range(len(sheet.rows[layout.row])):
        text = layout.headers.get(index, "").strip()
        known = index in layout.slots or (parse_label(text) is not None and index not in layout.prognose)
        if known or index in prognose or not _has_numbers(sheet, rows, index):
            continue
        skipped.append(f"{column_letter(index)} ('{text}')")
        veld = _sounds_like(sheet, layout, index)
        if veld is not None and veld not in present:
            ask.question(
                f"kolom {column_letter(index)} ('{text}'): is dit {veld}? De monitor kent deze kop niet.",
                f'Geef de kolom een duidelijke kop, of schrijf onder [kolommen]: {veld} = "{text}" (restant = "{text}" '
                "als de kolom niet meetelt).",
                sheet.naam, layout.row + 1,
            )  # fmt: skip
    if skipped:
        ask.notices.append(f"Kolommen die niet worden gelezen: {', '.join(skipped[:10])}.")


def _sounds_like(sheet: Sheet, layout: Layout, index: int) -> str | None:
    """Give the measure an unknown column may be: by a word in its header, or the realisation that is nowhere else."""
    text = layout.headers.get(index, "")
    for name, stem in _HINTS:
        if forms(text) and stem.search(plain(text)):
            return name
    if "bedrag" in layout.measures or index < min(layout.used_amounts):
        return None
    own = sheet.rows[layout.row][index]
    if own is not None and not isinstance(own, str) and "realisatie" in layout.measures:
        # An error, a date or a number where the name of an amount belongs.
        return next((name for name, _ in _HINTS if name not in layout.measures), None)
    return "realisatie"


def check_merged_amounts(sheet: Sheet, layout: Layout, ask: Ask) -> None:
    """Refuse an amount merged over several rows: it does not say whose it is."""
    for top, left, bottom, right in sheet.merged:
        hit = [column for column in layout.used_amounts if left <= column <= right]
        if hit and layout.row < top < bottom and isinstance(sheet.rows[top][left], int | float):
            ask.question(
                f"het bedrag in kolom {column_letter(left)} is samengevoegd over de rijen {top + 1} tot en met "
                f"{bottom + 1}; het is niet te zeggen bij welke regel het hoort.",
                "Hef het samenvoegen van cellen op en vul elke regel.", sheet.naam, top + 1,
            )  # fmt: skip


def _has_numbers(sheet: Sheet, rows: list[int], index: int) -> bool:
    cells = (sheet.rows[row][index] for row in rows)
    if sheet.text:
        return any(isinstance(cell, str) and re.fullmatch(r"[-€\s(]*\d[\d.,\s]*[-)]?\s*", cell) for cell in cells)
    return any(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)


def check_sides(layout: Layout, table: Table, ask: Ask) -> None:
    """Ask what is lasten and what is baten, where no column and no heading says it."""
    said = layout.grouped or layout.column("lasten_baten") is not None or table.headed_sides
    if not said or any(line.side is None for line in table.lines):
        ask.question(
            "het bestand zegt niet welke regels lasten en welke baten zijn.",
            'Schrijf onder [kolommen]: lasten_baten = "Kop in het bestand" (met L of B), of '
            'realisatie_lasten = "..." en realisatie_baten = "...".',
        )
