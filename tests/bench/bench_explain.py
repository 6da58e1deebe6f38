"""Explanation on the sample: every forecast to the cent, and planted events as the largest cause beside the budget."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from indicators.forecast.explain_text import rivals
from tests.bench.measure import Row
from tests.support.late_truth import explained_and_true
from tests.support.signal_truth import SAMPLE, publication

CAUSES = {
    "tariefstap": "prijs",
    "instroomstijging": "nieuw",
    "incidentele_post": "incidenteel",
}
#: Of the peildata after an event at which its cause must be the largest. Late bills change what is known and not what
#: it costs: a true price or number of clients may well be larger, so they are held against their own true euros.
LEAST = 0.8
_UNEQUAL = """
    WITH verklaring AS (SELECT boekjaar, peildatum, onderdeel, lasten_baten, sum(effect_eur) AS effect
                        FROM mart.fct_verklaring GROUP BY ALL),
    delen AS (SELECT boekjaar, peildatum, unnest([onderdeel, wet, 'totaal']) AS onderdeel, lasten_baten, actueel_eur
              FROM mart.fct_begroting JOIN mart.dim_onderdeel USING (onderdeel)),
    begroting AS (SELECT boekjaar, peildatum, onderdeel, lasten_baten, sum(actueel_eur) AS begroot
                  FROM delen GROUP BY ALL)
    SELECT count(*), count(*) FILTER (effect IS DISTINCT FROM p50_eur - begroot)
    FROM mart.fct_prognose JOIN begroting USING (boekjaar, peildatum, onderdeel, lasten_baten)
    LEFT JOIN verklaring USING (boekjaar, peildatum, onderdeel, lasten_baten) WHERE methode = 'model'
"""
_LARGEST = """
    SELECT list(oorzaak ORDER BY abs(effect_eur) DESC)[:2], arg_max(zin, abs(effect_eur))
    FROM mart.fct_verklaring WHERE onderdeel = $1 AND lasten_baten = 'L' AND peildatum >= CAST($2 AS DATE)
        AND oorzaak NOT IN ('begroting', 'overig')
    GROUP BY peildatum
"""


def run(_folder: Path) -> list[Row]:
    """Ask the publication of the sample."""
    file = publication()
    if file is None:
        return [Row("explanations on the sample", "no sample", "make run", False)]
    truth = json.loads((SAMPLE / "inbox" / "truth.json").read_text("utf-8"))
    with duckdb.connect(str(file), read_only=True) as connection:
        return [*judge(connection, truth["gebeurtenissen"]), _late(explained_and_true(connection, truth))]


def judge(connection: duckdb.DuckDBPyConnection, events: list[dict]) -> list[Row]:
    """Hold a publication against what was planted in its running year."""
    asked, unequal = connection.execute(_UNEQUAL).fetchone() or (0, 0)
    rows = [Row("forecasts explained to the cent", f"{asked - unequal} of {asked}", "all", asked > 0 and unequal == 0)]
    year = connection.execute("SELECT max(boekjaar) FROM mart.fct_verklaring").fetchone()
    for event in events:
        cause = CAUSES.get(event["soort"])
        # An event that began in the last months of last year works in this one.
        if cause is None or not year or event["sinds"] < f"{year[0] - 1}-07":
            continue
        told = connection.execute(_LARGEST, [event["onderdeel"], event["sinds"]]).fetchall()
        largest = [cause in (causes if _tied(sentence, causes) else causes[:1]) for causes, sentence in told]
        share = sum(largest) / len(largest) if largest else 0.0
        planted = f"{event['soort']} {event['onderdeel']} since {event['sinds']}"
        what = f"{planted}: largest cause, or said to be about as large, is {cause}"
        rows.append(Row(what, f"at {share:.0%} of {len(largest)} peildata", f"at least {LEAST:.0%}", share >= LEAST))
    return rows


def _tied(sentence: str, causes: list[str]) -> bool:
    """The sentence of the largest cause says that the next one may be as large."""
    return len(causes) > 1 and any(said in sentence for said in rivals(causes[1]))


def _late(months: list[tuple[int, float, float]]) -> Row:
    said, true = (sum(row[i] for row in months) for i in (1, 2))
    each = ", ".join(f"{m}: {a / 1000:.0f} of {b / 1000:.0f}" for m, a, b in months)
    ratio = said / true if true else 0.0
    return Row("late bills, EUR 1,000 explained of true ones by month", each, "together 0.5-1.6", 0.5 < ratio < 1.6)
