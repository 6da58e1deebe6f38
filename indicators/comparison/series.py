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
#: Values of one indicator, breakdown and kind of period: only these compare.
FAMILY = ["indicator", "uitsplitsing", "soort_periode"]
#: Kinds of period of which the newest are not complete while they are provisional: registrations come in late.
SHORT = ("maand", "kwartaal")

_READ = """
    SELECT indicator, periode, gebied_code, uitsplitsing, teller, noemer, waarde, ondergrens, bovengrens, status,
           CASE WHEN gebied_code LIKE 'GM%' THEN 'gemeente' WHEN gebied_code LIKE 'WK%' THEN 'wijk'
                WHEN gebied_code LIKE 'PV%' THEN 'provincie' ELSE 'land' END AS niveau
    FROM mart.fct_indicatorwaarde
    WHERE waarde IS NOT NULL AND isfinite(waarde) AND NOT coalesce(onderdrukt, false)
      AND (gebied_code LIKE 'GM%' OR gebied_code LIKE ? || '%' OR list_contains(?, gebied_code))"""


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
        Rows with a value that may be shown, by series and time, with numbers for what they belong to (familie: FAMILY;
        kalender: its regions of one niveau; reeks: its region), begin and einde of the period, jaar (a moment, in
        years), volgnummer (place of the period in its kalender), lopend (not complete yet), nieuwste (the newest that
        is complete) and laatste (the newest of all).
    """
    frame = connection.execute(_READ, [own_wijken(), list(own_regions())]).df()
    frame = frame[frame["indicator"].isin(list(known))]
    periods = {code: parse(code) for code in sorted(frame["periode"].unique(), key=sort_key)}
    frame = frame.assign(
        soort_periode=frame["periode"].map({c: p.soort for c, p in periods.items()}),
        begin=frame["periode"].map({c: p.begin.toordinal() for c, p in periods.items()}).astype("int64"),
        einde=frame["periode"].map({c: p.einde.toordinal() for c, p in periods.items()}).astype("int64"),
    )
    frame = frame[frame["begin"] <= peildatum.toordinal()]
    family = frame.groupby(FAMILY, sort=True).ngroup()
    calendar = family * 10 + frame["niveau"].map({"land": 0, "provincie": 1, "gemeente": 2, "wijk": 3}).astype("int64")
    regions, _ = pd.factorize(frame["gebied_code"], sort=True)
    frame = frame.assign(
        familie=family,
        kalender=calendar,
        reeks=family * (len(frame) + 1) + regions,
        jaar=frame["begin"] / 365.25,
        volgnummer=frame["begin"].groupby(calendar).rank("dense").astype("int64"),
        lopend=(frame["status"] == "voorlopig") & frame["soort_periode"].isin(SHORT),
    ).sort_values(["reeks", "begin"], ignore_index=True)
    complete = frame["volgnummer"].where(~frame["lopend"]).groupby(frame["kalender"]).transform("max")
    newest = frame["volgnummer"].groupby(frame["kalender"]).transform("max")
    return frame.assign(nieuwste=frame["volgnummer"] == complete, laatste=frame["volgnummer"] == newest)


def pairs(values: pd.DataFrame, known: Mapping[str, Indicator]) -> pd.DataFrame:
    """Put each value beside the one before: of the same kind, and no period of the calendar between them.

    Args:
        values: As `read_values` gives them.
        known: The records, for their breaks.

    Returns:
        The newer rows, with the columns of the older one ending in _oud, and breuk: the reason why the two do not
        compare, or "".
    """
    before = values[["reeks", "periode", "begin", "volgnummer", *FIGURES]].shift(1)
    together = (values["reeks"] == before["reeks"]) & (before["volgnummer"] == values["volgnummer"] - 1)
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


def since_last_break(values: pd.DataFrame, known: Mapping[str, Indicator]) -> pd.DataFrame:
    """Keep of each indicator the values that lie after the last break that any of them lies after."""
    kept = pd.Series(True, index=values.index)
    for name, last in values.groupby("indicator")["einde"].max().items():
        passed = [day for day in map(first_day, known[str(name)].breuken) if day <= last]
        if passed:
            kept &= (values["indicator"] != name) | (values["begin"] >= max(passed))
    return values[kept]


def beside(values: pd.DataFrame, own: str, others: list[str]) -> pd.DataFrame:
    """Put the newest values of one region beside those of others in the same period, as `pairs` does with periods."""
    theirs = values.loc[values["gebied_code"].isin(others), ["familie", "periode", "gebied_code", *FIGURES]]
    theirs = theirs.rename(columns={name: f"{name}_oud" for name in FIGURES} | {"gebied_code": "periode_oud"})
    mine = values[(values["gebied_code"] == own) & values["nieuwste"]]
    return mine.merge(theirs, on=["familie", "periode"]).assign(breuk="")
