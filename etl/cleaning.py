"""Cells to values: each function gives a value or a refusal, never a guess."""
