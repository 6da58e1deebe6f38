"""Indicators on programmes with a budget of their own."""
