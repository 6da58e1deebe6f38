"""Overview and journal of one peildatum: the overview gives the totals, the journal the detail where both agree.

By hand, boekjaar 2026, two taakvelden, in euros (increments of a month; 6.712 of February is a cent too much):

    peildatum   overview 6.711  6.712   journal so far 6.711            6.712
    31-01             1100.10   50.05   1100.10                         50.05
    28-02             1300.10   60.05   1100.10 + 200.00                50.05 + 10.01
    31-03             1250.05   75.05   ... - 50.05 (credit note)       ... + 14.99 (the cent put right)
    30-04              (none)           ... + 25.00                     ... + 5.00
    31-05             1300.05   80.05   (none)
    30-06             1400.05  100.05   ... + 125.00 (May was never delivered as journal, June has it)   ... + 10.00

Boekjaar 2025 comes as whole journals, at 28-02-2026 and with the closing at 31-03-2026; then 6.713 is in the overview
only.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from etl.build import Assignment, refresh
from etl.progress import Silent
from etl.status import Report
from indicators.forecast.standen import read_standen

NOW = dt.datetime(2026, 11, 22, 12)  # noqa: DTZ001
#: March has more credit than debet, so the mapping has to say that this is what it means.
MAPPING = '[[bestanden]]\npatroon = "journaal_2026*"\nlevering = "aanvulling"\nlasten_teken = "positief"\n'
HEAD = "Boekjaar;Boekdatum;Periode;Prestatieperiode;FCL;Taakveld;L/B;Bedrag;Boekstuk;Regel;Omschrijving"
JAN, FEB, MAR, APR, MAY, JUN = (
    dt.date(2026, month, day) for month, day in ((1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30))
)
OVERVIEWS = {JAN: ("1100,10", "50,05"), FEB: ("1300,10", "60,05"), MAR: ("1250,05", "75,05"), MAY: ("1300,05", "80,05"),
             JUN: ("1400,05", "100,05")}  # fmt: skip
INCREMENTS = {
    JAN: ["15-01-2026;1;2025-12;67110001;6.711;L;1000,00;1", "20-01-2026;1;2026-01;67110001;6.711;L;100,10;2",
          "16-01-2026;1;2026-01;67120001;6.712;L;50,05;3"],
    FEB: ["15-02-2026;2;2026-01;67110001;6.711;L;200,00;4", "16-02-2026;2;;67120001;6.712;L;10,01;5"],
    MAR: ["15-03-2026;3;2026-01;67110001;6.711;L;-50,05;6", "16-03-2026;3;2026-03;67120001;6.712;L;14,99;7",
          "17-03-2026;3;2026-03;67120001;6.712;L;0,00;8"],
    APR: ["15-04-2026;4;2026-04;67110001;6.711;L;25,00;9", "16-04-2026;4;2026-04;67120001;6.712;L;5,00;10"],
    JUN: ["28-05-2026;5;2026-05;67110001;6.711;L;25,00;11", "15-06-2026;6;2026-06;67110001;6.711;L;100,00;12",
          "16-06-2026;6;2026-06;67120001;6.712;L;20,00;13"],
}  # fmt: skip
#: Every month of 2025 the same, and an entry of the closing.
CLOSING = [f"15-{m:02d}-2025;{m};2025-{m:02d};67110001;6.711;L;100,25;{m}" for m in range(1, 13)]
CLOSING += ["09-03-2026;13;2025-12;67110001;6.711;L;-3,00;13"]


def overview(folder: Path, jaar: int, day: dt.date, *amounts: str, verplicht: str = "10,00") -> None:
    lines = [f"Boekjaar {jaar} - peildatum {day:%d-%m-%Y} - bedragen in euro's", "FCL;Taakveld;L/B;Begroting na "
             "wijziging;Realisatie;Verplichtingen"]  # fmt: skip
    codes = ("6.711", "6.712", "6.713")
    lines += [f"{c.replace('.', '')}0001;{c};L;5000,00;{a};{verplicht}" for c, a in zip(codes, amounts, strict=False)]
    (folder / f"overzicht_{jaar}_op_{day}.csv").write_text("\n".join(lines), "utf-8")


def journal(folder: Path, jaar: int, day: dt.date, lines: list[str]) -> None:
    rows = [f"{jaar};{line};1;Voorbeeld" for line in lines]
    (folder / f"journaal_{jaar}_op_{day}.csv").write_text("\n".join([HEAD, *rows]), "utf-8")


def publish(root: Path) -> tuple[Report, duckdb.DuckDBPyConnection]:
    store = root / "store"
    store.mkdir(exist_ok=True)
    report = Report(run="20261122T120000Z", begonnen_op=NOW)
    with pytest.MonkeyPatch.context() as frozen:
        # An edit of the code between two refreshes is a change too; here only what is delivered may be one.
        frozen.setattr("etl.build.code_version", lambda: "1")
        frozen.setattr("etl.intake.reader_version", lambda source: source.name)
        refresh(Assignment(root / "inbox", store, NOW, cbs=False), report, Silent())
    assert report.uitkomst != "mislukt", report.melding
    file = json.loads((store / "db" / "actueel.json").read_text("utf-8"))["bestand"]
    return report, duckdb.connect(str(store / "db" / file), read_only=True)


def overviews(folder: Path) -> None:
    folder.mkdir(parents=True)
    for day, amounts in OVERVIEWS.items():
        overview(folder, 2026, day, *amounts)
    overview(folder, 2025, FEB, "1203,00")
    overview(folder, 2025, MAR, "1200,00", "0,00", "7,77")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("journaal")


@pytest.fixture(scope="module")
def published(root: Path) -> Iterator[tuple[Report, duckdb.DuckDBPyConnection]]:
    folder = root / "met" / "inbox" / "k2f"
    overviews(folder)
    for day, lines in INCREMENTS.items():
        journal(folder, 2026, day, lines)
    journal(folder, 2025, FEB, CLOSING[:-1])
    journal(folder, 2025, MAR, CLOSING)
    (folder / "mapping.toml").write_text(MAPPING, "utf-8")
    report, connection = publish(root / "met")
    yield report, connection
    connection.close()


@pytest.fixture(scope="module")
def without_journals(root: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    overviews(root / "zonder" / "inbox" / "k2f")
    _, connection = publish(root / "zonder")
    yield connection
    connection.close()


Published = tuple[Report, duckdb.DuckDBPyConnection]


def rows(published: Published, jaar: int, day: dt.date, taakveld: str) -> list[tuple]:
    """Give (soort, periode, prestatiemaand, euros, commitments) of one taakveld in one state."""
    return (
        published[1]
        .execute(
            """SELECT soort, periode, CAST(prestatiemaand AS VARCHAR), bedrag_eur, verplichting_eur
            FROM mart.fct_realisatie WHERE boekjaar = ? AND peildatum = ? AND taakveld = ? ORDER BY ALL""",
            [jaar, day, taakveld],
        )
        .fetchall()
    )


def euros(text: str) -> Decimal:
    return Decimal(text)


def test_where_both_agree_the_bookings_stand_there_with_their_months(published: Published) -> None:
    assert rows(published, 2026, JAN, "6.711") == [
        ("mutatie", 1, "2025-12-01", euros("1000.00"), None),
        ("mutatie", 1, "2026-01-01", euros("100.10"), None),
        ("stand", 1, None, None, euros("10.00")),
    ]


def test_an_increment_stands_on_the_ones_before_it(published: Published) -> None:
    assert [row for row in rows(published, 2026, MAR, "6.711") if row[0] == "mutatie"] == [
        ("mutatie", 1, "2025-12-01", euros("1000.00"), None),
        ("mutatie", 1, "2026-01-01", euros("100.10"), None),
        ("mutatie", 2, "2026-01-01", euros("200.00"), None),
        ("mutatie", 3, "2026-01-01", euros("-50.05"), None),
    ]
    # The cent of February was put right in March: then the bookings count again.
    assert sum(row[3] or 0 for row in rows(published, 2026, MAR, "6.712")) == euros("75.05")
    assert {row[0] for row in rows(published, 2026, MAR, "6.712")} == {"mutatie", "stand"}


def test_a_cent_apart_and_the_overview_counts(published: Published) -> None:
    assert rows(published, 2026, FEB, "6.712") == [("stand", 2, None, euros("60.05"), euros("10.00"))]
    (refusal,) = [w for w in published[0].weigeringen if "6.712" in w["reden"]]
    assert "€ 60,06" in refusal["reden"] and "€ 60,05" in refusal["reden"] and "€ 0,01" in refusal["reden"]
    assert refusal["bestand"] == f"journaal_2026_op_{FEB}.csv"
    assert published[0].exitcode == 1
    stored = published[1].execute("SELECT count(*) FROM meta.weigering WHERE reden LIKE '%€ 0,01%'").fetchone()
    assert stored == (1,)


def test_a_taakveld_that_the_journal_lacks_keeps_its_overview(published: Published) -> None:
    assert rows(published, 2025, MAR, "6.713") == [("stand", 12, None, euros("7.77"), euros("10.00"))]
    (refusal,) = [w for w in published[0].weigeringen if "6.713" in w["reden"]]
    assert "staan er geen boekingen" in refusal["reden"] and "€ 7,77" in refusal["reden"]


def test_the_closing_is_a_period_of_its_own(published: Published) -> None:
    closing = [row for row in rows(published, 2025, MAR, "6.711") if row[0] == "mutatie"]
    assert closing[-1] == ("mutatie", 13, "2025-12-01", euros("-3.00"), None)
    assert len(closing) == 13 and sum(row[3] for row in closing) == euros("1200.00")


def test_whole_journals_of_a_year_take_each_others_place(published: Published) -> None:
    states = [[row[3] for row in rows(published, 2025, day, "6.711") if row[0] == "mutatie"] for day in (FEB, MAR)]
    assert [(len(state), sum(state)) for state in states] == [(12, euros("1203.00")), (13, euros("1200.00"))]


def test_without_an_overview_the_journal_gives_the_state(published: Published) -> None:
    state = rows(published, 2026, APR, "6.711")
    assert {row[0] for row in state} == {"mutatie"}
    assert sum(row[3] for row in state) == euros("1275.05")


def test_without_a_journal_the_overview_stands_as_it_did(published: Published) -> None:
    assert rows(published, 2026, MAY, "6.711") == [("stand", 5, None, euros("1300.05"), euros("10.00"))]


def test_every_state_is_the_one_of_the_overview(
    published: Published, without_journals: duckdb.DuckDBPyConnection
) -> None:
    sql = """SELECT boekjaar, peildatum, onderdeel, taakveld, lasten_baten, sum(bedrag_eur), sum(verplichting_eur)
             FROM mart.fct_realisatie WHERE (boekjaar, peildatum) <> (2026, DATE '2026-04-30')
             GROUP BY ALL ORDER BY ALL"""
    assert published[1].execute(sql).fetchall() == without_journals.execute(sql).fetchall()


def test_the_forecast_reads_the_same_series(published: Published, without_journals: duckdb.DuckDBPyConnection) -> None:
    with_journals, plain = (read_standen(c, MAR) for c in (published[1], without_journals))
    assert with_journals and plain
    assert with_journals.keys == plain.keys and with_journals.deliveries == plain.deliveries
    # The state of boekjaar 2026 up to March, month by month.
    assert str(with_journals.panel.amounts.tolist()) == str(plain.panel.amounts.tolist())


def test_months_are_differences_of_states_also_where_only_a_journal_was_delivered(published: Published) -> None:
    found = published[1].execute(
        """SELECT periode, stand_eur, bedrag_eur FROM mart.v_realisatie_maand
        WHERE boekjaar = 2026 AND onderdeel = 'begeleiding' ORDER BY periode"""
    )
    assert found.fetchall() == [
        (1, euros("50.05"), euros("50.05")),
        (2, euros("60.05"), euros("10.00")),
        (3, euros("75.05"), euros("15.00")),
        (4, euros("80.05"), euros("5.00")),
        (5, euros("80.05"), euros("0.00")),
        (6, euros("100.05"), euros("20.00")),
    ]


def test_every_booking_is_followed_to_its_line(published: Published) -> None:
    found = published[1].execute(
        """SELECT l.bestand, h.rij_van, h.rij_tot FROM meta.herkomst h JOIN meta.levering l USING (levering_id)
        WHERE sleutel = '2026|2026-03-31|2|mutatie|2026-01-01|hulp_bij_het_huishouden|6.711|L'"""
    )
    assert found.fetchall() == [(f"journaal_2026_op_{FEB}.csv", 2, 2)]


def test_rows_add_up_and_what_counts_nowhere_is_refused(published: Published) -> None:
    counts = {
        row["bestand"]: (row["rijen_gelezen"], row["rijen_geladen"], row["rijen_geweigerd"], row["rijen_buiten_bereik"])
        for row in published[0].leveringen
    }
    assert counts[f"journaal_2026_op_{MAR}.csv"] == (3, 3, 0, 0)
    # The line that was a cent too much counts from March on.
    assert counts[f"journaal_2026_op_{FEB}.csv"] == (2, 2, 0, 0)
    assert all(read == loaded + refused + outside for read, loaded, refused, outside in counts.values())


def test_a_refresh_without_anything_new_says_the_same(published: Published, root: Path) -> None:
    again, connection = publish(root / "met")
    connection.close()
    assert (again.uitkomst, again.exitcode) == ("ongewijzigd", 1)
    assert again.weigeringen == published[0].weigeringen


def test_no_description_is_in_the_store(root: Path, published: Published) -> None:
    held = [
        path for path in (root / "met" / "store").rglob("*") if path.is_file() and b"Voorbeeld" in path.read_bytes()
    ]
    assert not held


def test_a_journal_with_a_hole_is_no_state(tmp_path: Path) -> None:
    folder = tmp_path / "inbox" / "k2f"
    folder.mkdir(parents=True)
    overview(folder, 2025, dt.date(2025, 12, 31), "1200,00")
    journal(folder, 2026, JAN, INCREMENTS[JAN])
    journal(folder, 2026, MAR, INCREMENTS[MAR])
    (folder / "mapping.toml").write_text(MAPPING, "utf-8")
    report, connection = publish(tmp_path)
    days = connection.execute("SELECT DISTINCT peildatum FROM mart.fct_realisatie WHERE boekjaar = 2026").fetchall()
    connection.close()
    assert days == [(JAN,)]
    (refusal,) = report.weigeringen
    assert "geen boekingen in periode 2" in refusal["reden"]
    counts = {row["bestand"]: row["rijen_geweigerd"] for row in report.leveringen}
    assert counts[f"journaal_2026_op_{MAR}.csv"] == 3


def test_a_number_that_comes_back_in_another_month_is_another_line(tmp_path: Path) -> None:
    folder = tmp_path / "inbox" / "k2f"
    folder.mkdir(parents=True)
    overview(folder, 2025, dt.date(2025, 12, 31), "1200,00")
    journal(folder, 2026, JAN, ["15-01-2026;1;2026-01;67110001;6.711;L;100,10;7"])
    journal(folder, 2026, FEB, ["15-02-2026;2;2026-01;67110001;6.711;L;50,05;7"])
    (folder / "mapping.toml").write_text(MAPPING, "utf-8")
    _, connection = publish(tmp_path)
    state = connection.execute("SELECT sum(bedrag_eur) FROM mart.v_realisatie WHERE boekjaar = 2026").fetchall()
    connection.close()
    assert state == [(euros("150.15"),)]


def test_files_of_the_year_to_date_that_are_added_up_are_no_state(tmp_path: Path) -> None:
    folder = tmp_path / "inbox" / "k2f"
    folder.mkdir(parents=True)
    nameless = [line.rsplit(";", 1)[0] + ";" for line in [*INCREMENTS[JAN], *INCREMENTS[FEB]]]
    journal(folder, 2026, JAN, nameless[:3])
    journal(folder, 2026, FEB, nameless)
    overview(folder, 2025, dt.date(2025, 12, 31), "1200,00")
    (folder / "mapping.toml").write_text(MAPPING, "utf-8")
    report, connection = publish(tmp_path)
    days = connection.execute("SELECT DISTINCT peildatum FROM mart.fct_realisatie WHERE boekjaar = 2026").fetchall()
    connection.close()
    assert days == [(JAN,)]
    (refusal,) = report.weigeringen
    assert 'levering = "volledig"' in refusal["oplossing"]
