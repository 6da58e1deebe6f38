"""Indicators on youth care."""
