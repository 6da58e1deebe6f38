"""Attributes for screen readers, as Dash's components take them."""

from __future__ import annotations

from typing import Any


def aria(**values: str) -> dict[str, Any]:
    """Give attributes named aria-...: label="Menu" becomes {"aria-label": "Menu"}."""
    return {f"aria-{name}": value for name, value in values.items()}
