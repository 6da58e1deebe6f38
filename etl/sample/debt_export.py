"""What the debt-aid office delivers every quarter: its files of persons, and a workbook with counts per month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from etl.sample.care import OPEN
from etl.sample.debt import RESULTATEN, SERVICES, SIGNALS_PER_FILE, VROEGSIGNAAL, Debts
from etl.sample.exports import HEAD_ROWS, Log, Planted, euro_text, table, title
from etl.sample.identity import Identities
from etl.sample.income_register import date_of, typed, who
from etl.sample.people import day
from etl.sample.plain_xlsx import CellValue, PlainSheet, row_xml, write_sheets
from etl.sample.streams import VOORBEELDDATA, month_end, stream

BRON, SYSTEM = "schuldhulp", "schuldhulp"
#: From this day on the office uses other headers.
NEW_LAYOUT = dt.date(2026, 1, 1)
_WHO = ("Clientnummer", "BSN", "Naam", "Geboortedatum", "Postcode", "Huisnummer", "Wijkcode")
_FILES = (
    (*_WHO, "Soort dienst", "Aanmelddatum", "Startdatum", "Einddatum", "Resultaat", "Totale schuld",
     "Aantal schuldeisers"),
    ("Klantnummer", "BSN", "Naam", "Geb.datum", "Postcode", "Huisnr", "Wijkcode", "Dienst", "Datum aanmelding",
     "Begindatum", "Einddatum", "Afloop", "Schuldbedrag", "Aantal crediteuren"),
)  # fmt: skip
_MONTHS = (
    ("Maand", "Soort", "Maat", "Aantal", "Bedrag"),
    ("Verslagmaand", "Dienst", "Telling", "Aantal", "Totaalbedrag"),
)
MATEN = ("nieuw", "lopend", "beeindigd", "geslaagd")
_TEKST = {"nieuw": "Nieuw", "lopend": "Lopend", "beeindigd": "Beëindigd", "geslaagd": "Geslaagd"}
_NAMES = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december")  # fmt: skip


@dataclass
class DebtOffice:
    """What the office holds: every file that was there in the month before its first delivery or later."""

    debts: Debts

    def sightings(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Give who is known there since which day, for etl.sample.identity."""
        return [(self.debts.person, self.debts.applied)]


def register_debts(debts: Debts, first: int) -> DebtOffice:
    """Leave out what ended before December of the year before the first delivery."""
    return DebtOffice(debts.take(debts.end >= day(first - 1, 12)))


def shown_ends(debts: Debts, at: int) -> np.ndarray:
    """Give the last day of each file as it is known on a day; OPEN while it runs."""
    return np.where(debts.end_known <= at, debts.end, OPEN)


def file_cells(debts: Debts, persons: Identities, n: int, at: int) -> list[CellValue]:
    """Give a file as cells in the order of the headers."""
    ended, started = debts.end_known[n] <= at, debts.start[n] <= at
    cents, creditors = int(debts.cents[n]), int(debts.creditors[n])
    return [
        *who(persons.of(int(debts.person[n]), SYSTEM)), SERVICES[debts.service[n]].tekst, date_of(debts.applied[n]),
        date_of(debts.start[n]) if started else None, date_of(debts.end[n]) if ended else None,
        RESULTATEN[debts.result[n]].capitalize() if ended else None, cents / 100 if cents else None, creditors or None,
    ]  # fmt: skip


def month_counts(seed: int, debts: Debts, year: int, month: int, at: int) -> list[dict[str, Any]]:
    """Count a month as the office does: files by what is registered on the day of the report.

    Signals of arrears are counted as they come in; only those that somebody took up are a file.
    """
    first, last = day(year, month), day(month_end(year, month).year, month, month_end(year, month).day)
    end = shown_ends(debts, at)
    rows = []
    for k, service in enumerate(SERVICES):
        mine, cents = debts.service == k, debts.cents
        new = mine & (debts.start >= first) & (debts.start <= last)
        runs = mine & (debts.start <= last) & (end >= last)
        ended = mine & (end >= first) & (end <= last)
        sets = {"nieuw": new, "lopend": runs, "beeindigd": ended, "geslaagd": ended & (debts.result == 1)}
        for maat, hit in sets.items():
            aantal, eur = int(hit.sum()), round(int(cents[hit].sum()) / 100, 2)
            if k == VROEGSIGNAAL and maat == "nieuw":
                aantal += int(stream(seed, "vroegsignalen", year, month).poisson(max(aantal, 0.5) * SIGNALS_PER_FILE))
            rows.append({
                "maand": f"{year}-{month:02d}-01", "soort": service.naam, "maat": maat, "aantal": aantal,
                "bedrag_eur": eur if service.schuld and maat in ("nieuw", "lopend") else None,
            })  # fmt: skip
    return rows


def quarter_counts(seed: int, debts: Debts, date: dt.date) -> list[dict[str, Any]]:
    """Give the month counts of the quarter that ends on a day, as reported on that day."""
    at = day(date.year, date.month, date.day)
    months = range(date.month - 2, date.month + 1)
    return [row for m in months for row in month_counts(seed, debts, date.year, m, at)]


def _mistakes(date: dt.date, running: list[CellValue]) -> list[tuple[list[CellValue], str]]:
    other, before = list(running), list(running)
    found = []
    if date.month == 6:
        found.append((running, "dubbele regel"))
    if date.month == 9:
        other[7] = "Bewindvoering"
        found.append((other, "onbekende soort dienst"))
    if date.year == 2024:
        asked = running[8]
        before[9] = asked - dt.timedelta(days=30) if isinstance(asked, dt.date) else None
        found.append((before, "gestart vóór de aanmelding"))
    return found


class _Files:
    """Makes each line once per stage and layout, since most do not change in a quarter."""

    def __init__(self, debts: Debts, persons: Identities) -> None:
        self.debts, self.persons = debts, persons
        self._made: dict[tuple[int, bool, bool, bool], tuple[list[CellValue], str]] = {}

    def rows(self, at: int, new: bool) -> list[tuple[list[CellValue], str]]:
        """Give the cells and the XML of every file that is known on a day."""
        debts, found = self.debts, []
        for n in np.flatnonzero(debts.applied <= at).tolist():
            key = (n, bool(debts.start[n] <= at), bool(debts.end_known[n] <= at), new)
            if key not in self._made:
                cells = file_cells(debts, self.persons, n, at)
                self._made[key] = (cells, row_xml(cells if new else typed(cells, n)))
            found.append(self._made[key])
        return found


def _write_files(path: Path, files: _Files, date: dt.date, log: Log) -> None:
    new, at = date >= NEW_LAYOUT, day(date.year, date.month, date.day)
    made = files.rows(at, new)
    cells, rows = [c for c, _ in made], [xml for _, xml in made]
    running = [c for c in cells if c[9] and not c[10]]
    wrong = _mistakes(date, running[0]) if running else []
    rows += [row_xml(c) for c, _ in wrong]
    below = [row_xml([f"Totaal {len(cells)} dossiers"])]
    head = table("Dossiers schuldhulp", date, _FILES[new], [])
    lists = [row_xml([title("Keuzelijsten", date)]), *(row_xml([s.tekst]) for s in SERVICES)]
    write_sheets(path, [PlainSheet("Dossiers", [*head, *rows, *below]), PlainSheet("Keuzelijsten", lists, hidden=True)])
    first = HEAD_ROWS + len(cells) + 1
    planted = [Planted(BRON, path.name, "Dossiers", first + i, fout, "geweigerd") for i, (_, fout) in enumerate(wrong)]
    total = Planted(BRON, path.name, "Dossiers", first + len(wrong), "totaalregel onder de tabel", "buiten_bereik")
    log.add(BRON, path.name, len(cells), [*planted, total])


def _write_counts(path: Path, counts: list[dict[str, Any]], date: dt.date) -> None:
    new = date >= NEW_LAYOUT
    cells: list[list[CellValue]] = []
    for row in counts:
        year, month = int(row["maand"][:4]), int(row["maand"][5:7])
        eur = row["bedrag_eur"]
        service = next(s for s in SERVICES if s.naam == row["soort"])
        cells.append([
            f"{_NAMES[month - 1]} {year}" if new else f"{year}-{month:02d}", service.tekst, _TEKST[row["maat"]],
            row["aantal"], eur if new or eur is None else euro_text(eur),
        ])  # fmt: skip
    write_sheets(path, [PlainSheet("Maandoverzicht", table("Maandoverzicht schuldhulp", date, _MONTHS[new], cells))])


def write_debts(
    out: Path, office: DebtOffice, persons: Identities, seed: int, quarters: list[dt.date], log: Log
) -> list[dict[str, Any]]:
    """Write the files and the month overview at every quarter end.

    Args:
        out: Folder schuldhulp of the inbox.
        office: What the office holds.
        persons: The identities.
        seed: Seed of the sample.
        quarters: Quarter ends to deliver.
        log: Notes every file.

    Returns:
        The month counts as written, for truth.json.
    """
    out.mkdir(parents=True, exist_ok=True)
    (out / "mapping.toml").write_text(
        f"# {VOORBEELDDATA}: een maandoverzicht bevat alleen zijn eigen kwartaal.\n"
        '[[bestanden]]\npatroon = "*maandoverzicht*"\nlevering = "aanvulling"\n', "utf-8"
    )  # fmt: skip
    truth: list[dict[str, Any]] = []
    files, label = _Files(office.debts, persons), VOORBEELDDATA.lower()
    for date in quarters:
        _write_files(out / f"schuldhulp_dossiers_{label}_{date}.xlsx", files, date, log)
        counts = quarter_counts(seed, office.debts, date)
        path = out / f"schuldhulp_maandoverzicht_{label}_{date}.xlsx"
        _write_counts(path, counts, date)
        log.add(BRON, path.name, len(counts))
        truth += counts
    return truth
