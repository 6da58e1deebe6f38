"""What awards and declarations both say: the law of a line, its product, code and amounts."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd

from etl.care.codes import Category, category, without_old
from etl.care.law import Law
from etl.lines import BAD, Notices, Problem, Rule
from etl.lines.kind import regels
from etl.lines.registration import SOURCE_HELP
from etl.source import Context

_FOUR = Decimal("0.0001")
#: No volume is more than this; a rule refuses what is.
MOST = Decimal(1_000_000_000)
#: From this share of lines on that are of the other law, the file stands in the wrong folder.
_WRONG_FOLDER = 0.5


def own_categories(context: Context) -> dict[str, str]:
    """Give the mapping's [onderdeel.productcategorie]."""
    return context.mapping.onderdeel.productcategorie if context.mapping else {}


def categories(frame: pd.DataFrame, law: Law, context: Context) -> list[Category]:
    """Give the productcategorie of each line."""
    own = own_categories(context)
    cells = frame["productcategorie"].tolist()
    known = {cell: category(cell, law, own) for cell in set(cells)}
    return [known[cell] for cell in cells]


def unknown_onderdelen(context: Context, law: Law) -> Problem | None:
    """Say which line of the mapping puts a productcategorie in an onderdeel that is not of this law."""
    for code, onderdeel in own_categories(context).items():
        if onderdeel not in law.onderdelen:
            return Problem(
                f"mapping.toml deelt productcategorie {code} in bij '{onderdeel}'; "
                f"dat is geen onderdeel van de {law.naam}.",
                f"Kies uit: {', '.join(law.onderdelen)}.",
            )
    return None


def wrong_folder(frame: pd.DataFrame, context: Context, law: Law) -> Problem | None:
    """Say why this file is of the other law: by its column wet, or else by its productcategorieen."""
    said = [wet for wet in frame["wet"].tolist() if wet]
    if said and law.wet not in said:
        found = law.other.naam if law.other.wet in said else "een andere wet"
        return Problem(f"alle regels zijn van {_the(found)}, niet van de {law.naam}.", _moved(law))
    if said:
        return None
    of = [one.wet for one in categories(frame, law, context)]
    other, own = of.count(law.other.wet), of.count(law.wet)
    if other and other >= _WRONG_FOLDER * (other + own):
        return Problem(
            f"de productcategorieën van {other} van de {len(of)} regels zijn van de {law.other.naam}, "
            f"niet van de {law.naam}.",
            _moved(law),
        )
    return None


def _the(naam: str) -> str:
    return naam if naam.startswith("een ") else f"de {naam}"


def _moved(law: Law) -> str:
    return (
        f"Zet het bestand in de map {law.other.wet}. Staan er meer wetten in één bestand, lever dan een kolom Wet mee."
    )


def other_laws(frame: pd.DataFrame, law: Law) -> tuple[np.ndarray, str]:
    """Mark lines that say themselves that they are of another law, with the notice."""
    hit = np.array([wet is not None and wet != law.wet for wet in frame["wet"].tolist()], dtype=bool)
    return hit, f"{{n}} niet meegeteld: van een andere wet dan de {law.naam}."


def derive_product(frame: pd.DataFrame, law: Law, context: Context, notices: Notices) -> pd.DataFrame:
    """Add onderdeel and make productcategorie and productcode what is stored; a category not known becomes BAD."""
    found = categories(frame, law, context)
    codes: list[object] = [one.code if one.onderdeel else BAD for one in found]
    pgb = frame["leveringsvorm"].eq("PGB").tolist()
    frame["onderdeel"] = pd.Series(
        [law.pgb_onderdeel if law.pgb_onderdeel and p and one.onderdeel else one.onderdeel
         for one, p in zip(found, pgb, strict=True)],
        index=frame.index, dtype=object,
    )  # fmt: skip
    frame["andere_wet"] = [one.wet == law.other.wet for one in found]
    _product_codes(frame, codes, notices)
    frame["productcategorie"] = pd.Series(codes, index=frame.index, dtype=object)
    return frame


def _product_codes(frame: pd.DataFrame, categorieen: list[object], notices: Notices) -> None:
    """Take _OUD off product codes, and give back the zero that a spreadsheet took from a code of five characters.

    Only a code that then begins with its own productcategorie has certainly lost a zero: 1234 of category 01 is 01234.
    """
    old = 0
    codes: list[object] = []
    for text, categorie in zip(frame["productcode"].tolist(), categorieen, strict=True):
        if not isinstance(text, str):
            codes.append(None)
            continue
        bare = without_old(text)
        old += bare != text
        lost = len(bare) == 4 and isinstance(categorie, str) and f"0{bare}".startswith(categorie)
        codes.append(f"0{bare}" if lost else bare)
    if old:
        notices.append(f"Bij {regels(old)} is _OUD achter de productcode weggelaten.")
    frame["productcode"] = pd.Series(codes, index=frame.index, dtype=object)


def category_rules(frame: pd.DataFrame, law: Law) -> list[Rule]:
    """Give the rules on the productcategorie: of this law, and in its list or in the mapping."""
    bad = np.array([value is BAD for value in frame["productcategorie"].tolist()], dtype=bool)
    other = frame["andere_wet"].to_numpy(bool)
    return [
        Rule("productcategorie", f"deze productcategorie is van de {law.other.naam}.",
             f"Zet de regel in een bestand in de map {law.other.wet}.", bad & other),
        Rule("productcategorie", f"deze productcategorie staat niet in de lijst van de {law.naam}.",
             f"Gebruik code {law.codes} (codelijst {law.lijst}) of de naam precies zoals in die lijst, "
             "of deel haar in onder [onderdeel.productcategorie] in mapping.toml.", bad),
    ]  # fmt: skip


def four_decimals(column: pd.Series) -> pd.Series:
    """Give numbers with four decimals, as they are stored; a spreadsheet's 0.30000000000000004 is 0.3."""
    cells = column.tolist()
    known = {v: _four(v) if isinstance(v, Decimal) else None for v in set(cells)}
    return pd.Series([known[v] for v in cells], index=column.index, dtype=object)


def _four(value: Decimal) -> Decimal:
    return value if abs(value) > MOST else value.quantize(_FOUR, ROUND_HALF_UP)


def below_zero(column: pd.Series) -> np.ndarray:
    """Mark numbers below zero; nothing is not below it."""
    return np.array([isinstance(v, Decimal) and v < 0 for v in column.tolist()], dtype=bool)


def above(column: pd.Series, most: Decimal) -> np.ndarray:
    """Mark numbers of which the size is more than `most`."""
    return np.array([isinstance(v, Decimal) and abs(v) > most for v in column.tolist()], dtype=bool)


def as_of(peildatum: dt.date) -> np.datetime64:
    """Give a peildatum to compare with etl.lines.days."""
    return np.datetime64(peildatum)


__all__ = ["MOST", "SOURCE_HELP", "above", "as_of", "below_zero", "categories", "category_rules", "derive_product",
           "four_decimals", "other_laws", "unknown_onderdelen", "wrong_folder"]  # fmt: skip
