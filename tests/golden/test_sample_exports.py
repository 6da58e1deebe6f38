"""The exports of the synthetic municipality: labelled, reproducible, true to the cent, and never ahead of their day."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import tomllib
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from etl.sample import write_sample
from etl.sample.journal import CLOSING

VAN, INWONERS = 2024, 2_500
LATE, EARLY = dt.date(2026, 5, 31), dt.date(2025, 6, 30)


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("gemeente")
    write_sample(out, 4, VAN, peildatum=LATE, inwoners=INWONERS)
    return out


@pytest.fixture(scope="module")
def truth(sample: Path) -> dict:
    return json.loads((sample / "truth.json").read_text("utf-8"))


def digests(folder: Path) -> dict[str, str]:
    files = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def overview(path: Path) -> list[dict]:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    header = rows[4]
    return [dict(zip(header, row, strict=True)) for row in rows[5:] if row[1]]


def cents(value: float) -> int:
    return int((Decimal(str(value)) * 100).to_integral_exact())


def wmo_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        next(handle)
        return [row for row in csv.DictReader(handle, delimiter=";") if row["Naam"]]  # without the footer


@pytest.fixture(scope="module")
def early(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("eerder")
    write_sample(out, 4, VAN, peildatum=EARLY, inwoners=INWONERS)
    return out


def test_the_same_seed_gives_the_same_bytes(early: Path, tmp_path: Path):
    write_sample(tmp_path, 4, VAN, peildatum=EARLY, inwoners=INWONERS)
    assert digests(tmp_path) == digests(early)


def test_a_snapshot_does_not_know_what_comes_after_it(sample: Path, early: Path):
    full = digests(sample)
    for folder in ("k2f", "wmo", "jeugd"):
        known = {k: v for k, v in digests(early).items() if k.startswith(folder)}
        assert len(known) >= 18
        assert {k: full[k] for k in known} == known


def test_every_month_is_delivered_and_the_old_year_is_closed(sample: Path):
    names = {p.name for p in (sample / "k2f").iterdir()}
    months = [(y, m) for y in (2024, 2025, 2026) for m in range(1, 13) if (y, m) <= (2026, 5)]
    assert {f"k2f_overzicht_{y}-{m:02d}.xlsx" for y, m in months} <= names
    assert len([n for n in names if n.startswith("k2f_overzicht_2024_afsluiting")]) == len(CLOSING)
    assert len([n for n in names if n.startswith("k2f_overzicht_2025_afsluiting")]) == len(CLOSING) - 1
    journals = {n.removeprefix("k2f_journaal_").split(".")[0] for n in names if n.startswith("k2f_journaal")}
    later = {n.removeprefix("k2f_overzicht_").split(".")[0] for n in names if n.startswith("k2f_overzicht")}
    assert journals == {n for n in later if not n.startswith("2024")}
    for wet in ("wmo", "jeugd"):
        found = sorted(p.name for p in (sample / wet).iterdir())
        assert len([n for n in found if n.startswith(wet)]) == len(months)
        assert len([n for n in found if n.startswith("declaraties")]) == len(months)
        assert len(found) == 2 * len(months) + 1 and "mapping.toml" in found
    assert {p.suffix for p in (sample / "wmo").iterdir()} == {".csv", ".xlsx", ".toml"}
    assert {p.suffix for p in (sample / "jeugd").iterdir()} == {".csv", ".json", ".xlsx", ".toml"}


def test_every_file_says_that_it_is_synthetic(sample: Path):
    for path in [p for p in sample.rglob("*") if p.is_file() and "cbs" not in p.relative_to(sample).parts]:
        if path.suffix == ".xlsx":
            sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
            text = str(sheet.to_python(skip_empty_area=False, nrows=1))
        else:
            text = path.read_text("utf-8-sig")[:400]
        assert "VOORBEELDDATA" in text, path.name


def test_the_final_overview_is_the_true_outturn_to_the_cent(sample: Path, truth: dict):
    owner = tomllib.loads((sample / "k2f" / "mapping.toml").read_text("utf-8"))["onderdeel"]["kostenplaats"]
    booked: dict[tuple[str, str], int] = defaultdict(int)
    for row in overview(sample / "k2f" / "k2f_overzicht_2024_afsluiting_2025-06.xlsx"):
        if row["Kostenplaats"] in owner:
            booked[owner[row["Kostenplaats"]], row["L/B"]] += cents(row["Realisatie t/m periode"])
    true = {
        (r["onderdeel"], r["lasten_baten"]): cents(r["uitkomst_eur"])
        for r in truth["uitkomsten"] if r["boekjaar"] == 2024 and r["uitkomst_eur"]
    }  # fmt: skip
    assert {k: v for k, v in booked.items() if v} == true


@pytest.mark.parametrize(
    "name", ["k2f_overzicht_2024-03.xlsx", "k2f_overzicht_2025-12.xlsx", "k2f_overzicht_2026-05.xlsx"]
)
def test_subtotals_totals_and_restant_add_up(sample: Path, name: str):
    amounts = ("Primitieve begroting", "Begrotingswijzigingen", "Begroting na wijziging", "Realisatie t/m periode",
               "Verplichtingen", "Restant")  # fmt: skip
    sums: dict[tuple, int] = defaultdict(int)
    rows = overview(sample / "k2f" / name)
    for row in rows:
        primitief, wijziging, actueel, realisatie, verplicht, restant = (cents(row[a]) for a in amounts)
        assert primitief + wijziging == actueel
        if row["Omschrijving"] != "Saldo":
            assert actueel - realisatie - verplicht == restant
        if row["Kostenplaats"]:
            assert len(row["Kostenplaats"]) == 8 and len(row["Kostensoort"]) == 5
            for a in amounts:
                sums[row["Taakveld"], row["L/B"], a] += cents(row[a])
                sums["totaal", row["L/B"], a] += cents(row[a])
    for row in rows:
        if row["Omschrijving"].startswith("Subtotaal"):
            assert all(cents(row[a]) == sums[row["Taakveld"], row["L/B"], a] for a in amounts)
        elif row["Omschrijving"].startswith("Totaal"):
            assert all(cents(row[a]) == sums["totaal", row["L/B"], a] for a in amounts)
        elif row["Omschrijving"] == "Saldo":
            assert all(cents(row[a]) == sums["totaal", "B", a] - sums["totaal", "L", a] for a in amounts)


def test_invoices_come_in_late(sample: Path):
    def stand(name: str) -> int:
        rows = overview(sample / "k2f" / name)
        return sum(cents(r["Realisatie t/m periode"]) for r in rows if r["Kostenplaats"].startswith("006712"))

    december = stand("k2f_overzicht_2024-12.xlsx")
    final = stand("k2f_overzicht_2024_afsluiting_2025-06.xlsx")
    assert 0.6 * final < december < 0.99 * final
    budgets = [r["Begroting na wijziging"] for r in overview(sample / "k2f" / "k2f_overzicht_2024-12.xlsx")]
    assert all(cents(b) % 100_000 == 0 for b in budgets)


def test_persons_are_made_up_and_nobody_shares_a_bsn(sample: Path, truth: dict):
    rows = wmo_rows(sample / "wmo" / "wmo_2026-03-31.csv") + wmo_rows(sample / "jeugd" / "jeugd_2025-05-31.csv")
    persons = {(r["Naam"], r["Geboortedatum"], r["BSN"]) for r in rows if valid(r["BSN"])}
    assert len(persons) == len({bsn for *_, bsn in persons}) > 50
    for naam, _, bsn in persons:
        assert 999_900_006 <= int(bsn) <= 999_999_990
        assert naam.startswith("Voorbeeld-")
    assert all(r["Postcode"].startswith("0") for r in rows)
    # Some may be mistyped; in a municipality as small as this one everyone has one.
    assert sum(not valid(r["BSN"]) for r in rows) < 0.01 * len(rows)


def valid(bsn: str) -> bool:
    digits = [int(c) for c in bsn]
    return len(digits) == 9 and sum(
        w * d for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)
    ) % 11 == 0  # fmt: skip


def test_a_child_has_the_address_of_an_adult_with_care(sample: Path):
    """People of one household share an address over both registrations: this is what stapeling is counted by."""
    wmo = {(r["Postcode"], r["Huisnummer"]) for r in wmo_rows(sample / "wmo" / "wmo_2026-03-31.csv")}
    young = {(r["Postcode"], r["Huisnummer"]) for r in wmo_rows(sample / "jeugd" / "jeugd_2025-05-31.csv")}
    assert len(wmo & young) >= 3


def test_a_wmo_delivery_shows_only_what_was_known(sample: Path):
    def date(text: str) -> dt.date:
        d, m, y = map(int, text.split("-"))
        return dt.date(y, m, d)

    day = dt.date(2025, 3, 31)
    rows = wmo_rows(sample / "wmo" / "wmo_2025-03-31.csv")
    assert {r["Besluit"] for r in rows} == {"", "Toegekend", "Afgewezen", "Ingetrokken"}
    wrong = 0
    for row in rows:
        assert date(row["Aanvraagdatum"]) <= day
        assert not row["Besluitdatum"] or date(row["Besluitdatum"]) <= day
        assert bool(row["Ingangsdatum"]) == (row["Besluit"] == "Toegekend")
        if row["Status"] == "Beëindigd":
            assert date(row["Einddatum"]) <= day and row["Reden beeindiging"]
        wrong += bool(row["Besluitdatum"]) and date(row["Besluitdatum"]) < date(row["Aanvraagdatum"])
        wrong += bool(row["Einddatum"]) and date(row["Einddatum"]) < date(row["Ingangsdatum"])
    assert wrong <= 3  # planted


def test_text_and_workbook_deliveries_have_the_same_columns(sample: Path):
    sheet = CalamineWorkbook.from_path(sample / "wmo" / "wmo_2026-04-30.xlsx").get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    header = next(r for r in rows if r[0] == "Clientnummer")
    assert header == list(wmo_rows(sample / "wmo" / "wmo_2026-03-31.csv")[0])
    first = dict(zip(header, rows[rows.index(header) + 1], strict=True))
    assert isinstance(first["Aanvraagdatum"], dt.date) and isinstance(first["BSN"], str)


def test_the_truth_names_the_planted_events_with_their_effect(truth: dict):
    assert truth["seed"] == 4 and "VOORBEELDDATA" in truth["label"]
    kinds = [e["soort"] for e in truth["gebeurtenissen"]]
    assert kinds == [
        "tariefstap", "instroomstijging", "late_aanbieder", "incidentele_post", "verkeerd_geboekt", "exportwijziging",
        "exportwijziging", "exportwijziging",
    ]  # fmt: skip
    for event in truth["gebeurtenissen"][:5]:
        assert event["onderdeel"] and event["sinds"] >= "2024-01-01"
        # In a municipality this small the provider that is late, or misposted, may have hardly a client.
        assert {"effect_eur", "nog_niet_geboekt_op_peildatum_eur"} & event.keys()
        assert event["soort"] not in ("tariefstap", "incidentele_post") or event["effect_eur"]


def test_counts_known_at_the_peildatum_stay_close_to_what_happened(truth: dict):
    def stand(key: str) -> dict[str, int]:
        rows = truth[key]
        return {r["maand"]: r["aantal"] for r in rows if r["onderdeel"] == "totaal" and r["maat"] == "stand"}

    true, known = stand("wmo_werkelijk"), stand("wmo_bekend_op_peildatum")
    assert true.keys() == known.keys() and true["2024-06-01"] == known["2024-06-01"]
    assert all(abs(true[m] - known[m]) <= 0.08 * true[m] for m in true)


def test_the_monitor_counts_what_the_truth_says(sample: Path, truth: dict):
    from etl.reading import read_delivery
    from etl.source import sources
    from tests.support import wmo_build

    path = sample / "wmo" / f"wmo_{LATE}.xlsx"
    reading = read_delivery(path, sources()["wmo"])
    planted = [f for f in truth["fouten"] if f["bestand"] == path.name and f["gevolg"] == "geweigerd"]
    assert reading.peildatum == LATE and reading.voorbeelddata and len(reading.refusals) == len(planted)
    with wmo_build.connect() as connection:
        wmo_build.load(connection, LATE, reading.tables["toekenning"])
        wmo_build.build(connection)
        rows = connection.execute(
            "SELECT maand, onderdeel, maat, aantal FROM mart.fct_voorziening "
            "WHERE gebied_code LIKE 'GM%' AND aantal > 0 AND maand >= ?",
            [dt.date(VAN, 1, 1)],
        ).fetchall()
    counted = {(str(maand), onderdeel, maat): aantal for maand, onderdeel, maat, aantal in rows}
    expected = {(r["maand"], r["onderdeel"], r["maat"]): r["aantal"] for r in truth["wmo_bekend_op_peildatum"]}
    assert counted == expected


def test_budget_holders_say_what_they_expect_in_thousands_and_only_in_some_months(sample: Path) -> None:
    said = {}
    for month in range(1, 13):
        path = sample / "k2f" / f"k2f_overzicht_2025-{month:02d}.xlsx"
        head, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[4:]
        if "Prognose budgethouder" in head:
            column = head.index("Prognose budgethouder")
            said[month] = [row[column] for row in rows if row[0] and isinstance(row[column], float)]
    assert set(said) == set(range(3, 13))
    assert all(value % 1000 == 0 for values in said.values() for value in values)
    whole = {month: sum(values) for month, values in said.items()}
    moved = {month for month in range(4, 13) if whole[month] != whole[month - 1]}
    assert moved >= {6, 8, 10, 11} and moved <= {6, 8, 9, 10, 11}, whole  # 9: a post that was not there in August
