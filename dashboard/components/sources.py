"""The sources of the monitor: what each delivered, whether that is on time, and whether every row is accounted for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard import queries_herkomst as queries
from dashboard.components import lineage
from dashboard.components.figure import figure_block, source_line
from dashboard.components.table import data_table
from dashboard.store import Publication

_COUNTS = ("gelezen", "geladen", "geweigerd", "buiten_bereik")
#: A rhythm is of months and quarters: a delivery may come some days later before it is late.
GRACE_DAYS = 14
#: Kinds of figures that are named of a source that is late.
GENOEMD = 3
LEDGER = "k2f"


def day_of(about: Any) -> tuple[date | None, str]:
    """Give the day that "on time" is about, and what day that is: invented deliveries are of an invented today.

    Args:
        about: Row of meta.publicatie.
    """
    if about["voorbeelddata"]:
        return f.as_date(about["peildatum"]), "de peildatum van de voorbeelddata"
    return f.as_date(about["gemaakt_op"]), "de dag van de verversing"


def delivered_line(day: Any, *parts: Any) -> html.P:
    """Give the source line of a table about what was delivered.

    Args:
        day: Of the refresh.
        parts: What else it says.
    """
    return source_line(
        *parts,
        bron="leveringen van de gemeente",
        peildatum=f"stand van {f.datum(f.as_date(day))}" if day is not None else "stand onbekend",
        status="definitief voor deze verversing",
        definitie=dcc.Link("wat deze woorden betekenen", href="/verantwoording"),
    )


def late_line(pub: Publication, about: Any) -> html.P | None:
    """Say which sources are late, since when, and how far their figures go; None when all are on time.

    Args:
        pub: The publication.
        about: Its row of meta.publicatie.
    """
    today, _ = day_of(about)
    late = [row for _, row in queries.bronnen(pub).iterrows() if freshness(row, today)[1]]
    if not late:
        return None
    said = [
        f"{row['titel']} (nieuwste van {f.datum(f.as_date(row['nieuwste']))}, de volgende werd rond "
        f"{f.datum(_expected(row))} verwacht)"
        for row in late
    ]
    bronnen = tuple(str(row["bron"]) for row in late)
    # A forecast goes on from the newest ledger, however old the awards are that it looks at.
    fed = [t for t in queries.tabellen_van(pub, bronnen) if LEDGER in bronnen or not t.startswith("mart.fct_prognose")]
    # In the order of the field, and no more than a reader takes in.
    named = [lineage.FIGURES[table] for table in lineage.FIGURES if table in fed][:GENOEMD]
    which = f", zoals {_listed(named)}," if named else ""
    text = f" {_listed(said)}. De cijfers daaruit{which} gaan niet verder dan die dag. "
    parts: list[Any] = [html.Strong("Te laat geleverd:"), text, dcc.Link("Bekijk de bronnen", href="/gegevens")]
    return html.P(parts, className="te-laat", role="note")


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} en {parts[-1]}"


def _expected(row: Any) -> date | None:
    newest = f.as_date(row["nieuwste"])
    return None if newest is None or f.missing(row["ritme_dagen"]) else newest + timedelta(days=int(row["ritme_dagen"]))


def sources_block(frame: pd.DataFrame, today: date | None, why: str, day: Any = None) -> html.Section:
    """Give the section.

    Args:
        frame: queries_herkomst.bronnen.
        today: The day that "on time" is about.
        why: What day that is ("de dag van de verversing").
        day: Of the refresh.
    """
    late = [str(r["titel"]) for _, r in frame.iterrows() if freshness(r, today)[1]]
    rows = [
        [
            dcc.Link(_title(r), href=f"/gegevens?bron={r['bron']}") if not f.missing(r["leveringen"]) else _title(r),
            f.number(0 if f.missing(r["leveringen"]) else r["leveringen"]),
            f.datum(f.as_date(r["nieuwste"])),
            _rhythm(r["ritme_dagen"]),
            freshness(r, today)[0],
            *(f.number(0 if f.missing(r[c]) else r[c]) for c in _COUNTS),
            _adds_up(r),
        ]
        for _, r in frame.iterrows()
    ]
    heads = ["Bron", "Leveringen", "Nieuwste peildatum", "Verwacht", "Op tijd", "Rijen gelezen", "Geladen", "Geweigerd"]
    heads += ["Buiten bereik", "Telt op"]
    title = "Alle bronnen zijn op tijd" if not late else f"Te laat: {', '.join(late)}"
    if frame["ritme_dagen"].isna().all():
        title = "Per bron"
    lead = (
        "Gelezen is geladen, geweigerd en buiten bereik samen, in rijen. Buiten bereik zijn totalen, subtotalen en "
        "taakvelden buiten het sociaal domein: de monitor gebruikt ze als controle en laadt ze niet."
        + (f" ‘Op tijd’ gaat over {f.datum(today)}, {why}." if today and frame["ritme_dagen"].notna().any() else "")
    )
    table = data_table("Bronnen en wat zij leverden", heads, rows, (1, 5, 6, 7, 8))
    return figure_block(title, table, delivered_line(day), lead=lead, id="bronnen")


def _title(row: Any) -> str:
    return str(row["bron"]) if f.missing(row["titel"]) else f"{row['titel']} ({row['bron']})"


def _rhythm(days: Any) -> str | None:
    if f.missing(days):
        return None
    named = {31: "elke maand", 92: "elk kwartaal", 366: "elk jaar"}
    return named.get(int(days), f"elke {int(days)} dagen")


def freshness(row: Any, today: date | None) -> tuple[str | None, bool]:
    """Say whether the newest delivery of a source is on time, and whether it is late.

    Args:
        row: Of queries_herkomst.bronnen.
        today: The day it is about.
    """
    if f.missing(row["ritme_dagen"]) or today is None:
        return None, False
    expected = _expected(row)
    if expected is None:
        return "nog niets geleverd", False
    over = (today - expected).days
    if over > GRACE_DAYS:
        return f"te laat: verwacht rond {f.dag_maand(expected)}, {f.number(over)} dagen geleden", True
    return f"ja, de volgende rond {f.datum(expected)}", False


def _adds_up(row: Any) -> str:
    read, loaded, refused, outside = (0 if f.missing(row[c]) else int(row[c]) for c in _COUNTS)
    gap = read - loaded - refused - outside
    return "ja" if not gap else f"nee: {f.number(gap)} rijen verschil"


def checks_block(checks: list[dict[str, Any]], day: Any = None) -> html.Section:
    """Give the section with the data checks of the last refresh that came as far as checking.

    Args:
        checks: naam, goed, melding of each.
        day: Of the refresh.
    """
    if not checks:
        text = "Bij de laatste verversing zijn geen controles gedaan, of de verversing kwam niet zo ver."
        return html.Section([html.H2("Controles"), html.P(text, className="uitleg")], className="figuur")
    failed = [c for c in checks if not c.get("goed")]
    title = (
        f"Alle {len(checks)} controles zijn goed" if not failed else f"{len(failed)} van {len(checks)} controles fout"
    )
    ordered = sorted(checks, key=lambda c: bool(c.get("goed")))
    rows = [
        [str(c.get("naam")), "goed" if c.get("goed") else "fout", str(c.get("melding") or "") or None] for c in ordered
    ]
    lead = "De monitor publiceert alleen als elke controle goed is. Anders blijven de vorige cijfers staan."
    table = data_table("Controles bij de laatste verversing", ["Controle", "Uitkomst", "Wat er niet klopt"], rows)
    return figure_block(title, table, delivered_line(day), lead=lead, id="controles")
