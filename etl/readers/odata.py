"""The one port to the OData service of CBS, around the package cbsodata.

What the package leaves open is done here: a timeout, retries with back-off, a bound on the total time, errors in Dutch
that say whether CBS is down or the table is gone, and its global https setting put back whatever happens. Codes stay
as CBS gives them, padding included: strip after the download, filter with the exact key of the code list.

The names `typed` of the package are inverted from what they say; nothing outside this file needs to know.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import cbsodata
import requests
from cbsodata import cbsodata3
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from etl.readers.odata_calls import GATE, within

#: The public servers; RIVM and Iv3 tables stand on the second one, under the same paths.
LIVE = {"cbs": "https://opendata.cbs.nl", "dataderden": "https://dataderden.cbs.nl"}

Rows = list[dict[str, Any]]


class CbsError(Exception):
    """CBS did not give what was asked. The message is Dutch."""


class CbsUnreachable(CbsError):
    """No usable answer: server down, cut connection, too slow, damaged answer. Another time may go better."""


class CbsNotFound(CbsError):
    """The table or part of it is not there."""


class CbsBroken(CbsError):
    """An answer came, but it is not what this monitor can read; asking again does not help."""


class _Again(Exception):
    """Worth another attempt; carries the Dutch reason."""


@dataclass(frozen=True)
class Patience:
    """How long to wait for CBS.

    Attributes:
        timeout: Seconds without a byte before an attempt is given up.
        attempts: Attempts per question.
        first_wait: Seconds before the second attempt; doubles after that, up to 30 seconds.
        total: Seconds for one question with all its attempts and pages.
        run: Seconds for all tables of one refresh together.
    """

    timeout: float = 20.0
    attempts: int = 4
    first_wait: float = 1.0
    total: float = 180.0
    run: float = 600.0

    def once(self) -> Patience:
        """Give less patience, a single short attempt, for when the server did not answer a moment ago."""
        return replace(self, attempts=1, timeout=min(self.timeout, 5.0), total=min(self.total, 20.0))


class OData:
    """Asks one server of CBS.

    Args:
        base: Address of the server without path, http or https; for example LIVE["cbs"].
        patience: How long to wait and how often to try.
        deadline: Moment of time.monotonic() after which no question is asked any more.
        name: What messages call the server.
    """

    def __init__(
        self, base: str, patience: Patience | None = None, deadline: float | None = None, name: str = "CBS"
    ) -> None:
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError(f"geen adres van een server: {base}")
        self.base = base.rstrip("/")
        self.https = parts.scheme == "https"
        self.host = parts.netloc + parts.path.rstrip("/")
        self.patience = patience or Patience()
        self.deadline = deadline
        self.name = name

    def info(self, table: str) -> dict[str, Any]:
        """Give the table's own description: Title, Modified, Period and more.

        Raises:
            CbsNotFound: There is no such table (ids are case-sensitive).
            CbsUnreachable: CBS gave no usable answer.
            CbsBroken: The description is empty.
        """
        infos = self.collection(table, "TableInfos")
        if not infos:
            raise CbsBroken(f"CBS geeft een lege beschrijving van tabel {table}.")
        return infos[0]

    def properties(self, table: str) -> Rows:
        """Give the dimensions, topic groups and topics of a table."""
        return self.collection(table, "DataProperties")

    def codes(self, table: str, dimension: str) -> Rows:
        """Give the code list of a dimension; `Key` has the exact padding."""
        return self.collection(table, dimension)

    def collection(self, table: str, name: str) -> Rows:
        """Give all rows of one collection of metadata."""
        what = f"tabel {table} ({name})"
        return self._ask(what, lambda **kw: cbsodata.get_meta(table, name, catalog_url=self.host, **kw))

    def data(self, table: str, filters: str | None = None, select: list[str] | None = None) -> Rows:
        """Give the rows of the typed data set: numbers and null, with codes (padded) instead of titles.

        Args:
            table: CBS id.
            filters: In OData v3, with exact padded keys.
            select: Columns; all when None.

        Raises:
            CbsNotFound, CbsUnreachable, CbsBroken: As for `info`.

        Source of method: cbsodata3._download_metadata is what download_data itself uses per collection. download_data
        would fetch every code list again, and cannot be told to leave them.
        """
        return self._ask(
            f"de cijfers van tabel {table}",
            lambda **kw: cbsodata3._download_metadata(
                table, "TypedDataSet", select=select, filters=filters, catalog_url=self.host, **kw
            ),
        )

    def document(self, what: str, path: str, params: dict[str, str]) -> dict[str, Any]:
        """Give one JSON document of another kind, such as boundaries, with the same patience.

        Args:
            what: The thing asked, in Dutch, for messages.
            path: Below the base address.
            params: Of the question.

        Raises:
            CbsNotFound, CbsUnreachable, CbsBroken: As for `info`.
        """

        def question(**kw: Any) -> Rows:
            with requests.get(self.base + path, params=params, headers={"Accept": "application/json"}, **kw) as answer:
                answer.raise_for_status()
                try:
                    return [json.loads(answer.content)]
                except RecursionError as error:
                    raise ValueError("nested too deep") from error

        return self._ask(what, question)[0]

    def _ask(self, what: str, question: Callable[..., Rows]) -> Rows:
        deadline = time.monotonic() + self.patience.total
        if self.deadline is not None:
            deadline = min(deadline, self.deadline)
        wait = wait_exponential(multiplier=self.patience.first_wait, max=30)

        def stop(state: RetryCallState) -> bool:
            used_up = stop_after_attempt(self.patience.attempts)(state)
            return used_up or time.monotonic() + wait(state) >= deadline

        retrying = Retrying(retry=retry_if_exception_type(_Again), stop=stop, wait=wait, reraise=True)
        try:
            rows = retrying(self._attempt, what, question, deadline)
        except _Again as error:
            raise CbsUnreachable(f"{self.name} geeft {what} niet: {error}") from error
        if not all(isinstance(row, dict) for row in rows):
            raise CbsBroken(f"{self.name} geeft {what} in een vorm die niet te lezen is.")
        return rows

    def _attempt(self, what: str, question: Callable[..., Rows], deadline: float) -> Rows:
        left = deadline - time.monotonic()
        if left <= 0:
            raise _Again("het duurde te lang.")

        def call() -> Rows:
            with GATE.scheme(self.https, left):
                return question(timeout=min(self.patience.timeout, left), **_surroundings(self.base))

        try:
            return within(left, call)
        except requests.HTTPError as error:
            status = _status(error)
            if status in (404, 410):
                raise CbsNotFound(f"{self.name} kent {what} niet (meer).") from error
            if status is not None and status < 500 and status not in (408, 429):
                raise CbsBroken(f"{self.name} weigert de vraag naar {what} (code {status}).") from error
            raise _Again(f"de server geeft een fout (code {status}).") from error
        except requests.Timeout as error:
            raise _Again("er kwam te lang geen antwoord.") from error
        except requests.exceptions.SSLError as error:
            raise CbsUnreachable(f"De beveiligde verbinding voor {what} lukt niet. Vraag systeembeheer.") from error
        except (requests.RequestException, OSError) as error:
            raise _Again("er is geen verbinding, of die werd verbroken.") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            # Half an answer, or a page with "storing" instead of JSON: both pass by themselves.
            raise _Again("het antwoord is onvolledig of geen JSON.") from error


def _status(error: requests.HTTPError) -> int | None:
    """Find the status code; the package wraps the error and loses the response."""
    cause: BaseException | None = error
    while cause is not None:
        response = getattr(cause, "response", None)
        if response is not None:
            return int(response.status_code)
        cause = cause.__cause__
    return None


def _surroundings(base: str) -> dict[str, Any]:
    """Give proxy and certificate settings of this machine.

    The package sends requests without them, and takes its own proxies without no_proxy: loopback would go to the proxy.
    """
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    if urlsplit(base).hostname in ("127.0.0.1", "localhost", "::1"):
        return {"proxies": {}, "verify": bundle or True}
    with requests.Session() as session:
        found = session.merge_environment_settings(base, {}, None, None, None)
    return {"proxies": dict(found["proxies"]), "verify": bundle or True}
