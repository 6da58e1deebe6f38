"""Indicators on living together."""
