"""The sign convention of an overview: whether lasten and baten are written as positive amounts."""

from __future__ import annotations

from decimal import Decimal

from etl.k2f.layout import Layout
from etl.k2f.lines import Line
from etl.k2f.stop import Ask
from etl.k2f.sums import Verdict
from etl.mapping import Mapping

_SIGNED = ("primitief", "actueel", "realisatie")


def decide_signs(verdict: Verdict, mapping: Mapping, layout: Layout, ask: Ask) -> dict[str, int]:
    """Decide the sign convention; one that is not "all positive" needs the mapping, or totals that prove it."""
    signs = {}
    by_side = {side: _weight([line for line in verdict.leaves if line.side == side]) for side in ("L", "B")}
    for side, name, said in (("L", "lasten", mapping.lasten_teken), ("B", "baten", mapping.baten_teken)):
        if said:
            signs[side] = -1 if said == "negatief" else 1
        elif layout.column("debet_credit") is not None:
            signs[side] = 1 if side == "L" else -1
        elif _contradicts([line for line in verdict.leaves if line.side == side]):
            ask.question(
                f"bij de {name} hebben begroting en realisatie per saldo een verschillend teken.",
                f'Schrijf in mapping.toml {name}_teken = "positief" als dat echt zo is; maak anders de export opnieuw.',
            )
            signs[side] = 1
        elif by_side[side] < 0:
            if not verdict.plain:
                ask.question(
                    f"de {name} zijn (per saldo) negatief, en het bestand bewijst niet dat dit een schrijfwijze is.",
                    f'Schrijf in mapping.toml {name}_teken = "negatief" (of "positief" als ze echt negatief zijn).',
                )
            signs[side] = -1
        else:
            signs[side] = 1
    return signs


def _contradicts(lines: list[Line]) -> bool:
    """Say whether one measure of a side is negative where another is positive: two conventions, or one odd year."""
    sums = [sum((line.amounts.get(m, Decimal(0)) for line in lines), Decimal(0)) for m in _SIGNED]
    return any(value > 0 for value in sums) and any(value < 0 for value in sums)


def _weight(lines: list[Line]) -> Decimal:
    """Give the sum that shows the sign convention: of the budget, which knows no reversals, else of what there is."""
    for measure in ("actueel", "primitief", "realisatie", "verplichting"):
        total = sum((line.amounts.get(measure, Decimal(0)) for line in lines), Decimal(0))
        if total:
            return total
    return Decimal(0)
