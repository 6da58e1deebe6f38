"""Effect of a measure: the months after it against the course that the months before led to expect."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from indicators.core.contract import AGGREGATEN, BY_NAME
from indicators.core.settings import settings
from indicators.core.views import as_known
from indicators.forecast.explain_text import euros
from indicators.forecast.interrupted import LEAST_AFTER, LEAST_BEFORE, Effect, around, interrupted
from indicators.forecast.panel import Array

TABLE = "mart.fct_effect"
#: What is counted, with the words of a sentence.
MATEN = {
    "lasten": "de lasten",
    "aanvraag": "de aanvragen",
    "instroom": "de instroom",
    "uitstroom": "de uitstroom",
    "stand": "het aantal cliënten",
}
#: Another moment on the same budget within so many months makes it unclear which of the two did it.
NEAR_MONTHS = 6
#: Counts of the newest month still grow: decisions are entered late.
COUNTS_LATE = 1

_EVENTS = """
    SELECT gebeurtenis, datum, titel, onderdeel, soort FROM mart.dim_gebeurtenis
    WHERE datum <= $1 ORDER BY datum, gebeurtenis
"""
_LASTEN = f"""
    WITH bekend AS ({as_known("mart.v_realisatie_maand")}), geleverd AS (
        SELECT boekjaar, periode, periode - lag(periode, 1, 0) OVER (PARTITION BY boekjaar ORDER BY periode) AS maanden
        FROM (SELECT DISTINCT boekjaar, periode FROM bekend WHERE periode BETWEEN 1 AND 12))
    SELECT onderdeel, boekjaar * 12 + periode - 1 AS maand, CAST(bedrag_eur AS DOUBLE) AS waarde, maanden
    FROM bekend JOIN geleverd USING (boekjaar, periode) WHERE lasten_baten = 'L'
"""
_CARE = """
    WITH declared AS (
        SELECT onderdeel, prestatiemaand AS maand, sum(bedrag_eur) AS bedrag FROM mart.fct_declaratie
        WHERE peildatum <= $1 OR last_day(ontvangstmaand) <= $1 GROUP BY ALL),
    late AS (
        SELECT onderdeel, maand, sum(verwacht_eur) AS verwacht FROM mart.fct_nog_te_ontvangen
        WHERE bron = 'declaraties' AND peildatum = (
            SELECT max(peildatum) FROM mart.fct_nog_te_ontvangen WHERE peildatum <= $1) GROUP BY ALL)
    SELECT onderdeel, year(maand) * 12 + month(maand) - 1 AS maand,
           CAST(bedrag + coalesce(verwacht, 0) AS DOUBLE) AS waarde
    FROM declared LEFT JOIN late USING (onderdeel, maand)
    WHERE maand >= (SELECT min(ontvangstmaand) FROM mart.fct_declaratie) AND onderdeel IN (SELECT onderdeel FROM late)
"""
_COUNTS = f"""
    SELECT wet, onderdeel, maat, year(maand) * 12 + month(maand) - 1 AS maand, CAST(aantal AS DOUBLE) AS waarde
    FROM ({as_known("mart.v_voorziening")})
    WHERE gebied_code = $2 AND maat IN ('aanvraag', 'instroom', 'uitstroom', 'stand')
"""


@dataclass(frozen=True)
class _Moment:
    id: str
    date: dt.date
    title: str
    onderdeel: str

    @property
    def at(self) -> int:
        """First whole month after it."""
        return self.date.year * 12 + self.date.month - 1 + (self.date.day > 1)


@dataclass(frozen=True)
class _Series:
    maat: str
    months: Array
    values: Array


def effects(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> dict[str, pd.DataFrame]:
    """Measure what changed after every measure, tariff and law in the list of moments.

    Args:
        connection: Database with the marts and mart.fct_nog_te_ontvangen filled (read only).
        peildatum: Nothing dated later is used.

    Returns:
        mart.fct_effect: euros a month for lasten, counts a month for the others. A series without enough months
        before the moment has no row; one with too few after it says so.
    """
    found = connection.execute(_EVENTS, [peildatum]).fetchall()
    moments = [_Moment(*row[:4]) for row in found]
    measured = [m for m, row in zip(moments, found, strict=True) if row[4] in ("maatregel", "tarief", "wet")]
    rows: list[dict[str, Any]] = []
    if measured:
        series = _Everything(connection, peildatum)
        for moment in measured:
            others = [m.title for m in moments if m.id != moment.id and _near(m, moment, series.wet)]
            for one in series.of(moment.onderdeel):
                row = _row(moment, one, others, peildatum)
                rows += [row] if row else []
    return {TABLE: pd.DataFrame(rows, columns=BY_NAME[TABLE].column_names)}


def _near(other: _Moment, moment: _Moment, wet: dict[str, str]) -> bool:
    same = {moment.onderdeel, wet.get(moment.onderdeel, ""), "totaal"}
    part_of = moment.onderdeel in ("totaal", wet.get(other.onderdeel, ""))
    return (other.onderdeel in same or part_of) and abs(other.at - moment.at) <= NEAR_MONTHS


class _Everything:
    """All monthly series, read once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> None:
        self.wet = dict(connection.execute("SELECT onderdeel, wet FROM mart.dim_onderdeel").fetchall())
        self.last = peildatum.year * 12 + peildatum.month - 1
        self.care = connection.execute(_CARE, [peildatum]).df()
        ledger = connection.execute(_LASTEN, [peildatum]).df()
        # After a missing delivery an amount stands for more than one month.
        self.ledger = ledger[(ledger["maanden"] == 1) & (ledger["maand"] <= self.last)]
        self.counts = connection.execute(_COUNTS, [peildatum, settings().gemeente.code]).df()

    def of(self, onderdeel: str) -> list[_Series]:
        """Give the series of an onderdeel, a wet or the total (lasten only)."""
        members = [o for o, w in self.wet.items() if onderdeel in (o, w, "totaal")]
        care = self.care[self.care["onderdeel"] == onderdeel]
        rows = self.ledger[self.ledger["onderdeel"].isin(members)]
        lasten = self._series("lasten", care if len(care) >= LEAST_BEFORE + LEAST_AFTER else rows, self.last)
        result = [lasten] if lasten else []
        name = "totaal" if onderdeel in AGGREGATEN else onderdeel
        if onderdeel != "totaal":
            wet = onderdeel if onderdeel in AGGREGATEN else self.wet.get(onderdeel)
            counts = self.counts[(self.counts["onderdeel"] == name) & (self.counts["wet"] == wet)]
            for maat in list(MATEN)[1:]:
                one = self._series(maat, counts[counts["maat"] == maat], self.last - COUNTS_LATE)
                result += [one] if one else []
        return result

    @staticmethod
    def _series(maat: str, rows: pd.DataFrame, last: int) -> _Series | None:
        rows = rows[rows["maand"] <= last]
        if rows.empty:
            return None
        total = rows.groupby("maand")["waarde"].sum().sort_index()
        months = np.arange(int(total.index[0]), int(total.index[-1]) + 1)
        return _Series(maat, months.astype(float), total.reindex(months).to_numpy(dtype=float))


def _row(moment: _Moment, series: _Series, others: list[str], peildatum: dt.date) -> dict[str, Any] | None:
    before, after = (int(part.sum()) for part in around(series.values, series.months, moment.at))
    if before < LEAST_BEFORE:
        return None
    effect = interrupted(series.values, series.months, moment.at)
    row: dict[str, Any] = {"gebeurtenis": moment.id, "maat": series.maat, "peildatum": peildatum}
    row |= {"maanden_voor": before, "maanden_na": after}
    numbers = ("verwacht", "werkelijk", "effect", "ondergrens", "bovengrens")
    if effect is None:
        what = MATEN[series.maat]
        text = (
            f"Na de start van '{moment.title}' zijn er pas {after} maanden; een effect op {what} is nog niet te zien."
        )
        return {**row, **dict.fromkeys(numbers), "oordeel": "te_vroeg", "toelichting": text}
    values = (effect.expected, effect.actual, effect.difference, effect.low, effect.high)
    row |= {name: round(float(v), 2) for name, v in zip(numbers, values, strict=True)}
    # As rounded: what the computer lost behind the comma is no effect.
    judged = "meer" if row["ondergrens"] > 0 else "minder" if row["bovengrens"] < 0 else "geen_verschil_te_zien"
    return {**row, "oordeel": judged, "toelichting": _text(moment, series.maat, effect, judged, others)}


def _text(moment: _Moment, maat: str, effect: Effect, judged: str, others: list[str]) -> str:
    def write(value: float) -> str:
        return ("min " if value < 0 else "") + euros(value) if maat == "lasten" else f"{value:.1f}".replace(".", ",")

    verb = "waren" if maat in ("lasten", "aanvraag") else "was"
    text = (
        f"In de {effect.after} maanden na de start van '{moment.title}' {verb} {MATEN[maat]} "
        f"gemiddeld {write(effect.actual)} per maand, tegen {write(effect.expected)} verwacht"
    )
    if judged == "geen_verschil_te_zien":
        text += "; dat verschil kan toeval zijn, dus een effect is niet te zien"
    else:
        low, high = sorted((abs(effect.low), abs(effect.high)))
        text += f": {write(low)} tot {write(high)} {judged}; of dit de oorzaak is, bewijst dit niet"
    if others:
        text += f", want er speelde meer tegelijk ({', '.join(others)})"
    return text + "."
