"""Pieces of lay-out that every page is made of."""
