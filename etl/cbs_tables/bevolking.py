"""Population per gemeente and provincie on 1 January: a long table, asked for the years that the monitor shows."""

from __future__ import annotations

from etl.cbs_tables.record import CbsTable, Code

TABLES = (
    CbsTable(
        "03759ned",
        "bevolking",
        population={
            "Geslacht": Code("T001038", "Totaal mannen en vrouwen"),
            "Leeftijd": Code("10000", "Totaal"),
            "BurgerlijkeStaat": Code("T001019", "Totaal burgerlijke staat"),
        },
        vanaf=2012,
    ),
)
