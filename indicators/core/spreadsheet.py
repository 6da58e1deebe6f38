"""Text that goes into a file for a spreadsheet: a cell that begins like a formula is run by Excel when it is opened.

Whoever can put a text in an export (a description, a header, a name of a taakveld) could so have Excel run something
on the computer of the one who opens our file. Method: OWASP, "CSV Injection". Every writer of .csv or .xlsx in this
project passes its texts through here; a test looks for writers that do not.
"""

from __future__ import annotations

import re

#: What Excel and LibreOffice take for the beginning of a formula, in full width (as typed in Asia) too.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?\d[\d.,\u00a0\u202f ]*%?")


def safe_cell(value: object) -> object:
    """Give a value as it may be written to a spreadsheet: text that begins like a formula gets an apostrophe in front.

    Args:
        value: What goes into one cell. Numbers, dates and nothing stay as they are, and so does a text that is no more
            than a number (-1.234,56): it can do no harm, and it has to stay one.

    Returns:
        The value; spaces in front do not hide a formula.
    """
    if not isinstance(value, str):
        return value
    bare = value.lstrip(" \u00a0\ufeff\x00")
    return f"'{value}" if bare.startswith(_STARTS) and not _NUMBER.fullmatch(bare) else value
