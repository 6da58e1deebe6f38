# ruff: noqa: E501  (a line of the page each)
"""The page docs/editie.md, made from the records of the edition so that it cannot drift from them."""

from __future__ import annotations

from dashboard.edition.budgets import KOLOMMEN
from dashboard.edition.message import DELEN
from dashboard.edition.messages import HOOGSTENS
from dashboard.edition.posts import BLIJVEND, EENMALIG
from dashboard.edition.reading import WOORDEN
from dashboard.rounding import DINGEN
from indicators.core.disclosure import AFRONDING, GEHEIM_TOT_EN_MET
from indicators.core.settings import Editie

_MAKE = """# The council edition

What the council gets twice a year: HTML, PDF, a workbook with every number, and each figure as svg and png. It is made
from one publication, frozen, and never changes.

## Making one

    python -m dashboard edition --store data/store --periode 2026-H1 --out DIR --concept
    (edit DIR/concept-2026-H1.md)
    python -m dashboard edition --store data/store --periode 2026-H1 --out DIR --tekst DIR/concept-2026-H1.md

Without `--tekst` the text is as the monitor writes it. Every refusal is a Dutch sentence and exit code 2; nothing is
frozen then. The edition stands in `STORE/edities/2026-H1/` (read-only, with `manifest.json`: digest of every file, run,
peildatum, messages), is copied to `--out`, and appears on the page Raad at once. A mistake: `--correctie "what was
wrong"` makes `2026-H1-2`; the first one stays. The same publication and text give the same bytes, bar the date.

## What it knows

The peildatum is the newest one in the half year that has a forecast of that year. Budgets, forecasts, explanations and
users are as known then (every peildatum is kept). Programmes are too, from the first publication with
`mart.fct_programmaverloop`. Indicators have no such history: the newest figure about a period that had ended by then.
The savings target is kept as it was last delivered; where that is later, the text says of which day it is.

Back-testing (`mart.fct_terugtoets`) gives the track record: the same month of closed years. The edition before (its
newest correction) is quoted letter for letter, with what became of it; one whose files are no longer what was frozen is
not quoted, and then nothing is made.
"""
_TEXT = """## Editing the text

Lines with `##`, the words before a colon, and lines with `>` stay as they are. Every number in a changed sentence
(digits, dates, number words, words such as 'helft') must be one of the facts of that message or explanation: what the
text had, or what stands after 'Ook te gebruiken'. Another way of writing it is fine, and so is rounding an amount by at
most 5 %. Anything else is refused with its line and the numbers that can be used. What cannot be checked is whether the
words around a number are right: that stays with who edits, and the reading guide of the edition says that it was edited.
"""


def page() -> str:
    """Give the page (Markdown)."""
    once, lasting = ", ".join(f"`{c}`" for c in EENMALIG), ", ".join(f"`{c}`" for c in BLIJVEND)
    threshold = Editie().toelichting_vanaf_eur
    lines = [_MAKE, "## What stands in it", ""]
    lines += [
        f"1. Summary: at most {HOOGSTENS} messages, conclusion first, then {', '.join(DELEN.values())}. Always the whole",
        "   and the three laws (most euros at risk first), then the savings target and the programmes. Goals come from",
        "   `data/reference/doelen.csv` (those of the laws; a gemeente puts its own beside its settings).",
        "2. The ten NPG indicators: a small picture each, and a table.",
        f"3. Budgets: {', '.join(KOLOMMEN)}; lasten, baten and saldo; each deviation of `[editie] toelichting_vanaf_eur`",
        f"   (by default {threshold:,} euros) or more is explained by its largest causes (`mart.fct_verklaring`).",
        "4. Savings target and programmes.",
        "5. Track record, and what the edition before said.",
        "6. Reading guide, words, definitions, sources.",
        "",
        "### Incidenteel or structureel",
        "",
        f"From the causes of the explanation: {once} comes once, {lasting} stay; the rest says neither. A letter is given",
        "only where the explanation covers more than half of the difference, else `?`; a part under a tenth is left out.",
        "",
        "### Persons",
        "",
        f"Counts of persons are rounded to {AFRONDING} and secret up to {GEHEIM_TOT_EN_MET}, of the whole gemeente too;",
        "shares are made from the rounded counts. A result of a programme is taken to count persons unless its unit is",
        f"one of: {', '.join(sorted(DINGEN))}.",
        "",
        _TEXT,
        "## Its words",
        "",
    ]
    return "\n".join([*lines, *(f"- **{word}**: {meaning}" for word, meaning in WOORDEN)]) + "\n"
