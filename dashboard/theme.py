"""The look, in one place: colours, type, chart lay-out. A test checks the contrast of the colours."""

from __future__ import annotations

from typing import Any

from dashboard.formatting import MAANDEN_KORT
from indicators.core.period import MAANDEN

#: Colour carries a meaning, and a word, position or shape always says the same.
TOKENS = {
    "ink": "#1d2a33",
    "muted": "#55636d",
    "paper": "#fbf9f4",
    "line": "#e3ddd0",
    "sea": "#1f5f7a",
    "sea_light": "#d5e6ec",
    "wheat": "#916400",
    "wheat_light": "#f0dcb4",
    "rust": "#93260f",
    "rust_light": "#f3d3ca",
    "moss": "#3f6b3a",
    "past": "#a9a494",
    "surface": "#ffffff",
    "wash": "#f1ece0",
    "hatch": "#f3efe4",
    "hatch_line": "#cfc5a8",
    "tint0": "#fefefe",
    "tint1": "#e4eff3",
    "tint2": "#c5dde6",
    "tint3": "#a3c8d6",
    "tint4": "#82b3c5",
}
#: The same meanings on a dark ground. Charts are made in the light colours; assets/theme.js puts these in their place.
DONKER = {
    "ink": "#ebe8e0",
    "muted": "#aab5bc",
    "paper": "#14191d",
    "line": "#343d44",
    "sea": "#6fb5d2",
    "sea_light": "#1f4557",
    "wheat": "#dba84a",
    "wheat_light": "#43351a",
    "rust": "#f28c6f",
    "rust_light": "#5c2d20",
    "moss": "#93c384",
    "past": "#7d7b72",
    "surface": "#1c2328",
    "wash": "#252d33",
    "hatch": "#20272c",
    "hatch_line": "#4b4a40",
    "tint0": "#1c2429",
    "tint1": "#1d3440",
    "tint2": "#1f4557",
    "tint3": "#23586e",
    "tint4": "#2a6c87",
}
SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
SERIF = "Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Georgia, 'DejaVu Serif', serif"

#: A probability of overspending from which the monitor asks for a decision.
BESLISGRENS = 0.8

MANTINE: dict[str, Any] = {
    "fontFamily": SANS,
    "headings": {"fontFamily": SERIF},
    "primaryColor": "sea",
    "primaryShade": 7,
    "colors": {
        "sea": [
            "#eef5f8",
            "#d5e6ec",
            "#b5d1db",
            "#8fb8c7",
            "#689db0",
            "#44829a",
            "#2f7089",
            "#1f5f7a",
            "#184d63",
            "#123b4d",
        ]
    },
    "defaultRadius": 2,
    "focusRing": "auto",
}

LOCALE_NL = {
    "dictionary": {},
    "format": {
        "days": ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
        "shortDays": ["zo", "ma", "di", "wo", "do", "vr", "za"],
        "months": list(MAANDEN),
        "shortMonths": list(MAANDEN_KORT),
        "date": "%d-%m-%Y",
        "decimal": ",",
        "thousands": ".",
    },
}

#: For every dcc.Graph. Plotly 7 offers to upload the chart's data to its vendor; that stays off.
GRAPH_CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": True,
    "locale": "nl",
    "locales": {"nl": LOCALE_NL},
}


def colour_pairs() -> dict[str, str]:
    """Give for each light colour the dark one that takes its place; what assets/theme.js is told."""
    return {TOKENS[name]: DONKER[name] for name in TOKENS}


def css_variables() -> str:
    """Write the tokens as the variables of the style sheets, each once: `--ink: light-dark(#1d2a33, #ebe8e0); ...`.

    Which of both a browser takes is what assets/theme.css says the scheme is.
    """
    return " ".join(
        f"--{name.replace('_', '-')}: light-dark({light}, {DONKER[name]});" for name, light in TOKENS.items()
    )


def chart_layout(height: int, **more: Any) -> dict[str, Any]:
    """Give the lay-out every chart starts from.

    Args:
        height: Height in pixels.
        more: Lay-out of this chart; wins over the shared one.
    """
    axis = {"showgrid": False, "zeroline": False, "linecolor": TOKENS["line"], "fixedrange": True, "automargin": False}
    base: dict[str, Any] = {
        "height": height,
        "margin": {"l": 46, "r": 120, "t": 16, "b": 34},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": SANS, "size": 13, "color": TOKENS["muted"]},
        "separators": ",.",
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": TOKENS["surface"], "bordercolor": TOKENS["muted"], "font": {"color": TOKENS["ink"]}},
        "xaxis": dict(axis),
        "yaxis": {**axis, "showgrid": True, "gridcolor": TOKENS["line"]},
        "dragmode": False,
    }
    for key, value in more.items():
        base[key] = {**base[key], **value} if isinstance(value, dict) and isinstance(base.get(key), dict) else value
    return base


def watermark(height: int = 400) -> dict[str, Any]:
    """Give the annotation that marks a chart of synthetic data (of this height), also in a picture passed on."""
    return {
        "text": "VOORBEELDDATA",
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": 0.5,
        "showarrow": False,
        "textangle": -18,
        "opacity": 0.16,
        "font": {"size": 34 if height > 300 else 22, "color": TOKENS["wheat"]},
    }
