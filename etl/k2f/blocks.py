"""Tables that stand side by side under one header row, each as a layout of its own."""

from __future__ import annotations

from dataclasses import replace

from etl.k2f.layout import Layout, Slot
from etl.k2f.sections import title_side
from etl.readers.cells import Sheet

_MAY_RETURN = ("wijzigingen", "restant", "splitsing", "")


def split(sheet: Sheet, layout: Layout) -> list[Layout]:
    """Give the tables of a header: one, or several when the columns of a table begin again, taakveld and amounts too.

    A title over one of them ("Lasten") says what side it is.
    """
    starts = _starts(layout)
    if not starts:
        return [replace(layout, side=title_side(sheet, layout.row))]
    width = len(sheet.rows[layout.row])
    spans = list(zip([0, *starts], [*(start - 1 for start in starts), width - 1], strict=True))
    tables = [_part(layout, first, last) for first, last in spans]
    if not all(table.column("taakveld") is not None and table.used_amounts for table in tables):
        return [layout]  # a second column with codes only: which one counts, is asked
    return [replace(table, side=title_side(sheet, layout.row, span)) for table, span in zip(tables, spans, strict=True)]


def _part(layout: Layout, first: int, last: int) -> Layout:
    slots = {index: slot for index, slot in layout.slots.items() if first <= index <= last}
    headers = {index: text for index, text in layout.headers.items() if first <= index <= last}
    prognose = {index: slot for index, slot in layout.prognose.items() if first <= index <= last}
    return replace(layout, slots=slots, headers=headers, span=(first, last), prognose=prognose)


def _starts(layout: Layout) -> list[int]:
    """Give the columns where the row of fields begins again."""
    if sum(slot.field == "taakveld" for slot in layout.slots.values()) < 2:
        return []
    starts: list[int] = []
    seen: set[tuple[str, str | None]] = set()
    before = -1
    for index, slot in sorted(layout.slots.items()):
        key = _key(slot)
        if key in seen and slot.field not in _MAY_RETURN:
            holes = [column for column in range(before + 1, index) if column not in layout.headers]
            starts.append(holes[-1] + 1 if holes else index)
            seen = set()
        seen.add(key)
        before = index
    return starts


def _key(slot: Slot) -> tuple[str, str | None]:
    return slot.field, slot.side
