"""Fetches the CBS tables and keeps a copy of each; a broken answer never replaces the last good one."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from etl.cbs_tables import tables
from etl.cbs_tables.copies import Copy, content_checksum, keep, newest
from etl.cbs_tables.history import Difference, carry_over, difference, gaps, judge, newest_period, provisional
from etl.cbs_tables.record import CbsTable
from etl.cbs_tables.resolve import Layout, TopicsGone, resolve
from etl.cbs_tables.rows import COLUMNS, download
from etl.readers.odata import LIVE, CbsError, CbsUnreachable, OData, Patience
from etl.readers.odata_server import serve
from indicators.core.cbs_asked import used_by
from indicators.core.settings import settings


@dataclass(frozen=True)
class CbsResult:
    """How fresh the copy of a table is: a row of meta.cbs_tabel (its columns, in order).

    Attributes:
        tabel: CBS id.
        titel: Title as CBS gives it; "" when it was never fetched.
        gewijzigd: Modified as CBS gives it.
        opgehaald_op: UTC time of the copy in use.
        status: vers, laatste_goede or niet_beschikbaar.
        melding: Why, in Dutch, or None.
        nieuwste_periode: Newest period with a figure in the copy in use.
        voorlopig: Number of its periods that are provisional.
        gewijzigde_cijfers: Figures of known periods that this copy changed.
        wijziging: What that was, in Dutch.
        ontbrekend: Topics that were asked for and are gone, comma separated.
    """

    tabel: str
    titel: str
    gewijzigd: dt.datetime | None
    opgehaald_op: dt.datetime | None
    status: str
    melding: str | None
    nieuwste_periode: str | None = None
    voorlopig: int | None = None
    gewijzigde_cijfers: int | None = None
    wijziging: str | None = None
    ontbrekend: str | None = None

    @property
    def voorbeelddata(self) -> bool:
        """Whether the copy in use says that it is synthetic."""
        return "VOORBEELDDATA" in self.titel.upper()


def refresh_cbs(
    vintages: Path,
    url: str | Path | None,
    moment: dt.datetime,
    progress: Callable[[str], None] | None = None,
    patience: Patience | None = None,
) -> list[CbsResult]:
    """Fetch all CBS tables and keep what changed. Never raises for what CBS does.

    Args:
        vintages: Folder of all vintages; copies go to vintages/cbs.
        url: None for the live servers, an address (http://host:port) that answers their paths, or a folder of
            recorded answers (etl.readers.odata_recorded).
        moment: Time of this refresh (UTC when it has no zone).
        progress: Called with a Dutch line before each table.
        patience: How long to wait for CBS.

    Returns:
        A result per table, in the order of etl.cbs_tables.tables().
    """
    moment = _utc(moment)
    patience = patience or Patience()
    deadline = time.monotonic() + patience.run
    down: set[str] = set()
    results: list[CbsResult] = []
    wanted = tables()
    try:
        with answering(url) as servers:
            for number, table in enumerate(wanted, start=1):
                if progress:
                    progress(f"CBS-tabel {table.id} ({number} van {len(wanted)})")
                base = servers[table.server]
                # A server that was down a moment ago gets one short chance per table, not a series of attempts.
                port = OData(base, patience.once() if base in down else patience, deadline)
                try:
                    results.append(_refresh_table(vintages, port, table, moment))
                except CbsError as error:
                    if isinstance(error, CbsUnreachable):
                        down.add(base)
                    results.append(_gone(_fallback(vintages, table, str(error)), error, moment))
    except NoServer as error:
        return [_fallback(vintages, table, str(error)) for table in wanted]
    return results


def last_copies(vintages: Path) -> list[CbsResult]:
    """Give the copies at hand without asking CBS (--no-cbs)."""
    return [_fallback(vintages, table, "CBS is deze keer niet gevraagd.") for table in tables()]


def raw_views(vintages: Path) -> dict[str, str]:
    """Give the SELECT behind the raw view that staging reads: raw.cbs__waarneming, one row per figure (COLUMNS).

    Without any copy it is an empty view with the same columns.
    """
    empty = (
        "SELECT " + ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in COLUMNS.items()) + " WHERE false"
    )
    typed = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in COLUMNS.items())
    copies = [newest(vintages, table.id) for table in tables()]
    files = ["'" + c.parquet.resolve().as_posix().replace("'", "''") + "'" for c in copies if c]
    sql = empty
    if files:
        # The empty part brings columns that older copies do not have yet.
        read = f"SELECT * FROM read_parquet([{', '.join(files)}], union_by_name = true)"
        sql = f"SELECT {typed} FROM ({empty} UNION ALL BY NAME {read})"
    return {"raw.cbs__waarneming": sql}


class NoServer(Exception):
    """The given address cannot be used; the message is Dutch."""


@contextlib.contextmanager
def answering(url: str | Path | None) -> Iterator[dict[str, str]]:
    """Give the address of each server while the context lasts; a folder of recorded answers is served meanwhile.

    Raises:
        NoServer: It is no web address and no folder.
    """
    if url is None:
        yield dict(LIVE)
    elif re.match(r"https?://[^/]", str(url)):
        yield dict.fromkeys(LIVE, str(url))
    elif Path(url).is_dir():
        with serve(Path(url)) as base:
            yield dict.fromkeys(LIVE, base)
    else:
        raise NoServer(f"Het adres voor CBS is geen webadres en geen bestaande map: {Path(url).name}.")


def _refresh_table(vintages: Path, port: OData, table: CbsTable, moment: dt.datetime) -> CbsResult:
    info = port.info(table.id)
    title = str(info.get("Title") or "").strip()
    modified, notices = _modified(info.get("Modified"))
    layout = resolve(port, table, title)
    frame = download(port, layout)
    last = newest(vintages, table.id)
    # Synthetic and real figures do not compare.
    comparable = last if last and last.voorbeelddata is ("VOORBEELDDATA" in title.upper()) else None
    own = _own(table)
    notices += gaps(frame, layout, own)
    whole, changed = frame, Difference()
    if comparable:
        before = comparable.frame()
        whole = carry_over(frame, before, [topic.naam for topic in layout.missing])
        if content_checksum(whole) != comparable.inhoud:
            notices += judge(frame, before, own)
            changed = difference(whole, before, settings().gemeente.code)
    missing, said = _missing(layout, comparable, whole, moment)
    copy = keep(vintages, whole, title, modified, moment, last, changed, missing)
    return _result(copy, whole, "vers", " ".join(notices + said) or None)


def _own(table: CbsTable) -> list[str]:
    """Give the regions that everything is about, as far as the table has their level."""
    gemeente = settings().gemeente
    codes = {"gemeente": gemeente.code, "provincie": gemeente.provincie_code, "land": gemeente.land_code}
    return [code for niveau, code in codes.items() if niveau in table.niveaus]


def _missing(
    layout: Layout, last: Copy | None, whole: pd.DataFrame, moment: dt.datetime
) -> tuple[dict[str, str], list[str]]:
    """Name and date the topics that are gone, and say what is shown instead."""
    known = set(whole["onderwerp"].unique())
    days, said = {}, []
    for topic, reason in layout.missing.items():
        day = (last.ontbrekend.get(topic.naam) if last else None) or moment.date().isoformat()
        days[topic.naam] = day
        shown = "De cijfers van de vorige keer blijven in gebruik." if topic.naam in known else ""
        date = dt.date.fromisoformat(day).strftime("%d-%m-%Y")
        needed = f"Nodig voor: {', '.join(used_by(topic))}." if used_by(topic) else ""
        said.append(" ".join(f"{reason} Dit cijfer is niet beschikbaar sinds {date}. {shown} {needed}".split()))
    return days, said


def _gone(result: CbsResult, error: CbsError, moment: dt.datetime) -> CbsResult:
    """Say on which day CBS gave nothing usable, and name the topics when that is what is gone."""
    day = f"Gevraagd op {moment:%d-%m-%Y}."
    gone = ", ".join(error.topics) if isinstance(error, TopicsGone) else result.ontbrekend
    return replace(result, melding=f"{result.melding} {day}", ontbrekend=gone)


def _fallback(vintages: Path, table: CbsTable, reason: str) -> CbsResult:
    copy = newest(vintages, table.id)
    if copy is None:
        return CbsResult(table.id, "", None, None, "niet_beschikbaar", f"{reason} Er is geen eerdere kopie.")
    day = copy.opgehaald_op.strftime("%d-%m-%Y")
    return _result(copy, copy.frame(), "laatste_goede", f"{reason} De kopie van {day} blijft in gebruik.")


def _result(copy: Copy, frame: pd.DataFrame, status: str, notice: str | None) -> CbsResult:
    return CbsResult(
        copy.tabel,
        copy.titel,
        copy.gewijzigd,
        copy.opgehaald_op,
        status,
        notice,
        newest_period(frame),
        provisional(frame),
        copy.gewijzigde_cijfers,
        copy.wijziging or None,
        ", ".join(copy.ontbrekend) or None,
    )


def _modified(value: object) -> tuple[dt.datetime | None, list[str]]:
    """Read Modified. The figures do not depend on it, so one that cannot be read is only said."""
    if value is None or value == "":
        return None, ["CBS zegt niet wanneer deze tabel is gewijzigd."]
    try:
        return _utc(dt.datetime.fromisoformat(str(value))), []
    except ValueError:
        return None, [f"De wijzigingsdatum '{value}' is niet te lezen."]


def _utc(moment: dt.datetime) -> dt.datetime:
    """Give a moment in UTC without zone, as the published database keeps it."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment.tzinfo else moment
