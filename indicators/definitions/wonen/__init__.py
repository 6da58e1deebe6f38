"""Indicators on homes and what is near them."""
