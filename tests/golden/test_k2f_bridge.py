"""Taakvelden before and after 2025: families compare across the break, the parts show it."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from etl.codes import taakvelden, valid_taakvelden
from etl.source import Context, sources
from indicators.core.settings import REFERENCE
from tests.support.k2f_layout import plain
from tests.support.k2f_mutations import body
from tests.support.k2f_truth import T2022, T2024, T2025, Truth

ROOT = Path(__file__).resolve().parents[2]
MARTS = ROOT / "etl" / "marts"


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


OWN = {row["taakveld"]: row for row in rows("taakvelden.csv")}
FAMILY = {row["onderdeel"]: row["taakveld_familie"] for row in rows("onderdelen.csv")}


def per(what: str, truth: Truth) -> dict[tuple[str, str], Decimal]:
    """Realisation per onderdeel or familie and side, of one truth read as an overview of its own year."""
    reading = sources()["k2f"].read([body(plain(truth), 5).sheet()], Context("overzicht.xlsx"))
    found: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in reading.tables["overzicht"].to_dict("records"):
        name = row["onderdeel"] if what == "onderdeel" else FAMILY[row["onderdeel"]]
        found[name, row["lasten_baten"]] += row["bedrag_eur"]
    return dict(found)


@pytest.mark.parametrize("older", [T2022, T2024], ids=["2022", "2024"])
def test_families_compare_across_the_break(older: Truth) -> None:
    assert per("familie", older) == per("familie", T2025)


def test_the_parts_that_were_cut_anew_show_the_break() -> None:
    before, after = per("onderdeel", T2024), per("onderdeel", T2025)
    assert before["hulp_bij_het_huishouden", "L"] == after["hulp_bij_het_huishouden", "L"]
    assert ("jeugdhulp_oude_indeling", "L") in before and ("jeugdhulp_oude_indeling", "L") not in after
    assert ("jeugdhulp_ambulant", "L") in after and ("jeugdhulp_ambulant", "L") not in before


def test_a_taakveld_has_the_family_of_its_onderdeel() -> None:
    for code, row in OWN.items():
        assert FAMILY[row["onderdeel"]] == row["familie"], code


@pytest.mark.parametrize("jaar", range(2017, 2028))
def test_no_taakveld_is_valid_beside_its_successor(jaar: int) -> None:
    valid = valid_taakvelden(jaar)
    assert valid
    assert not any(code[-1].isalpha() for code in valid) or 2023 <= jaar <= 2024
    assert not {"6.2", "6.6", "6.71", "6.72", "6.81", "6.82"} & set(valid) or jaar <= 2024


def test_the_dimension_holds_every_taakveld_once_with_its_years() -> None:
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA raw")
    for name in ("taakvelden", "onderdelen"):
        path = (REFERENCE / f"{name}.csv").as_posix()
        connection.execute(f"CREATE VIEW raw.ref_{name} AS SELECT * FROM read_csv('{path}', all_varchar = true)")
    # Nobody placed a taakveld of their own.
    connection.execute("CREATE SCHEMA stg")
    connection.execute("CREATE SCHEMA mart")
    for name in ("overzicht", "journaal"):
        connection.execute(f"CREATE TABLE stg.k2f__{name} (boekjaar INTEGER, taakveld VARCHAR, onderdeel VARCHAR)")
    connection.execute("CREATE TABLE mart.dim_onderdeel (onderdeel VARCHAR, taakveld_familie VARCHAR, wet VARCHAR)")
    found = connection.execute((MARTS / "dim_taakveld.sql").read_text("utf-8")).fetchall()
    assert {(row[0], row[2], row[3]) for row in found} == {
        (t.taakveld, t.vanaf_jaar, t.tot_en_met_jaar) for t in taakvelden()
    }
    assert len(found) == len(OWN)
    parts = connection.execute((MARTS / "dim_onderdeel.sql").read_text("utf-8")).fetchall()
    assert {row[0]: row[3] for row in parts} == FAMILY


def _linked(said: str) -> set[str]:
    """Give the codes that a remark such as "6.711-6.714", "uit 6.2" or "6.75x/6.76x" names."""
    found: set[str] = set()
    for first, last in re.findall(r"(6\.\d+)-(6\.\d+)", said):
        found |= {code for code in OWN if code[-1].isdigit() and first <= code <= last}
    for stem in re.findall(r"(6\.\d\d)x", said):
        found |= {code for code in OWN if code.startswith(stem) and len(code) == 5}
    return found | {code for code in re.findall(r"6\.\d+[a-d]?(?![\dx])", said) if code in OWN}


@pytest.mark.shared
def test_the_reference_list_of_the_field_says_the_same() -> None:
    path = ROOT / "../shared/reference/taakvelden_sociaal_domein.csv"
    if not path.is_file():
        pytest.skip("../shared/reference is er niet")
    with path.open(encoding="utf-8", newline="") as handle:
        theirs = {row["code"]: row for row in csv.DictReader(handle)}
    assert set(theirs) == set(OWN)
    for code, row in theirs.items():
        own = OWN[code]
        assert (own["vanaf_jaar"], own["tot_en_met_jaar"], own["domein"]) == (
            row["vanaf"], row["tot_en_met"], row["domein"],
        )  # fmt: skip
        if "eerder in" in row["verband"]:
            continue  # money that stood in the care taakvelden: comparable in no way but the whole
        for other in _linked(row["verband"]):
            assert OWN[other]["familie"] == own["familie"], (code, other)


def test_a_peildatum_of_the_old_codes_is_read_in_its_own_year() -> None:
    reading = sources()["k2f"].read([body(plain(T2022), 5).sheet()], Context("overzicht.xlsx"))
    assert reading.peildatum == dt.date(2022, 9, 30)
    assert {"6.6", "6.71", "6.72", "6.82"} < set(reading.tables["overzicht"]["taakveld"])
