"""Layouts of the corpus: headings between rows, totals, parents, blocks, merged cells, tables side by side, pages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from tests.support.k2f_files import Table, xlsx
from tests.support.k2f_layout import (
    EURO,
    FIRST_AMOUNT,
    HEAD,
    Layout,
    blocks,
    line,
    lines,
    per_taakveld,
    plain,
    sheet,
    summed,
    titles,
    with_totals,
)
from tests.support.k2f_truth import MEASURES, T2022, T2024, T2025, T2026

NO_SIDE = HEAD[:3] + HEAD[4:]
SHORT = ["Taakveld", *HEAD[FIRST_AMOUNT:]]


def of_side(kant: str) -> Table:
    """Lines of one side, without a column that says so."""
    return [row[:3] + row[4:] for row in lines() if row[3] == kant]


def sections(
    lasten: str = "Lasten", baten: str = "Baten", totals: bool = True, at: int = 0, again: bool = False
) -> Table:
    """Headings between the rows say what is lasten and what is baten."""
    out: Table = [*titles(), NO_SIDE]
    saldo = [Decimal(0)] * len(MEASURES)
    for word, kant, sign in ((lasten, "L", -1), (baten, "B", 1)):
        own = of_side(kant)
        out += [[*[None] * at, word], *([NO_SIDE] if again else []), *own]
        if totals:
            out.append(summed(f"Totaal {word.lower()}", own, 3))
        saldo = [s + sign * t for s, t in zip(saldo, summed("", own, 3)[3:], strict=True)]
    return [*out, ["Saldo van baten en lasten", None, None, *saldo]] if totals else out


def half_headed() -> Table:
    """Only baten have a heading; the lasten stand bare above it."""
    return [*titles(), NO_SIDE, *of_side("L"), ["Baten"], *of_side("B")]


def heading_per_taakveld() -> Table:
    """Under each taakveld a heading Lasten and a heading Baten."""
    out: Table = [*titles(), NO_SIDE]
    for code, rows in blocks().items():
        out.append([f"{code} Naam van het taakveld"])
        for word, kant in (("Lasten", "L"), ("Baten", "B")):
            own = [line(row)[:3] + line(row)[4:] for row in rows if row.kant == kant]
            out += [["", word], *own] if own else []
    return out


def first_row_only(*, subtotals: bool, wrong: bool = False) -> Table:
    """The taakveld stands on the first row of its block only, as a pivot table shows it."""
    out: Table = [*titles(), HEAD]
    for code, rows in blocks().items():
        own = [line(row) for row in rows]
        out += [own[0], *([*row[:2], None, *row[3:]] for row in own[1:])]
        if subtotals:
            out.append(summed(f"Totaal {code}", own, at=2))
    if wrong:
        out[7][7] += 5
    return out


def sums_above() -> Table:
    """Each taakveld has a row with its sum, with its kostenplaatsen under it, without the code."""
    out: Table = [*titles(), [HEAD[2], *HEAD[:2], *HEAD[3:]]]
    for code, rows in blocks().items():
        for kant in "LB":
            own = [line(row) for row in rows if row.kant == kant]
            if own:
                out.append([f"{code} Naam", None, None, kant, *summed("", own)[FIRST_AMOUNT:]])
                out += [[None, *row[:2], *row[3:]] for row in own]
    return out


def sums_above_with_codes() -> Table:
    """The same, but each line repeats the code: only the empty kostenplaats tells a sum from a line."""
    out, code = sums_above(), None
    for row in out[5:]:
        code = row[0].split()[0] if row[0] else code
        row[0] = code
    return out


def one_budget_twice() -> Table:
    """A line without kostenplaats that happens to be as much as the only line with one."""
    return [["Begroting 2026"], ["Peildatum 30-09-2026"], [EURO], [*HEAD[:1], *HEAD[2:4], "Begroting"],
            ["60100001", "6.1", "L", Decimal(50000)], [None, "6.1", "L", Decimal(50000)],
            ["60300001", "6.3", "L", Decimal(7200)]]  # fmt: skip


def other_taakvelden() -> Table:
    """Taakvelden outside the social domain with subtotals: 0.1 and 0.10 are two."""
    extra = [[f"0{code.replace('.', '')}00001", "43300", code, "L", *[Decimal(n)] * 5] for code, n in
             (("0.1", 10), ("0.10", 7), ("0.11", 5), ("5.1", 3))]  # fmt: skip
    for row in extra:
        row[5] = Decimal(0)
    table = [*lines(), *extra]
    out: Table = [*titles(), HEAD]
    for code in dict.fromkeys(row[2] for row in table):
        own = [row for row in table if row[2] == code]
        out += [*own, summed(f"Totaal {code} Naam", own)]
    return out


def named_blocks(subtotals: bool) -> Table:
    """The taakveld stands on a line of its own over its kostenplaatsen."""
    out: Table = [*titles(), HEAD]
    for code, rows in blocks().items():
        own = [line(row) for row in rows]
        out += [[None, None, f"{code} Naam"], *([*row[:2], None, *row[3:]] for row in own)]
        out += [summed(f"Totaal {code}", own)] if subtotals else []
    return out


def merged_blocks() -> tuple[Table, list[str]]:
    """The taakveld is one cell over all rows of its block."""
    out, areas = [*titles(), HEAD], []
    for rows in blocks().values():
        own, start = [line(row) for row in rows], len(out) + 1
        out += [own[0], *([*row[:2], None, *row[3:]] for row in own[1:])]
        areas += [f"C{start}:C{len(out)}"] if len(own) > 1 else []
    return out, areas


def side_by_side(lasten: str | None = "Lasten", baten: str | None = "Baten", gap: int = 1) -> Table:
    """A table of lasten and beside it a table of baten, each with its own taakvelden."""
    tables = []
    for kant in "LB":
        tables.append([[code, *sides[kant]] for code, sides in per_taakveld().items() if any(sides[kant])])
    hole: list[Any] = [None] * gap
    empty: list[Any] = [None] * len(SHORT)
    out: Table = [*titles()]
    if lasten or baten:
        out.append([lasten, *empty[1:], *hole, baten])
    out.append([*SHORT, *hole, *SHORT])
    for place in range(max(map(len, tables))):
        left, right = (table[place] if place < len(table) else empty for table in tables)
        out.append([*left, *hole, *right])
    sums = [summed("Totaal", table, 1) for table in tables]
    return [*out, [*sums[0], *hole, *sums[1]]]


def with_side_columns() -> Table:
    """Two tables side by side, each with a column L/B: the first taakvelden left, the rest right."""
    left, right = lines()[:6], lines()[6:]
    body = [[*a, None, *b] for a, b in zip(left, right, strict=False)]
    body += [[*[None] * len(HEAD), None, *row] for row in right[len(left) :]]
    return [*titles(), [*HEAD, None, *HEAD], *body]


def parents(truth: Any = T2026) -> Table:
    """Each taakveld of three digits or with a letter has its parent above it, and 6 stands over all."""
    out: Table = [*titles(truth), [*SHORT[:1], "L/B", *SHORT[1:]]]
    sums = per_taakveld(truth)
    for parent in ("6", "6.7", "6.71"):
        for kant in "LB":
            own = [s[kant] for c, s in sums.items() if c.startswith(parent)]
            total = [sum(values, Decimal(0)) for values in zip(*own, strict=True)]
            if own and parent not in sums:
                out.append([parent + " Naam", kant, *total])
    out += [[code, kant, *sides[kant]] for code, sides in sums.items() for kant in "LB" if any(sides[kant])]
    return out


def pages() -> Table:
    """Printed pages: a footer, and the header again at the top of the next."""
    out: Table = [*titles(), HEAD]
    for start in range(0, len(T2026.rows), 5):
        out += lines()[start : start + 5]
        out += [["Afgedrukt op 05-10-2026", None, f"Pagina {start // 5 + 1} van 3"], [], HEAD]
    return [*out[:-1], ["Bron: Key2Financien"], [None, "Versie 1"]]


def off(table: Table, label: str, column: int, by: int) -> Table:
    next(row for row in table if row[0] == label)[column] += by
    return table


def merged(folder: Any) -> Any:
    table, areas = merged_blocks()
    return xlsx(folder / "overzicht.xlsx", table, merged=areas)


LAYOUTS: dict[str, Layout] = {
    "headings Lasten and Baten between the rows": Layout(sheet(sections())),
    "headings without totals": Layout(sheet(sections(totals=False))),
    "headings in capitals in the third column": Layout(sheet(sections("LASTEN", "BATEN", at=2))),
    "headings Uitgaven and Inkomsten": Layout(sheet(sections("Uitgaven", "Inkomsten"))),
    "headings with the header again under each": Layout(sheet(sections(again=True))),
    "headings A. Lasten and B. Baten": Layout(sheet(sections("A. Lasten", "B. Baten", totals=False))),
    "headings with the unit": Layout(sheet(sections("Lasten (x € 1)", "Baten (x € 1)", totals=False))),
    "headings under each taakveld": Layout(sheet(heading_per_taakveld())),
    "a heading over the baten only": Layout(sheet(half_headed()), "refuse", why="kop Lasten of Baten"),
    "subtotals, totals and saldo": Layout(sheet([*titles(), HEAD, *with_totals(lines())])),
    "one total at the end": Layout(sheet([*plain(), summed("Totaal", lines())])),
    "a total without a name": Layout(sheet([*plain(), summed("", lines())])),
    "total above the lines": Layout(sheet([*titles(), HEAD, summed("Totaal", lines()), *lines()])),
    "a subtotal ten euros off": Layout(
        sheet([*titles(), HEAD, *off(with_totals(lines()), "Subtotaal 6.711", 7, 10)]), "refuse", why="niet de som"),
    "a subtotal of a taakveld that has no lines": Layout(
        sheet([*plain(), summed("Subtotaal 6.4", lines()[-1:])]), "refuse", why="niet de som"),
    "parents beside children": Layout(sheet(parents())),
    "parents beside children, letters": Layout(sheet(parents(T2024)), truths=(T2024,), peildatum=dt.date(2024, 9, 30)),
    "taakveld on the first row of its block, merged": Layout(merged),
    "taakveld on the first row of its block, subtotals prove it": Layout(sheet(first_row_only(subtotals=True))),
    "taakveld on the first row of its block, nothing proves it": Layout(
        sheet(first_row_only(subtotals=False)), "refuse", why="taakveld ontbreekt"),
    "taakveld on the first row of its block, subtotals disprove it": Layout(
        sheet(first_row_only(subtotals=True, wrong=True)), "refuse"),
    "sums above, their lines without a code": Layout(sheet(sums_above())),
    "sums above, their lines with the code": Layout(sheet(sums_above_with_codes())),
    "a line without kostenplaats that may be a sum": Layout(
        sheet(one_budget_twice()), "refuse", why="kan een eigen bedrag zijn"),
    "subtotals of 0.1, 0.10 and 0.11": Layout(sheet(other_taakvelden())),
    "headings with the name of each taakveld, subtotals prove it": Layout(sheet(named_blocks(True))),
    "headings with the name of each taakveld, nothing proves it": Layout(
        sheet(named_blocks(False)), "refuse", why="taakveld ontbreekt"),
    "numbers of columns under the header": Layout(
        sheet([*titles(), HEAD, [Decimal(n) for n in range(1, 10)], *lines()])),
    "euro signs under the header": Layout(sheet([*titles(), HEAD, [*[None] * 4, *["€"] * 5], *lines()])),
    "tables of lasten and baten side by side": Layout(sheet(side_by_side())),
    "side by side without a column between": Layout(sheet(side_by_side(gap=0))),
    "side by side, two columns between": Layout(sheet(side_by_side("Totaal lasten", "Totaal baten", gap=2))),
    "side by side, nothing says what is what": Layout(
        sheet(side_by_side(None, None)), "refuse", why="lasten en welke baten"),
    "side by side, each with a column L/B": Layout(sheet(with_side_columns())),
    "pages with footers and the header again": Layout(sheet(pages())),
    "blank rows between": Layout(sheet([*titles(), [], HEAD, [], *(row for own in lines() for row in (own, []))])),
    "blank columns before": Layout(sheet([[None, None, *row] for row in plain()])),
    "hidden rows are data": Layout(sheet(plain(), hidden_rows=[7, 8])),
    "a hidden sheet with last year": Layout(sheet({"Nu": plain(), "Oud": plain(T2025)}, hidden=["Oud"])),
    "sheets of words beside the table": Layout(sheet({"Toelichting": [["Uitleg"], [EURO]], "Data": plain()})),
    "codes of 2017-2022": Layout(sheet(plain(T2022)), truths=(T2022,), peildatum=dt.date(2022, 9, 30)),
    "codes of 2023-2024": Layout(sheet(plain(T2024)), truths=(T2024,), peildatum=dt.date(2024, 9, 30)),
    "an amount merged over two lines": Layout(
        sheet([*titles(), HEAD, *lines()[:1], [*lines()[1][:7], None, *lines()[1][8:]], *lines()[2:]],
              merged=["H6:H7"]), "refuse", why="samengevoegd"),
}  # fmt: skip
