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
    first = next((row for row in events if row["vertraging_maanden"]), None)
    about = f" Het aantal maanden gaat over: {first['gebeurtenis']}, {first['omvang']} onderdelen." if first else ""
    text = (
        f"Gemeten op {quiet['trekkingen']} nagebootste gemeenten met tien onderdelen en niets aan de hand.{about} "
        f"Waar wel iets was: {'; '.join(_event(row) for row in events)}."
    )
    return {
        "vals_alarm_per_jaar": float(quiet["vals_alarm_per_jaar"]),
        "vertraging_maanden": float(first["vertraging_maanden"]) if first else None,
        "meting": text,
    }


def _event(row: dict[str, str]) -> str:
    months = row["vertraging_maanden"]
    if not months:
        when = "meestal niet binnen een jaar gezien"
    else:
        unit = "maand" if float(months) == 1 else "maanden"
        when = f"meestal na {float(months):g} {unit}".replace(".", ",")
    found = f"{float(row['gevonden']) * 100:.0f} procent gevonden"
    return f"{row['gebeurtenis']}, {row['omvang']} onderdelen: {when} ({found})"
