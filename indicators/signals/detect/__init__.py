"""Statistics behind the rules: pure functions over arrays, so that a simulation can measure them."""
