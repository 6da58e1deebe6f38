"""A workbook of overviews: one sheet, a sheet a year or a month, or sheets that complete each other."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from contextlib import suppress
from itertools import combinations
from typing import NoReturn

from etl.codes import in_year
from etl.k2f import choose, facts
from etl.k2f.delivery import Delivery, understand
from etl.k2f.layout import Layout
from etl.k2f.lines import Line
from etl.k2f.stop import Ask, Stop
from etl.mapping import Mapping
from etl.readers.cells import Sheet
from etl.source import Context

_CHOOSE = 'Schrijf in mapping.toml welk blad: blad = "naam".'


def understand_workbook(sheets: list[Sheet], context: Context) -> list[Delivery]:
    """Understand a file: one part a sheet that counts, which together are its state.

    Of several sheets with states of one boekjaar the newest counts, when each says up to when it is; an older boekjaar
    counts beside it when it is closed; sheets of one moment complete each other when no amount can be in two of them.

    Raises:
        Stop: With every question it leaves open, or every cell that is wrong.
    """
    mapping = context.mapping or Mapping()
    ask = Ask(context.bestand)
    tables = choose.choose_tables(sheets, mapping, ask)
    if len(tables) == 1:
        return [understand(*tables[0], context, ask)]
    parts = [_one_of_several(sheet, layout, context, tables, ask) for sheet, layout in tables]
    by_year: dict[int, list[Delivery]] = defaultdict(list)
    for part in parts:
        years = {line.jaar or part.boekjaar for line in part.lines}
        if len(years) > 1:
            _ask_which(tables, ask, "een blad heeft regels van meer jaren")
        by_year[years.pop()].append(part)
    chosen = [part for year in sorted(by_year) for part in _newest(by_year[year], tables, ask)]
    _check_closed(chosen, by_year, tables, ask)
    peildatum = max(part.peildatum for part in chosen)
    named = facts.name_dates(context.bestand)
    if named and peildatum not in named:
        _ask_which(tables, ask, f"het nieuwste blad is van {peildatum:%d-%m-%Y}, de bestandsnaam zegt iets anders")
    chosen[0].notices[:0] = ask.notices
    return [dataclasses.replace(part, peildatum=peildatum) for part in chosen]


def _one_of_several(
    sheet: Sheet, layout: Layout, context: Context, tables: list[tuple[Sheet, Layout]], ask: Ask
) -> Delivery:
    """Understand one sheet of several. What it says of its moment goes before the name of the file."""
    own = dataclasses.replace(context, bestand="")
    with suppress(Stop):
        return understand(sheet, layout, own, Ask(context.bestand))
    try:
        return understand(sheet, layout, context, Ask(context.bestand))
    except Stop as stop:
        ask.gelezen = stop.gelezen
        _ask_which(tables, ask, f"blad '{sheet.naam}' alleen is niet te lezen: {stop.refusals[0].reden}")


def _newest(parts: list[Delivery], tables: list[tuple[Sheet, Layout]], ask: Ask) -> list[Delivery]:
    """Give the parts of one boekjaar that count: the newest state, whole."""
    newest = max(part.peildatum for part in parts)
    older = [part for part in parts if part.peildatum < newest]
    left = [part for part in parts if part.peildatum == newest]
    if older and not all(part.tot_en_met for part in parts):
        _ask_which(tables, ask, "het is niet zeker of elk blad de stand tot en met zijn periode is")
    for part in older:
        left[0].gelezen += part.gelezen
        left[0].notices.append(
            f"Blad '{part.blad}' is een oudere stand ({part.peildatum:%d-%m-%Y}); blad '{left[0].blad}' telt."
        )
    for one, other in combinations(left, 2):
        if _overlap(one, other):
            _ask_which(tables, ask, f"de bladen '{one.blad}' en '{other.blad}' hebben dezelfde taakvelden")
    return left


def _code(line: Line, jaar: int) -> str:
    """The code as its year writes it; one that the mapping placed (others were refused by now) stays as it is."""
    return in_year(line.code, line.jaar or jaar, own=(line.code,))


def _overlap(one: Delivery, other: Delivery) -> bool:
    """Say whether an amount may stand in both: the same taakveld and side, unless kostenplaatsen tell them apart."""
    keys = []
    for part in (one, other):
        jaar = part.boekjaar
        bare = {(_code(line, jaar), line.side) for line in part.lines}
        full = {(*key, line.kostenplaats, line.kostensoort) for line in part.lines
                for key in [(_code(line, jaar), line.side)]}  # fmt: skip
        keys.append((bare, full, all(line.kostenplaats for line in part.lines)))
    (bare, full, apart), (bare2, full2, apart2) = keys
    if apart and apart2:
        return bool(full & full2)
    codes, codes2 = {code for code, _ in bare}, {code for code, _ in bare2}
    nested = any(a != b and (a.startswith(b) or b.startswith(a)) for a in codes for b in codes2)
    return bool(bare & bare2) or nested


def _check_closed(
    chosen: list[Delivery], by_year: dict[int, list[Delivery]], tables: list[tuple[Sheet, Layout]], ask: Ask
) -> None:
    """Ask when an older boekjaar is not of its end: a year to compare with is not the state of that year now."""
    last = max(by_year)
    for part in chosen:
        jaar = part.lines[0].jaar or part.boekjaar
        if jaar < last and part.periode_of(jaar) < 12:
            _ask_which(tables, ask, f"blad '{part.blad}' is niet de eindstand van {jaar}")


def _ask_which(tables: list[tuple[Sheet, Layout]], ask: Ask, why: str) -> NoReturn:
    names = ", ".join(f"'{sheet.naam}'" for sheet, _ in tables)
    ask.stop(f"er zijn meer bladen met een tabel: {names}; {why.rstrip('.')}.", _CHOOSE)
