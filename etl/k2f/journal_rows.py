"""Lines of a journal to the rows that are stored: period and boekdatum checked, amounts in euros, numbered once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from etl.cleaning import NotUnderstood
from etl.codes import in_year
from etl.k2f import journal_moment
from etl.k2f.journal_lines import Table
from etl.k2f.journal_row import JournalLine
from etl.k2f.stop import Ask
from etl.mapping import Mapping

#: So many refused lines are listed; one wrong setting gives thousands.
LISTED = 50
_CENT = Decimal("0.01")
Row = dict[str, object]


def to_rows(
    tables: list[Table],
    moment: journal_moment.Moment,
    factor: Decimal,
    signs: dict[str, int],
    mapping: Mapping,
    ask: Ask,
) -> list[Row]:
    """Give the lines of the social domain as rows of the entity, but for their onderdeel.

    Args:
        tables: Lines per sheet.
        moment: Peildatum, and the boekjaar of lines that name none.
        factor: To euros.
        signs: Per side the factor that makes lasten positive spending and baten positive income.
        mapping: The municipality's own words.
        ask: Hears about every line that contradicts itself.
    """
    rows: list[Row] = []
    late = closing = 0
    seen: dict[tuple, int] = defaultdict(int)
    for line in (line for table in tables for line in table.lines):
        jaar = _boekjaar(line, moment, mapping, ask)
        if not line.code.startswith("6"):
            continue
        periode = line.periode
        if periode is None:
            periode = journal_moment.period_of(line.boekdatum, jaar)
            closing += periode == journal_moment.CLOSING
        try:
            late += journal_moment.check_line(jaar, periode, line.boekdatum, moment.peildatum)
            code = in_year(line.code, jaar, mapping.onderdeel.taakveld)
            nummer = _number(line, jaar, periode, moment.peildatum, seen)
            _check_delivered(line, jaar)
        except NotUnderstood as problem:
            if len(ask.refusals) < LISTED:
                ask.question(problem.reden, problem.oplossing, line.blad, line.rij)
            continue
        euros = (line.value * factor * signs[line.side or ""]).quantize(_CENT, ROUND_HALF_UP)
        rows.append(
            {
                "boekjaar": jaar, "periode": periode, "boekdatum": line.boekdatum,
                "prestatiemaand": line.prestatiemaand, "taakveld": code, "kostenplaats": line.kostenplaats,
                "kostensoort": line.kostensoort, "lasten_baten": line.side, "bedrag_eur": euros,
                "boekregel": nummer, "bron_blad": line.blad, "bron_rij": line.rij,
            }
        )  # fmt: skip
    if late:
        ask.notices.append(f"{late} regels zijn geboekt in de maand na hun periode; de periode telt.")
    if closing:
        ask.notices.append(f"{closing} regels zonder periode zijn na het boekjaar geboekt; zij staan in periode 13.")
    return rows


def _boekjaar(line: JournalLine, moment: journal_moment.Moment, mapping: Mapping, ask: Ask) -> int:
    if mapping.boekjaar and line.jaar not in (None, mapping.boekjaar):
        ask.stop("de kolom boekjaar heeft andere jaren dan mapping.toml.", "Herstel boekjaar in mapping.toml.")
    jaar = line.jaar or moment.boekjaar
    if jaar is None:
        ask.stop(
            "van welk boekjaar zijn deze boekingen?",
            "Neem de kolom Boekjaar op in de export, of schrijf in mapping.toml bijvoorbeeld boekjaar = 2026.",
            line.blad, line.rij,
        )  # fmt: skip
    return jaar


def _check_delivered(line: JournalLine, jaar: int) -> None:
    """Refuse a month of delivery that is years from the booking: a typing error, not care."""
    if line.prestatiemaand and not jaar - 5 <= line.prestatiemaand.year <= jaar + 1:
        raise NotUnderstood(
            f"de prestatieperiode {line.prestatiemaand:%m-%Y} past niet bij boekjaar {jaar}.",
            "Controleer de prestatieperiode van deze regel.",
        )


def _number(line: JournalLine, jaar: int, periode: int, peildatum: dt.date, seen: dict[tuple, int]) -> str:
    """Give what identifies a line in its boekjaar, so that a line that is delivered again counts once.

    That is the number of boekstuk and line. Without a number of the line the content goes with it (and how many times
    it occurred); without a boekstuk only the place in this file is left. Numbers are hashed: in some books anybody can
    type text there.

    Raises:
        NotUnderstood: The same number of boekstuk and line occurs twice.
    """
    dagboek, boekstuk, regel = line.nummer
    if not boekstuk:
        return f"{peildatum}/{line.blad}/{line.rij}/{line.side}"
    own: tuple = (jaar, dagboek, boekstuk, regel)
    if regel:
        # One row can be two lines, where lasten and baten are columns.
        key = (*own, *line.written)
        if (first := seen.setdefault(key, line.rij)) != line.rij:
            raise NotUnderstood(
                f"boekstuk en regelnummer staan ook al in rij {first}.",
                "Verwijder de dubbele regel, of neem de kolom Dagboek op als elk dagboek zijn eigen nummers heeft.",
            )
        # In another file the same number in another period is another line: some books number per month.
        own = (*own, periode, line.side)
    else:
        own += (line.boekdatum, line.periode, line.prestatiemaand, line.code, line.kostenplaats, line.kostensoort,
                line.side, line.value)  # fmt: skip
        seen[own] += 1
        own = (*own, seen[own])
    return hashlib.sha256("\0".join(map(str, own)).encode()).hexdigest()[:20]


def check_whole(rows: list[Row], mapping: Mapping, ask: Ask) -> None:
    """Ask whether a journal is the whole year to date or what is new, where it does not show that it is whole.

    A journal that holds every period from the first shows it; one that skips periods may be read as a state only when
    the mapping says so.
    """
    if mapping.levering is not None:
        return
    periods: dict[object, set[int]] = defaultdict(set)
    for row in rows:
        periods[row["boekjaar"]].add(int(str(row["periode"])))
    for jaar, found in sorted(periods.items(), key=str):
        if missing := set(range(1, min(max(found), 12) + 1)) - found:
            few = ", ".join(map(str, sorted(missing)[:12]))
            ask.question(
                f"is dit de hele stand van boekjaar {jaar} of alleen wat er nieuw is? Periode {few} ontbreekt.",
                'Schrijf in mapping.toml onder [[bestanden]] levering = "aanvulling" (alleen nieuwe regels) of '
                'levering = "volledig".',
            )
