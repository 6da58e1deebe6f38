"""The forms in which the registrations of care write their lines."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from etl.sample.plain_xlsx import CellValue, row_xml, write_workbook
from etl.sample.registration import Record
from etl.sample.streams import VOORBEELDDATA

Columns = tuple[tuple[str, str], ...]

#: Header -> field, as Suite exports it.
SUITE: Columns = (
    ("Clientnummer", "clientnummer"), ("BSN", "bsn"), ("Naam", "naam"), ("Geboortedatum", "geboortedatum"),
    ("Postcode", "postcode"), ("Huisnummer", "huisnummer"), ("Wijkcode", "wijk"), ("Aanvraagdatum", "aanvraagdatum"),
    ("Besluitdatum", "besluitdatum"), ("Besluit", "besluit"), ("Beschikkingnummer", "beschikkingnummer"),
    ("Productcategorie", "productcategorie"), ("Productcode", "productcode"), ("Omschrijving", "omschrijving"),
    ("Ingangsdatum", "ingangsdatum"), ("Einddatum", "einddatum"), ("Leveringsvorm", "leveringsvorm"),
    ("Aanbieder", "aanbieder"), ("Volume", "volume"), ("Eenheid", "eenheid"), ("Frequentie", "frequentie"),
    ("Tarief", "tarief"), ("Status", "status"), ("Reden beeindiging", "reden_einde"),
    ("Reden wijziging", "reden_wijziging"),
)  # fmt: skip
SUITE_JEUGD: Columns = (*SUITE, ("Verwijzer", "verwijzer"))
#: The same fields under the headers of a newer report, in another order.
REPORT_JEUGD: Columns = (
    ("Wijk", "wijk"), ("Klantnummer", "clientnummer"), ("Burgerservicenummer", "bsn"), ("Naam", "naam"),
    ("Geboortedatum", "geboortedatum"), ("Postcode", "postcode"), ("Huisnr", "huisnummer"), ("Verwijzer", "verwijzer"),
    ("Datum aanvraag", "aanvraagdatum"), ("Datum besluit", "besluitdatum"), ("Beslissing", "besluit"),
    ("Beschikkingsnummer", "beschikkingnummer"), ("Code productcategorie", "productcategorie"),
    ("Productcode", "productcode"), ("Omschrijving", "omschrijving"), ("Startdatum", "ingangsdatum"),
    ("Einddatum", "einddatum"), ("ZIN/PGB", "leveringsvorm"), ("Aanbieder", "aanbieder"), ("Volume", "volume"),
    ("Eenheid", "eenheid"), ("Frequentie", "frequentie"), ("Tarief", "tarief"), ("Reden beeindiging", "reden_einde"),
    ("Status voorziening", "status"), ("Reden wijziging toewijzing", "reden_wijziging"),
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """One form of delivery.

    Attributes:
        name: What it is called here.
        since: First day on which it is used.
        suffix: Of the file.
        head: Rows before the first line.
        footers: Rows after the last line.
        row: Record -> one row as text.
        write: (path, title, peildatum, rows) -> writes the file.
    """

    name: str
    since: dt.date
    suffix: str
    head: int
    footers: int
    row: Callable[[Record], str]
    write: Callable[[Path, str, dt.date, list[str]], None]


@lru_cache(maxsize=2)
def layouts(wet: str) -> tuple[Layout, ...]:
    """Give the layouts of a registration, oldest first."""
    begin = dt.date(1900, 1, 1)
    if wet == "wmo":
        return (_text(SUITE, begin), _sheet(SUITE, dt.date(2026, 4, 1)))
    return (_text(SUITE_JEUGD, begin), JSON_JEUGD, _sheet(REPORT_JEUGD, dt.date(2025, 12, 1), hidden=True))


def _text(columns: Columns, since: dt.date) -> Layout:
    header = ";".join(title for title, _ in columns)

    def row(record: Record) -> str:
        return ";".join(_as_text(record.get(field)) for _, field in columns)

    def write(path: Path, title: str, _date: dt.date, rows: list[str]) -> None:
        lines = [title, header, *rows, f"Aantal regels: {len(rows)}"]
        path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig", newline="")

    return Layout("tekst", since, "csv", 2, 1, row, write)


def _sheet(columns: Columns, since: dt.date, hidden: bool = False) -> Layout:
    def row(record: Record) -> str:
        return row_xml([record.get(field) for _, field in columns])

    def write(path: Path, title: str, date: dt.date, rows: list[str]) -> None:
        head = [row_xml([title]), row_xml([]), row_xml([title for title, _ in columns])]
        # At the end of a quarter somebody left a filter on: the rows that it hides count all the same.
        filtered = hidden and date.month % 3 == 0
        shown = [_hide(r) if filtered and n % 97 == 5 else r for n, r in enumerate(rows)]
        footer = row_xml([f"Afgedrukt op {date:%d-%m-%Y}"])
        write_workbook(path, VOORBEELDDATA, [*head, *shown, footer])

    return Layout("werkmap", since, "xlsx", 3, 1, row, write)


def _hide(row: str) -> str:
    return row.replace('">', '" hidden="1">', 1)


def _as_text(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value)


def _request(record: Record) -> str:
    """Write one application the way a system like Zorgned answers it."""
    date = {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in record.items()}
    granted = None
    if date.get("ingangsdatum"):
        granted = {
            "datumIngangGeldigheid": date["ingangsdatum"], "datumEindeGeldigheid": date.get("einddatum"),
            "omvang": {"volume": date["volume"], "eenheid": {"code": date["eenheid"]},
                       "frequentie": {"code": date["frequentie"]}, "tarief": date["tarief"]},
            "leveringsvorm": str(date["leveringsvorm"]).lower(), "leverancier": {"agbcode": date.get("aanbieder")},
            "toewijzingen": [{
                "redenWijziging": _coded(date.get("reden_wijziging")),
                "leveringen": [{"redenBeeindiging": _coded(date.get("reden_einde"))}],
            }],
        }  # fmt: skip
    return json.dumps({
        "regeling": {"identificatie": "JW"},
        "client": {"clientnummer": date["clientnummer"], "bsn": date.get("bsn"), "naam": date["naam"],
                   "geboortedatum": date["geboortedatum"], "postcode": date["postcode"],
                   "huisnummer": date["huisnummer"], "wijkcode": date["wijk"]},
        "hulpvraag": {"verwijzer": {"code": date.get("verwijzer")}},
        "datumAanvraag": date["aanvraagdatum"],
        "beschikking": {
            "beschikkingNummer": date.get("beschikkingnummer"), "datumAfgifte": date.get("besluitdatum"),
            "beschikteProducten": [{
                "product": {"productCode": date["productcode"], "omschrijving": date["omschrijving"]},
                "productCategorie": {"code": date["productcategorie"]},
                "resultaat": date.get("besluit"), "status": date["status"], "toegewezenProduct": granted,
            }],
        },
    }, ensure_ascii=False)  # fmt: skip


def _coded(code: object) -> dict[str, object] | None:
    return {"code": code} if code else None


def _write_json(path: Path, title: str, _date: dt.date, rows: list[str]) -> None:
    body = ",\n".join(rows)
    path.write_text(
        f'{{"_links": null, "omschrijving": {json.dumps(title, ensure_ascii=False)},\n'
        f'"_embedded": {{"aanvraag": [\n{body}\n]}}}}\n', encoding="utf-8",
    )  # fmt: skip


#: Its two lines above the list are titles; what comes next is a row of headers, and then the records.
JSON_JEUGD = Layout("json", dt.date(2025, 6, 1), "json", 2, 0, _request, _write_json)
