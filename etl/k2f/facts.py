"""What a sheet says about itself outside its table: unit, boekjaar and peildatum."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable

from etl.cleaning import MONTHS, NotUnderstood, date
from etl.readers.cells import Cell

_EUR = r"(?:€|eur(?:o)?(?:['’]?s)?)"
_1000 = r"1[.,\s]?000(?![.,]?\d)"
_THOUSANDS = re.compile(
    rf"(?i)[x×*]\s*{_EUR}?\s*{_1000}|\bduizend(?:en|tallen)?\b|\bin\s+(?:\w+\s+van\s+)?{_EUR}?\s*{_1000}"
    rf"|(?:^|[\s(])k\s?(?:€|eur)|^\W*(?:{_EUR}\s*{_1000}|{_1000}\s*{_EUR})\W*$"
)
#: "€ 1.000" somewhere in a sentence may be the unit, or a threshold: it proves nothing, and unsettles what follows.
_MAYBE_THOUSANDS = re.compile(rf"(?i){_EUR}\s*{_1000}|\b{_1000}\s*{_EUR}")
_MILLIONS = re.compile(r"(?i)[x×*]\s*(?:€|eur(?:o)?(?:'?s)?)?\s*1[.,]?000[.,]?000|\bmiljoen(?:en)?\b")
_EUROS = re.compile(
    r"(?i)\bin\s+(?:hele\s+)?(?:euro(?:'?s)?|eur|€)|\(\s*(?:in\s+)?(?:€|euro(?:'?s)?|eur)\s*\)|€\s*$"
    r"|[x×*]\s*(?:(?:€|euro?)\s*1|1\s*(?:€|euro?))\s*\)?\s*$"
)
_CENTS = re.compile(
    r"(?i)\beuro-?cent(?:en|s)?\b|\b(?:in|x)\s+(?:hele\s+)?cent(?:en|s)?\b|\(\s*(?:in\s+)?cent(?:en|s)?\s*\)|€\s*cent\b"
)
_YEAR_TITLE = re.compile(
    r"(?i)\b(?:boekjaar|begrotingsjaar|dienstjaar|jaarrekening|rekening|begroting|programmabegroting|jaar)\b"
    r"\s*:?\s*(20\d{2})\b"
)
_PERIODE = re.compile(
    r"(?i)(?:\bt\s*/?\s*m|\btot en met|\d\s*-)\s*(?:periode|maand|p)\s*:?\s*(\d{1,2})\b(?!\s*[-/.]\s*\d)"
    r"|\bperiode\s*:?\s*(?:0?\d\s*(?:t\s*/\s*m|tot en met|-)\s*)?(\d{1,2})\b(?!\s*[-/.]\s*\d)"
)
_KWARTAAL = re.compile(r"(?i)\b(?:([1-4])e\s+kwartaal|q([1-4])|kwartaal\s+([1-4]))\b")
_KWARTALEN = {"eerste": 3, "tweede": 6, "derde": 9, "vierde": 12}
#: "t/m 09-2026", "periode 2026-09", "periode 202609": a period with its year.
_YEAR_PERIODE = re.compile(
    r"(?i)(?:\bt\s*/?\s*m|\btot en met|\bperiode|\bmaand)\s*:?\s*(?:periode|maand|p)?\s*:?\s*"
    r"(?:(20\d{2})[-/ ]?(0[0-9]|1[0-3])|(0?[0-9]|1[0-3])[-/](20\d{2}))(?![-/.]?\d)"
)
_PRINTED = re.compile(r"(?i)\b(?:af)?gedrukt|\bprint|\bgeraadpleegd|\buitgedraaid|\baangemaakt|\bverordening|\w+wet\b")
_DAY = re.compile(
    r"(?i)\b(?:\d{1,2}[-/. ]\d{1,2}[-/. ]20\d{2}|20\d{2}-\d{2}-\d{2}|\d{1,2}\s+[a-z]{3,9}\.?\s+20\d{2})\b"
)
_MAAND = re.compile(r"(?i)(?:\bt\s*/?\s*m|\btot en met)\s+(" + "|".join(MONTHS) + r")\b\.?\s*(20\d{2})?")
_UNTIL = re.compile(r"(?i)\bt\s*/\s*m\b|\btot en met\b|\bcumulatief|\bpeildatum\b|\bstand (?:per|op)\b")
_PEILDATUM = re.compile(
    r"(?i)\b(?:peildatum|stand\s+per|per\s+peildatum|stand\s+op|t\s*/\s*m|tot en met)\s*:?\s*"
    r"(\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}\s+[a-z]{3,9}\s+\d{4})"
)


def unit(texts: Iterable[str]) -> set[str]:
    """Give the units that texts name: "euro", "eurocent", "x1000", "onbekend" (millions), "misschien" (not certain)."""
    found = set()
    for written in texts:
        if _MILLIONS.search(written):
            found.add("onbekend")
        elif _THOUSANDS.search(written):
            found.add("x1000")
        elif _CENTS.search(written):
            found.add("eurocent")
        elif _EUROS.search(written):
            found.add("euro")
        elif _MAYBE_THOUSANDS.search(written):
            found.add("misschien")
    return found


def says_until(texts: Iterable[str]) -> bool:
    """Say whether texts call the amounts a state up to a moment, and not those of a month."""
    return any(_UNTIL.search(written) for written in texts)


def title_years(texts: Iterable[str]) -> set[int]:
    """Give the years that titles name as boekjaar, begroting or rekening."""
    named: set[int] = set()
    for written in texts:
        named |= {int(year) for year in _YEAR_TITLE.findall(written)}
        named |= {int(first or last) for first, _, _, last in _YEAR_PERIODE.findall(written)}
    return named


def loose_years(texts: Iterable[str]) -> set[int]:
    """Give the years that texts name in any way, but for days and for when something was printed."""
    found: set[int] = set()
    for written in texts:
        if not _PRINTED.search(written):
            found |= {int(year) for year in re.findall(r"(?<!\d)20\d{2}(?!\d)", _DAY.sub(" ", written))}
    return found


def month_end(year: int, month: int) -> dt.date:
    """Give the last day of a month; period 13 (closing) ends with the year, 0 (opening) on 1 January."""
    if month == 0:
        return dt.date(year, 1, 1)
    month = min(month, 12)
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def named_periods(texts: Iterable[str]) -> set[int]:
    """Give the last periods that titles name ("t/m periode 9", "3e kwartaal")."""
    found = set()
    for written in texts:
        found |= {int(a or b) for a, b in _PERIODE.findall(written)}
        found |= {3 * int(next(filter(None, groups))) for groups in _KWARTAAL.findall(written)}
        found |= {MONTHS[name.lower()] for name, _ in _MAAND.findall(written)}
        found |= {int(a or b) for _, a, b, _ in _YEAR_PERIODE.findall(written)}
        found |= {
            _KWARTALEN[name.lower()] for name in re.findall(rf"(?i)\b({'|'.join(_KWARTALEN)})\s+kwartaal", written)
        }
    return {period for period in found if period <= 13}


def named_dates(rows: Iterable[list[Cell]]) -> set[dt.date]:
    """Give the dates that stand behind "Peildatum" or "Stand per", in one cell or in the next."""
    found = set()
    for row in rows:
        cells = [cell for cell in row if cell is not None]
        for place, cell in enumerate(cells):
            if not isinstance(cell, str):
                continue
            for written in _PEILDATUM.findall(cell):
                found.add(date(written))
            if re.fullmatch(r"(?i)\s*(peildatum|stand per|stand op)\s*:?\s*", cell) and place + 1 < len(cells):
                found.add(date(cells[place + 1], serial=True))
    return found


def name_dates(bestand: str) -> set[dt.date]:
    """Give the peildatum a file name holds: a day (2026-09-30, 30-09-2026, 20260930) or a month (2026-09, 2026_P09)."""
    stem = re.sub(r"\.[A-Za-z]{2,5}$", "", bestand)
    found = set()
    for pattern in (r"(?<!\d)20\d{2}[-_.]\d{1,2}[-_.]\d{1,2}(?!\d)", r"(?<!\d)\d{1,2}[-_.]\d{1,2}[-_.]20\d{2}(?!\d)",
                    r"(?<!\d)20\d{6}(?!\d)", r"(?<!\d)\d{4}20\d{2}(?!\d)"):  # fmt: skip
        for written in re.findall(pattern, stem):
            try:
                found.add(date(_spread(re.sub(r"[_.]", "-", written))))
            except NotUnderstood:
                continue
            stem = stem.replace(written, " ")
    for year, month in re.findall(r"(?i)(?<!\d)(20\d{2})[-_. ]?(?:p|m|periode[-_ ]?)?(\d{1,2})(?!\d)", stem):
        named = re.search(rf"(?i){year}[-_. ]?(p|m|periode[-_ ]?){month}", stem)
        if int(month) <= 13 and (len(month) == 2 or named):
            found.add(month_end(int(year), int(month)))
    for month, year in re.findall(r"(?i)(?<![\da-z])(?:p|periode[-_ ]?|m)?(0[1-9]|1[0-2])[-_. ](20\d{2})(?!\d)", stem):
        found.add(month_end(int(year), int(month)))
    for month, year in re.findall(r"(?i)(?<![a-z])periode[-_ ]?(\d)[-_. ](20\d{2})(?!\d)", stem):
        found.add(month_end(int(year), int(month)))
    for year, quarter in re.findall(r"(?i)(?<!\d)(20\d{2})[-_. ]?(?:q|kw(?:artaal)?[-_ ]?)([1-4])(?!\d)", stem):
        found.add(month_end(int(year), 3 * int(quarter)))
    for quarter, year in re.findall(r"(?i)(?<![a-z])q([1-4])[-_. ]?(20\d{2})(?!\d)", stem):
        found.add(month_end(int(year), 3 * int(quarter)))
    for year, name in re.findall(
        r"(?i)(?<!\d)(20\d{2})[-_. ]*(?:t[-_]?m)?[-_. ]*(" + "|".join(MONTHS) + r")(?![a-z])", stem
    ):
        found.add(month_end(int(year), MONTHS[name.lower()]))
    for name, year in re.findall(r"(?i)(?<![a-z])(" + "|".join(MONTHS) + r")[-_. ]?(20\d{2})(?!\d)", stem):
        found.add(month_end(int(year), MONTHS[name.lower()]))
    return found


def _spread(written: str) -> str:
    """Write 30092026 as 30-09-2026; anything else stays."""
    packed = re.fullmatch(r"(\d{2})(\d{2})(20\d{2})", written)
    return "-".join(packed.groups()) if packed and not re.match(r"20\d{2}(?:0[1-9]|1[0-2])", written) else written
