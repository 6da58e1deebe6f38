"""The CBS tables of the monitor, declared once, one file per family."""

from etl.cbs_tables import gezondheid, jeugd
from etl.cbs_tables.record import CbsTable

TABLES: tuple[CbsTable, ...] = (*jeugd.TABLES, *gezondheid.TABLES)
