"""The values that are compared, in order of time, and the pairs of neighbouring periods among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import duckdb
import pandas as pd

from indicators.core.indicator import Breuk, Indicator
from indicators.core.period import parse, sort_key
from indicators.core.region import own_regions
from indicators.core.settings import settings

#: What a value brings to a comparison.
FIGURES = ["waarde", "ondergrens", "bovengrens", "teller", "noemer"]
#: One series of values that compare: per region, and per kind of period.
SERIES = ["indicator", "uitsplitsing", "soort_periode", "gebied_code"]
#: Values that have their periods in common.
CALENDAR = ["indicator", "uitsplitsing", "soort_periode", "niveau"]

_READ = """
    SELECT indicator, periode, gebied_code, uitsplitsing, teller, noemer, waarde, ondergrens, bovengrens, status,
           CASE WHEN gebied_code LIKE 'GM%' THEN 'gemeente' WHEN gebied_code LIKE 'WK%' THEN 'wijk'
                WHEN gebied_code LIKE 'PV%' THEN 'provincie' ELSE 'land' END AS niveau
    FROM mart.fct_indicatorwaarde
    WHERE waarde IS NOT NULL AND isfinite(waarde) AND NOT coalesce(onderdrukt, false)
      AND (gebied_code LIKE 'GM%' OR gebied_code LIKE ? || '%' OR list_contains(?, gebied_code))
    ORDER BY indicator, uitsplitsing, gebied_code, periode"""


def own_wijken() -> str:
    """Give what the codes of the own wijken begin with: CBS builds them from the code of the gemeente."""
    return "WK" + settings().gemeente.code.removeprefix("GM")


def read_values(
    connection: duckdb.DuckDBPyConnection, known: Mapping[str, Indicator], peildatum: dt.date
) -> pd.DataFrame:
    """Read the values of all gemeenten, the own wijken, the own province and the country.

    Args:
        connection: To a database with mart.fct_indicatorwaarde.
        known: The records; a value without one cannot be judged and is left out.
        peildatum: Periods that begin after it are left out.

    Returns:
        Rows with a value that may be shown, by series and time, with soort_periode, begin and einde of the period, jaar
        (a moment, in years), niveau and volgnummer: the place of the period among those of its CALENDAR.
    """
    frame = connection.execute(_READ, [own_wijken(), list(own_regions())]).df()
    frame = frame[frame["indicator"].isin(list(known))]
    codes = sorted(frame["periode"].unique(), key=sort_key)
    periods = {code: parse(code) for code in codes}
    frame = frame.assign(
        soort_periode=frame["periode"].map({c: p.soort for c, p in periods.items()}),
        begin=frame["periode"].map({c: p.begin.toordinal() for c, p in periods.items()}).astype("int64"),
        einde=frame["periode"].map({c: p.einde.toordinal() for c, p in periods.items()}).astype("int64"),
    )
    frame = frame[frame["begin"] <= peildatum.toordinal()]
    frame["jaar"] = frame["begin"] / 365.25
    frame["volgnummer"] = frame.groupby(CALENDAR)["begin"].rank("dense").astype(int)
    frame["nieuwste"] = frame["volgnummer"] == frame.groupby(CALENDAR)["volgnummer"].transform("max")
    return frame.sort_values([*SERIES, "begin"], ignore_index=True)


def pairs(values: pd.DataFrame, known: Mapping[str, Indicator]) -> pd.DataFrame:
    """Put each value beside the one before: of the same kind, and no period of the calendar between them.

    Args:
        values: As `read_values` gives them.
        known: The records, for their breaks.

    Returns:
        The newer rows, with the columns of the older one ending in _oud, and breuk: the reason why the two do not
        compare, or "".
    """
    before = values[[*SERIES, "periode", "begin", "volgnummer", *FIGURES]].shift(1)
    together = (values[SERIES] == before[SERIES]).all(axis=1) & (before["volgnummer"] == values["volgnummer"] - 1)
    older = before[["periode", "begin", *FIGURES]].add_suffix("_oud")
    paired = pd.concat([values, older], axis=1)[together].reset_index(drop=True)
    return paired.assign(breuk=_reasons(paired, known))


def _reasons(paired: pd.DataFrame, known: Mapping[str, Indicator]) -> pd.Series:
    reasons = pd.Series("", index=paired.index, dtype=object)
    for name in paired["indicator"].unique():
        for breuk in known[name].breuken:
            day = first_day(breuk)
            across = (paired["begin_oud"] < day) & (day <= paired["einde"])
            reasons[(paired["indicator"] == name) & across] = breuk.reden
    return reasons


def first_day(breuk: Breuk) -> int:
    """Give the first day after a break, as an ordinal. A period in which it falls compares with neither side."""
    return parse(breuk.periode).begin.toordinal()


def since_last_break(values: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Keep the values of an indicator that lie after the last break that any of them lies after."""
    days = [first_day(b) for b in indicator.breuken]
    if values.empty or not days:
        return values
    passed = [day for day in days if day <= values["einde"].max()]
    return values[values["begin"] >= max(passed)] if passed else values


def beside(values: pd.DataFrame, own: str, others: list[str]) -> pd.DataFrame:
    """Put the newest values of one region beside those of others in the same period, as `pairs` does with periods."""
    key = ["indicator", "uitsplitsing", "soort_periode", "periode"]
    theirs = values.loc[values["gebied_code"].isin(others), [*key, "gebied_code", *FIGURES]]
    theirs = theirs.rename(columns={name: f"{name}_oud" for name in FIGURES} | {"gebied_code": "periode_oud"})
    mine = values[(values["gebied_code"] == own) & values["nieuwste"]]
    return mine.merge(theirs, on=key).assign(breuk="")
