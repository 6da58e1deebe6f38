"""Which boekjaar, period and peildatum an overview is of; two answers that contradict, or none, are a question."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from etl.cleaning import NotUnderstood
from etl.k2f import facts
from etl.k2f.layout import MEASURES, Layout, parse_label
from etl.k2f.lines import Table
from etl.k2f.prognose_header import PROGNOSE
from etl.k2f.stop import Ask
from etl.mapping import Mapping
from etl.readers.cells import Cell, Sheet
from etl.source import Context


@dataclass(frozen=True)
class Moment:
    """The state a file is of. `periode` is None when only the peildatum tells it."""

    peildatum: dt.date
    boekjaar: int
    periode: int | None


def period_at(jaar: int, peildatum: dt.date) -> int:
    """Give the last period of a boekjaar at a day: its month, 12 after the year, 0 before it."""
    return peildatum.month if peildatum.year == jaar else (12 if peildatum.year > jaar else 0)


def titles(sheet: Sheet, layout: Layout) -> list[str]:
    """Give the texts above the table and of its header; up to when a forecast goes says nothing of the file."""
    texts = (cell for row in sheet.rows[: layout.row + 1] for cell in row if isinstance(cell, str))
    return [text for text in texts if (slot := parse_label(text)) is None or slot.field != PROGNOSE]


def one_year(sheet: Sheet, layout: Layout, mapping: Mapping, ask: Ask) -> Layout:
    """Keep the columns of one year, where headers name several ("Rekening 2025", "Begroting 2026").

    The mapping says which, or the titles do: they name one of the years, and budget and realisation of it are there.
    """
    years = {slot.year for slot in layout.slots.values() if slot.year and slot.field in (*MEASURES, "bedrag")}
    if len(years) < 2:
        return layout
    chosen = mapping.boekjaar
    if chosen is None:
        above = [cell for row in sheet.rows[: layout.first_row] for cell in row if isinstance(cell, str)]
        named = facts.title_years(above) & years
        own = {slot.field for slot in layout.slots.values() if slot.year in named}
        chosen = named.pop() if len(named) == 1 and "realisatie" in own and own & {"actueel", "begroting"} else None
    if chosen not in years:
        ask.stop(
            f"de kolommen gaan over verschillende jaren ({', '.join(map(str, sorted(years)))}).",
            "Schrijf in mapping.toml welk jaar telt, bijvoorbeeld boekjaar = 2026.",
        )
    slots = {index: slot for index, slot in layout.slots.items() if slot.year in (None, chosen)}
    prognose = {index: slot for index, slot in layout.prognose.items() if slot.year in (None, chosen)}
    left = [layout.headers[i] for i in (*layout.slots, *layout.prognose) if i not in slots and i not in prognose]
    ask.notices.append(f"Kolommen van een ander jaar zijn overgeslagen: {', '.join(left)}.")
    return replace(layout, slots=slots, prognose=prognose)


def decide(
    sheet: Sheet, layout: Layout, table: Table, texts: list[str], context: Context, mapping: Mapping, ask: Ask
) -> Moment:
    """Decide boekjaar and peildatum; asks what is missing or contradicts."""
    above = sheet.rows[: layout.row]
    own_titles = [cell for row in above for cell in row if isinstance(cell, str)]
    dates = _dates(above, texts, table, context, mapping, ask)
    periods = facts.named_periods(texts) | _joined(above, "periode")
    if table.periodes:
        if len(table.periodes) > 1 or -1 in table.periodes:
            ask.question(
                "het bestand heeft regels van verschillende perioden; hier horen standen tot en met één periode.",
                "Lever een overzicht tot en met een periode aan.",
            )
        periods |= table.periodes
    headed = {slot.year for slot in layout.slots.values() if slot.year and slot.field in (*MEASURES, "bedrag")}
    named = facts.title_years(own_titles) | _joined(above, "boekjaar") | table.periode_jaren
    if re.fullmatch(r"20\d{2}", sheet.naam.strip()):
        named.add(int(sheet.naam))
    # A year over the amounts that no title names is a contradiction, not a detail.
    named = named if headed & named else named | headed
    named = named or facts.loose_years(own_titles)
    if not named and not dates and "realisatie" in layout.measures:
        named = facts.loose_years([context.bestand])
    boekjaar = _boekjaar({line.jaar for line in table.lines if line.jaar}, named, dates, mapping, layout, ask)
    periode = _periode(periods, ask)
    ends = {facts.month_end(boekjaar, periode)} if periode is not None and boekjaar else set()
    peildatum = _peildatum(dates, ends, periode, boekjaar, context, ask)
    boekjaar = boekjaar or (peildatum.year if peildatum else None)
    # Placeholders are never used: what is missing was asked, and `understand` stops on that.
    return Moment(peildatum or dt.date.min, boekjaar or 0, periode)


def _joined(rows: list[list[Cell]], word: str) -> set[int]:
    """Give numbers in a cell right of a label, as in | Boekjaar | 2026 |."""
    found = set()
    for row in rows:
        cells = [cell for cell in row if cell is not None]
        for label, value in pairwise(cells):
            if isinstance(label, str) and label.strip().rstrip(":").lower().endswith(word):
                digits = str(int(value) if isinstance(value, float) else value).strip()
                if word == "periode":
                    digits = re.sub(r"(?i)^(?:t/m\s*)?p\s*(?=\d)", "", digits)
                if digits.isdigit():
                    found.add(int(digits))
    return found


def _dates(
    above: list[list[Cell]], texts: list[str], table: Table, context: Context, mapping: Mapping, ask: Ask
) -> set[dt.date]:
    """Give every peildatum named: by the mapping, in cells, in the file name."""
    found = {mapping.peildatum} if mapping.peildatum else set()
    try:
        alone: list[list[Cell]] = [[text] for text in (*texts, *table.texts)]
        found |= facts.named_dates([*above, *alone])
    except NotUnderstood as problem:
        ask.question(f"de peildatum boven de tabel is niet te lezen: {problem.reden}", problem.oplossing)
    return found | facts.name_dates(context.bestand)


def _boekjaar(
    columns: set[int], named: set[int], dates: set[dt.date], mapping: Mapping, layout: Layout, ask: Ask
) -> int | None:
    if columns:
        if mapping.boekjaar and columns != {mapping.boekjaar}:
            ask.question("de kolom boekjaar heeft andere jaren dan mapping.toml.", "Herstel boekjaar in mapping.toml.")
        return max(columns)
    if mapping.boekjaar:
        if len(named) == 1 and mapping.boekjaar not in named:
            ask.question(
                f"mapping.toml zegt boekjaar {mapping.boekjaar}, maar het bestand noemt {named.pop()}.",
                "Controleer boekjaar in mapping.toml, of schrijf het per bestand onder [[bestanden]].",
            )
        return mapping.boekjaar
    if len(named) == 1:
        return next(iter(named))
    if len(named) > 1:
        years = ", ".join(map(str, sorted(named)))
        ask.question(f"het bestand noemt verschillende jaren ({years}).", "Schrijf in mapping.toml boekjaar = 2026.")
        return None
    budget_only = "realisatie" not in layout.measures
    if not dates or budget_only:
        ask.question("van welk boekjaar is dit bestand?", "Schrijf in mapping.toml bijvoorbeeld boekjaar = 2026.")
        return None
    return max(dates).year


def _periode(periods: set[int], ask: Ask) -> int | None:
    if len(periods) > 1:
        listed = ", ".join(map(str, sorted(periods)))
        ask.question(f"het bestand noemt verschillende perioden ({listed}).", "Laat één periode in het bestand staan.")
    return next(iter(periods)) if len(periods) == 1 else None


def _peildatum(
    dates: set[dt.date], ends: set[dt.date], periode: int | None, boekjaar: int | None, context: Context,
    ask: Ask,
) -> dt.date | None:  # fmt: skip
    """Choose the one peildatum; the closing periods 12 and 13 may be delivered after their year."""
    after_year = {d for d in dates if periode is not None and periode >= 12 and boekjaar and d.year > boekjaar}
    found = dates | (set() if after_year else ends)
    if len(found) > 1:
        listed = ", ".join(day.strftime("%d-%m-%Y") for day in sorted(found))
        ask.question(
            f"de peildatum is niet eenduidig: {listed} (uit mapping.toml, het bestand of de bestandsnaam).",
            "Zorg dat mapping.toml, de tekst in het bestand en de bestandsnaam dezelfde datum noemen.",
        )
        return None
    if found:
        return next(iter(found))
    if context.peildatum:
        return context.peildatum
    ask.question("wat is de peildatum van dit bestand?", "Schrijf in mapping.toml bijvoorbeeld peildatum = 2026-09-30.")
    return None
