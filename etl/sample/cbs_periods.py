"""Which periods a synthetic CBS table has at a peildatum, with their titles and status."""

from __future__ import annotations

import datetime as dt

from etl.cbs_tables.record import CbsTable

_FIRST = 2014
#: Years of which health per wijk is estimated.
_ESTIMATED = (2016, 2020, 2022, 2024)
#: The ones of a year: suffix of the period code, and its last day.
_YEARLY = (("JJ00", (12, 31)),)
_HALF_YEARLY = (("HJ01", (6, 30)), ("HJ02", (12, 31)), ("JJ00", (12, 31)))
_SCHOOL_YEARLY = (("SJ00", (7, 31)),)
_NEW_YEAR = (("JJ00", (1, 1)),)


def published(last_day: dt.date) -> dt.date:
    """CBS publishes about four months after a period ends."""
    return last_day + dt.timedelta(days=120)


def periods_of(table: CbsTable, peildatum: dt.date) -> dict[str, dt.date]:
    """Give the periods of a table that are published by then, each with its last day."""
    if table.reeks == "kerncijfers":  # the table of a year appears in that year; much in it is filled in later
        return {f"{table.year}JJ00": dt.date(table.year, 3, 31)} if table.year and table.year <= peildatum.year else {}
    if table.year:
        ends = {f"{table.year}JJ00": dt.date(table.year, 12, 31)}
    else:
        kinds = {"jeugd": _HALF_YEARLY, "schoolverlaters": _SCHOOL_YEARLY, "bevolking": _NEW_YEAR}.get(
            table.reeks, _YEARLY
        )
        first, last = {"82972NED": (2015, 2020), "85098NED": (2021, 9999), "83674NED": (2016, 2016)}.get(
            table.id, (_FIRST, 9999)
        )
        ends = {
            f"{year}{kind}": dt.date(year + (kind[:2] == "SJ"), *end)
            for year in range(first, min(last, peildatum.year) + 1)
            for kind, end in kinds
            if table.reeks != "gezondheid_wijk" or year in _ESTIMATED
        }
    return {period: end for period, end in ends.items() if published(end) <= peildatum}


def status_of(end: dt.date, peildatum: dt.date) -> str:
    """The last whole year and later are voorlopig, the year before it nader voorlopig, older ones definitief."""
    age = peildatum.year - 1 - end.year
    if age <= 0:
        return "Voorlopig"
    return "NaderVoorlopig" if age == 1 else "Definitief"


def title_of(period: str) -> str:
    """Give the title of a period as CBS writes it."""
    year = period[:4]
    names = {"HJ01": f"{year} 1e halfjaar", "HJ02": f"{year} 2e halfjaar", "SJ00": f"{year}/'{(int(year) + 1) % 100}"}
    return names.get(period[4:], year)
