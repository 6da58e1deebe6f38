# ruff: noqa: E501  (a table reads by row)
"""What the published database tells of providers of care: organisations by AGB code, never a name (docs/onthulling.md)."""

# fmt: off
from __future__ import annotations

from indicators.core.table import EUR, ONDERDEEL, PEILDATUM, Table, table

#: The value of `aanbieder` for everything that is told of no provider: small ones, lines without a code, and rounding.
OVERIG = "overig"

PROVIDER_TABLES: tuple[Table, ...] = (
    table(
        "mart.fct_declaratie_aanbieder",
        "Declared care in kind by provider, month of care and month of receipt (newest state). All rows together are fct_declaratie "
        "without pgb, to the cent",
        "prestatiemaand ontvangstmaand wet onderdeel aanbieder", "marts",
        ("prestatiemaand", "DATE", "month of the care"),
        ("ontvangstmaand", "DATE", "month in which the declaration was received"),
        ("wet", "VARCHAR", "wmo or jeugd"), ONDERDEEL,
        ("aanbieder", "VARCHAR", "AGB code of a provider with ten clients or more (docs/onthulling.md); 'overig' is all that is left. A provider that is told of has a row, also of 0, in each month of receipt with ten clients or more"),
        ("bedrag_eur", EUR, "declared less credited; of a provider what was declared up to this month, 0 below ten clients, else rounded to about five bills, less the same of the month before"),
        ("clienten", "INTEGER", "clients declared for the first time for this month of care; of a provider rounded to 5 in the same way; of overig a rest that may be negative"),
        PEILDATUM,
    ),
    table(
        "mart.fct_toewijzing_aanbieder",
        "What the awards in kind running in a month are worth by provider. The newest peildatum of a law has 36 months, an earlier one "
        "its own month. The euros of all rows together are fct_toewijzing without pgb",
        "maand wet onderdeel aanbieder peildatum", "marts",
        ("maand", "DATE", "first day of the month"),
        ("wet", "VARCHAR", "wmo or jeugd"), ONDERDEEL,
        ("aanbieder", "VARCHAR", "AGB code of a provider with ten clients or more in the month; 'overig' is all that is left"),
        ("clienten", "INTEGER", "persons with an award at this provider on any day of the month, rounded to 5; of overig a rest that may be negative"),
        ("verwacht_eur", EUR, "as in fct_toewijzing; of a provider rounded to about five client-months"), PEILDATUM,
    ),
)
