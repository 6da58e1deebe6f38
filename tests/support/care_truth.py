"""Forty made-up clients of one law, what they have, and the mess that a real registration would make of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from tests.support.wmo_export import bsns

Record = dict[str, Any]
PEILDATUM = dt.date(2025, 6, 30)
#: Productcategorie, productcode, unit, frequency, tariff in euros.
PRODUCTS = {
    "wmo": (
        ("01", "01A01", "01", "2", "0.52"), ("02", "02003", "04", "2", "55.10"), ("07", "07A11", "16", "2", "34.05"),
        ("12", "12002", "84", "4", "105.00"), ("13", "13A01", "82", "6", "7600.50"),
        ("15", "15B02", "14", "3", "116.25"),
    ),
    "jeugd": (
        ("45", "45A04", "04", "2", "88.15"), ("54", "54001", "01", "2", "2.25"), ("44", "44A09", "14", "3", "55.75"),
        ("46", "46A01", "14", "6", "262.30"), ("48", "48A01", "84", "4", "905.10"), ("32", "32001", "16", "2", "41.20"),
    ),
}  # fmt: skip
_REASONS = {"wmo": ("19", "31", "02"), "jeugd": ("31", "35", "02")}
AGB = ("02345678", "41234567", "07654321")


def awards(wet: str) -> list[Record]:
    """Give the lines of forty clients: pending, denied, withdrawn, running, ended, starting later; one or two each."""
    ids, found = bsns(40), []
    for i in range(40):
        for nr in range(1 + (i % 4 == 0)):
            categorie, code, unit, per, price = PRODUCTS[wet][(i + nr) % 6]
            applied = dt.date(2025, 1 + (i + nr) % 5, 1 + i % 27)
            found.append({
                "clientnummer": f"C{5000 + i}", "bsn": ids[i], "naam": f"Voorbeeldnaam{i:03d}, A.",
                "geboortedatum": dt.date((1940 if wet == "wmo" else 2009) + i % 8, 3, 1 + i % 27),
                "postcode": f"96{80 + i % 9} A{chr(65 + i % 20)}", "huisnummer": str(1 + i),
                "wijk": f"WK1895{i % 11:02d}",
                "aanvraagdatum": applied, "productcategorie": categorie, "productcode": code, "wet": wet,
                "verwijzer": ("01", "02", "04")[i % 3] if wet == "jeugd" else None,
                **_decision(i, nr, wet, applied), **({"volume": Decimal(i % 7 + 1) / 2, "eenheid": unit,
                "frequentie": per, "tarief": Decimal(price), "aanbieder": AGB[i % 3]} if i % 10 < 7 else {}),
            })  # fmt: skip
    return found


def _decision(i: int, nr: int, wet: str, applied: dt.date) -> Record:
    if i % 10 == 7:
        return {"status": "In behandeling"}
    decided = applied + dt.timedelta(days=10)
    if i % 10 >= 8:
        word = "Afgewezen" if i % 10 == 8 else "Ingetrokken"
        return {"besluit": word, "besluitdatum": decided, "status": word}
    start = decided + dt.timedelta(days=30 if i % 5 else 120)
    end = start + dt.timedelta(days=14 + i) if i % 3 == 1 else None
    return {
        "besluit": "Toegekend", "besluitdatum": decided, "beschikkingnummer": f"B{7000 + 2 * i + nr}",
        "ingangsdatum": start, "einddatum": end, "leveringsvorm": "PGB" if i % 6 == 5 else "ZIN",
        "reden_einde": _REASONS[wet][i % 3] if end else None, "status": "Beëindigd" if end else "Actief",
    }  # fmt: skip


def with_mess(lines: list[Record], other_law: bool) -> tuple[list[Record], int, int]:
    """Add to good lines what has to be refused and what is out of scope.

    Returns:
        The lines, how many of them are refused, and how many are out of scope.
    """
    found = [dict(line) for line in lines]
    awarded = [line for line in found if line.get("ingangsdatum")]
    second = next(line for line in found if line["clientnummer"] == "C5004")  # with two lines
    second["clientnummer"] = "C9999"  # two client numbers, one BSN
    by_number = [line for line in found if line["clientnummer"] == "C5008"]
    by_number[1]["bsn"] = None  # known by the other line
    repeated = [dict(line) for line in found[::9]]
    day = dt.timedelta(days=1)
    refused = [
        {**awarded[3], "einddatum": awarded[3]["ingangsdatum"] - day},
        {**awarded[4], "besluitdatum": awarded[4]["aanvraagdatum"] - day},
        {**awarded[5], "aanvraagdatum": PEILDATUM + day, "besluitdatum": PEILDATUM + day},
        {**awarded[6], "volume": Decimal(-2), "beschikkingnummer": "B1"},
        {**awarded[7], "productcategorie": "99"},
    ]
    first = awarded[8]
    outside = [
        {**awarded[9], "einddatum": awarded[9]["ingangsdatum"], "reden_wijziging": "13", "beschikkingnummer": "B2"},
        {**first, "einddatum": first["ingangsdatum"] + day, "beschikkingnummer": f"{first['beschikkingnummer']}_OUD"},
    ]
    if other_law:
        outside.append({**awarded[10], "wet": "jeugd" if first["wet"] == "wmo" else "wmo", "beschikkingnummer": "B3"})
    return [*found, *repeated, *refused, *outside], len(repeated) + len(refused), len(outside)


def declarations(wet: str) -> list[Record]:
    """Give declared lines of May and June of who gets care in kind, with some credits."""
    found: list[Record] = []
    for n, award in enumerate(a for a in awards(wet) if a.get("leveringsvorm") == "ZIN"):
        for month in (5, 6):
            cents = int(award["tarief"] * award["volume"] * 100) + n
            line = {
                **award, "toewijzingnummer": award["beschikkingnummer"], "referentie": f"R{n}-{month}",
                "maand": dt.date(2025, month, 1), "cents": cents, "ontvangen_op": dt.date(2025, 6, 2 + n % 25),
                "credit": False,
            }  # fmt: skip
            found.append(line)
            if n % 8 == 3:
                found.append({**line, "credit": True})
    return found
