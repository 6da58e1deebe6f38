"""A small Wmo export with test BSNs and invented persons, as text or as sheet."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from etl.readers.cells import Sheet

HEADER = (
    "Cliëntnummer", "BSN", "Naam", "Geboortedatum", "Postcode", "Huisnummer", "Wijkcode", "Aanvraagdatum",
    "Besluitdatum", "Besluit", "Beschikkingnummer", "Productcategorie", "Productcode", "Ingangsdatum",
    "Einddatum", "Leveringsvorm",
    "Toelichting",
)  # fmt: skip


@lru_cache(maxsize=128)
def bsns(count: int) -> list[str]:
    """Test BSNs that pass the 11-test."""
    found: list[str] = []
    for number in range(999900006, 999999991):
        digits = [int(d) for d in str(number)]
        if sum(w * d for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0:
            found.append(str(number))
            if len(found) == count:
                break
    return found


def line(i: int, **other: object) -> dict[str, object]:
    """One line of person i; every identifying cell of it can be recognised."""
    return {
        "Cliëntnummer": f"CL77{i:04d}", "BSN": bsns(i + 1)[i], "Naam": f"Voorbeeldnaam{i:03d}, A.",
        "Geboortedatum": f"{1 + i % 28:02d}-03-{1930 + i % 60}", "Postcode": f"9999X{chr(65 + i % 26)}",
        "Huisnummer": f"88{i:03d}", "Wijkcode": f"WK1895{i % 11:02d}", "Aanvraagdatum": "01-02-2025",
        "Besluitdatum": "15-02-2025", "Besluit": "Toegekend", "Beschikkingnummer": f"BESCH{i:05d}",
        "Productcategorie": "01", "Productcode": "01A01", "Ingangsdatum": "01-03-2025", "Einddatum": "",
        "Leveringsvorm": "ZIN", "Toelichting": f"woont bij Voorbeeldnaam{i:03d} aan de Testlaan{i:03d}", **other,
    }  # fmt: skip


def sheet(*lines: dict[str, object], bestand: str = "wmo_2025-06-30.csv", header: tuple[str, ...] = HEADER) -> Sheet:
    rows = [["Wmo-voorzieningen", *[None] * (len(header) - 1)], list(header)]
    rows += [[row.get(name) for name in header] for row in lines]
    return Sheet(bestand, "", rows, text=True)


def write(path: Path, *lines: dict[str, object]) -> Path:
    body = [";".join(HEADER), *(";".join(str(row.get(name) or "") for name in HEADER) for row in lines)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\r\n".join(body) + "\r\n", encoding="utf-8-sig", newline="")
    return path
