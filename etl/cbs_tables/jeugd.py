"""Youth care in kind per gemeente and half-year: 82972NED up to 2020, 85098NED from 2021."""

from __future__ import annotations

from etl.cbs_tables.record import CbsTable

TABLES = (CbsTable("82972NED", "jeugd"), CbsTable("85098NED", "jeugd"))
