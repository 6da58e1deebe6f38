"""Wmo registration: applications, decisions and awards as the state at a peildatum, and what was declared on them.

How lines are found, judged and counted: etl/lines; what care lines say: etl/care, shared with Jeugd. Everything about a
person leaves this module only to be protected by etl.privacy; it is never stored, printed or put in a message.
"""

from __future__ import annotations

from etl.care import awards, declarations
from etl.care.law import WMO as LAW
from etl.care.nested import one_table
from etl.lines import described, read_lines
from etl.readers.cells import Sheet
from etl.source import Context, Reading, Source, register

KINDS = (awards.kind(LAW), declarations.kind(LAW))
TOEKENNING, DECLARATIE = (kind.entity for kind in KINDS)


def read(sheets: list[Sheet], context: Context) -> Reading:
    """Read one export of the registration.

    Args:
        sheets: The sheets of the file; hidden ones are skipped and counted in a notice.
        context: File name, mapping and peildatum of the command line.

    Returns:
        The lines as entities `toekenning` and `declaratie`, still with identifiers: etl.privacy.protect comes next.
    """
    return read_lines(one_table(sheets), context, KINDS, "Wmo-regels")


WMO = register(
    Source(
        name="wmo",
        title="Wmo-registratie",
        ritme_dagen=31,
        personal=True,
        entities=(TOEKENNING, DECLARATIE),
        read=read,
        key={TOEKENNING.name: awards.KEY, DECLARATIE.name: declarations.KEY},
        **described(KINDS),
    )
)
