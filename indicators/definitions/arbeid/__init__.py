"""Indicators on work and unemployment."""
