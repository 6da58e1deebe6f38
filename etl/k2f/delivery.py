"""One overview understood as a whole: sheet, header, period, unit, signs and lines, or the questions it leaves open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter

from etl.cleaning import NotUnderstood, plain
from etl.codes import in_year
from etl.k2f import choose, facts, moment, prognose, sums
from etl.k2f.blocks import split
from etl.k2f.decimals import read_with_decimals
from etl.k2f.layout import Layout
from etl.k2f.lines import Line, Table, read_table
from etl.k2f.signs import decide_signs
from etl.k2f.stop import Ask, Stop
from etl.k2f.unit import decide_unit
from etl.mapping import Mapping
from etl.readers.cells import Sheet, column_letter
from etl.source import Context, Refusal

__all__ = ["Delivery", "Stop", "understand"]


@dataclass
class Delivery:
    """An overview that is certain: lines of the social domain with amounts as written, and how to read those."""

    blad: str
    peildatum: dt.date
    boekjaar: int
    periode: int | None
    factor: Decimal
    signs: dict[str, int]
    measures: set[str]
    lines: list[Line]
    gelezen: int
    refusals: list[Refusal] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    tot_en_met: bool = False  # the sheet itself says that it is the state up to a moment

    def sign(self, side: str | None) -> int:
        """Give the factor that makes lasten positive spending and baten positive income."""
        return self.signs.get(side or "", 1)

    def periode_of(self, jaar: int) -> int:
        """Give the last period of a boekjaar at the peildatum."""
        if self.periode is not None and jaar == self.boekjaar:
            return self.periode
        return moment.period_at(jaar, self.peildatum)


def understand(sheet: Sheet, layout: Layout, context: Context, ask: Ask) -> Delivery:
    """Understand one sheet with an overview.

    Args:
        sheet: The sheet.
        layout: Its header, as found.
        context: File name, mapping, and a peildatum of the command line.
        ask: Hears the questions; already holds the notices on the file.

    Raises:
        Stop: With every question it leaves open, or every cell that is wrong.
    """
    mapping = context.mapping or Mapping()
    if sheet.hidden_rows:
        hidden = ", ".join(map(str, sorted(sheet.hidden_rows)[:10]))
        ask.notices.append(f"Blad '{sheet.naam}' heeft verborgen rijen ({hidden}); die zijn gewoon meegelezen.")
    choose.check_columns(sheet, layout, mapping, ask)
    below = [i for i in range(layout.row + 1, len(sheet.rows)) if any(cell is not None for cell in sheet.rows[i])]
    ask.gelezen = len(below)
    if not below:
        ask.stop("onder de kop staan geen regels.", "Controleer of de export regels bevat.", sheet.naam)
    rows = choose.filtered(sheet, layout, mapping, below, ask)
    titles = moment.titles(sheet, layout)
    layout = moment.one_year(sheet, layout, mapping, ask)
    choose.check_unknown(sheet, layout, rows, ask)
    layouts = [choose.resolve(part, titles, context.bestand, ask) for part in split(sheet, layout)]
    layout = replace(layout, slots={index: slot for part in layouts for index, slot in part.slots.items()})
    tables = [_table(sheet, part, rows, mapping, ask) for part in layouts]
    table = _together(tables, layouts, sheet, ask)
    said = moment.decide(sheet, layout, table, titles, context, mapping, ask)
    open_rows = _check_splits(table, mapping, ask)
    # Amounts of rows that do not count prove nothing about the unit.
    absolute = layout.column("debet_credit") is not None
    factor = decide_unit([*titles, *table.texts], [] if open_rows else table.lines, mapping.eenheid, absolute, ask)
    for part, own in zip(layouts, tables, strict=True):
        choose.check_sides(part, own, ask)
    choose.check_merged_amounts(sheet, layout, ask)
    _check_second_table(table, sheet, ask)
    ask.stop_if_asked()
    _check_refused(table, ask)
    return _judge(_Sorted(sheet, layout, table, tables, rows, len(below)), said, factor, mapping, ask)


def _together(tables: list[Table], layouts: list[Layout], sheet: Sheet, ask: Ask) -> Table:
    """Give all tables of a sheet as one; asks where two beside each other hold the same lines."""
    if len(tables) == 1:
        return tables[0]
    whole = Table()
    known: set[tuple] = set()
    for table, layout in zip(tables, layouts, strict=True):
        own = {(line.jaar, line.code, line.side, line.kostenplaats, line.kostensoort) for line in table.lines}
        if both := own & known:
            codes = ", ".join(sorted({str(key[1]) for key in both})[:3])
            ask.question(
                f"naast elkaar staan tabellen met dezelfde regels (taakveld {codes}); samen zouden ze dubbel tellen.",
                "Laat één van de tabellen staan, of zet elke tabel in een eigen bestand.", sheet.naam, layout.row + 1,
            )  # fmt: skip
        known |= own
        whole.add(table)
    whole.gelezen = tables[0].gelezen
    return whole


def _table(sheet: Sheet, layout: Layout, rows: list[int], mapping: Mapping, ask: Ask) -> Table:
    try:
        return read_with_decimals(sheet, layout, rows, mapping.decimaal)
    except NotUnderstood as problem:
        ask.question(problem.reden, problem.oplossing, sheet.naam)
        return read_table(sheet, layout, rows, {})


def _check_splits(table: Table, mapping: Mapping, ask: Ask) -> bool:
    """Ask which rows count, where a column says that the file holds several states beside each other."""
    asked = False
    chosen = {plain(kop) for kop in mapping.filter}
    for kop, values in table.splits.items():
        if len(values) > 1 and plain(kop) not in chosen:
            few = ", ".join(sorted(values)[:3])
            ask.question(
                f"welke regels tellen mee? Kolom '{kop}' heeft {len(values)} verschillende waarden ({few}, ...).",
                f'Schrijf in mapping.toml onder [filter]: "{kop}" = "de waarde die meetelt".',
            )
            asked = True
    return asked


def _check_second_table(table: Table, sheet: Sheet, ask: Ask) -> None:
    """Ask when the header stands there again over largely the same lines: another year or month, not another page."""
    borders = [*table.headed_again, 1 << 30]
    key = attrgetter("jaar", "code", "side", "kostenplaats", "kostensoort")
    known = {key(line) for line in table.lines if line.rij < borders[0]}
    for start, end in pairwise(borders):
        block = {key(line) for line in table.lines if start < line.rij < end}
        if 2 * len(block & known) > len(block):
            ask.question(
                "hier begint een tweede tabel met dezelfde regels; samen zouden ze dubbel tellen.",
                "Laat één tabel per blad staan, of zet elke tabel in een eigen bestand.", sheet.naam, start,
            )  # fmt: skip
            return
        known |= block


def _check_refused(table: Table, ask: Ask) -> None:
    """Refuse the file when a refused row may hold money of the social domain."""
    if any(table.refused_rows.values()):
        ask.refusals += table.refusals
        ask.question(
            "het bestand is als geheel geweigerd: een regel met geld voor het sociaal domein is niet te begrijpen.",
            "Herstel de genoemde cellen; een som met een gat is een verkeerde som.",
        )
        raise Stop(ask)


@dataclass(frozen=True)
class _Sorted:
    """A sheet sorted out: its tables, and all of them as one."""

    sheet: Sheet
    layout: Layout
    table: Table
    tables: list[Table]
    rows: list[int]
    gelezen: int


def _judge(found: _Sorted, said: moment.Moment, factor: Decimal, mapping: Mapping, ask: Ask) -> Delivery:
    """Check sums and signs, keep the social domain, and hand over."""
    sheet, layout, table = found.sheet, found.layout, found.table
    values = [value for line in table.lines for value in line.amounts.values()]
    slack = sums.Slack(values, factor > 1)
    if table.refusals and table.totals:
        ask.notices.append("De totalen zijn niet nagerekend: buiten het sociaal domein zijn regels geweigerd.")
    verdict = sums.Verdict([])
    for own in found.tables:
        # With a hole outside the social domain totals prove nothing.
        verdict.add(sums.judge(own.lines, [] if table.refusals else own.totals, own.saldi, slack))
    for miss in verdict.mismatches:
        place = None if miss.column is None else f"{column_letter(miss.column)} ({layout.headers.get(miss.column, '')})"
        reden = f"{miss.what}: er staat {miss.printed}, de som is {miss.summed}."
        ask.refusals.append(
            Refusal(sheet.bestand, sheet.naam, miss.rij, place, str(miss.printed), reden,
                    "Controleer of er regels ontbreken of bedragen zijn aangepast, en exporteer opnieuw.")
        )  # fmt: skip
    _check_changes(sheet, verdict.leaves, slack, ask)
    _check_codes(sheet, layout, verdict.leaves, said, mapping.onderdeel.taakveld, ask)
    _check_twice(sheet, table, verdict, ask)
    if sheet.blind and table.blank_as_zero and not verdict.checked:
        ask.question(
            f"op {table.blank_as_zero} regels is een bedrag leeg. In dit bestandstype kan dat ook een foutcel zijn.",
            "Bewaar het bestand als .xlsx en lever het opnieuw aan.", sheet.naam,
        )  # fmt: skip
    signs = decide_signs(verdict, mapping, layout, ask)
    if ask.refusals:
        raise Stop(ask)
    lines = [line for line in verdict.leaves if line.code.startswith("6.")]
    if not lines:
        ask.stop("er staat geen enkel taakveld van het sociaal domein (6.x) in.", "Controleer de export.", sheet.naam)
    _notices(table, lines, verdict, ask)
    measures = {slot.field for slot in layout.slots.values()}
    measures |= _complete_budget(lines, measures, ask)
    read = prognose.Overview(sheet, layout, found.rows, table, verdict, said.boekjaar, len(found.tables))
    measures |= prognose.add(read, factor, mapping, ask)
    return Delivery(
        sheet.naam, said.peildatum, said.boekjaar, said.periode, factor, signs, measures, lines, found.gelezen,
        table.refusals, ask.notices, facts.says_until([*moment.titles(sheet, layout), *table.texts]),
    )  # fmt: skip


def _check_twice(sheet: Sheet, table: Table, verdict: sums.Verdict, ask: Ask) -> None:
    """Ask about lines that may stand in the sheet twice, unless a printed total counts them."""
    again = {line.rij for line in verdict.leaves if line.rij in set(table.repeated) and not verdict.covered(line)}
    if again:
        rows = ", ".join(map(str, sorted(again)[:5]))
        ask.question(f"regel {rows} staat er precies zo al eerder in.", "Verwijder de dubbele regels.", sheet.naam)
    for line in verdict.stray:
        ask.question(
            f"deze regel van taakveld {line.code} staat buiten het subtotaal van dat taakveld.",
            "Zet de regel boven zijn subtotaal, of verwijder haar als zij er dubbel in staat.", sheet.naam, line.rij,
        )  # fmt: skip


def _check_changes(sheet: Sheet, lines: list[Line], slack: sums.Slack, ask: Ask) -> None:
    """Refuse lines whose budget in force is not what was voted plus the changes."""
    for line, summed in sums.changes(lines, slack)[1]:
        reden = f"begroting na wijziging is niet primitief plus wijzigingen ({summed})."
        place, value = column_letter(line.columns["actueel"]), str(line.amounts["actueel"])
        remedy = "Controleer deze regel en exporteer opnieuw."
        ask.refusals.append(Refusal(sheet.bestand, sheet.naam, line.rij, place, value, reden, remedy))


def _check_codes(
    sheet: Sheet, layout: Layout, lines: list[Line], said: moment.Moment, own: Collection[str], ask: Ask
) -> None:
    """Refuse codes of the social domain that do not exist in their year and that nobody placed."""
    column = layout.column("taakveld")
    place = None if column is None else f"{column_letter(column)} ({layout.headers.get(column, '')})"
    for line in lines:
        if not line.code.startswith("6"):
            continue
        try:
            in_year(line.code, line.jaar or said.boekjaar, own)
        except NotUnderstood as problem:
            cell = sheet.rows[line.rij - 1][column] if column is not None else None
            ask.refusals.append(
                Refusal(sheet.bestand, sheet.naam, line.rij, place, str(cell)[:80], problem.reden, problem.oplossing)
            )


def _complete_budget(lines: list[Line], measures: set[str], ask: Ask) -> set[str]:
    """Give lines a budget in force where the file has only its parts."""
    if "actueel" in measures or "primitief" not in measures:
        return set()
    for line in lines:
        line.amounts["actueel"] = line.amounts.get("primitief", Decimal(0)) + line.amounts.get(
            "wijzigingen", Decimal(0)
        )
    if "wijzigingen" not in measures:
        ask.notices.append("Er is geen kolom met wijzigingen: de actuele begroting is gelijk aan de primitieve.")
    return {"actueel"}


def _notices(table: Table, lines: list[Line], verdict: sums.Verdict, ask: Ask) -> None:
    if table.blank_as_zero:
        ask.notices.append(f"Op {table.blank_as_zero} regels is een leeg bedrag naast gevulde bedragen gelezen als 0.")
    if table.without_amount:
        ask.notices.append(f"{table.without_amount} regels met een taakveld maar zonder bedragen zijn niet geladen.")
    keys = [(line.jaar, line.code, line.kostenplaats, line.kostensoort, line.side) for line in lines]
    if len(keys) > len(set(keys)):
        ask.notices.append(f"{len(keys) - len(set(keys))} regels met dezelfde sleutel zijn bij elkaar opgeteld.")
    if verdict.checked:
        ask.notices.append(f"{verdict.checked} afgedrukte totalen zijn nagerekend en kloppen.")
