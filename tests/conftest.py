"""What holds for all tests: examples of properties are the same in every run, and no machine is too slow for them."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("monitor", derandomize=True, deadline=None)
settings.load_profile("monitor")
