"""Cells to values: each function gives a value or raises NotUnderstood, never a guess. Texts of refusals are Dutch."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from etl.readers.cells import Cell, CellError

DecimalSign = Literal[",", "."]

MONTHS = {
    name: number
    for number, names in enumerate(
        ("januari jan", "februari feb", "maart mrt", "april apr", "mei", "juni jun", "juli jul", "augustus aug",
         "september sep sept", "oktober okt", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
#: Spaces that Excel writes; harmless, though Python does not call them printable.
_SHOWN = "\u00a0\u2007\u2009\u202f"
_MINUS = "-\u2212\u2013\u2014"
_EXCEL_EPOCH = dt.date(1899, 12, 30)


class NotUnderstood(ValueError):
    """A cell whose meaning is not certain: why, and what to do, both in Dutch."""

    def __init__(self, reden: str, oplossing: str) -> None:
        super().__init__(f"{reden} {oplossing}")
        self.reden = reden
        self.oplossing = oplossing


def text(cell: Cell) -> str | None:
    """Give the text of a cell with odd spaces made plain; a whole number loses its `.0`; nothing gives None.

    Raises:
        NotUnderstood: An error cell.
    """
    if cell is None:
        return None
    if isinstance(cell, CellError):
        raise NotUnderstood(f"de cel bevat een fout ({cell.code}).", "Herstel de formule en maak de export opnieuw.")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()
    return _SPACES.sub(" ", str(cell)).strip() or None


def code_text(cell: Cell) -> str | None:
    """Give a code (kostenplaats, kostensoort) as text.

    Raises:
        NotUnderstood: An error cell, a date, or text that a spreadsheet would run as a formula.
    """
    if isinstance(cell, dt.date | dt.time | dt.timedelta):
        raise NotUnderstood(
            "hier staat een datum waar een code hoort.", "Maak de kolom op als tekst en exporteer opnieuw."
        )
    value = text(cell)
    if value and (value[0] in "=+@" or (value[0] == "-" and not value[1:].strip().isdigit() and len(value) > 1)):
        raise NotUnderstood("de tekst begint als een formule.", "Verwijder het teken aan het begin van de cel.")
    return value


def printable(value: str) -> str:
    """Give text of a file as it may be shown on a terminal: signs that steer it, or turn its direction, become "?"."""
    return "".join(
        letter if letter.isprintable() or letter in _SHOWN else " " if letter in "\t\r\n" else "?" for letter in value
    )


#: Every sign of ASCII that is no letter and no digit.
_NO_WORD = {sign: None for sign in range(128) if not chr(sign).isalnum()}


def plain(value: str) -> str:
    """Give a header or label without case, accents, spaces and punctuation, to compare with."""
    if value.isascii():  # nearly every header and label, and ten times as quick
        return value.lower().translate(_NO_WORD)
    bare = unicodedata.normalize("NFKD", value.casefold())
    return "".join(letter for letter in bare if letter.isalnum())


# --- amounts ---------------------------------------------------------------------------------------------------------


_CURRENCY = re.compile(r"(?i)€|\beur(?:o)?\b")
_WHOLE_EUROS = re.compile(rf",[{_MINUS}]{{1,2}}$")
_APOSTROPHE = re.compile(r"(?<=\d)['\u2019](?=\d{3}(?!\d))")
#: What most cells of an export look like; these need none of the care below.
_SIMPLE = re.compile(r"-?\d+(?:[.,]\d+)?", re.ASCII)


def _split_sign(value: str) -> tuple[int, str]:
    """Take currency and sign off a written amount: (1 or -1, digits and separators)."""
    bare = _SPACES.sub(" ", value).strip()
    bare = _CURRENCY.sub("", bare).strip()
    bare = _APOSTROPHE.sub(" ", bare)  # 1'234'567 groups thousands as 1 234 567 does
    bare = _WHOLE_EUROS.sub(",00", bare)  # "1.250,-" is how whole euros are written
    negative = 0
    if bare.startswith("(") and bare.endswith(")"):
        bare, negative = bare[1:-1].strip(), 1
    if bare[:1] and bare[0] in _MINUS:
        bare, negative = bare[1:].strip(), negative + 1
    elif bare.startswith("+"):
        bare = bare[1:].strip()
    if bare[-1:] and bare[-1] in _MINUS:
        bare, negative = bare[:-1].strip(), negative + 1
    if negative > 1:
        raise NotUnderstood("het bedrag heeft meer dan één minteken.", "Schrijf het bedrag met één minteken.")
    return (-1 if negative else 1), bare


def _evidence(digits: str) -> DecimalSign | Literal["?"] | None:
    """Say what one written number proves about its decimal sign: itself, "?" when it reads both ways, or nothing."""
    dots, commas = digits.count("."), digits.count(",")
    if not dots and not commas:
        return None
    if dots and commas:
        return "," if digits.rfind(",") > digits.rfind(".") else "."
    sign: DecimalSign = "." if dots else ","
    other: DecimalSign = "," if dots else "."
    if dots + commas > 1:
        return other
    before, after = digits.split(sign)
    if len(after) != 3 or len(before) > 3 or before in ("", "0") or (before.startswith("0") and len(before) > 1):
        return sign
    return sign if " " in before else "?"


def decimal_sign(cells: Iterable[Cell]) -> DecimalSign | None:
    """Decide from all values of a column how its decimals are written.

    "1.234" is 1234 in Dutch text and 1.234 in many exports: only the other values of the column can tell.

    Returns:
        "," or "."; None when no value has a separator, so that it does not matter.

    Raises:
        NotUnderstood: The values contradict each other, or all of them can be read both ways.
    """
    seen: set[str] = set()
    for cell in cells:
        if isinstance(cell, str) and any(letter.isdigit() for letter in cell):
            try:
                found = _evidence(cell.lstrip("-") if _SIMPLE.fullmatch(cell) else _split_sign(cell)[1])
            except NotUnderstood:
                continue  # the row with this cell is refused for its own reason
            if found:
                seen.add(found)
    proven = seen - {"?"}
    if len(proven) > 1:
        raise NotUnderstood(
            "in deze kolom staan bedragen met een punt én bedragen met een komma voor de decimalen.",
            'Schrijf in mapping.toml decimaal = "," of decimaal = "." en herstel de afwijkende bedragen.',
        )
    if proven:
        return "," if "," in proven else "."
    if seen:
        raise NotUnderstood(
            "bedragen als 1.234 kunnen duizenden zijn of decimalen; de kolom laat het niet zien.",
            'Schrijf in mapping.toml decimaal = "," (1.234 is duizend) of decimaal = "." (1.234 is ruim één).',
        )
    return None


def amount(cell: Cell, decimaal: DecimalSign | None = None) -> Decimal | None:
    """Read an amount, exactly as written (no rounding); an empty cell gives None, a lone dash 0.

    Args:
        cell: A number, or text such as 1.234.567,89; (1.234,56); 1 234,56; 25.991-; - 19.796; € 5.
        decimaal: The decimal sign of the column (see decimal_sign); without it, "1.234" is refused.

    Raises:
        NotUnderstood: Anything that is no amount, or reads two ways.
    """
    if cell is None:
        return None
    if isinstance(cell, CellError):
        raise NotUnderstood(f"de cel bevat een fout ({cell.code}).", "Herstel de formule en maak de export opnieuw.")
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise NotUnderstood("hier hoort een bedrag te staan.", "Vul een getal in en maak de export opnieuw.")
    if not isinstance(cell, str):
        number = Decimal(repr(cell))
        if not number.is_finite():
            raise NotUnderstood("dit getal is niet eindig.", "Herstel de cel en maak de export opnieuw.")
        return number
    if decimaal and _SIMPLE.fullmatch(cell) and (cell.isdigit() or decimaal in cell):
        return Decimal(cell.replace(decimaal, "."))
    if not cell.strip("\u00a0\u202f \t\r\n"):
        return None
    sign, digits = _split_sign(cell)
    if not digits:
        return Decimal(0)
    return sign * _parse_digits(digits, decimaal)


def _parse_digits(digits: str, decimaal: DecimalSign | None) -> Decimal:
    mark = decimaal or _evidence(digits)
    if mark == "?":
        raise NotUnderstood(
            "dit bedrag is op twee manieren te lezen.", 'Schrijf in mapping.toml decimaal = "," of ".".'
        )
    mark = mark or ","
    group = "." if mark == "," else ","
    whole, _, cents = digits.partition(mark)
    grouped = any(re.fullmatch(rf"\d{{1,3}}(?:{re.escape(g)}\d{{3}})+", whole) for g in (group, " "))
    plain_digits = re.fullmatch(r"\d*", whole) is not None
    if not (grouped or plain_digits) or not re.fullmatch(r"\d*", cents) or not (whole or cents) or not digits.isascii():
        raise NotUnderstood("dit is geen bedrag dat de monitor begrijpt.", "Schrijf het als 1.234,56 of als getal.")
    if digits.endswith(mark):
        raise NotUnderstood("het bedrag is afgebroken.", "Schrijf het als 1.234,56 of als getal.")
    return Decimal(f"{whole.replace(group, '').replace(' ', '') or '0'}.{cents or '0'}")


# --- dates -----------------------------------------------------------------------------------------------------------

_DMY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[ Tt]\d{1,2}:\d{2}.*)?")
_YMD = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ Tt]\d{1,2}:\d{2}.*)?")
_PACKED = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_WORDS = re.compile(r"(\d{1,2})[- ]([a-z]{3,9})\.?[- ](\d{4}|\d{2})")


def date(cell: Cell, serial: bool = False) -> dt.date:
    """Read a date: a date cell, or Dutch day-month-year text, ISO, 20260930 or "30 september 2026".

    Args:
        cell: The cell.
        serial: The column is known to hold dates, so that a bare number is an Excel serial (system of 1900).

    Returns:
        The day. A year of two digits is in this century up to 69, and in the last from 70 on.

    Raises:
        NotUnderstood: No date, or one that does not exist.
    """
    if isinstance(cell, dt.date):
        return _in_range(cell.date() if isinstance(cell, dt.datetime) else cell)
    if serial and isinstance(cell, int | float) and not isinstance(cell, bool) and 1 <= cell < 80_000:
        return _in_range(_EXCEL_EPOCH + dt.timedelta(days=int(cell)))
    if isinstance(cell, str):
        return _written_date(_SPACES.sub(" ", cell).strip().lower(), serial)
    raise _no_date()


def _written_date(value: str, serial: bool) -> dt.date:
    if found := _DMY.fullmatch(value):
        return _day(_year(found[3]), int(found[2]), int(found[1]))
    if found := _YMD.fullmatch(value) or _PACKED.fullmatch(value):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if (found := _WORDS.fullmatch(value)) and found[2] in MONTHS:
        return _day(_year(found[3]), MONTHS[found[2]], int(found[1]))
    if serial and re.fullmatch(r"\d{5}", value):
        return date(int(value), serial=True)
    raise _no_date()


def _no_date() -> NotUnderstood:
    return NotUnderstood("dit is geen datum.", "Schrijf de datum als dd-mm-jjjj, bijvoorbeeld 30-09-2026.")


def _year(written: str) -> int:
    year = int(written)
    return year if len(written) == 4 else (2000 + year if year < 70 else 1900 + year)


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return _in_range(dt.date(year, month, day))
    except NotUnderstood:
        raise
    except ValueError:
        raise NotUnderstood("deze datum bestaat niet.", "Schrijf de datum als dd-mm-jjjj, dag eerst.") from None


def _in_range(day: dt.date) -> dt.date:
    if not 1900 <= day.year <= 2150:
        raise NotUnderstood("deze datum ligt buiten 1900-2150.", "Controleer het jaartal.")
    return day
