"""The generated pages say what the code says."""

from __future__ import annotations

import pytest

from docs import generate


@pytest.mark.parametrize("name", generate.PAGES)
def test_generated_page_is_up_to_date(name: str) -> None:
    expected = generate.NOTE + "\n" + generate.PAGES[name]().rstrip() + "\n"
    assert (generate.DOCS / name).read_text("utf-8") == expected, "draai `make docs`"
