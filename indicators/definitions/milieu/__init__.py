"""Indicators on energy and the environment."""
