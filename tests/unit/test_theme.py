"""The look in both themes: every colour can be read where it is used, also by who sees red and green alike."""

from __future__ import annotations

import math
import re
from itertools import combinations
from pathlib import Path

import pytest

from dashboard.theme import DONKER, TOKENS, colour_pairs, css_variables

ASSETS = Path(__file__).resolve().parents[2] / "dashboard" / "assets"
THEMES = {"licht": TOKENS, "donker": DONKER}
#: Text and the grounds it stands on.
TEXT = [
    *((text, "paper") for text in ("ink", "muted", "sea", "wheat", "rust", "moss")),
    *((text, "surface") for text in ("ink", "muted", "sea")),
    *(("ink", ground) for ground in ("wheat_light", "wash", "hatch", "rust_light", "sea_light")),
    *(("ink", f"tint{step}") for step in range(5)),
    ("paper", "ink"),
]
#: Marks that mean something by themselves: lines, dots and bars, on the page and on the band behind them.
MARKS = [
    *((mark, "paper") for mark in ("ink", "muted", "sea", "wheat", "rust", "moss")),
    ("sea", "sea_light"),
    ("rust", "rust_light"),
    ("ink", "sea_light"),
    ("ink", "rust_light"),
]
#: Colours that mean something else: judged apart by who cannot tell red from green, with the word or shape beside it.
MEANINGS = ("sea", "wheat", "rust", "moss")
# Vienot, Brettel and Mollon 1999: linear RGB as seen without the cones for red, or for green.
BLIND = {
    "protanopie": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deuteranopie": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}


def _linear(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return r, g, b


def _luminance(linear: tuple[float, float, float]) -> float:
    return sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(_linear(one)), _luminance(_linear(other))))
    return (high + 0.05) / (low + 0.05)


def _lab(linear: tuple[float, float, float]) -> tuple[float, float, float]:
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    xyz = [
        sum(m * max(v, 0.0) for m, v in zip(row, linear, strict=True)) / w for row, w in zip(rows, white, strict=True)
    ]
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _seen(colour: str, kind: str) -> tuple[float, float, float]:
    linear = _linear(colour)
    r, g, b = (sum(m * v for m, v in zip(row, linear, strict=True)) for row in BLIND[kind])
    return _lab((r, g, b))


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_every_ground_it_stands_on(theme: str) -> None:
    tokens = THEMES[theme]
    weak = {pair: round(c, 2) for pair in TEXT if (c := contrast(tokens[pair[0]], tokens[pair[1]])) < 4.5}
    assert not weak


@pytest.mark.parametrize("theme", THEMES)
def test_marks_stand_out_from_what_is_behind_them(theme: str) -> None:
    tokens = THEMES[theme]
    weak = {pair: round(c, 2) for pair in MARKS if (c := contrast(tokens[pair[0]], tokens[pair[1]])) < 3}
    assert not weak


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", BLIND)
def test_risk_and_expected_differ_without_red_or_green(theme: str, kind: str) -> None:
    tokens = THEMES[theme]
    near = {
        pair: round(d)
        for pair in combinations(MEANINGS, 2)
        if (d := math.dist(_seen(tokens[pair[0]], kind), _seen(tokens[pair[1]], kind))) < 12
    }
    assert not near


def test_both_themes_say_the_same_and_the_style_sheets_have_their_colours() -> None:
    assert TOKENS.keys() == DONKER.keys()
    # Charts are recoloured by their colour: two meanings may not share one.
    assert len(colour_pairs()) == len(TOKENS)
    assert css_variables() in (ASSETS / "monitor.css").read_text("utf-8")
    # Each colour is written once; which theme is on is the scheme's to say.
    sheets = "".join(path.read_text("utf-8") for path in ASSETS.glob("*.css"))
    assert sheets.count(DONKER["paper"]) == 1 == sheets.count("--paper:")


def test_colours_are_named_in_one_place_only() -> None:
    loose = []
    for path in sorted(ASSETS.glob("*.css")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            rest = re.sub(r"--[\w-]+:[^;]*;", "", line)
            # Paper is white.
            if re.search(r"#[0-9a-fA-F]{3,8}\b", rest) and "body { background: #fff; }" not in rest:
                loose.append(f"{path.name}:{number} {line.strip()[:80]}")
    assert not loose
