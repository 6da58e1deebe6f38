"""Bytes to cells: readers know file formats and nothing of any source."""
