"""Reading declarations: euros or cents, debit and credit, the month of the care, and lines that come again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from etl.mapping import parse_mapping
from etl.readers.cells import Sheet
from etl.source import Context, Reading
from etl.sources import jeugd, wmo
from tests.support.wmo_export import bsns

HEADER = (
    "Clientnummer", "BSN", "Toewijzingnummer", "Referentie", "Productcategorie", "Productcode", "Leveringsvorm",
    "Aanbieder", "Begin periode", "Einde periode", "Volume", "Eenheid", "Bedrag (eurocent)", "Debet/credit",
    "Ontvangen op",
)  # fmt: skip
MAY = dt.date(2025, 5, 1)


def declared(i: int = 0, **other: object) -> dict[str, object]:
    return {
        "Clientnummer": f"C{i}", "BSN": bsns(i + 1)[i], "Toewijzingnummer": f"T{i}", "Referentie": f"R{i}",
        "Productcategorie": "45", "Productcode": "45A04", "Leveringsvorm": "ZIN", "Aanbieder": "02345678",
        "Begin periode": "01-05-2025", "Einde periode": "31-05-2025", "Volume": "2", "Eenheid": "04",
        "Bedrag (eurocent)": "8810", "Debet/credit": "D", "Ontvangen op": "04-06-2025", **other,
    }  # fmt: skip


def reading(*lines: dict[str, object], header: tuple[str, ...] = HEADER, **mapping: object) -> Reading:
    rows = [list(header), *([line.get(name) for name in header] for line in lines)]
    name = "declaraties_2025-06-30.csv"
    context = Context(name, parse_mapping(dict(mapping)) if mapping else None)
    found = jeugd.read([Sheet(name, "", rows, text=True)], context)
    assert found.rijen_gelezen == found.rijen_geladen + found.rijen_geweigerd + found.rijen_buiten_bereik
    return found


def money(*lines: dict[str, object], **mapping: object) -> list[Decimal]:
    found = reading(*lines, **mapping)
    assert not found.refusals
    return found.tables["declaratie"]["bedrag_eur"].tolist()


def renamed(lines: list[dict[str, object]], old: str, new: str) -> tuple[list[dict[str, object]], tuple[str, ...]]:
    return [{new if k == old else k: v for k, v in line.items()} for line in lines], tuple(
        new if name == old else name for name in HEADER
    )


def test_a_line_becomes_a_typed_row() -> None:
    row = reading(declared()).tables["declaratie"].iloc[0]
    assert (row.prestatiemaand, row.ontvangen_op) == (MAY, dt.date(2025, 6, 4))
    assert (row.bedrag_eur, row.volume, row.eenheid) == (Decimal("88.10"), Decimal(2), "04")
    assert (row.persoon, row.toewijzing, row.regel) == (f"bsn:{bsns(1)[0]}", "T0", "R0 D")
    assert (row.productcategorie, row.onderdeel, row.aanbieder) == ("45", "jeugdhulp_ambulant", "02345678")


def test_a_credit_has_a_minus_with_or_without_one_in_the_file() -> None:
    plain = money(declared(0), declared(1, **{"Debet/credit": "C"}))
    minus = money(declared(0), declared(1, **{"Debet/credit": "Credit", "Bedrag (eurocent)": "-8810"}))
    bare = money(declared(0, **{"Debet/credit": ""}), declared(1, **{"Debet/credit": "", "Bedrag (eurocent)": "-8810"}))
    assert plain == minus == bare == [Decimal("88.10"), Decimal("-88.10")]


def test_debit_and_credit_that_contradict_the_sign_are_refused() -> None:
    both = reading(
        declared(0), declared(1, **{"Debet/credit": "C"}),
        declared(2, **{"Debet/credit": "C", "Bedrag (eurocent)": "-8810"}),
        declared(3, **{"Bedrag (eurocent)": "-8810"}),
    )  # fmt: skip
    assert [r.rij for r in both.refusals] == [4, 5] and all("spreken elkaar tegen" in r.reden for r in both.refusals)


def test_volume_is_negative_on_a_credit_only() -> None:
    found = reading(declared(0, Volume="-2"), declared(1, **{"Debet/credit": "C"}))
    assert "volume is negatief" in found.refusals[0].reden
    assert found.tables["declaratie"]["volume"].tolist() == [Decimal(-2)]


@pytest.mark.parametrize(
    ("header", "written", "euros"),
    [("Bedrag (eurocent)", "8810", "88.10"), ("Bedrag in centen", "8810", "88.10"), ("Bedrag", "88,10", "88.10"),
     ("Bedrag (€)", "88", "88"), ("Bedrag", "€ 88", "88"), ("Bedrag", "88,-", "88"), ("Bedrag", "1.088,10", "1088.10")],
)  # fmt: skip
def test_cents_or_euros_follow_from_header_or_amounts(header: str, written: str, euros: str) -> None:
    lines, names = renamed([declared(**{"Bedrag (eurocent)": written})], "Bedrag (eurocent)", header)
    found = reading(*lines, header=names)
    assert found.tables["declaratie"]["bedrag_eur"].tolist() == [Decimal(euros)]


def test_whole_amounts_under_a_header_that_says_nothing_are_asked_about() -> None:
    lines, names = renamed([declared(0), declared(1)], "Bedrag (eurocent)", "Bedrag")
    assert reading(*lines, header=names).refused
    assert (
        reading(*lines, header=names, eenheid="eurocent").tables["declaratie"]["bedrag_eur"].tolist()
        == [Decimal("88.10")] * 2
    )


@pytest.mark.parametrize("month", ["202505", "2025-05", "mei 2025", "05-2025", "01-05-2025"])
def test_a_month_is_enough_for_the_period(month: str) -> None:
    header = tuple(name for name in HEADER if name != "Einde periode")
    lines, _ = renamed([declared(**{"Begin periode": month})], "Begin periode", "Prestatiemaand")
    header = tuple("Prestatiemaand" if name == "Begin periode" else name for name in header)
    assert reading(*lines, header=header).tables["declaratie"]["prestatiemaand"].tolist() == [MAY]


@pytest.mark.parametrize(
    ("change", "reden"),
    [
        ({"Begin periode": "20-05-2025", "Einde periode": "16-06-2025"}, "niet in één maand"),
        ({"Einde periode": "30-04-2025"}, "eindigt vóór"),
        ({"Begin periode": "", "Einde periode": ""}, "maand van de zorg is leeg"),
        ({"Begin periode": "01-07-2025", "Einde periode": "31-07-2025"}, "ligt na de peildatum"),
        ({"Ontvangen op": "01-07-2025"}, "ontvangen na de peildatum"),
        ({"Ontvangen op": ""}, "datum ontvangen is leeg"),
        ({"Bedrag (eurocent)": ""}, "bedrag is leeg"),
        ({"Bedrag (eurocent)": "88x"}, "geen bedrag"),
        ({"Bedrag (eurocent)": "8810,5"}, "delen van een cent"),
        ({"Bedrag (eurocent)": "100000001"}, "meer dan 1.000.000 euro"),
        ({"Debet/credit": "X"}, "geen D (debet) of C"),
        ({"Productcategorie": "01"}, "is van de Wmo"),
        ({"BSN": "", "Clientnummer": ""}, "geen cliëntnummer"),
    ],
)
def test_a_line_that_is_not_certain_is_refused(change: dict[str, object], reden: str) -> None:
    found = reading(declared(0), declared(1), declared(2, **change))
    assert (found.rijen_geladen, found.rijen_geweigerd) == (2, 1)
    assert reden in found.refusals[0].reden and found.refusals[0].rij == 4


def test_a_line_twice_in_one_file_counts_once_and_its_credit_is_another_line() -> None:
    found = reading(declared(0), declared(0), declared(0, **{"Debet/credit": "C"}))
    assert (found.rijen_geladen, found.rijen_geweigerd) == (2, 1)
    assert found.tables["declaratie"]["regel"].tolist() == ["R0 D", "R0 C"]


def test_a_line_without_reference_is_known_by_its_day_of_receipt() -> None:
    header = tuple(name for name in HEADER if name != "Referentie")
    found = reading(declared(0), declared(1, **{"Ontvangen op": "05-06-2025"}), header=header)
    assert found.tables["declaratie"]["regel"].nunique() == 2
    assert any("geen referentie" in notice for notice in found.notices)


def test_the_state_of_declarations_is_the_newest_and_a_line_that_comes_again_replaces() -> None:
    for source in (wmo.WMO, jeugd.JEUGD):
        entity = next(e for e in source.entities if e.name == "declaratie")
        assert entity.toestand == "laatste" and "regel" in source.key["declaratie"]
        assert set(source.key["declaratie"]) <= {column.name for column in entity.columns}


def test_an_impossible_volume_is_refused_and_not_a_fault() -> None:
    found = reading(declared(0), declared(1, Volume="1000000000000"))
    assert (found.rijen_geladen, found.rijen_geweigerd) == (1, 1) and "onmogelijk groot" in found.refusals[0].reden
