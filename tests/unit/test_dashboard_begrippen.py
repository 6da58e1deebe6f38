"""The glossary: enough words, each once and in one plain sentence, and every help uses words that are in it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import dashboard
from dashboard.begrippen import BEGRIPPEN
from dashboard.components.help import glossary, what_is_this
from dashboard.markup import to_html
from dashboard.pages.budget import HULP

FILES = sorted(Path(dashboard.__file__).parent.rglob("*.py"))


def test_every_word_has_one_short_sentence() -> None:
    assert len(BEGRIPPEN) >= 25
    for word in BEGRIPPEN.values():
        assert word.zin.endswith(".") and len(re.findall(r"[.!?](?:\s|$)", word.zin)) == 1, word.naam
        assert len(word.zin.split()) <= 22, word.naam


def test_every_word_that_a_help_names_exists() -> None:
    used = set(HULP)
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "what_is_this":
                used |= {str(a.value) for a in node.args if isinstance(a, ast.Constant)}
    assert len(used) >= 10 and used <= set(BEGRIPPEN)


def test_a_word_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        what_is_this("Bestaat niet")


def test_the_page_shows_all_words_and_help_leads_to_it() -> None:
    text = to_html(glossary())
    assert all(to_html(word.zin) in text for word in BEGRIPPEN.values())
    assert "/verantwoording#begrippen" in to_html(what_is_this("Wmo"))
