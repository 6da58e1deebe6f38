"""What holds for every registered source, whichever it is."""

from __future__ import annotations

import pickle

import pytest

from etl.source import sources


@pytest.mark.parametrize("name", sources())
def test_a_source_is_itself_after_travelling(name: str) -> None:
    assert pickle.loads(pickle.dumps(sources()[name])) is sources()[name]


@pytest.mark.parametrize("name", sources())
def test_a_source_tells_its_headers_so_that_a_mapping_can_be_proposed(name: str) -> None:
    source = sources()[name]
    assert source.fields and set(source.needed) <= set(source.fields) and set(source.parsers) <= set(source.fields)
