"""One truth of care written in every layout: plain workbook, table of a database, and the forms that Zorgned gives."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.support.care_truth import PEILDATUM, Record

_PLAIN = {
    "clientnummer": "Clientnummer", "bsn": "BSN", "naam": "Naam", "geboortedatum": "Geboortedatum",
    "postcode": "Postcode", "huisnummer": "Huisnummer", "wijk": "Wijkcode", "aanvraagdatum": "Aanvraagdatum",
    "besluitdatum": "Besluitdatum", "besluit": "Besluit", "beschikkingnummer": "Beschikkingnummer",
    "productcategorie": "Productcategorie", "productcode": "Productcode", "ingangsdatum": "Ingangsdatum",
    "einddatum": "Einddatum", "leveringsvorm": "Leveringsvorm", "aanbieder": "Aanbieder", "volume": "Volume",
    "eenheid": "Eenheid", "frequentie": "Frequentie", "tarief": "Tarief", "status": "Status",
    "reden_einde": "Reden beeindiging", "reden_wijziging": "Reden wijziging", "verwijzer": "Verwijzer",
}  # fmt: skip
_SUITE = {
    "clientnummer": "CLIENTNR", "bsn": "BSN", "naam": "NAAM", "geboortedatum": "DD_GEBOORTE", "postcode": "POSTKODE",
    "huisnummer": "HUISNUMMER", "wijk": "CBS_WIJK", "aanvraagdatum": "DAT_AANVRAAG", "besluitdatum": "DAT_BESLUIT",
    "beschikkingnummer": "BESLUITNR", "productcategorie": "PRODUCTCAT", "productcode": "PRODUCTCODE",
    "ingangsdatum": "DAT_BEGIN", "einddatum": "DAT_EINDE", "leveringsvorm": "LEV_VORM", "aanbieder": "AANB_AGB",
    "volume": "VOLUME", "eenheid": "EENHEID", "frequentie": "FREQUENTIE", "tarief": "TARIEF_EUR",
    "status": "STATUS_OMS", "reden_einde": "KODE_REDEN_EINDE", "reden_wijziging": "KODE_REDEN_WIJZ",
    "verwijzer": "VERWIJZER",
}  # fmt: skip
_ZORGNED = {
    "clientnummer": "clientIdentificatie", "bsn": "burgerservicenummer", "geboortedatum": "geboortedatum",
    "postcode": "postcode", "huisnummer": "huisnummer", "wijk": "wijkcode", "wet": "regeling.identificatie",
    "aanvraagdatum": "datumAanvraag", "verwijzer": "hulpvraag.verwijzer.code", "besluitdatum": "datumAfgifte",
    "beschikkingnummer": "beschikkingNummer", "besluit": "resultaat", "productcategorie": "productCategorie.code",
    "productcode": "product.productCode", "ingangsdatum": "datumIngangGeldigheid", "einddatum": "datumEindeGeldigheid",
    "volume": "omvang.volume", "eenheid": "omvang.eenheid.code", "frequentie": "omvang.frequentie.code",
    "tarief": "omvang.tarief", "leveringsvorm": "leveringsvorm", "aanbieder": "leverancier.agbcode",
    "reden_einde": "redenBeeindiging.code", "reden_wijziging": "redenWijziging.code",
}  # fmt: skip
#: Other ways to write a code: the name in the list, or the number without its zero.
NAMES = {
    "productcategorie": {
        "01": "Hulp bij het huishouden", "02": "2", "12": "12 - Vervoervoorzieningen", "13": "13 Woonvoorzieningen",
        "45": "Jeugdhulp ambulant", "46": "46 - Jeugdhulp crisis", "48": "jeugdbescherming",
    },
    "eenheid": {"01": "Minuten", "04": "Uur", "14": "etmaal", "16": "Dagdeel", "82": "Stuks (output)"},
    "frequentie": {"2": "Per week", "3": "per vier weken", "4": "Maand", "6": "Totaal"},
    "verwijzer": {"01": "Gemeente", "02": "Huisarts", "04": "gecertificeerde instelling"},
    "leveringsvorm": {"ZIN": "Zorg in natura", "PGB": "Persoonsgebonden budget"},
    "besluit": {"Toegekend": "Toewijzing", "Afgewezen": "Niet ingewilligd", "Ingetrokken": "Aanvraag ingetrokken"},
    "reden_einde": {"02": "Overlijden"},
    "reden_wijziging": {"13": "13 Verwijderd"},
}  # fmt: skip
_DATES = ("geboortedatum", "aanvraagdatum", "besluitdatum", "ingangsdatum", "einddatum")


def _mangled(line: Record) -> Record:
    """A line as people and spreadsheets leave it behind."""
    other = {name: NAMES[name].get(value, value) if name in NAMES else value for name, value in line.items()}
    other["aanbieder"] = int(line["aanbieder"]) if line.get("aanbieder") else None
    other["productcode"] = f"{line['productcode']}_OUD" if line["huisnummer"] == "3" else line["productcode"]
    other["postcode"] = line["postcode"].replace(" ", "").lower()
    other["huisnummer"] = f" {line['huisnummer']}"
    if line.get("ingangsdatum") and not line.get("einddatum"):
        other["einddatum"] = dt.date(9999, 12, 31)
    return other


def _written(day: dt.date | None) -> str | None:
    return None if day is None else f"{day.day}-{day.month}-{day.year}"


def _xlsx(path: Path, columns: dict[str, str], lines: list[Record], messy: bool) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Voorzieningen")
    date = book.add_format({"num_format": "dd-mm-yyyy"})
    top = 4 if messy else 0
    if messy:
        sheet.write_row(0, 0, ["Overzicht voorzieningen", None, None, "Stand per 30-06-2025"])
        book.add_worksheet("Toelichting").write_row(0, 0, ["Gemaakt door de afdeling"])
    sheet.write_row(top, 0, list(columns.values()))
    for number, line in enumerate(lines, start=top + 1):
        for place, name in enumerate(columns):
            value = line.get(name)
            if isinstance(value, dt.date) and messy:
                sheet.write(number, place, _written(value))
            elif isinstance(value, dt.date):
                sheet.write_datetime(number, place, value, date)
            elif value is not None:
                sheet.write(number, place, float(value) if isinstance(value, Decimal) else value)
    if messy:
        sheet.write(top + len(lines) + 2, 0, f"Totaal aantal: {len(lines)}")
        sheet.set_row(top + 3, None, None, {"hidden": True})
    book.close()


def plain(path: Path, lines: list[Record], messy: bool) -> None:
    """Workbook with the headers of a report, with dates as text and words for codes when messy."""
    _xlsx(path, _PLAIN, [_mangled(line) for line in lines] if messy else lines, messy)


def zorgned_xlsx(path: Path, lines: list[Record], messy: bool) -> None:
    """Workbook with the last parts of Zorgned's paths as headers."""
    _xlsx(path, _ZORGNED, [_mangled(line) for line in lines] if messy else lines, messy)


def suite(path: Path, lines: list[Record], messy: bool) -> None:
    """Table of a database as text: dates 20250301, the decision only as status, zeros where there is no date."""
    rows = []
    for line in [_mangled(line) for line in lines] if messy else lines:
        cells = []
        for name in _SUITE:
            value = line.get(name)
            if name in _DATES:
                value = f"{value:%Y%m%d}" if value else "00000000" if messy and name == "einddatum" else ""
            elif isinstance(value, Decimal):
                value = f"{value:.2f}".replace(".", ",") if messy else str(value)
            cells.append("" if value is None else str(value))
        rows.append(";".join(cells))
    head = [f"PEILDATUM: {PEILDATUM:%d-%m-%Y}", ""] if messy else []
    path.write_bytes("\r\n".join([*head, ";".join(_SUITE.values()), *rows, ""]).encode("cp1252"))


def zorgned_json(path: Path, lines: list[Record], messy: bool) -> None:
    """Requests with their products; messy: below their clients, with assignments and letters beside the products."""
    requests = [_request(line, messy) for line in lines]
    tree: dict[str, Any] = {"_links": None, "_embedded": {"aanvraag": requests}}
    if messy:
        clients = []
        for line, request in zip(lines, requests, strict=True):
            for name in ("clientIdentificatie", "client"):
                request.pop(name)
            clients.append({
                "identificatie": line["clientnummer"], "clientnummer": line["clientnummer"], "bsn": line["bsn"],
                "geboortedatum": line["geboortedatum"].isoformat(), "postcode": line["postcode"],
                "huisnummer": int(line["huisnummer"]), "wijkcode": line["wijk"], "aanvragen": [request],
            })  # fmt: skip
        tree = {"peildatum": PEILDATUM.isoformat(), "clienten": clients}
    path.write_text(json.dumps(tree, ensure_ascii=False, default=_plain_value), encoding="utf-8")


def _plain_value(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else f"{value}T00:00:00"


def _request(line: Record, messy: bool) -> Record:
    granted = None
    if line.get("ingangsdatum"):
        ended, changed = line.get("reden_einde"), line.get("reden_wijziging")
        delivery = {"begindatum": line["ingangsdatum"], "redenBeeindiging": ended and {"code": ended}}
        change = changed and {"code": changed, "omschrijving": "Verwijderd (13)"}
        one = {"toewijzingNummer": "1", "redenWijziging": change, "leveringen": [delivery]}
        granted = {
            "datumIngangGeldigheid": line["ingangsdatum"], "datumEindeGeldigheid": line.get("einddatum"),
            "omvang": {"volume": line["volume"], "eenheid": {"code": line["eenheid"]},
                       "frequentie": {"code": line["frequentie"]}, "tarief": line["tarief"]},
            "leveringsvorm": line["leveringsvorm"].lower(), "leverancier": {"agbcode": line["aanbieder"]},
            "toewijzingen": [one, one] if messy else [one],
        }  # fmt: skip
    elif line.get("volume"):
        granted = {"omvang": {"volume": line["volume"]}}
    word = {"Toegekend": "toegewezen"}.get(line.get("besluit", ""), line.get("besluit"))
    return {
        "clientIdentificatie": line["clientnummer"],
        "client": {"burgerservicenummer": line["bsn"], "geboortedatum": line["geboortedatum"].isoformat(),
                   "postcode": line["postcode"], "huisnummer": line["huisnummer"], "wijkcode": line["wijk"]},
        "regeling": {"identificatie": "JW" if line["wet"] == "jeugd" else "WMO"},
        "hulpvraag": {"verwijzer": line["verwijzer"] and {"code": line["verwijzer"]}},
        "datumAanvraag": line["aanvraagdatum"],
        "beschikking": {
            "beschikkingNummer": line.get("beschikkingnummer"), "datumAfgifte": line.get("besluitdatum"),
            "beschikteProducten": [{
                "product": {"productCode": line["productcode"]}, "resultaat": word,
                "productCategorie": {"code": line["productcategorie"]}, "toegewezenProduct": granted,
            }],
        },
        "documenten": [{"omschrijving": f"brief aan {line['naam']}"}] * (2 if messy else 0),
    }  # fmt: skip


#: Name -> how it is written, suffix, whether it has a column for the law.
LAYOUTS: dict[str, tuple[Callable[[Path, list[Record], bool], None], str, bool]] = {
    "werkmap": (plain, "xlsx", False), "suite": (suite, "csv", False),
    "zorgned_json": (zorgned_json, "json", True), "zorgned_xlsx": (zorgned_xlsx, "xlsx", True),
}  # fmt: skip


def _euros(line: Record) -> Decimal:
    return Decimal(line["cents"]) / 100


def declared_csv(path: Path, lines: list[Record]) -> None:
    """Text in eurocents, D and C beside amounts without a minus, and the period from day to day."""
    head = ("Clientnummer", "BSN", "Toewijzingnummer", "Referentie", "Productcategorie", "Productcode", "Leveringsvorm",
            "Aanbieder", "Begin periode", "Einde periode", "Volume", "Eenheid", "Bedrag (eurocent)", "Debet/credit",
            "Ontvangen op")  # fmt: skip
    rows = [";".join(head)]
    for line in lines:
        last = (line["maand"] + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        rows.append(";".join(map(str, (
            line["clientnummer"], line["bsn"], line["toewijzingnummer"], line["referentie"], line["productcategorie"],
            line["productcode"], line["leveringsvorm"], line["aanbieder"], f"{line['maand']:%d-%m-%Y}",
            f"{last:%d-%m-%Y}", str(line["volume"]).replace(".", ","), line["eenheid"], line["cents"],
            "C" if line["credit"] else "D", f"{line['ontvangen_op']:%d-%m-%Y}",
        ))))  # fmt: skip
    path.write_text("\r\n".join([*rows, f"Aantal regels;{len(lines)}"]), encoding="utf-8-sig", newline="")


def declared_xlsx(path: Path, lines: list[Record]) -> None:
    """Workbook in euros, with a minus for a credit, a month, names for codes and a column for the law."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Declaraties")
    sheet.write(0, 0, "Ingediende declaraties, bedragen in euro")
    head = (
        "Wet", "Cliënt-id", "Burgerservicenummer", "TOEW_NR", "Referentienummer", "Code productcategorie", "Product",
        "Vorm", "AGB-code", "Prestatiemaand", "Geleverd volume", "Eenheid", "Gedeclareerd bedrag", "Ontvangstdatum",
    )  # fmt: skip
    sheet.write_row(2, 0, head)
    for number, line in enumerate(lines, start=3):
        sign = -1 if line["credit"] else 1
        sheet.write_row(number, 0, (
            "Jeugdwet" if line["wet"] == "jeugd" else "Wmo 2015", line["clientnummer"], int(line["bsn"]),
            f"{line['toewijzingnummer']}_OUD", line["referentie"],
            NAMES["productcategorie"].get(line["productcategorie"], int(line["productcategorie"])), line["productcode"],
            "natura", int(line["aanbieder"]), f"{line['maand']:%Y-%m}", float(line["volume"] * sign),
            NAMES["eenheid"].get(line["eenheid"], line["eenheid"]), float(_euros(line) * sign),
            f"{line['ontvangen_op']:%Y-%m-%d}",
        ))  # fmt: skip
    book.close()


def declared_suite(path: Path, lines: list[Record]) -> None:
    """Table of a database: dates 20250601, cents, a period as 202505, credits with a minus and a C."""
    head = ("CLIENTNR", "BSN", "TOEW_NR", "REF_NR", "PRODUCTCAT", "PRODUCTCODE", "LEV_VORM", "AANB_AGB", "PERIODE",
            "VOLUME", "EENHEID", "BEDRAG_CENT", "IND_DC", "DAT_ONTV")  # fmt: skip
    rows = [";".join(head)]
    for line in lines:
        sign = -1 if line["credit"] else 1
        rows.append(";".join(map(str, (
            line["clientnummer"], line["bsn"], line["toewijzingnummer"], line["referentie"], line["productcategorie"],
            line["productcode"], line["leveringsvorm"], line["aanbieder"].lstrip("0"), f"{line['maand']:%Y%m}",
            line["volume"], line["eenheid"], line["cents"] * sign, "C" if line["credit"] else "",
            f"{line['ontvangen_op']:%Y%m%d}",
        ))))  # fmt: skip
    path.write_bytes("\n".join(rows).encode("cp1252"))


DECLARED: dict[str, tuple[Callable[[Path, list[Record]], None], str]] = {
    "csv": (declared_csv, "csv"), "werkmap": (declared_xlsx, "xlsx"), "suite": (declared_suite, "csv"),
}  # fmt: skip
