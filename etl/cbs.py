"""Fetches the CBS tables and keeps a copy of each; a broken answer never replaces the last good one."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.cbs_tables import TABLES
from etl.cbs_tables.copies import Copy, keep, newest
from etl.cbs_tables.record import CbsTable
from etl.cbs_tables.resolve import resolve
from etl.cbs_tables.rows import COLUMNS, download, gaps, judge
from etl.readers.odata import LIVE, CbsError, CbsUnreachable, OData, Patience
from etl.readers.odata_server import serve
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
    """

    tabel: str
    titel: str
    gewijzigd: dt.datetime | None
    opgehaald_op: dt.datetime | None
    status: str
    melding: str | None

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
        A result per table, in the order of etl.cbs_tables.TABLES.
    """
    moment = _utc(moment)
    patience = patience or Patience()
    deadline = time.monotonic() + patience.run
    down: set[str] = set()
    results = []
    try:
        with _servers(url) as servers:
            for number, table in enumerate(TABLES, start=1):
                if progress:
                    progress(f"CBS-tabel {table.id} ({number} van {len(TABLES)})")
                base = servers[table.server]
                # A server that was down a moment ago gets one short chance per table, not a series of attempts.
                port = OData(base, patience.once() if base in down else patience, deadline)
                try:
                    results.append(_refresh_table(vintages, port, table, moment))
                except CbsError as error:
                    if isinstance(error, CbsUnreachable):
                        down.add(base)
                    results.append(_fallback(vintages, table, str(error)))
    except _NoServer as error:
        return [_fallback(vintages, table, str(error)) for table in TABLES]
    return results


def last_copies(vintages: Path) -> list[CbsResult]:
    """Give the copies at hand without asking CBS (--no-cbs)."""
    return [_fallback(vintages, table, "CBS is deze keer niet gevraagd.") for table in TABLES]


def raw_views(vintages: Path) -> dict[str, str]:
    """Give the SELECT behind each raw view that staging reads: raw.cbs__<family>, one row per figure (COLUMNS).

    A family without any copy gives an empty view with the same columns.
    """
    views = {}
    empty = (
        "SELECT " + ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in COLUMNS.items()) + " WHERE false"
    )
    typed = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in COLUMNS.items())
    for family in dict.fromkeys(t.family for t in TABLES):
        copies = [newest(vintages, t.id) for t in TABLES if t.family == family]
        files = ["'" + c.parquet.resolve().as_posix().replace("'", "''") + "'" for c in copies if c]
        sql = empty
        if files:
            # The empty part brings columns that older copies do not have yet.
            read = f"SELECT * FROM read_parquet([{', '.join(files)}], union_by_name = true)"
            sql = f"SELECT {typed} FROM ({empty} UNION ALL BY NAME {read})"
        views[f"raw.cbs__{family}"] = sql
    return views


class _NoServer(Exception):
    """The given address cannot be used; the message is Dutch."""


@contextlib.contextmanager
def _servers(url: str | Path | None) -> Iterator[dict[str, str]]:
    if url is None:
        yield dict(LIVE)
    elif re.match(r"https?://[^/]", str(url)):
        yield dict.fromkeys(LIVE, str(url))
    elif Path(url).is_dir():
        with serve(Path(url)) as base:
            yield dict.fromkeys(LIVE, base)
    else:
        raise _NoServer(f"Het adres voor CBS is geen webadres en geen bestaande map: {Path(url).name}.")


def _refresh_table(vintages: Path, port: OData, table: CbsTable, moment: dt.datetime) -> CbsResult:
    info = port.info(table.id)
    title = str(info.get("Title") or "").strip()
    modified, notices = _modified(info.get("Modified"))
    layout = resolve(port, table, title)
    frame = download(port, table, layout)
    last = newest(vintages, table.id)
    gemeente = settings().gemeente
    own = [gemeente.code, gemeente.provincie_code, gemeente.land_code]
    notices += gaps(table, frame, layout, own)
    if last and last.voorbeelddata is ("VOORBEELDDATA" in title.upper()):  # synthetic and real do not compare
        notices += judge(frame, last.frame(), own)
    copy = keep(vintages, frame, title, modified, moment, last)
    return _result(copy, "vers", " ".join(notices) or None)


def _fallback(vintages: Path, table: CbsTable, reason: str) -> CbsResult:
    copy = newest(vintages, table.id)
    if copy is None:
        return CbsResult(table.id, "", None, None, "niet_beschikbaar", f"{reason} Er is geen eerdere kopie.")
    day = copy.opgehaald_op.strftime("%d-%m-%Y")
    return _result(copy, "laatste_goede", f"{reason} De kopie van {day} blijft in gebruik.")


def _result(copy: Copy, status: str, notice: str | None) -> CbsResult:
    return CbsResult(copy.tabel, copy.titel, copy.gewijzigd, copy.opgehaald_op, status, notice)


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
