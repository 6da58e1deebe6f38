"""From a shift of shares to a signal: what the rules for referrers and forms of delivery share."""

from __future__ import annotations

import csv
from functools import lru_cache

import pandas as pd

from indicators.core.settings import REFERENCE
from indicators.signals import texts
from indicators.signals.detect.shares import share_shift
from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Signal
from indicators.signals.volume import name_of


@lru_cache(maxsize=4)
def code_names(lijst: str) -> dict[str, str]:
    """Give the names of the codes of one list of data/reference/codelijsten_zorg.csv."""
    with (REFERENCE / "codelijsten_zorg.csv").open(encoding="utf-8") as handle:
        return {row["code"]: row["naam"] for row in csv.DictReader(handle) if row["lijst"] == lijst}


def shifts(facts: Facts, kenmerk: str, maat: str, words: tuple[str, str], not_this: str) -> list[Signal]:
    """Look for a shift in the shares of a property, per onderdeel and per wet as a whole.

    Args:
        facts: What was known.
        kenmerk: verwijzer or leveringsvorm.
        maat: aanvraag or toekenning.
        words: End of the title, and what is counted.
        not_this: What it does not say.
    """
    rows = facts.kenmerk[(facts.kenmerk["kenmerk"] == kenmerk) & (facts.kenmerk["maat"] == maat)]
    signals = []
    for (wet, onderdeel), mine in rows.groupby(["wet", "onderdeel"]):
        table = mine.pivot_table(index="maand", columns="waarde", values="aantal", aggfunc="sum")
        months = pd.date_range(table.index.min(), table.index.max(), freq="MS")
        table = table.reindex(months).fillna(0.0)
        seen = share_shift(table.to_numpy())
        if seen is None:
            continue
        code, start = str(table.columns[seen.part]), months[seen.start].date()
        waarde = code_names(kenmerk).get(code, code)
        place = name_of(str(wet), str(onderdeel))
        signals.append(
            Signal(
                sleutel=(kenmerk, place, code, "meer" if seen.now > seen.before else "minder"),
                familie=kenmerk,
                onderdeel=place,
                titel=texts.titel(facts.names.get(place, place), words[0]),
                toelichting=(
                    f"Sinds {texts.month(start)} gaat {texts.percent(seen.now)} van de {words[1]} via {waarde}; in de "
                    f"twee jaar ervoor was dat {texts.percent(seen.before)}."
                ),
                wat_het_niet_is=not_this,
                effect_eur=None,
                waarom_geen_effect="Een verschuiving op zich kost geen geld; het gevolg is nog niet te zeggen.",
                sinds=start,
                zekerheid=float(min(1 - seen.p, 0.9999)),
                cijfers=(
                    Cijfer(f"aandeel {waarde} nu", round(seen.now * 100, 1), "procent", start),
                    Cijfer(f"aandeel {waarde} eerder", round(seen.before * 100, 1), "procent"),
                    Cijfer(f"{words[1]} via {waarde}", seen.count, "aantal", start),
                ),
            )
        )
    return signals
