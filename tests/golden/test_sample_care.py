"""Care in the synthetic municipality: awards, declarations and ledger agree to the cent, and every slip is refused."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from etl.mapping import load_mapping
from etl.reading import read_delivery
from etl.sample import write_sample
from etl.sample.catalog import JEUGD, WMO
from etl.sample.posts import POSTS
from etl.sample.truth_counts import spells
from etl.source import Reading, sources

SEED, VAN, INWONERS, PEILDATUM = 5, 2025, 5_000, dt.date(2026, 5, 31)
NOT_DECLARED = {"incidenteel", "verkeerd geboekt", "correctie boeking"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("zorg")
    write_sample(out, SEED, VAN, peildatum=PEILDATUM, inwoners=INWONERS)
    return out


@pytest.fixture(scope="module")
def truth(sample: Path) -> dict:
    return json.loads((sample / "truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def readings(sample: Path) -> dict[tuple[str, str], Reading]:
    """Every delivery of both registrations and every file of declarations, read as a refresh reads them."""
    found = {}
    for wet in ("wmo", "jeugd"):
        mapping = load_mapping(sample / wet / "mapping.toml")
        for path in sorted(p for p in (sample / wet).iterdir() if p.suffix != ".toml"):
            found[wet, path.name] = read_delivery(path, sources()[wet], mapping)
    return found


def test_every_file_is_read_and_counted_as_the_truth_says(readings, truth: dict):
    said = {(r["bron"], r["bestand"]): r for r in truth["regels"] if r["bron"] in ("wmo", "jeugd")}
    assert said.keys() == readings.keys()
    for key, reading in readings.items():
        assert not reading.refused and reading.voorbeelddata, key
        counted = {
            "gelezen": reading.rijen_gelezen, "geladen": reading.rijen_geladen,
            "geweigerd": reading.rijen_geweigerd, "buiten_bereik": reading.rijen_buiten_bereik,
        }  # fmt: skip
        assert counted == {name: said[key][name] for name in counted}, key


def test_what_is_refused_is_what_was_planted_on_that_row(readings, truth: dict):
    planted: dict[tuple[str, str], set[int]] = defaultdict(set)
    kinds: Counter[str] = Counter()
    for one in truth["fouten"]:
        if one["bron"] in ("wmo", "jeugd") and one["gevolg"] == "geweigerd":
            planted[one["bron"], one["bestand"]].add(one["rij"])
            kinds[one["fout"]] += 1
    for key, reading in readings.items():
        assert {r.rij for r in reading.refusals} == planted[key], key
    assert len(kinds) >= 4 and {"json", "csv", "xlsx"} <= {name.split(".")[1] for _, name in planted}
    # The share stays small, as in a real registration.
    lines = sum(r.rijen_gelezen for r in readings.values())
    assert sum(len(rows) for rows in planted.values()) < 0.005 * lines


def test_three_layouts_of_youth_care_tell_one_story(readings, truth: dict):
    """The state at the end of May 2025 is text, of June JSON, of March 2026 a workbook: nobody is lost in between."""
    before, after = (readings["jeugd", name].tables["toekenning"] for name in
                     ("jeugd_2025-05-31.csv", "jeugd_2025-06-30.json"))  # fmt: skip
    key = ["persoon", "beschikking", "productcategorie", "aanvraagdatum"]
    known, later = ({tuple(row) for row in t[t["besluit"] == "toegekend"][key].itertuples(index=False)}
                    for t in (before, after))  # fmt: skip
    assert known and known <= later
    for name in ("jeugd_2025-05-31.csv", "jeugd_2025-06-30.json", "jeugd_2026-03-31.xlsx"):
        table = readings["jeugd", name].tables["toekenning"]
        awarded = table[table["besluit"] == "toegekend"]
        for column in ("huishouden", "verwijzer", "volume", "eenheid", "frequentie", "tarief_eur", "productcode"):
            assert awarded[column].notna().all(), (name, column)
        assert awarded[awarded["leveringsvorm"] == "ZIN"]["aanbieder"].notna().all()
        assert set(awarded["verblijf"].dropna()) == {"ja", "nee"}
        ended = awarded[awarded["reden_einde"].notna()]
        assert set(ended["reden_einde"]) >= {"31", "39"}


@pytest.mark.parametrize("wet", ["wmo", "jeugd"])
def test_counting_what_was_read_gives_the_true_counts(readings, truth: dict, wet: str):
    last = sorted(name for bron, name in readings if bron == wet and name.startswith(wet))[-1]
    table = readings[wet, last].tables["toekenning"]
    months = sorted({r["maand"] for r in truth[f"{wet}_bekend_op_peildatum"]})
    counted = {k: v for k, v in counts(table, months).items() if v}
    true = {(r["maand"], r["onderdeel"], r["maat"]): r["aantal"] for r in truth[f"{wet}_bekend_op_peildatum"]}
    assert counted == true and len(true) > 300


def counts(table: pd.DataFrame, months: list[str]) -> dict[tuple[str, str, str], int]:
    """Count stored lines per month and onderdeel as DESIGN 5.2 defines it."""
    found: dict[tuple[str, str, str], int] = {}
    open_day = 10**6

    def days(column: pd.Series) -> list[int]:
        return [open_day if pd.isna(v) else (v - dt.date(1970, 1, 1)).days for v in column]

    persons = pd.factorize(table["persoon"])[0]
    applied, decided = days(table["aanvraagdatum"]), days(table["besluitdatum"])
    start, end = days(table["ingangsdatum"]), days(table["einddatum"])
    besluit, onderdeel = table["besluit"].tolist(), table["onderdeel"].tolist()
    for name in ["totaal", *sorted(set(onderdeel))]:
        mine = [n for n in range(len(table)) if name in ("totaal", onderdeel[n])]
        given = [n for n in mine if besluit[n] == "toegekend"]
        rows = [pd.Series(values)[given].to_numpy() for values in (persons, start, end)]
        person, first, last = spells(*rows)
        for month in months:
            begin = (dt.date.fromisoformat(month) - dt.date(1970, 1, 1)).days
            until = (pd.Timestamp(month) + pd.offsets.MonthEnd(0)).date().toordinal() - dt.date(1970, 1, 1).toordinal()
            found[month, name, "aanvraag"] = sum(begin <= applied[n] <= until for n in mine)
            for maat, word in (("toekenning", "toegekend"), ("afwijzing", "afgewezen")):
                found[month, name, maat] = sum(begin <= decided[n] <= until and besluit[n] == word for n in mine)
            for maat, hit in (
                ("instroom", (first >= begin) & (first <= until)), ("uitstroom", (last >= begin) & (last <= until)),
                ("stand", (first <= until) & (last >= until)),
            ):  # fmt: skip
                found[month, name, maat] = len(set(person[hit].tolist()))
    return found


def test_declared_euros_are_the_true_ones_to_the_cent(readings, truth: dict):
    found: dict[tuple[str, str, str, str], Decimal] = defaultdict(Decimal)
    lines: Counter[tuple[str, str, str, str]] = Counter()
    credits_, negative = 0, 0
    for (wet, name), reading in readings.items():
        if not name.startswith("declaraties"):
            continue
        table = reading.tables["declaratie"]
        credits_ += int((table["bedrag_eur"] < 0).sum())
        negative += int((table["volume"] < 0).sum())
        for row in table.itertuples():
            key = (wet, row.onderdeel, str(row.prestatiemaand), str(row.ontvangen_op.replace(day=1)))
            found[key] += row.bedrag_eur
            lines[key] += 1
            assert row.leveringsvorm == "ZIN" and row.aanbieder and row.toewijzing
    true = {(r["wet"], r["onderdeel"], r["prestatiemaand"], r["ontvangstmaand"]): r for r in truth["declaraties"]}
    assert {k: v for k, v in found.items()} == {k: Decimal(str(r["bedrag_eur"])) for k, r in true.items()}
    assert dict(lines) == {k: r["regels"] for k, r in true.items()}
    assert credits_ == negative > 0


def test_every_declaration_is_on_an_award_that_runs_in_that_month(readings):
    for wet in ("wmo", "jeugd"):
        last = sorted(name for bron, name in readings if bron == wet and name.startswith(wet))[-1]
        awards = readings[wet, last].tables["toekenning"].dropna(subset=["beschikking"]).set_index("beschikking")
        table = readings[wet, "declaraties_2026-05-31.csv"].tables["declaratie"]
        known = table[table["toewijzing"].isin(awards.index)]
        assert len(known) > 0.99 * len(table)
        for row in known.itertuples():
            award = awards.loc[row.toewijzing]
            assert award.persoon == row.persoon and award.productcategorie == row.productcategorie
            assert award.ingangsdatum <= row.prestatiemaand + dt.timedelta(days=31)
            assert pd.isna(award.einddatum) or award.einddatum >= row.prestatiemaand


# The ledger


def journal(path: Path) -> list[dict]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as handle:
            next(handle), next(handle)
            rows = list(csv.DictReader(handle, delimiter=";"))
        return [row | {"Bedrag": Decimal(row["Bedrag"].replace(",", ".")), "Boekjaar": int(row["Boekjaar"]),
                       "Maand": "-".join(reversed(row["Boekdatum"].split("-")[1:]))} for row in rows]  # fmt: skip
    table = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    rows = [dict(zip(table[2], row, strict=True)) for row in table[3:]]
    return [row | {"Bedrag": Decimal(str(round(row["Bedrag"], 2))), "Boekjaar": int(row["Boekjaar"]),
                   "Maand": f"{row['Boekdatum']:%Y-%m}"} for row in rows]  # fmt: skip


@pytest.fixture(scope="module")
def lines(sample: Path) -> dict[str, list[dict]]:
    return {p.name: journal(p) for p in sorted((sample / "k2f").glob("k2f_journaal*"))}


def test_the_lines_of_a_month_are_the_change_of_the_overview_to_the_cent(sample: Path, lines):
    assert len(lines) == 17 + 4
    for name, rows in lines.items():
        after = standen(sample / "k2f" / f"{name.replace('journaal', 'overzicht').split('.')[0]}.xlsx")
        before = standen(sample / "k2f" / f"{_previous(name)}.xlsx") if "-01." not in name else {}
        if "2025_afsluiting_2026-01" in name:
            before = standen(sample / "k2f" / "k2f_overzicht_2025-12.xlsx")
        change: dict[tuple, Decimal] = defaultdict(Decimal)
        for row in rows:
            change[row["FCL"], row["ECL"], row["Taakveld"], row["L/B"]] += row["Bedrag"]
        both = before.keys() | after.keys() | change.keys()
        for key in both:
            assert after.get(key, 0) - before.get(key, 0) == change.get(key, 0), (name, key)


def _previous(name: str) -> str:
    stem = name.split(".", 1)[0].replace("journaal", "overzicht")
    year, month = int(stem[-7:-3]), int(stem[-2:])
    return f"{stem[:-7]}{year}-{month - 1:02d}"


def standen(path: Path) -> dict[tuple, Decimal]:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    found = [dict(zip(rows[4], row, strict=True)) for row in rows[5:]]
    return {
        tuple(r[c] for c in ("Kostenplaats", "Kostensoort", "Taakveld", "L/B")):
            Decimal(str(round(r["Realisatie t/m periode"], 2)))
        for r in found if r["Kostenplaats"] and r["L/B"]
    }  # fmt: skip


@pytest.mark.parametrize("month", ["2026-01", "2026-02", "2026-03", "2026-04"])
def test_the_ledger_books_what_was_declared_in_that_month_to_the_cent(lines, truth: dict, month: str):
    in_kind = {
        p.kostenplaats: p.onderdeel for p in POSTS
        if p.soort in ("wmo", "jeugd") and p.kostenplaats not in (WMO.pgb_post, JEUGD.pgb_post)
    }  # fmt: skip
    booked: dict[str, Decimal] = defaultdict(Decimal)
    for row in (row for rows in lines.values() for row in rows):
        planted = row["Omschrijving"].rsplit(", ", 1)[1] in NOT_DECLARED
        if row["Maand"] == month and row["L/B"] == "L" and row["FCL"] in in_kind and not planted:
            booked[in_kind[row["FCL"]]] += row["Bedrag"]
    declared: dict[str, Decimal] = defaultdict(Decimal)
    for row in truth["declaraties"]:
        if row["ontvangstmaand"][:7] == month:
            declared[row["onderdeel"]] += Decimal(str(row["bedrag_eur"]))
    assert {k: v for k, v in booked.items() if v} == {k: v for k, v in declared.items() if v}


def test_totals_of_the_journal_stand_in_the_truth(lines, truth: dict):
    said = {r["bestand"]: r for r in truth["journaal"]}
    assert said.keys() == lines.keys()
    for name, rows in lines.items():
        sums = {side: sum((r["Bedrag"] for r in rows if r["L/B"] == side), Decimal(0)) for side in "LB"}
        assert len(rows) == said[name]["regels"]
        assert [sums["L"], sums["B"]] == [Decimal(str(said[name][k])) for k in ("lasten_eur", "baten_eur")]
        assert all(row["Boekstuk"] for row in rows)
    numbers = [row["Boekstuk"] for rows in lines.values() for row in rows]
    assert len(set(numbers)) == len(numbers)


def test_an_invoice_was_booked_on_a_wrong_cost_centre(lines, truth: dict):
    event = next(e for e in truth["gebeurtenissen"] if e["soort"] == "verkeerd_geboekt")
    rows = [
        row for rows in lines.values() for row in rows
        if row["Maand"] == event["sinds"][:7] and row["Omschrijving"].endswith("verkeerd geboekt")
    ]  # fmt: skip
    moved = {row["FCL"]: row["Bedrag"] for row in rows}
    cents = Decimal(str(event["effect_eur"]))
    assert moved == ({event["kostenplaats"]: -cents, event["verkeerde_kostenplaats"]: cents} if cents else {})
