"""From exports and CBS answers to a published DuckDB database of aggregates."""
