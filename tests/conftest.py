"""What holds for all tests: examples of properties are the same in every run, and the longest work starts first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from xdist.scheduler import LoadFileScheduling

settings.register_profile("monitor", derandomize=True, deadline=None)
settings.load_profile("monitor")

#: What takes longest starts first, so that the short tests fill up the end; a file or folder not named here comes last.
FIRST = ("tests/browser/", "tests/architecture/test_types.py", "tests/data/", "tests/golden/", "tests/contract/")


def _rank(item: pytest.Item) -> int:
    return next((n for n, start in enumerate(FIRST) if item.nodeid.startswith(start)), len(FIRST))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_rank)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadFileScheduling | None:
    """A file to a worker, and all browser tests to one: Chromium, the server and its scripts start once for all."""
    from xdist.scheduler import LoadFileScheduling

    class OneBrowser(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "tests/browser" if nodeid.startswith("tests/browser/") else super()._split_scope(nodeid)

    return OneBrowser(config, log) if config.getoption("dist") == "loadfile" else None
