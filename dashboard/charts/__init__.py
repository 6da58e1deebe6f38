"""Charts: pure functions from a DataFrame to a Figure."""
