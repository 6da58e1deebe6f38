"""The committed measurement of the rules of chance: data/reference/signaalregels_gemeten.csv."""

from __future__ import annotations

import csv

from indicators.core.settings import REFERENCE

FILE = REFERENCE / "signaalregels_gemeten.csv"
QUIET = "rustig jaar"


def lines(regel: str) -> list[dict[str, str]]:
    """Give the lines of one rule; none when it was never measured."""
    if not FILE.is_file():
        return []
    with FILE.open(encoding="utf-8", newline="") as handle:
        return [row for row in csv.DictReader(handle) if row["regel"] == regel]


def measured(regel: str) -> dict[str, object]:
    """Give what mart.dim_signaalregel says of a rule of chance.

    Returns:
        vals_alarm_per_jaar, vertraging_maanden and meting (Dutch).
    """
    mine = lines(regel)
    quiet = next((row for row in mine if row["gebeurtenis"] == QUIET), None)
    if quiet is None:
        return {"vals_alarm_per_jaar": None, "vertraging_maanden": None, "meting": "Deze regel is nog niet gemeten."}
    events = [row for row in mine if row["gebeurtenis"] != QUIET]
    told = "; ".join(_event(row) for row in events)
    text = (
        f"Gemeten op {quiet['trekkingen']} nagebootste gemeenten met tien onderdelen, waarin niets aan de hand was. "
        f"Waar wel iets was: {told}."
    )
    first = next((row["vertraging_maanden"] for row in events if row["vertraging_maanden"]), "")
    return {
        "vals_alarm_per_jaar": float(quiet["vals_alarm_per_jaar"]),
        "vertraging_maanden": float(first) if first else None,
        "meting": text,
    }


def _event(row: dict[str, str]) -> str:
    share = f"{float(row['gevonden']) * 100:.0f} procent gevonden binnen een jaar"
    months = row["vertraging_maanden"]
    when = f"meestal na {float(months):g} maanden".replace(".", ",") if months else "meestal niet"
    return f"{row['gebeurtenis']} bij {row['omvang']} onderdelen {when} ({share})"
