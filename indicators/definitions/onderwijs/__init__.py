"""Indicators on school."""
