"""Fetches the boundaries of wijken from PDOK. They are never required: without them the map of tiles stays.

The web feature service of CBS and Kadaster at PDOK has one edition a year, below /cbs/wijkenbuurten/{year}. Asked are
the year of the peildatum and the two before it, newest first; the first usable answer is kept (etl/geo_copies). With
--cbs-url the same question goes to /geo/wijkenbuurten/{year} of that address; a folder of recorded answers has it as
geo/wijkenbuurten/{year}.json, or does not have it.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from pathlib import Path

from etl.cbs import NoServer, answering
from etl.entity_views import quoted
from etl.geo_answer import wijken_in
from etl.geo_copies import COLUMNS, GEO_VIEW, NO_SHAPES, copies, keep
from etl.readers.odata import CbsError, CbsNotFound, CbsUnreachable, OData, Patience
from indicators.core.settings import settings

LIVE = "https://service.pdok.nl"
LIVE_PATH, OTHER_PATH = "/cbs/wijkenbuurten/{year}/wfs/v1_0", "/geo/wijkenbuurten/{year}"
#: Boundaries are no figures: less time is spent on them than on a table.
PATIENCE = Patience(timeout=10.0, attempts=3, total=40.0, run=60.0)
#: Editions that are tried: CBS brings one out in the course of its year.
YEARS_BACK = 2


@dataclass(frozen=True)
class Borders:
    """What is known of boundaries in this refresh.

    Attributes:
        views: The raw view that staging reads: view name -> SELECT.
        meldingen: What went wrong, in Dutch.
    """

    views: dict[str, str]
    meldingen: list[str]


def borders(
    vintages: Path,
    peildatum: dt.date,
    moment: dt.datetime,
    url: str | Path | None,
    ask: bool = True,
    patience: Patience = PATIENCE,
) -> Borders:
    """Fetch the boundaries of the own gemeente and give all that are kept. Never raises for what a server does.

    Args:
        vintages: Folder of all vintages; copies go to vintages/geo.
        peildatum: Boundaries of later years than its year are not used.
        moment: UTC time of this refresh.
        url: None for PDOK, an address (http://host:port), or a folder of recorded answers.
        ask: False: use the copies at hand only.
        patience: How long to wait.
    """
    gemeente = settings().gemeente.code
    reason = _fetch(vintages, gemeente, peildatum.year, moment, url, patience) if ask else ""
    kept = copies(vintages, gemeente, peildatum.year)
    said: list[str] = []
    if reason:
        stays = "De tegelkaart blijft."
        if kept:
            stays = f"De kopie van {kept[-1].opgehaald_op:%d-%m-%Y} (grenzen van {kept[-1].jaar}) blijft in gebruik."
        said.append(f"De grenzen van de wijken zijn niet opgehaald: {reason} {stays}")
    files = ", ".join(quoted(copy.parquet.resolve().as_posix()) for copy in kept)
    columns = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in COLUMNS.items())
    return Borders({GEO_VIEW: f"SELECT {columns} FROM read_parquet([{files}])" if files else NO_SHAPES}, said)


def _fetch(
    vintages: Path, gemeente: str, year: int, moment: dt.datetime, url: str | Path | None, patience: Patience
) -> str:
    """Keep the newest boundaries that can be had; gives why there are none, or "" when there is nothing to say."""
    try:
        with answering(url) as servers:
            base, path = (LIVE, LIVE_PATH) if url is None else (servers["cbs"], OTHER_PATH)
            reasons = _first_usable(vintages, gemeente, year, moment, base, path, patience)
    except NoServer:
        return ""  # said already, about the tables of CBS
    # A recorded folder says nothing about PDOK by not having them.
    recorded = url is not None and not str(url).startswith("http")
    return "" if recorded and reasons == [_absent(year)] else "".join(reasons[:1])


def _absent(year: int) -> str:
    return f"PDOK heeft geen grenzen van {year - YEARS_BACK} tot en met {year}."


def _first_usable(
    vintages: Path, gemeente: str, newest: int, moment: dt.datetime, base: str, path: str, patience: Patience
) -> list[str]:
    reasons: list[str] = []
    deadline = time.monotonic() + patience.run
    for year in range(newest, newest - YEARS_BACK - 1, -1):
        port = OData(base, patience, deadline, name="PDOK")
        try:
            answer = port.document(f"de grenzen van de wijken van {year}", path.format(year=year), _question(gemeente))
            keep(vintages, year, gemeente, wijken_in(answer, gemeente), moment)
        except CbsNotFound:
            continue  # this edition is not out yet
        except CbsError as error:
            reasons.append(str(error))
            if isinstance(error, CbsUnreachable):
                patience = patience.once()  # a server that was down a moment ago gets one short chance more
            continue
        return reasons
    return reasons or [_absent(newest)]


def _question(gemeente: str) -> dict[str, str]:
    """WFS 2.0.0; the service reads OGC filters and ignores CQL."""
    return {
        "service": "WFS",
        "version": "2.0.0",
        "request": "GetFeature",
        "typeNames": "wijkenbuurten:wijken",
        "outputFormat": "application/json",
        "srsName": "EPSG:4326",
        "filter": "<Filter><PropertyIsEqualTo><ValueReference>gemeentecode</ValueReference>"
        f"<Literal>{gemeente}</Literal></PropertyIsEqualTo></Filter>",
    }
