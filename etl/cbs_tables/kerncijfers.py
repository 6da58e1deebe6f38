"""Kerncijfers wijken en buurten: one wide table a year, for the country, gemeenten, wijken and buurten."""

from __future__ import annotations

from etl.cbs_tables.record import WIJKEN, CbsTable

_EDITIONS = {
    2019: "84583NED",
    2020: "84799NED",
    2021: "85039NED",
    2022: "85318NED",
    2023: "85618NED",
    2024: "85984NED",
    2025: "86165NED",
    2026: "86358NED",
}

TABLES = tuple(
    CbsTable(table, "kerncijfers", region="WijkenEnBuurten", period=None, year=year, niveaus=WIJKEN)
    for year, table in _EDITIONS.items()
)
