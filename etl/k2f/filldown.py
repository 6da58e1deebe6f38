"""Proves taakvelden that stand on the first row of their block only; what is not proven is refused."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from etl.k2f.lines import Line, Table
from etl.k2f.sums import Slack, saldo_ways, same_code


def settle(table: Table) -> None:
    """Keep rows that took their taakveld from above only where the sheet proves it, and refuse the others.

    Proof is a subtotal right under the block that names the taakveld and is the sum of its rows, or a first row
    without kostenplaats that is the sum of the rows under it (it is then a total itself).
    """
    if not table.filled:
        return
    slack = Slack((value for line in table.lines for value in line.amounts.values()), thousands=True)
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in table.lines:
        lines[line.rij].append(line)
    closing: dict[int, list[Line]] = defaultdict(list)
    for total in table.totals:
        closing[total.rij].append(total)
    for block, end in _blocks(table, lines, closing):
        filled = [rij for rij in block if rij in table.filled]
        own = [line for rij in block for line in lines[rij]]
        if filled and not _closed(own, closing.get(end, []), slack) and not _headed(table, block, lines, slack):
            _refuse(table, filled)


def _blocks(table: Table, lines: dict[int, list[Line]], closing: dict[int, list[Line]]) -> list[tuple[list[int], int]]:
    """Give rows of one taakveld that follow one another, each with the row of the total that ends it (or 0)."""
    blocks: list[tuple[list[int], int]] = []
    block: list[int] = []
    code = None
    for rij in sorted({*lines, *closing}):
        if rij in closing:
            if block:
                blocks.append((block, rij))
            block = []
            continue
        if rij not in table.filled or lines[rij][0].code != code:
            if block:
                blocks.append((block, 0))
            block = []
        code = lines[rij][0].code
        block.append(rij)
    return [*blocks, (block, 0)] if block else blocks


def _closed(own: list[Line], totals: list[Line], slack: Slack) -> bool:
    """Say whether a subtotal of the same taakveld is the sum of a block."""
    if not totals or any(same_code(total.code) != same_code(own[0].code) for total in totals):
        return False
    return all(_adds_up(total, own, slack) for total in totals) and any(any(t.amounts.values()) for t in totals)


def _headed(table: Table, block: list[int], lines: dict[int, list[Line]], slack: Slack) -> bool:
    """Say whether the first row of a block is the sum of the others; it then moves to the totals."""
    head, below = lines[block[0]], [line for rij in block[1:] for line in lines[rij]]
    bare = all(not line.kostenplaats and not line.kostensoort for line in head)
    under = below and all(line.kostenplaats or line.kostensoort for line in below)
    sides = {line.side for line in head}
    if block[0] in table.filled or not bare or not under or not {line.side for line in below} <= sides:
        return False
    if not all(_adds_up(line, below, slack) for line in head) or not any(any(x.amounts.values()) for x in head):
        return False
    moved = {id(line) for line in head}
    table.lines = [line for line in table.lines if id(line) not in moved]
    for line in head:
        line.label = line.code
    table.totals += head
    return True


def _adds_up(total: Line, lines: list[Line], slack: Slack) -> bool:
    """Say whether a total is the sum of lines in all its measures, in one way."""
    ways = {"plain", "l-b", "b-l"}
    for measure, printed in total.amounts.items():
        lasten, baten = (
            sum((line.amounts.get(measure, Decimal(0)) for line in lines if line.side == side), Decimal(0))
            for side in ("L", "B")
        )
        if total.side in ("L", "B"):
            value = lasten if total.side == "L" else baten
            ways = ways if abs(value - printed) <= slack.of(len(lines)) else set()
        else:
            ways &= saldo_ways(printed, lasten, baten, slack.of(len(lines)))
    return bool(ways)


def _refuse(table: Table, filled: list[int]) -> None:
    for rij in filled:
        own = [line for line in table.lines if line.rij == rij]
        table.refusals.append(table.filled[rij])
        table.refused_rows[rij] = True  # whose it is, is what nobody knows
        gone = {id(line) for line in own}
        table.lines = [line for line in table.lines if id(line) not in gone]
