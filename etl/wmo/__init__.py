"""How a Wmo registration is read: columns, values, and the rules a line has to keep (used by etl/sources/wmo.py)."""
