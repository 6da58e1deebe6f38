"""Indicators over the laws of the social domain together."""
