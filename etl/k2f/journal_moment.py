"""Which boekjaar and peildatum a journal is of, and whether boekdatum and period of a line can both be true."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from etl.cleaning import NotUnderstood
from etl.k2f import facts
from etl.k2f.stop import Ask
from etl.mapping import Mapping
from etl.readers.cells import Cell
from etl.source import Context

CLOSING = 13
#: The province has the jaarrekening before 15 July (Gemeentewet, art. 200): after that nothing is booked in the year.
CLOSING_ENDS = (7, 15)


@dataclass(frozen=True)
class Moment:
    """The state a journal is of; boekjaar None when every line has to say its own."""

    peildatum: dt.date
    boekjaar: int | None


def decide(above: list[list[Cell]], texts: list[str], context: Context, mapping: Mapping, ask: Ask) -> Moment:
    """Decide peildatum and boekjaar from the mapping, the text above the table and the file name.

    Args:
        above: The rows above the header.
        texts: Every text outside the lines, of the header too.
        context: File name, and a peildatum of the command line that counts when nothing else says it.
        mapping: The municipality's own words.
        ask: Hears what is missing or contradicts.
    """
    titles = [cell for row in above for cell in row if isinstance(cell, str)]
    years = facts.title_years(titles) | _joined(above, "boekjaar")
    years = years or facts.loose_years(titles)
    years = {mapping.boekjaar} if mapping.boekjaar and not years else years
    if mapping.boekjaar and years != {mapping.boekjaar}:
        listed = ", ".join(map(str, sorted(years)))
        ask.question(
            f"mapping.toml zegt boekjaar {mapping.boekjaar}, maar het bestand noemt {listed}.",
            "Controleer boekjaar in mapping.toml, of schrijf het per bestand onder [[bestanden]].",
        )
    boekjaar = next(iter(years)) if len(years) == 1 else None
    found = {mapping.peildatum} if mapping.peildatum else set()
    try:
        alone: list[list[Cell]] = [[text] for text in texts]
        found |= facts.named_dates([*above, *alone])
    except NotUnderstood as problem:
        ask.question(f"de peildatum boven de tabel is niet te lezen: {problem.reden}", problem.oplossing)
    found |= facts.name_dates(context.bestand)
    periods = facts.named_periods(titles) | _joined(above, "periode")
    if not found and boekjaar and periods:
        found = {facts.month_end(boekjaar, max(periods))}
    _periods_agree(periods, found, boekjaar, ask)
    return Moment(_one(found, context, ask), boekjaar)


def _joined(rows: list[list[Cell]], word: str) -> set[int]:
    """Give numbers in a cell right of a label, as in | Boekjaar | 2026 |."""
    found = set()
    for row in rows:
        for label, value in pairwise([cell for cell in row if cell is not None]):
            if isinstance(label, str) and label.strip().rstrip(":").lower().endswith(word):
                digits = str(int(value) if isinstance(value, float) else value).strip()
                if digits.isdigit():
                    found.add(int(digits))
    return found


def _periods_agree(periods: set[int], found: set[dt.date], boekjaar: int | None, ask: Ask) -> None:
    """Ask when a title names a period that does not end at the peildatum; closing periods are delivered later."""
    if len(found) != 1 or not periods or boekjaar is None:
        return
    peildatum, last = next(iter(found)), max(periods)
    end = facts.month_end(boekjaar, last)
    if end.replace(day=1) != peildatum.replace(day=1) and not (last >= 12 and peildatum > end):
        ask.question(
            f"het bestand noemt periode {last} van {boekjaar}, maar de peildatum is {peildatum:%d-%m-%Y}.",
            "Zorg dat de tekst boven de tabel, de bestandsnaam en mapping.toml hetzelfde moment noemen.",
        )


def _one(found: set[dt.date], context: Context, ask: Ask) -> dt.date:
    if len(found) == 1:
        return next(iter(found))
    if found:
        listed = ", ".join(day.strftime("%d-%m-%Y") for day in sorted(found))
        ask.question(
            f"de peildatum is niet eenduidig: {listed} (uit mapping.toml, het bestand of de bestandsnaam).",
            "Zorg dat mapping.toml, de tekst in het bestand en de bestandsnaam dezelfde datum noemen.",
        )
    elif context.peildatum:
        return context.peildatum
    else:
        ask.question(
            "wat is de peildatum van dit journaal?",
            "Zet hem in de bestandsnaam (journaal_2026-03-31.xlsx), of schrijf in mapping.toml peildatum = 2026-03-31.",
        )
    return dt.date.min  # never used: `ask` stops the file


def closing_end(boekjaar: int) -> dt.date:
    """Give the last day on which anything can be booked in a boekjaar."""
    return dt.date(boekjaar + 1, *CLOSING_ENDS)


def period_of(boekdatum: dt.date, boekjaar: int) -> int:
    """Give the period of a line whose file has no column for it: the month, and 13 after the year."""
    return boekdatum.month if boekdatum.year == boekjaar else CLOSING


def check_line(boekjaar: int, periode: int, boekdatum: dt.date, peildatum: dt.date) -> bool:
    """Check that boekjaar, period and boekdatum of a line can all be true at the peildatum.

    Args:
        boekjaar: Financial year.
        periode: 0 (opening) to 13 (closing).
        boekdatum: Day of booking.
        peildatum: The state the file is of.

    Returns:
        True when the line was booked in the month after its period, while that was still open.

    Raises:
        NotUnderstood: They contradict each other.
    """
    remedy = "Controleer boekjaar, periode en boekdatum van deze regel en exporteer opnieuw."
    if not dt.date(boekjaar, 1, 1) <= boekdatum <= closing_end(boekjaar):
        raise NotUnderstood(f"de boekdatum {boekdatum:%d-%m-%Y} valt buiten boekjaar {boekjaar}.", remedy)
    months = (boekdatum.year - boekjaar) * 12 + boekdatum.month
    fits = {months, months - 1}
    if months == 1:
        fits = {0, 1}
    elif months == 12:
        fits = {11, 12, CLOSING}
    elif months > 12:
        fits = {12, CLOSING}
    if periode not in fits:
        raise NotUnderstood(
            f"periode {periode} en boekdatum {boekdatum:%d-%m-%Y} van boekjaar {boekjaar} spreken elkaar tegen.", remedy
        )
    late = 1 <= periode <= 12 and periode == months - 1
    known = (peildatum.year - boekjaar) * 12 + peildatum.month
    unknown = periode > known and not (periode == CLOSING and known == 12)
    if unknown or (boekdatum > peildatum and not (late and months == known + 1)):
        raise NotUnderstood(
            f"deze boeking ({boekdatum:%d-%m-%Y}, periode {periode}) is van na de peildatum {peildatum:%d-%m-%Y}.",
            "Controleer de peildatum van het bestand en de boekdatum van deze regel.",
        )
    return late
