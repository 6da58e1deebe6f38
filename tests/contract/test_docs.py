"""The generated pages say what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs import generate


@pytest.mark.parametrize("name", generate.PAGES)
def test_generated_page_is_up_to_date(name: str) -> None:
    assert (generate.DOCS / name).read_text("utf-8") == generate.text_of(name), "draai `make docs`"


def test_every_key_of_a_mapping_is_explained() -> None:
    from etl.mapping import FileMapping, Mapping, Onderdelen

    text = (generate.DOCS / "mapping.md").read_text("utf-8")
    keys = {*Mapping.model_fields, *FileMapping.model_fields} - {"onderdeel", "patroon"}
    assert not [
        key for key in keys if f"`{key}`" not in text and f"`[{key}]`" not in text and f"`[[{key}]]`" not in text
    ]
    assert all(f"`[onderdeel.{key}]`" in text for key in Onderdelen.model_fields)


def test_the_proposed_mapping_in_the_docs_is_what_the_command_writes(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from etl.cli import app

    text = (generate.DOCS / "mapping.md").read_text("utf-8").partition("## Let the monitor propose one")[2]
    (given,), (shown,) = (re.findall(rf"```{kind}\n(.*?)```", text, re.S) for kind in ("csv", "toml"))
    file = tmp_path / "k2f" / "overzicht 2026-09-30.csv"
    file.parent.mkdir()
    file.write_text(given, "utf-8")
    out = tmp_path / "voorstel.toml"
    CliRunner().invoke(app, ["check", str(file), "--mapping", str(out)])
    assert out.read_text("utf-8") == shown
