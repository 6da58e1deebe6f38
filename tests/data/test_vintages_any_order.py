"""Three years of monthly deliveries, with corrections and increments, read in any order give the same database."""

from __future__ import annotations

import calendar
import datetime as dt
import random
import shutil
from pathlib import Path

import duckdb
import pytest

from etl import build
from etl.build import Assignment
from etl.inbox import scan
from etl.progress import Silent
from etl.source import sources
from etl.status import Report
from etl.vintages import Vintages
from indicators.core.contract import TABLES
from tests.support.refreshing import pointer, put_k2f

FIRST_YEAR, YEARS = 2023, 3
MOMENT = dt.datetime(2026, 10, 1)  # noqa: DTZ001  UTC without zone
HEADER = "Clientnummer;Geboortedatum;Wijkcode;Aanvraagdatum;Besluitdatum;Besluit;Beschikkingnummer;Productcategorie;"
HEADER += "Ingangsdatum;Einddatum"
INCREMENTS = '[[bestanden]]\npatroon = "*_nieuw*"\nlevering = "aanvulling"\n'
#: What says when a run was, and not what is known.
OF_THE_RUN = {"meta.publicatie", "meta.levering", "meta.weigering"}


def month_ends() -> list[dt.date]:
    days = [(year, month) for year in range(FIRST_YEAR, FIRST_YEAR + YEARS) for month in range(1, 13)]
    return [dt.date(y, m, calendar.monthrange(y, m)[1]) for y, m in days]


def put_ledger(inbox: Path, day: dt.date, realisatie: int, name: str | None = None) -> Path:
    """The two taakvelden of the shared example, with the letters that they had before 2025."""
    path = put_k2f(inbox, day, realisatie, name)
    if day.year < 2025:
        path.write_text(path.read_text("utf-8").replace("6.712", "6.71b").replace("6.713", "6.71c"), "utf-8")
    return path


def put_wmo(inbox: Path, day: dt.date, clients: range, name: str) -> Path:
    """A client comes in every few weeks of the years and stays; every fifth one leaves after half a year."""
    lines = []
    for n in clients:
        start = dt.date(FIRST_YEAR, 1, 2) + dt.timedelta(days=11 * n)
        end = start + dt.timedelta(days=180)
        ended = f"{end}" if n % 5 == 0 and end <= day else ""
        lines.append(
            f"C{n:04d};1950-01-01;WK1895{n % 3:02d};{start};{start};toegekend;B{n:05d};{1 + n % 2:02d};{start};{ended}"
        )
    path = inbox / "wmo" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER, *lines]) + "\n", "utf-8")
    return path


def known_on(day: dt.date) -> int:
    return (day - dt.date(FIRST_YEAR, 1, 2)).days // 11 + 1


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Path], list[Path]]:
    """Every delivery, and the corrections of some of them (each comes after what it corrects)."""
    inbox = tmp_path_factory.mktemp("leveringen")
    first, corrections = [], []
    for number, day in enumerate(month_ends(), start=1):
        first.append(put_ledger(inbox, day, 40_000 * day.month + 1_000 * (number % 7)))
        known = known_on(day)
        if number % 4 == 3:  # the registration sends what is new only, twice in a row at most
            new = range(max(0, known - 8), known)
            first.append(put_wmo(inbox, day, new, f"wmo_{day}_nieuw.csv"))
        else:
            first.append(put_wmo(inbox, day, range(known), f"wmo_{day}.csv"))
    for day in month_ends()[5::9]:
        corrections.append(put_ledger(inbox, day, 42_500 * day.month, f"k2f_{day}_verbeterd.csv"))
    day = month_ends()[10]  # November 2023 was an increment
    corrections.append(put_wmo(inbox, day, range(known_on(day) - 6, known_on(day)), f"wmo_{day}_nieuw_verbeterd.csv"))
    return first, corrections


class Store:
    """An inbox that fills up, and the store that reads it."""

    def __init__(self, root: Path) -> None:
        self.inbox, self.store, self.moment = root / "inbox", root / "store", MOMENT
        (self.inbox / "wmo").mkdir(parents=True)
        (self.inbox / "wmo" / "mapping.toml").write_text(INCREMENTS, "utf-8")
        # One key for all, so that not even a pseudonym differs.
        (root / "store.sleutel").write_text("ab" * 32 + "\n", "ascii")
        (root / "store.sleutel").chmod(0o600)

    def receive(self, files: list[Path]) -> None:
        """Take files in, as a refresh does, but publish nothing yet."""
        for file in files:
            folder = self.inbox / file.parent.name
            folder.mkdir(exist_ok=True)
            shutil.copy(file, folder / file.name)
        self.moment += dt.timedelta(hours=1)
        assignment = Assignment(self.inbox, self.store, self.moment, cbs=False)
        vintages, registry = Vintages(assignment.vintages), sources()
        intake = build._read(assignment, scan(self.inbox, registry), vintages, registry, Silent())
        assert not [v for v in intake.present if v.refused], [v.weigeringen for v in intake.present if v.refused]
        build.select(intake, vintages, registry, self.moment, None)

    def publish(self, peildatum: dt.date | None = None) -> Path:
        self.moment += dt.timedelta(hours=1)
        report = Report(f"{self.moment:%Y%m%dT%H%M%SZ}", self.moment)
        assignment = Assignment(self.inbox, self.store, self.moment, cbs=False, peildatum=peildatum)
        build.refresh(assignment, report, Silent())
        assert report.uitkomst != "mislukt" and report.exitcode == 0, (report.melding, report.weigeringen[:3])
        return self.store / "db" / pointer(self.store)["bestand"]


def content(database: Path) -> dict[str, list[tuple]]:
    """Every row of every table, with the name of a delivery for its id (the id says which code read it)."""
    found = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        for table in TABLES:
            if table.name in OF_THE_RUN:
                continue
            rows = f"SELECT * FROM {table.name}"
            if "levering_id" in table.column_names:
                rows = "SELECT t.* EXCLUDE (levering_id), l.sha256"
                rows += f" FROM {table.name} AS t JOIN meta.levering AS l USING (levering_id)"
            found[table.name] = connection.execute(f"{rows} ORDER BY ALL").fetchall()
        states = "SELECT bron, sha256, peildatum, status, rijen_gelezen, rijen_geladen FROM meta.levering ORDER BY ALL"
        found["meta.levering"] = connection.execute(states).fetchall()
    return found


@pytest.fixture(scope="module")
def together(deliveries: tuple[list[Path], list[Path]], tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(tmp_path_factory.mktemp("samen"))
    for files in deliveries:
        store.receive(files)
    return store


@pytest.fixture(scope="module")
def expected(together: Store) -> dict[str, list[tuple]]:
    return content(together.publish())


def test_the_example_is_worth_comparing(expected: dict[str, list[tuple]]) -> None:
    assert len(expected["meta.levering"]) == YEARS * 24 + 5
    assert sum(row[3] == "vervangen" for row in expected["meta.levering"]) == 5
    for table in ("mart.fct_realisatie", "mart.fct_voorziening", "mart.fct_prognose", "meta.herkomst"):
        assert len(expected[table]) > 30, table


@pytest.mark.parametrize("order", [pytest.param("one by one at random", marks=pytest.mark.long), "newest first"])
def test_any_order_gives_the_same_database(
    deliveries: tuple[list[Path], list[Path]], expected: dict[str, list[tuple]], tmp_path: Path, order: str
) -> None:
    first, corrections = deliveries
    store = Store(tmp_path)
    if order == "newest first":
        left = list(corrections)
        for some in (first[len(first) // 2 :], first[: len(first) // 2]):
            store.receive(some)
            ready = [c for c in left if _corrected(c, store.inbox)]
            store.receive(ready)
            left = [c for c in left if c not in ready]
        assert not left
    else:
        files = random.Random(7).sample([*first, *corrections], len(first) + len(corrections))
        late = [f for f in files if f in corrections]  # corrections come after what they correct, at any time
        for number, file in enumerate(f for f in files if f not in corrections):
            store.receive([file])
            if number % 13 == 12 and late and _corrected(late[0], store.inbox):
                store.receive([late.pop(0)])
        store.receive(late)
    found = content(store.publish())
    assert found.keys() == expected.keys()
    for table, rows in found.items():
        assert rows == expected[table], table


def _corrected(correction: Path, inbox: Path) -> bool:
    return (inbox / correction.parent.name / correction.name.replace("_verbeterd", "")).exists()


def test_as_of_an_earlier_day_is_a_query(together: Store, expected: dict[str, list[tuple]]) -> None:
    """The monitor as of a day (--peildatum) is what a query on peildatum gives of the newest publication.

    The pattern for every fct_ table with a peildatum: keep `peildatum <= the day`, and for "the newest state" take the
    newest peildatum that is left, per boekjaar or wet where the table has one.
    """
    day = dt.date(2024, 8, 15)
    newest = together.publish()  # what the fixture published already
    earlier = together.publish(day)
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{newest}' AS nu (READ_ONLY); ATTACH '{earlier}' AS toen (READ_ONLY)")
        for table in ("fct_begroting", "fct_realisatie", "fct_voorziening"):
            left, right = f"SELECT * FROM nu.mart.{table} WHERE peildatum <= DATE '{day}'", f"FROM toen.mart.{table}"
            for one, other in ((left, right), (right, left)):
                rows = connection.execute(f"SELECT count(*) FROM ({one} EXCEPT ALL {other})").fetchone()
                assert rows == (0,), table
        state = """SELECT sum(bedrag_eur) FROM nu.mart.fct_realisatie r WHERE peildatum = (
            SELECT max(peildatum) FROM nu.mart.fct_realisatie x WHERE x.boekjaar = r.boekjaar AND x.peildatum <= ?)"""
        asked = connection.execute(state, [day]).fetchone()
        assert asked and asked == connection.execute("SELECT sum(bedrag_eur) FROM toen.mart.v_realisatie").fetchone()
