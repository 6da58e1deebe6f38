"""'Wat is dit?': the words of a figure, explained where the question arises."""

from __future__ import annotations

from dash import dcc, html

from dashboard.begrippen import BEGRIPPEN


def what_is_this(*names: str, summary: str = "Wat is dit?") -> html.Details:
    """Give a part that opens with one key and explains words.

    Args:
        names: Of dashboard.begrippen.
        summary: What stands on it when it is closed; name the subject where a page has more than one.

    Raises:
        KeyError: A word is not in the glossary.
    """
    words = [part for name in names for part in (html.Dt(name), html.Dd(BEGRIPPEN[name].zin))]
    more = html.P(dcc.Link("Alle woorden", href="/verantwoording#begrippen"))
    return html.Details([html.Summary(summary), html.Dl(words), more], className="uitklap hulp")


def glossary() -> html.Section:
    """Give every word under its heading, as the part of Verantwoording that help leads to."""
    groups: dict[str, list[html.Dt | html.Dd]] = {}
    for word in BEGRIPPEN.values():
        groups.setdefault(word.groep, []).extend((html.Dt(word.naam), html.Dd(word.zin)))
    parts = [part for name, words in groups.items() for part in (html.H3(name), html.Dl(words))]
    return html.Section([html.H2("Begrippen"), *parts], className="figuur", id="begrippen")
