"""STORE/laatste_verversing.json: what the last refresh did, also when it failed; and what `status` tells."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl import publish
from etl.atomic import write_json
from etl.checks import Result
from etl.corrections import Outcome
from etl.deliveries import Selection
from indicators.core.period import label

REPORT = "laatste_verversing.json"
DONE, DONE_WITH_REFUSALS, NOT_PUBLISHED = 0, 1, 2


@dataclass
class Report:
    """What a refresh did, as it is written down and shown. `uitkomst`: gepubliceerd, ongewijzigd or mislukt."""

    run: str
    begonnen_op: dt.datetime
    uitkomst: str = "mislukt"
    exitcode: int = NOT_PUBLISHED
    klaar_op: dt.datetime | None = None
    peildatum: dt.date | None = None
    melding: str = ""
    meldingen: list[str] = field(default_factory=list)
    leveringen: list[dict[str, Any]] = field(default_factory=list)
    weigeringen: list[dict[str, Any]] = field(default_factory=list)
    cbs: list[dict[str, Any]] = field(default_factory=list)
    controles: list[dict[str, Any]] = field(default_factory=list)
    correcties: list[dict[str, Any]] = field(default_factory=list)
    nieuw_gelezen: int = 0

    def add_selection(self, selection: Selection) -> None:
        """Take over the deliveries and their refusals, with the columns of meta.levering and meta.weigering."""
        self.leveringen = levering_rows(selection)
        self.weigeringen = weigering_rows(selection)

    def add_corrections(self, outcomes: list[Outcome]) -> None:
        """Take over what became of the corrections, with the columns of meta.correctie."""
        self.correcties = [outcome.row() for outcome in outcomes]
        self.meldingen += [outcome.melding for outcome in outcomes if outcome.melding]

    def add_checks(self, results: list[Result]) -> None:
        """Take over what the checks said."""
        self.controles = [dataclasses.asdict(r) for r in results]


def levering_rows(selection: Selection) -> list[dict[str, Any]]:
    """Give the rows of meta.levering."""
    return [
        {
            "levering_id": v.levering_id,
            "bron": v.bron,
            "bestand": v.bestand,
            "sha256": v.sha256,
            "peildatum": v.peildatum,
            "ingelezen_op": v.ingelezen_op,
            "rijen_gelezen": v.rijen_gelezen,
            "rijen_geladen": v.rijen_geladen,
            "rijen_geweigerd": v.rijen_geweigerd,
            "rijen_buiten_bereik": v.rijen_buiten_bereik,
            "status": selection.status[v.levering_id],
            "voorbeelddata": v.voorbeelddata,
            "melding": "\n".join(v.meldingen) or None,
        }
        for v in selection.deliveries
    ]


def weigering_rows(selection: Selection) -> list[dict[str, Any]]:
    """Give the rows of meta.weigering."""
    return [
        {"levering_id": v.levering_id, **dataclasses.asdict(refusal)}
        for v in selection.deliveries
        for refusal in v.weigeringen
    ]


def write_report(store: Path, report: Report) -> None:
    """Write laatste_verversing.json, whole or not at all."""
    store.mkdir(parents=True, exist_ok=True)
    write_json(store / REPORT, dataclasses.asdict(report))


def read_status(store: Path) -> dict[str, Any]:
    """Give what is up and how the last refresh went: {"publicatie": ..., "laatste_verversing": ...}, each or null."""
    try:
        last = json.loads((store / REPORT).read_text("utf-8"))
    except (OSError, ValueError):
        last = None
    return {"publicatie": publish.current(store), "laatste_verversing": last}


def cbs_lines(report: dict[str, Any]) -> list[str]:
    """Say per CBS table how fresh its copy is, in Dutch: one line a table.

    Args:
        report: The content of laatste_verversing.json.

    Returns:
        Lines with id and title (the edition), state, when CBS changed it, newest period, what is provisional, what
        changed in history since the load before, and what is not available.
    """
    return [_cbs_line(row) for row in report.get("cbs", [])]


def cbs_trouble(rows: list[dict[str, Any]]) -> list[str]:
    """Say which CBS tables or topics are not available, in Dutch: one line for tables with one reason.

    Args:
        rows: As Report.cbs holds them.
    """
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row["status"] == "niet_beschikbaar" or row["ontbrekend"]:
            reasons.setdefault(str(row["melding"]), []).append(row["tabel"])
    return [
        f"CBS {', '.join(ids) if len(ids) <= 3 else f'({len(ids)} tabellen)'}: {reason}"
        for reason, ids in reasons.items()
    ]


_CBS_STATES = {
    "vers": "vers",
    "laatste_goede": "laatste goede kopie",
    "niet_beschikbaar": "niet beschikbaar",
}


def _cbs_line(row: dict[str, Any]) -> str:
    parts = [_CBS_STATES.get(row["status"], row["status"])]
    for name, said in (("gewijzigd", "gewijzigd door CBS"), ("opgehaald_op", "opgehaald")):
        if row.get(name):
            parts.append(f"{said} {dt.datetime.fromisoformat(row[name]):%d-%m-%Y}")
    if row.get("nieuwste_periode"):
        parts.append(f"nieuwste periode {label(row['nieuwste_periode'])}")
    if row.get("voorlopig"):
        parts.append(f"voorlopig: {row['voorlopig']} {'periode' if row['voorlopig'] == 1 else 'perioden'}")
    if row.get("wijziging"):
        parts.append(f"veranderd bij de laatste nieuwe kopie: {row['wijziging']}")
    if row.get("ontbrekend"):
        parts.append(f"niet beschikbaar: {row['ontbrekend']}")
    if row.get("melding"):
        parts.append(row["melding"])
    return f"{row['tabel']} {row['titel']}".strip() + ": " + "; ".join(parts)
