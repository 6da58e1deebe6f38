"""A journal understood as a whole: the lines that were booked, each with side, period and euros; or the questions.

A journal is the second grain of the finance system: one row per booked line. It is recognised by its columns, a
boekdatum and an amount per line and no budget. Descriptions, relations and creditors can name a person: no column but
those of `journal_layout.WRITTEN` is ever copied out of the sheet.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatch

from etl.cleaning import MONTHS, NotUnderstood, decimal_sign, plain
from etl.k2f import choose, journal_moment
from etl.k2f.journal_layout import amount_columns, check_columns, check_unread, find_journal_layout
from etl.k2f.journal_lines import Table, read_table
from etl.k2f.journal_rows import LISTED, Row, check_whole, to_rows
from etl.k2f.journal_sums import check_totals, decide_signs, decide_unit
from etl.k2f.layout import Layout, find_layout
from etl.k2f.stop import Ask, Stop
from etl.k2f.sums import tolerance
from etl.mapping import Mapping
from etl.readers.cells import Sheet, column_letter
from etl.source import Context, Refusal

_PERIOD_NAME = re.compile(rf"(?i)(?:20\d{{2}}|p?\d{{1,2}}|q[1-4]|kwartaal|periode|maand|{'|'.join(MONTHS)}|[\s._/-])+")
_NOT_BOOKED = re.compile("begrot|budget|raming|verplicht|obligo|prognose|concept|voorlopig|nietgeboekt|geannuleerd")

Found = list[tuple[Sheet, Layout]]


@dataclass
class Journal:
    """A journal that is certain: rows as stored but for the onderdeel, and what was counted."""

    peildatum: dt.date
    rows: list[Row]
    gelezen: int
    geladen: int
    refusals: list[Refusal]
    notices: list[str]


def find_journal(sheets: list[Sheet], mapping: Mapping) -> Found:
    """Give the sheets that hold a journal, with their headers; none when the file is something else."""
    chosen = [s for s in sheets if (plain(s.naam) == plain(mapping.blad) if mapping.blad else s.visible)]
    found = [(sheet, find_journal_layout(sheet, mapping)) for sheet in chosen]
    return [(sheet, layout) for sheet, layout in found if layout is not None]


def understand_journal(found: Found, sheets: list[Sheet], context: Context) -> Journal:
    """Understand one journal.

    Args:
        found: From `find_journal`.
        sheets: All sheets of the file, to name those that are left out.
        context: File name, mapping, and a peildatum of the command line.

    Raises:
        Stop: With every question it leaves open, or every cell that is wrong.
    """
    mapping = context.mapping or Mapping()
    ask = Ask(context.bestand)
    below = {
        sheet.naam: [i for i in range(layout.row + 1, len(sheet.rows)) if any(c is not None for c in sheet.rows[i])]
        for sheet, layout in found
    }
    ask.gelezen = sum(map(len, below.values()))
    _check_sheets(found, sheets, mapping, ask)
    tables = [_table(sheet, layout, below[sheet.naam], mapping, ask) for sheet, layout in found]
    _check_splits(tables, mapping, ask)
    first, layout = found[0]
    above = [row for sheet, own in found for row in sheet.rows[: own.row]]
    texts = [text for row in above for text in row if isinstance(text, str)]
    texts += [*layout.headers.values(), *(text for table in tables for text in table.texts)]
    moment = journal_moment.decide(above, texts, context, mapping, ask)
    lines = [line for table in tables for line in table.lines]
    if not lines and not any(table.refusals for table in tables):
        ask.stop("onder de kop staan geen boekingen.", "Controleer of de export regels bevat.", first.naam)
    _check_refused(tables, ask)
    factor = decide_unit(texts, lines, mapping, ask)
    ask.stop_if_asked()
    signs = _check_sums(tables, factor, mapping, ask)
    rows = to_rows(tables, moment, factor, signs, mapping, ask)
    check_whole(rows, mapping, ask)
    return _journal(rows, tables, moment, ask)


def _check_sheets(found: Found, sheets: list[Sheet], mapping: Mapping, ask: Ask) -> None:
    """Take several sheets together only when their names say that each is another period."""
    names = [sheet.naam for sheet, _ in found]
    if len(names) > 1 and not all(_PERIOD_NAME.fullmatch(name.strip()) for name in names):
        listed = ", ".join(f"'{name}'" for name in names)
        ask.stop(f"er zijn meer bladen met boekingen: {listed}.", 'Schrijf in mapping.toml welk blad: blad = "naam".')
    for sheet in sheets:
        if sheet.naam not in names and sheet.rows:
            if sheet.visible and not mapping.blad and find_layout(sheet, kolommen=mapping.kolommen) is not None:
                ask.stop(
                    f"blad '{sheet.naam}' is een overzicht en blad '{names[0]}' een journaal.",
                    'Lever ze aan als twee bestanden, of kies er een in mapping.toml: blad = "naam".',
                )
            why = "verborgen" if not sheet.visible else "geen journaal"
            ask.notices.append(f"Blad '{sheet.naam}' is overgeslagen ({why}).")
    for sheet, _ in found:
        if sheet.hidden_rows:
            hidden = ", ".join(map(str, sorted(sheet.hidden_rows)[:10]))
            ask.notices.append(f"Blad '{sheet.naam}' heeft verborgen rijen ({hidden}); die zijn gewoon meegelezen.")


def _table(sheet: Sheet, layout: Layout, below: list[int], mapping: Mapping, ask: Ask) -> Table:
    check_columns(sheet, layout, mapping, ask)
    rows = choose.filtered(sheet, layout, mapping, below, ask)
    check_unread(sheet, layout, rows, mapping, ask)
    decimals = {}
    for column in amount_columns(layout):
        try:
            decimals[column] = mapping.decimaal or decimal_sign(sheet.rows[row][column] for row in rows)
        except NotUnderstood as problem:
            place = f"kolom {column_letter(column)} ({layout.headers[column]}): {problem.reden}"
            ask.question(place, problem.oplossing, sheet.naam)
    table = read_table(sheet, layout, rows, decimals, lambda kostensoort: _side_of(kostensoort, mapping))
    no_side = layout.column("lasten_baten") is None and layout.column("lasten") is None
    if no_side and any(line.side is None for line in table.lines):
        ask.question(
            "het bestand zegt niet welke regels lasten en welke baten zijn (debet en credit zeggen dat niet).",
            'Schrijf onder [kolommen]: lasten_baten = "Kop in het bestand" (met L of B), of per kostensoort onder '
            '[lasten_baten]: "4*" = "L" en "8*" = "B".', sheet.naam, layout.row + 1,
        )  # fmt: skip
    return table


def _side_of(kostensoort: str | None, mapping: Mapping) -> str | None:
    """Give L or B of a kostensoort: by the mapping, or because the code itself says it, as in "L4.3.3".

    Raises:
        NotUnderstood: The mapping says both, or it has a list and this kostensoort is not on it.
    """
    code = kostensoort or ""
    if mapping.lasten_baten:
        said = {side for pattern, side in mapping.lasten_baten.items() if fnmatch(code, pattern)}
        if len(said) != 1:
            why = "staat niet" if not said else "staat als lasten én als baten"
            raise NotUnderstood(
                f"kostensoort {code or '(leeg)'} {why} in de lijst [lasten_baten] van mapping.toml.",
                f'Schrijf onder [lasten_baten]: "{code or "*"}" = "L" of "B".',
            )
        return said.pop()
    return code[0] if re.fullmatch(r"[LB]\d(?:\.\d){1,2}", code) else None


def _check_splits(tables: list[Table], mapping: Mapping, ask: Ask) -> None:
    """Ask which lines count, where a column says that not all of them are bookings of this municipality."""
    chosen = {plain(kop) for kop in mapping.filter}
    splits: dict[tuple[str, str], set[str]] = defaultdict(set)
    for table in tables:
        fields = {table.layout.headers[index]: slot.field for index, slot in table.layout.slots.items()}
        for kop, found in table.splits.items():
            splits[kop, fields[kop]] |= found
    for (kop, field), found in splits.items():
        mixed = len(found) > 1 if field == "splitsing" else any(_NOT_BOOKED.search(value) for value in found)
        if mixed and plain(kop) not in chosen:
            ask.question(
                f"welke regels tellen mee? Kolom '{kop}' heeft {len(found)} verschillende waarden.",
                f'Schrijf in mapping.toml onder [filter]: "{kop}" = "de waarde die meetelt".',
            )


def _check_refused(tables: list[Table], ask: Ask) -> None:
    """Refuse the file when a refused line may hold money of the social domain."""
    if not any(any(table.refused_rows.values()) for table in tables):
        return
    refusals = [refusal for table in tables for refusal in table.refusals]
    ask.refusals += refusals[:LISTED]
    more = f" Nog {len(refusals) - LISTED} regels zijn niet genoemd." if len(refusals) > LISTED else ""
    ask.stop(
        "het bestand is als geheel geweigerd: een boeking voor het sociaal domein is niet te begrijpen." + more,
        "Herstel de genoemde cellen; een som met een gat is een verkeerde som.",
    )


def _check_sums(tables: list[Table], factor: Decimal, mapping: Mapping, ask: Ask) -> dict[str, int]:
    """Check the printed totals of every sheet, and decide the signs of the file."""
    checked, opposite, lines = 0, False, [line for table in tables for line in table.lines]
    slack = tolerance((line.value for line in lines), factor > 1)
    for table in tables:
        if table.refusals and table.totals:
            ask.notices.append("De totalen zijn niet nagerekend: buiten het sociaal domein zijn regels geweigerd.")
            continue
        wrong, held, proof = check_totals(table.lines, table.totals, slack)
        checked, opposite = checked + held, opposite or proof
        for miss in wrong:
            place = f"{column_letter(miss.column)} ({table.layout.headers[miss.column]})"
            ask.refusals.append(
                Refusal(ask.bestand, table.sheet.naam, miss.rij, place, str(miss.printed),
                        f"dit totaal is niet de som van zijn regels: er staat {miss.printed}, de som is {miss.summed}.",
                        "Controleer of er regels ontbreken of bedragen zijn aangepast, en exporteer opnieuw.")
            )  # fmt: skip
    if checked:
        ask.notices.append(f"{checked} afgedrukte totalen zijn nagerekend en kloppen.")
    layout = tables[0].layout
    letters = layout.column("debet_credit") is not None or layout.column("debet") is not None
    return decide_signs(lines, letters, opposite, mapping, ask)


def _journal(rows: list[Row], tables: list[Table], moment: journal_moment.Moment, ask: Ask) -> Journal:
    """Hand over, or stop on what was asked."""
    same = [rij for table in tables for rij in table.same]
    many = sum(table.many_months for table in tables)
    if same:
        few = ", ".join(map(str, same[:5]))
        ask.notices.append(f"{len(same)} regels staan er precies zo al eerder in (rij {few}); zij tellen allemaal mee.")
    if many:
        ask.notices.append(f"{many} regels gaan over meer dan één prestatiemaand; daar is de maand leeg gelaten.")
    if ask.refusals:
        raise Stop(ask)
    if not rows:
        ask.stop("er staat geen enkele boeking van het sociaal domein (6.x) in.", "Controleer de export.")
    refusals = [refusal for table in tables for refusal in table.refusals]
    geladen = len({(row["bron_blad"], row["bron_rij"]) for row in rows})
    return Journal(moment.peildatum, rows, ask.gelezen, geladen, refusals, ask.notices)
