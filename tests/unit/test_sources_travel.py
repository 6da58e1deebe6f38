"""Every registered source can be sent to another process: else files are read one after another."""

from __future__ import annotations

import pickle

import pytest

from etl.source import sources


@pytest.mark.parametrize("name", sources())
def test_a_source_is_itself_after_travelling(name: str) -> None:
    assert pickle.loads(pickle.dumps(sources()[name])) is sources()[name]
