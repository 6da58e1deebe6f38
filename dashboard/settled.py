"""What is settled already of the rest of a year, and the sentence that says so. Pure: rows in, words and shares out."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard import formatting as f

#: Days that awards may be older or younger than the month that the ledger has; else they are about another rest.
DAGEN = 3
#: Less than this still to come is no rest to speak of: a share of it would say nothing.
REST = 1_000


@dataclass(frozen=True)
class Settled:
    """The rest of a year and what of it is settled, in euros; None is not known.

    Attributes:
        dag: Peildatum of ledger and forecast.
        geboekt: Booked up to it.
        laat: Late invoices expected over the months so far.
        verwacht: Expected outturn of the year.
        begroting: Budget in force.
        toegekend: Worth of the awards for the rest of the year.
        toegekend_op: Its peildata, the first and the last of the laws in it; None where there are no awards.
        verplicht: Open commitments in the ledger.
        deels: Some awards are not in `toegekend`: they have no price, or too few clients to tell.
    """

    dag: date
    geboekt: float
    laat: float
    verwacht: float
    begroting: float | None
    toegekend: float | None
    toegekend_op: tuple[date, date] | None
    verplicht: float | None
    deels: bool = False

    @property
    def rest(self) -> float:
        """Expected for the months after the peildatum."""
        return self.verwacht - self.geboekt - self.laat

    @property
    def comparable(self) -> bool:
        """Whether awards and ledger are about the same rest of the year: that of the forecast begins with a month."""
        last = date(self.dag.year, self.dag.month, monthrange(self.dag.year, self.dag.month)[1])
        return bool(self.toegekend_op) and all(abs((d - last).days) <= DAGEN for d in self.toegekend_op or ())

    @property
    def deel_toegekend(self) -> float | None:
        """Awards as a part of the rest."""
        if self.toegekend is None or not self.comparable or self.rest < REST:
            return None
        return self.toegekend / self.rest

    @property
    def deel_verplicht(self) -> float | None:
        """Commitments as a part of all that is not booked yet: they stand for late invoices as well."""
        open_eur = self.verwacht - self.geboekt
        return self.verplicht / open_eur if self.verplicht and open_eur >= REST else None


def settled(row: Any, year: int, course: pd.DataFrame, awards: pd.DataFrame, ledger: pd.DataFrame) -> Settled | None:
    """Put together what is known; None without a forecast or a rest, or where neither awards nor commitments are known.

    Args:
        row: Row of queries.budgetten.
        year: Its boekjaar.
        course: queries.verloop of it.
        awards: queries_budget.verplichtingen_toewijzing of it.
        ledger: queries_budget.verplichtingen_k2f of it.
    """
    known = course.dropna(subset=["geboekt_eur"])
    day = f.as_date(row["peildatum"])
    if f.missing(row["p50_eur"]) or known.empty or day is None or day.year != year or day.month == 12:
        return None
    award = None if awards.empty else awards.iloc[0]
    told = award is not None and not f.missing(award["verplicht_eur"])
    booked = None if ledger.empty else float(ledger.iloc[0]["verplichting_eur"])
    if award is None and not booked:
        return None
    late = known["nog_te_ontvangen_eur"].iloc[-1]
    days = None if award is None else tuple(f.as_date(award[c]) for c in ("eerste", "laatste"))
    return Settled(
        dag=day,
        geboekt=float(known["geboekt_eur"].iloc[-1]),
        laat=0.0 if f.missing(late) else float(late),
        verwacht=float(row["p50_eur"]),
        begroting=None if f.missing(row["actueel_eur"]) else float(row["actueel_eur"]),
        toegekend=float(award["verplicht_eur"]) if told and award is not None else None,
        toegekend_op=days,  # type: ignore[arg-type]
        verplicht=booked,
        deels=award is not None and bool(award["zonder_prijs"] or award["geheim"]),
    )


def title(s: Settled) -> str:
    """Say what part is settled: "Van de kosten voor de rest van het jaar ligt 86 % al vast in toewijzingen"."""
    if s.deel_toegekend is not None:
        if s.deel_toegekend > 1:
            return "Er is meer toegekend dan we voor de rest van het jaar verwachten"
        least = "minstens " if s.deels else ""
        return (
            f"Van de kosten voor de rest van het jaar ligt {least}{f.percent(s.deel_toegekend)} al vast in toewijzingen"
        )
    if s.deel_verplicht is not None:
        if s.deel_verplicht > 1:
            return "In K2F staan meer verplichtingen open dan we nog aan kosten verwachten"
        return f"Van wat dit jaar nog geboekt wordt, staat {f.percent(s.deel_verplicht)} al als verplichting in K2F"
    if s.toegekend is not None:
        return f"Voor de rest van het jaar is {f.euro_text(s.toegekend)} aan hulp toegekend"
    return "Wat al vastligt voor de rest van het jaar"
