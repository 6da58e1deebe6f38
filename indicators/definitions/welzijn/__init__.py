"""Indicators on how people feel about their life."""
