"""A difference with a sign says in its heading what is taken from what, and the same thing has one sign everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from dash import Dash

from dashboard import formatting as f
from dashboard.edition.content import edition
from dashboard.edition.document import Editie, Tabel
from dashboard.edition.half_year import HalfYear
from dashboard.edition.make import world_of
from dashboard.markup import to_html
from tests.support.figures import STATES, layout
from tests.support.html_tree import tree
from tests.support.publication import publish
from tests.support.publication_edition import twee_halfjaren
from tests.support.screen_tables import nodes, words

#: What a cause or an assumption does; its sign is that of the outcome, as the caption of its table says.
EFFECT = "Effect"


def said(head: str) -> bool:
    return " min " in head or "(+ " in head or head.startswith(EFFECT)


def signed_columns(heads: list[str], rows: list[list[str]]) -> Iterator[str]:
    for place, head in enumerate(heads):
        if any(len(row) > place and row[place].startswith("+") for row in rows):
            yield head


@pytest.mark.parametrize(("path", "query"), [s for s in STATES if s[0] in ("/", "/budget")])
def test_a_difference_on_a_screen_says_what_is_taken_from_what(figures_app: Dash, path: str, query: str) -> None:
    found = list(nodes(tree(to_html(layout(figures_app, path, query))), "Table"))
    assert found
    for table in found:
        heads = [words(th) for th in nodes(next(nodes(table, "Thead")), "Th")]
        rows = [[words(cell) for cell in row["children"]] for row in nodes(next(nodes(table, "Tbody")), "Tr")]
        assert [h for h in signed_columns(heads, rows) if not said(h)] == []


@pytest.fixture(scope="module")
def editie(tmp_path_factory: pytest.TempPathFactory) -> Editie:
    store = tmp_path_factory.mktemp("store")
    publish(store, twee_halfjaren())
    return edition(world_of(store, HalfYear(2026, 1)), date(2026, 7, 10))


def tables(of: Editie) -> Iterator[tuple[list[str], list[list[str]]]]:
    for table in (b for c in of.hoofdstukken for b in c.blokken if isinstance(b, Tabel)):
        yield list(table.kolommen), [[p if isinstance(p, str) else p.tekst for p in row] for row in table.rijen]


def test_a_difference_in_the_edition_says_it_too(editie: Editie) -> None:
    signed = [h for heads, rows in tables(editie) for h in signed_columns(heads, rows)]
    assert signed and all(said(h) for h in signed)


def _amount(text: str) -> float:
    return float(re.sub(r"[^\d,-]", "", text.replace(f.MINUS, "-")).replace(",", "."))


def test_how_far_a_forecast_was_off_has_one_sign(figures_app: Dash, editie: Editie) -> None:
    """What was said less what came of it: above nought where too much was said."""
    heads, rows = next((h, r) for h, r in tables(editie) if "Gezegd min uitkomst" in h)
    for row in rows:
        of = {head: row[i] for i, head in enumerate(heads)}
        off = _amount(of["Gezegd"]) - _amount(of["Uitkomst"])
        assert off and abs(_amount(of["Gezegd min uitkomst"]) - off) <= 1
    screen = to_html(layout(figures_app, "/budget", ""))
    found = next(t for t in nodes(tree(screen), "Table") if "Voorspeld min uitkomst" in words(t["children"]))
    names = [words(th) for th in nodes(found, "Th")]
    for row in nodes(next(nodes(found, "Tbody")), "Tr"):
        of = dict(zip(names, [words(cell) for cell in row["children"]], strict=False))
        off = _amount(of["Voorspeld"]) - _amount(of["Uitkomst"])
        assert off * _amount(of["Voorspeld min uitkomst"]) > 0
