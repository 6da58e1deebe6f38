"""One way of writing shares and millions, wherever a user reads: see dashboard/formatting.py."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path

import pytest
from dash import Dash

from dashboard.edition.content import edition
from dashboard.edition.half_year import HalfYear
from dashboard.edition.html import to_html as edition_html
from dashboard.edition.make import world_of
from dashboard.markup import to_html
from tests.support.figures import STATES, layout
from tests.support.publication import publish
from tests.support.publication_edition import twee_halfjaren

#: What stands nowhere -> how it is written.
FORBIDDEN = {
    r"\d procent\b": "een percentage heeft %",
    r"€ ?[−+]?[\d.,]+ mln": "een bedrag met € is voluit: miljoen",
    r"(?<!€ )(?<![\d.,])[\d.,]+ miljoen\b": "mln achter een kaal getal, en anders €",
    r"\d%": "een spatie voor %",
    r"\d, [\d,]+ %": "achter een komma leest een percentage als cijfers van het getal ervoor",
}


def wrong(markup: str) -> list[str]:
    """Give what breaks the rule, in texts, names for screen readers and charts alike."""
    text = re.sub(r"<(style|script)\b.*?</\1>", "", markup, flags=re.DOTALL)
    text = html.unescape(re.sub(r"(style|href|points|d|width|height|stroke-\w+)=\"[^\"]*\"", "", text)).replace(
        "\u00a0", " "
    )
    return [
        f"{rule}: …{text[max(0, m.start() - 40) : m.end() + 10]}"
        for pattern, rule in FORBIDDEN.items()
        for m in re.finditer(pattern, text)
    ]


@pytest.mark.parametrize(("path", "query"), STATES)
def test_every_page_writes_shares_and_millions_one_way(figures_app: Dash, path: str, query: str) -> None:
    assert wrong(to_html(layout(figures_app, path, query))) == []


def test_the_edition_writes_them_as_the_screens_do(tmp_path: Path) -> None:
    publish(tmp_path, twee_halfjaren())
    for half in (1, 2):
        found = edition_html(edition(world_of(tmp_path, HalfYear(2026, half)), date(2026, 10, 10)))
        assert wrong(found) == [] and " miljoen" in found.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "text", ["8,1 procent", "€\u00a01,2\u00a0mln", "voor 1,2 miljoen", "12%", "tot € 1,2 mln", "68, 13 % meer"]
)
def test_what_is_written_another_way_is_seen(text: str) -> None:
    assert len(wrong(f"<p>{text}</p>")) == 1


@pytest.mark.parametrize("text", ["8,1 %", "€ 1,2 miljoen", "+0,4 mln", "3,1 procentpunt", "× € 1.000"])
def test_what_is_written_this_way_is_not(text: str) -> None:
    assert wrong(f"<p>{text}</p>") == []
