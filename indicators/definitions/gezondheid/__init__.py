"""Indicators on health."""
