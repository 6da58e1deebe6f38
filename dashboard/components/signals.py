"""Signals: what asks for attention, in order, each with its figures, since when, and what it is not."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard.components.aria import aria
from dashboard.components.table import data_table, details

#: How many are shown at once; the rest opens below (DESIGN.md 10).
HOOGSTENS = 6
#: Figures that hold the id of another signal: no words for a reader.
_SIGNALEN = ("vervangt signaal", "hangt samen met signaal")
#: Sign, so that severity never stands on colour alone.
_MARK = {"hoog": "◆", "middel": "●", "laag": "○"}


def signal_list(rows: pd.DataFrame, boekjaar: int) -> Any:
    """Give the signals as a list; the first six at once, the others behind one key.

    Args:
        rows: queries.signalen, in order.
        boekjaar: The year the links lead to.
    """
    items = [_item(row, boekjaar) for _, row in rows.iterrows()]
    first = html.Ol(items[:HOOGSTENS], className="signalen")
    if len(items) <= HOOGSTENS:
        return first
    more = html.Ol(items[HOOGSTENS:], className="signalen", start=str(HOOGSTENS + 1))
    rest = len(items) - HOOGSTENS
    return html.Div([first, details(f"Nog {f.telwoord(rest)} {'signaal' if rest == 1 else 'signalen'}", more)])


def target(row: Any, boekjaar: int) -> tuple[str, str]:
    """Give where a signal leads to, and the words of that link."""
    figures = _figures(row)
    indicator = next((c["indicator"] for c in figures if isinstance(c, dict) and c.get("indicator")), "")
    if indicator:
        return f"/indicator?indicator={indicator}", "Bekijk deze indicator"
    if str(row["regel"]).startswith("programma"):
        return "/programmas", "Bekijk het programma"
    if str(row["regel"]).startswith("levering") or row["onderdeel"] == "nog_in_te_delen":
        return "/gegevens", "Bekijk de leveringen"
    return f"/budget?onderdeel={row['onderdeel']}&boekjaar={boekjaar}", "Bekijk dit budget"


def _item(row: Any, boekjaar: int) -> html.Li:
    ernst = str(row["ernst"])
    mark = [html.Span(_MARK.get(ernst, "●"), **aria(hidden="true")), html.Span(f"Ernst {ernst}: ", className="sr")]
    amount = html.Span(f.mln_small(row["effect_eur"], sign=True), className="getal vet") if _euros(row) else None
    head = html.Div([html.H3([html.Span(mark, className=f"teken {ernst}"), row["titel"]]), amount], className="kop")
    facts = [f"sinds {f.maand(f.as_date(row['sinds']))}" if not f.missing(row["sinds"]) else ""]
    if not f.missing(row["zekerheid"]):
        facts.append(f"zekerheid {f.chance(row['zekerheid'])}")
    href, words = target(row, boekjaar)
    facts.append("de cijfers, en wat dit niet zegt")
    about = " · ".join(part for part in facts if part)
    return html.Li([head, html.P(f.keep(row["toelichting"])), _why(row, href, words, about[0].upper() + about[1:])])


def _euros(row: Any) -> bool:
    return not f.missing(row["effect_eur"]) and abs(float(row["effect_eur"])) >= 0.5


def _why(row: Any, href: str, words: str, summary: str) -> html.Details:
    parts: list[Any] = [html.P(f.keep(row["wat_het_niet_is"]))] if not f.missing(row["wat_het_niet_is"]) else []
    cells = [
        [f.keep(c["naam"]), _value(c), _month(c.get("maand"))]
        for c in _figures(row)
        if isinstance(c, dict) and c.get("naam") and c["naam"] not in _SIGNALEN
    ]
    if cells:
        parts.append(data_table(f"De cijfers achter '{row['titel']}'", ["Wat", "Waarde", "Wanneer"], cells, (1,)))
    wrong = row["vals_alarm_per_jaar"]
    if not f.missing(wrong):
        parts.append(
            html.P(
                f"Deze regel geeft in rustige jaren gemiddeld {f.number(wrong, 1)} keer per jaar vals alarm "
                f"op tien budgetten{_late(row['vertraging_maanden'])}.",
                className="feiten",
            )
        )
    parts.append(html.P(dcc.Link(words, href=href)))
    return details(summary, html.Div(parts))


def _late(months: Any) -> str:
    """How soon a change is seen: the median, so in half of the cases."""
    if f.missing(months):
        return ""
    whole = float(months).is_integer()
    word = "maand" if months == 1 else "maanden"
    return f", en ziet een verandering meestal binnen {f.number(months, 0 if whole else 1)} {word}"


def _value(figure: dict[str, Any]) -> str:
    value, unit = figure.get("waarde"), figure.get("eenheid") or ""
    if figure["naam"] == "kans" and unit == "procent" and isinstance(value, (int, float)):
        return f.chance_text(value / 100)
    if unit == "euro" and isinstance(value, (int, float)):
        return f.euro(value)
    day = _day(value)
    return f.datum(day) if day else f.keep(f"{_number(value)} {unit}".strip())


def _month(value: Any) -> str | None:
    day = _day(value)
    return f.maand(day) if day else value or None


def _day(value: Any) -> date | None:
    """Give the day that a text is; None for any other text."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _number(value: Any) -> str:
    if isinstance(value, (int, float)) and not f.missing(value):
        return f.number(value, 0 if float(value).is_integer() or abs(value) >= 1000 else 1)
    return str(value) if value not in (None, "") else f.LEEG


def _figures(row: Any) -> list[Any]:
    try:
        figures = json.loads(row["cijfers"]) if isinstance(row["cijfers"], str) else []
    except ValueError:
        return []
    return figures if isinstance(figures, list) else []
