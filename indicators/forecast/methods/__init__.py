"""The methods, one a file; a new file with a METHOD is picked up by itself."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from indicators.forecast.methods.record import Method


@cache
def methods() -> dict[str, Method]:
    """Give all methods by name, in alphabetical order."""
    found: dict[str, Method] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        method = getattr(importlib.import_module(f"{__name__}.{module}"), "METHOD", None)
        if method is not None:
            found[method.name] = method
    return found


def baselines() -> dict[str, Method]:
    """Give the methods shown beside the model."""
    return {name: m for name, m in methods().items() if m.baseline}


def candidates() -> list[Method]:
    """Give the methods that the model combines."""
    return [m for m in methods().values() if m.candidate]
