"""What the README tells a newcomer to type and to read exists."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
import typer.main

from docs.generate import DOCS

ROOT = DOCS.parent
README = (ROOT / "README.md").read_text("utf-8")
OPDRACHTEN = {"etl": "etl.cli", "indicators": "indicators.cli", "dashboard": "dashboard.cli"}
GENOEMD = re.findall(r"python -m (\w+) (\w+)([^\n`]*)", README)


def test_every_page_of_the_docs_is_named() -> None:
    named = set(re.findall(r"\]\(docs/([\w-]+\.md)\)", README))
    assert named == {page.name for page in DOCS.glob("*.md")}


def test_every_link_leads_somewhere() -> None:
    assert not [to for to in re.findall(r"\]\(([^)#:]+)\)", README) if not (ROOT / to).exists()]


def test_every_make_target_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"^\s*make ([a-z]+)|`make ([a-z]+)`", README, re.M)) != set()
    named = {a or b for a, b in re.findall(r"^\s*make ([a-z]+)|`make ([a-z]+)`", README, re.M)}
    assert named <= targets


@pytest.mark.parametrize(("module", "name", "rest"), GENOEMD, ids=lambda v: v.strip())
def test_every_command_takes_these_options(module: str, name: str, rest: str) -> None:
    app = typer.main.get_command(import_module(OPDRACHTEN[module]).app)
    command = app.commands[name]  # type: ignore[attr-defined]
    known = {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"--[a-z-]+", rest)) <= known


def test_the_readme_names_commands_of_the_etl_and_the_dashboard() -> None:
    assert {"etl", "dashboard"} <= {module for module, *_ in GENOEMD}
