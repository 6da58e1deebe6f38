"""Savings target: less is realised, or expected by its owner, than the goal of this year."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from indicators.signals import texts
from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Regel, Signal

_ROWS = """
    SELECT taakstelling, onderdeel, boekjaar, CAST(doel_eur AS DOUBLE) AS doel, peildatum,
        CAST(gerealiseerd_eur AS DOUBLE) AS gerealiseerd, CAST(prognose_eur AS DOUBLE) AS prognose
    FROM mart.fct_taakstelling WHERE peildatum <= $p AND boekjaar <= $v1 ORDER BY boekjaar
"""
#: A shortfall below this share of the goal is as good as reached.
LEAST = 0.05


def find(facts: Facts) -> list[Signal]:
    """Compare goal and prognosis of the running year; what is realised counts where no prognosis was delivered."""
    signals = []
    rows = facts.ask(_ROWS, facts.boekjaar)
    for (name, onderdeel), history in rows.groupby(["taakstelling", "onderdeel"]):
        now = history[history["boekjaar"] == facts.boekjaar]
        if now.empty or pd.isna(now.iloc[0]["doel"]):
            continue
        row = now.iloc[0]
        expected = row["prognose"] if pd.notna(row["prognose"]) else row["gerealiseerd"]
        if pd.isna(expected) or row["doel"] - expected <= LEAST * row["doel"]:
            continue
        signals.append(_signal(facts, (str(name), str(onderdeel)), history, row, float(expected)))
    return signals


def _signal(facts: Facts, what: tuple[str, str], history: pd.DataFrame, row: pd.Series, expected: float) -> Signal:
    name, onderdeel = what
    short = float(row["doel"] - expected)
    reached = history["prognose"].fillna(history["gerealiseerd"])
    late = (history["doel"] - reached) > LEAST * history["doel"]
    # The unbroken run of years up to this one: an earlier miss that was made good is another story.
    since = history.loc[late[::-1].cummin()[::-1], "boekjaar"].min()
    owner = "de eigenaar verwacht" if pd.notna(row["prognose"]) else "tot nu is gehaald:"
    done = float(row["gerealiseerd"]) if pd.notna(row["gerealiseerd"]) else None
    figures = [Cijfer("doel", float(row["doel"]), "euro"), Cijfer("verwacht", expected, "euro")]
    if done is not None:
        figures.append(Cijfer("gehaald", done, "euro", row["peildatum"].date().replace(day=1)))
    return Signal(
        sleutel=("taakstelling", name, onderdeel, str(facts.boekjaar)),
        familie=f"taakstelling {name}",
        onderdeel=onderdeel,
        titel=texts.titel(facts.names.get(onderdeel, onderdeel), "taakstelling wordt niet gehaald"),
        toelichting=(
            f"Van de taakstelling van {texts.euro(float(row['doel']))} ({name}) wordt {texts.euro(short)} dit jaar "
            f"niet gehaald; {owner} {texts.euro(expected)}."
        ),
        wat_het_niet_is="Dit zegt niet of er al geld voor het tekort in de begroting staat.",
        effect_eur=short,
        sinds=dt.date(int(since), 1, 1),
        zekerheid=0.95 if pd.notna(row["prognose"]) else 0.7,
        cijfers=tuple(figures),
    )


REGEL = Regel(
    id="taakstelling",
    titel="Taakstelling wordt niet gehaald",
    vraag="Wordt er dit jaar minder bespaard dan het doel?",
    find=find,
    meting="Deze regel kijkt naar cijfers die zo zijn geleverd; er komt geen kansrekening aan te pas.",
)
