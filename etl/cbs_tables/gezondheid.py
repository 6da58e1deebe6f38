"""Health monitor of adults per gemeente: a new table for each edition, of which only the first has periods."""

from __future__ import annotations

from etl.cbs_tables.record import CbsTable, Code

_ADULTS = {"Leeftijd": Code("10000", "18 jaar of ouder")}

TABLES = (
    CbsTable("83674NED", "gezondheid", population=_ADULTS, margins="Marges"),
    *(
        CbsTable(table, "gezondheid", period=None, year=year, population=_ADULTS, margins="Marges")
        for table, year in (("85012NED", 2020), ("85563NED", 2022), ("86137NED", 2024))
    ),
)
