"""What providers declare of the care they gave, one line per product, person and month: entity `declaratie`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial

import numpy as np
import pandas as pd

from etl.care.awards import EENHEDEN
from etl.care.codes import without_old
from etl.care.fields import DECLARED
from etl.care.law import Law
from etl.care.product import (
    MOST,
    SOURCE_HELP,
    above,
    as_of,
    below_zero,
    category_rules,
    derive_product,
    four_decimals,
    other_laws,
    unknown_onderdelen,
    wrong_folder,
)
from etl.lines import BAD, Kind, Notices, Rule, days
from etl.lines.kind import regels
from etl.source import Column, Context, Entity, Privacy

#: One line of one client in one month is not this much; it then is in another unit.
_MOST_EUR = Decimal(1_000_000)
_CENT = Decimal("0.01")
#: A spreadsheet writes 12.34 as 12.340000000000001.
_NOISE = Decimal("0.000001")
KEY = ("persoon", "toewijzing", "regel", "aanbieder", "productcode", "prestatiemaand")


def entity(law: Law) -> Entity:
    """Give what is stored of a declared line under a law."""

    def h(*names: str) -> tuple[str, ...]:
        return tuple(header for name in names for header in DECLARED[name].headers)

    return Entity(
        "declaratie",
        "A declared line: care to one person in one month, or the credit of such a line",
        (
            Column("persoon", "VARCHAR", "pseudonym of the person", h("bsn", "clientnummer"), True, Privacy.PSEUDONYM),
            Column("toewijzing", "VARCHAR", "pseudonym of the award's number", h("toewijzingnummer"),
                   privacy=Privacy.PSEUDONYM),
            Column("regel", "VARCHAR", "pseudonym of the line's reference, with its side (debit or credit)",
                   h("referentie", "declaratienummer"), privacy=Privacy.PSEUDONYM),
            Column("productcategorie", "VARCHAR", f"{law.lijst} code, or the municipality's own",
                   h("productcategorie"), True),
            Column("onderdeel", "VARCHAR", "budget part of the productcategorie", values=law.onderdelen),
            Column("leveringsvorm", "VARCHAR", "ZIN or PGB", h("leveringsvorm"), values=("ZIN", "PGB")),
            Column("aanbieder", "VARCHAR", "AGB code of the provider, 8 digits; never a name", h("aanbieder")),
            Column("productcode", "VARCHAR", "code of the product", h("productcode")),
            Column("prestatiemaand", "DATE", "first day of the month of the care", h("maand", "begin", "einde"), True),
            Column("volume", "DECIMAL(18,4)", "delivered units; negative on a credit", h("volume")),
            Column("eenheid", "VARCHAR", "WJ756 code of the unit", h("eenheid"), values=EENHEDEN),
            Column("bedrag_eur", "DECIMAL(18,2)", "declared amount; negative on a credit", h("bedrag"), True),
            Column("ontvangen_op", "DATE", "date of receipt", h("ontvangen_op"), True),
        ),
        toestand="laatste",
        aangroei="ontvangen_op",
    )  # fmt: skip


def kind(law: Law) -> Kind:
    """Give how a declared line under a law is read."""
    return Kind(
        entity(law),
        DECLARED,
        derive=partial(_derive, law),
        rules=partial(_rules, law),
        same=(
            "persoon", "toewijzingnummer", "regel", "productcategorie", "productcode", "aanbieder", "begin", "einde",
            "prestatiemaand", "volume", "bedrag_eur", "ontvangen_op",
        ),
        one_of=(("clientnummer", "bsn"), ("maand", "begin")),
        beyond=lambda frame, _context: [other_laws(frame, law)],
        problem=lambda context: unknown_onderdelen(context, law),
        wrong=lambda frame, context: wrong_folder(frame, context, law),
    )  # fmt: skip


def _derive(law: Law, frame: pd.DataFrame, context: Context, notices: Notices) -> pd.DataFrame:
    frame = derive_product(frame, law, context, notices)
    frame["prestatiemaand"] = _months(frame)
    amounts = [_cents(v) for v in frame["bedrag"].tolist()]
    sign, frame["teken_fout"] = _signs(amounts, frame["debet_credit"].tolist())
    frame["bedrag_eur"] = _signed(amounts, sign, frame)
    credit = below_zero(frame["bedrag_eur"])
    volumes = four_decimals(frame["volume"])
    frame["volume_fout"] = below_zero(volumes) & ~credit
    turned = [-abs(v) if isinstance(v, Decimal) and c else v for v, c in zip(volumes, credit, strict=True)]
    frame["volume"] = pd.Series(turned, index=frame.index, dtype=object)
    numbers = [None if n is None else without_old(n) for n in frame["toewijzingnummer"].tolist()]
    frame["toewijzing"] = pd.Series(numbers, index=frame.index, dtype=object)
    frame["regel"] = _references(frame, credit, notices)
    early = int((days(frame["ontvangen_op"]) < days(frame["prestatiemaand"])).sum())
    if early:
        notices.append(
            f"Bij {regels(early)} is de declaratie ontvangen vóór de maand van de zorg; dat telt gewoon mee."
        )
    return frame


def _months(frame: pd.DataFrame) -> pd.Series:
    """The month of the care: said, or that of begin and end; BAD when those are of two months or contradict it."""
    cells = list(zip(*(frame[name].tolist() for name in ("maand", "begin", "einde")), strict=True))
    known = {cell: _month(*cell) for cell in set(cells)}
    return pd.Series([known[cell] for cell in cells], index=frame.index, dtype=object)


def _month(said: object, begin: object, end: object) -> object:
    if BAD in (said, begin, end):
        return None  # refused by the field itself
    found = {d.replace(day=1) for d in (said, begin, end) if isinstance(d, dt.date)}
    return found.pop() if len(found) == 1 else BAD if found else None


def _cents(value: object) -> object:
    """An amount of whole cents, or BAD."""
    if not isinstance(value, Decimal) or abs(value) > MOST:
        return value
    rounded = value.quantize(_CENT)
    return rounded if abs(rounded - value) < _NOISE else BAD


def _signs(amounts: list[object], sides: list[object]) -> tuple[list[int], np.ndarray]:
    """What each amount is multiplied with, and which lines contradict themselves.

    A credit stands with a minus or without one, but not both ways in one file; a debit with a minus is none.
    """
    below = [isinstance(v, Decimal) and v < 0 for v in amounts]
    unsigned = any(side == "C" and isinstance(v, Decimal) and v > 0 for v, side in zip(amounts, sides, strict=True))
    sign = [-1 if side == "C" and unsigned else 1 for side in sides]
    wrong = [b and (side == "D" or (side == "C" and unsigned)) for b, side in zip(below, sides, strict=True)]
    return sign, np.array(wrong, dtype=bool)


def _signed(amounts: list[object], sign: list[int], frame: pd.DataFrame) -> pd.Series:
    cells = [v * s if isinstance(v, Decimal) else v for v, s in zip(amounts, sign, strict=True)]
    return pd.Series(cells, index=frame.index, dtype=object)


def _references(frame: pd.DataFrame, credit: np.ndarray, notices: Notices) -> pd.Series:
    """What a line is recognised by when it comes again: its reference and side.

    A line without any is recognised by its day of receipt: what came in on another day is another line.
    """
    columns = (frame[name].tolist() for name in ("referentie", "declaratienummer", "ontvangen_op"))
    found, without = [], 0
    for reference, number, day, back in zip(*columns, credit.tolist(), strict=True):
        named = " ".join(str(part) for part in (number, reference) if part)
        without += not named
        found.append(f"{named or f'ontvangen {day}'} {'C' if back else 'D'}")
    if without:
        notices.append(
            f"Bij {regels(without)} is er geen referentie; zo'n regel is alleen herkenbaar aan de datum van ontvangst."
        )
    return pd.Series(found, index=frame.index, dtype=object)


def _rules(law: Law, frame: pd.DataFrame, peildatum: dt.date) -> list[Rule]:
    month, end = days(frame["prestatiemaand"]), days(frame["einde"])
    nothing = frame["prestatiemaand"].isna().to_numpy(bool)
    bad = np.array([v is BAD for v in frame["prestatiemaand"].tolist()], dtype=bool)
    odd = np.array([v is BAD for v in frame["bedrag_eur"].tolist()], dtype=bool)
    return [
        *category_rules(frame, law),
        Rule("einde", "de periode eindigt vóór zij begint.", SOURCE_HELP, end < days(frame["begin"])),
        Rule("begin", "de periode valt niet in één maand.",
             "Splits de regel per kalendermaand; de monitor verdeelt een bedrag niet zelf.", bad),
        Rule("begin", "de maand van de zorg is leeg.", SOURCE_HELP, nothing),
        Rule("begin", "de maand van de zorg ligt na de peildatum.", SOURCE_HELP, month > as_of(peildatum)),
        Rule("ontvangen_op", "de datum ontvangen is leeg.", SOURCE_HELP, frame["ontvangen_op"].isna().to_numpy(bool)),
        Rule("ontvangen_op", "de declaratie is ontvangen na de peildatum.", SOURCE_HELP,
             days(frame["ontvangen_op"]) > as_of(peildatum)),
        Rule("bedrag", "het bedrag heeft delen van een cent.", SOURCE_HELP, odd),
        Rule("bedrag", "debet of credit en het teken van het bedrag spreken elkaar tegen.",
             "Schrijf alle creditregels met een minteken, of alle zonder.", frame["teken_fout"].to_numpy(bool)),
        Rule("bedrag", "het bedrag is meer dan 1.000.000 euro op één regel.",
             'Staat het bedrag in eurocenten, schrijf dan eenheid = "eurocent" in mapping.toml.',
             above(frame["bedrag_eur"], _MOST_EUR)),
        Rule("volume", "het volume is onmogelijk groot.", SOURCE_HELP, above(frame["volume"], MOST)),
        Rule("volume", "het volume is negatief, en dit is geen creditregel.", SOURCE_HELP,
             frame["volume_fout"].to_numpy(bool)),
    ]  # fmt: skip
