"""One row of an overview: what its cells say about code, side, sign and year, and whether it is a total."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.cleaning import DecimalSign, NotUnderstood, amount, code_text, plain, text
from etl.k2f.facts import unit
from etl.k2f.layout import Layout
from etl.readers.cells import Cell, CellError, Sheet, column_letter
from etl.source import Refusal

_TOTAL = re.compile(
    r"(?i)^\s*(saldo|resultaat|generaal totaal)\b|\b(sub|eind)?-?totalen\b|\b(sub|eind)?-?totaal\b"
    r"|^\s*som\b|^\s*tot\.|\b(grand |sub)?total\b"
)
_NAMELESS = "regel zonder naam"
CODE = re.compile(
    r"(?<![\d.,])(\d[.,]\d{1,3}[a-dA-D]?|\d(?=\s+[A-Za-z])|(?<=taakveld )\d(?=\s*$)"
    r"|(?<=programma )\d(?=\s*$))(?![\d.,])"
)
_SIDES = {
    "l": "L", "lasten": "L", "last": "L", "u": "L", "uitgaven": "L", "uitgave": "L", "kosten": "L",
    "b": "B", "baten": "B", "bate": "B", "i": "B", "inkomsten": "B", "opbrengsten": "B",
}  # fmt: skip
_SIGNS = {"d": 1, "db": 1, "debet": 1, "c": -1, "cr": -1, "credit": -1}
#: Iv3 writes the side in front of an economic category: L4.3.3 is a last, B8.3.3 a baat.
_CATEGORY = re.compile(r"([LB])\s?\d(?:[.,]?\d+)*", re.IGNORECASE)
#: "N 31.393" and "31.393 V": nadeel or voordeel, the sign of a saldo in words.
_NADEEL = re.compile(r"(?i)\s*(?:([nv])[\s.:]+(.*\d.*)|(.*\d.*?)\s*([nv]))\s*")
_SCIENTIFIC = re.compile(r"(?i)\d[.,]\d+e\+?\d+")


class At(Exception):
    """A refusal with the column it is about."""

    def __init__(self, index: int | None, why: NotUnderstood) -> None:
        super().__init__(why.reden)
        self.index, self.why = index, why


class Row:
    """One row with the layout beside it."""

    def __init__(self, sheet: Sheet, layout: Layout, index: int, said: dict[int, Cell] | None) -> None:
        self.cells = sheet.rows[index]
        if layout.span is not None:
            first, last = layout.span
            self.cells = [cell if first <= place <= last else None for place, cell in enumerate(self.cells)]
        if said:
            self.cells = [said.get(column, cell) for column, cell in enumerate(self.cells)]
        self.rij = index + 1
        self.layout = layout

    def get(self, name: str) -> Cell:
        """Give the cell of a field; None where there is no such column."""
        index = self.layout.column(name)
        return None if index is None else self.cells[index]

    def refuse(self, sheet: Sheet, index: int | None, problem: NotUnderstood) -> Refusal:
        """Give the refusal of a cell of this row, or of the row."""
        header = self.layout.headers.get(index) if index is not None else None
        place = None if index is None else f"{column_letter(index)} ({header})" if header else column_letter(index)
        value = None if index is None or self.cells[index] is None else str(self.cells[index])[:80]
        return Refusal(sheet.bestand, sheet.naam, self.rij, place, value, problem.reden, problem.oplossing)

    def texts(self) -> list[str]:
        """Give the texts of the row that are not empty."""
        return [cell for cell in self.cells if isinstance(cell, str) and not is_blank(cell)]


def is_blank(cell: Cell) -> bool:
    """Say whether a cell holds nothing that can be seen."""
    return cell is None or (isinstance(cell, str) and not cell.strip("\u00a0\u202f \t\r\n"))


def has_amounts(row: Row) -> bool:
    """Say whether anything stands in a column with amounts; right under the header that may be their unit (€)."""
    filled = [row.cells[column] for column in row.layout.used_amounts if not is_blank(row.cells[column])]
    if row.rij == row.layout.row + 2 and filled and len(row.texts()) == len(filled):
        return not all(isinstance(cell, str) and unit([cell]) for cell in filled)
    return bool(filled)


def read_amount(row: Row, column: int, sign: DecimalSign | None) -> Decimal | None:
    """Read an amount; in a column of saldi N (nadeel) and V (voordeel) are its sign.

    Raises:
        At: It is no amount.
    """
    cell = row.cells[column]
    negative = 0
    if row.layout.slots[column].side == "S" and isinstance(cell, str) and (found := _NADEEL.fullmatch(cell)):
        cell, negative = found[2] or found[3], (found[1] or found[4]).lower() == "n"
    try:
        value = amount(cell, sign)
    except NotUnderstood as problem:
        raise At(column, problem) from None
    return -value if negative and value is not None else value


def says_nadeel(cell: Cell) -> bool:
    """Say whether the sign of a saldo is written as N or V."""
    return isinstance(cell, str) and _NADEEL.fullmatch(cell) is not None


def code_of(row: Row, name: str) -> str | None:
    """Give the kostenplaats or kostensoort of a row.

    Raises:
        At: The cell holds no code, or one that a spreadsheet has rounded off.
    """
    try:
        code = code_text(row.get(name))
    except NotUnderstood as problem:
        raise At(row.layout.column(name), problem) from None
    if code and _SCIENTIFIC.fullmatch(code):
        remedy = "Maak de kolom op als tekst en exporteer opnieuw."
        raise At(row.layout.column(name), NotUnderstood("Excel heeft deze code afgerond (6,01E+07).", remedy))
    return code


def jaar_of(row: Row) -> int | None:
    """Give the boekjaar that a row names.

    Raises:
        At: The cell is no year.
    """
    cell = row.get("boekjaar")
    if cell is None:
        return None
    written = text(cell) if not isinstance(cell, CellError) else ""
    if not re.fullmatch(r"20\d{2}", written or ""):
        problem = NotUnderstood("dit is geen boekjaar.", "Schrijf het boekjaar als vier cijfers, bijvoorbeeld 2026.")
        raise At(row.layout.column("boekjaar"), problem)
    return int(written or 0)


def side_of(row: Row, required: bool) -> str | None:
    """Give the side that a column L/B says; None where there is no such column.

    Raises:
        At: The cell says neither, and a line needs it.
    """
    column = row.layout.column("lasten_baten")
    if column is None:
        return None
    words = {_SIDES.get(word) for word in re.findall(r"[a-z]+", str(row.cells[column] or "").lower())}
    side = words.pop() if len(words) == 1 else None
    if side is None and required:
        problem = NotUnderstood("hier hoort L (lasten) of B (baten) te staan.", "Vul op elke regel L of B in.")
        raise At(column, problem)
    return side


def category_side(cell: Cell) -> str | None:
    """Give the side that an economic category says of itself: L for L4.3.3, B for B8.3.3."""
    found = _CATEGORY.match(cell.strip()) if isinstance(cell, str) else None
    return found[1].upper() if found else None


def debet_credit(row: Row, values: dict[int, Decimal | None], label: str) -> dict[int, Decimal | None]:
    """Give amounts their sign from a D/C column: debet is positive, credit negative.

    Args:
        row: The row.
        values: Its amounts by column.
        label: That of a total, or "". A total without a letter is as written; one of baten is credit.

    Raises:
        At: The column says neither, or an amount has a sign of its own.
    """
    column = row.layout.column("debet_credit")
    if column is None:
        return values
    sign = _SIGNS.get(plain(str(row.cells[column] or "")))
    if label and is_blank(row.cells[column]):
        low = label.lower()
        baten = ("baten" in low or "inkomsten" in low) and "lasten" not in low and "uitgaven" not in low
        return {index: -value if baten and value is not None else value for index, value in values.items()}
    if sign is None or any(value is not None and value < 0 for value in values.values()):
        problem = NotUnderstood(
            "hier hoort D of C te staan, met bedragen zonder minteken.", "Vul D of C in, of laat de kolom weg."
        )
        raise At(column, problem)
    return {index: None if value is None else sign * value for index, value in values.items()}


def periode_of(cell: Cell) -> int:
    """Give the period of a cell such as 9, "09", "t/m 9", "P9", "Q3" or "2026-09"; -1 when it is not certain."""
    written = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip().lower()
    if quarter := re.fullmatch(r"(?:q|kwartaal\s*|k)([1-4])(?:\s*\d{4})?", written):
        return 3 * int(quarter[1])
    found = re.fullmatch(r"(?:20\d{2}[-/. ]?)?(?:t/m\s*|1\s*t/m\s*|periode\s*|p)*(\d{1,2})", written)
    return int(found[1]) if found and int(found[1]) <= 13 else -1


def total_label(row: Row) -> str | None:
    """Give the label of a subtotal or total row, or None for a line."""
    used = row.layout.used_amounts
    texts = {i: cell for i, cell in enumerate(row.cells) if isinstance(cell, str) and i not in used and cell.strip()}
    if not texts or (set(texts) == {row.layout.column("lasten_baten")}):
        # Only amounts (and a side): a sum that nobody named. It has to hold like any other, or the file is refused.
        bare = all(
            cell is None or i in used or i in texts for i, cell in enumerate(row.cells[: row.layout.last_column + 1])
        )
        return _NAMELESS if bare else None
    first = min(texts)
    own = {first, row.layout.column("taakveld"), row.layout.column("kostenplaats")}
    has_kostenplaats = row.layout.column("kostenplaats") is not None
    loose = row.get("kostenplaats") is None and (has_kostenplaats or row.get("taakveld") is None)
    for index, cell in texts.items():
        if _TOTAL.search(cell) and (index in own or loose):
            given = row.get("taakveld")
            return cell if CODE.search(cell) or given is None or given == cell else f"{cell} {text(given)}"
    return None


def beyond_header(row: Row) -> int | None:
    """Give the first filled column right of the header."""
    last = row.layout.last_column + 1
    return next((i for i, cell in enumerate(row.cells[last:], last) if not is_blank(cell)), None)
