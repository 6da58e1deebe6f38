"""Indicators on the use of the Wmo."""
