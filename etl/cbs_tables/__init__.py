"""The CBS tables of the monitor: each shape declared once, in a module of this package that names them in TABLES.

What is asked of them stands with the indicators (Indicator.cbs). A new topic of a table that is here is one line in a
definition; a new table or edition is one line here.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from functools import lru_cache

from etl.cbs_tables.record import CbsTable
from indicators.core.cbs_asked import asked


@lru_cache(maxsize=1)
def shapes() -> dict[str, CbsTable]:
    """Give every declared table by id, without topics.

    Raises:
        ValueError: One is declared twice.
    """
    found: dict[str, CbsTable] = {}
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        for table in getattr(importlib.import_module(module.name), "TABLES", ()):
            if table.id in found:
                raise ValueError(f"{table.id} is declared twice")
            found[table.id] = table
    return found


def tables() -> tuple[CbsTable, ...]:
    """Give the tables that are fetched, each with the topics that are asked of it.

    Raises:
        ValueError: A topic names a table or series that is not declared.
    """
    wanted = asked()
    known = {name for table in shapes().values() for name in (table.id, table.reeks)}
    unknown = sorted({name for topic in wanted for name in topic.tabellen} - known)
    if unknown:
        raise ValueError(f"no shape in etl/cbs_tables for: {', '.join(unknown)}")
    filled = (
        replace(table, topics=tuple(t for t in wanted if {table.id, table.reeks} & set(t.tabellen)))
        for table in shapes().values()
    )
    return tuple(table for table in filled if table.topics)
