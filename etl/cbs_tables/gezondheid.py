"""Health monitor of adults per gemeente: a new table for each edition, of which only the first has periods."""

from __future__ import annotations

from typing import Any

from etl.cbs_tables.record import CbsTable, Code

_ADULTS: dict[str, Any] = {
    "population": {"Leeftijd": Code("10000", "18 jaar of ouder")},
    "margins": "Marges",
    "uitsplitsing": "10000",
}

TABLES = (
    CbsTable("83674NED", "gezondheid", **_ADULTS),
    *(
        CbsTable(table, "gezondheid", period=None, year=year, **_ADULTS)
        for table, year in (("85012NED", 2020), ("85563NED", 2022), ("86137NED", 2024))
    ),
)
