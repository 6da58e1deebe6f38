"""Exports of lines: what any source may rely on, whatever its columns are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.lines import BAD, Field, Kind, described, read_lines, values
from etl.lines.fields import cbs_period, money, number, region, year
from etl.lines.persons import households, identify
from etl.mapping import parse_mapping
from etl.readers.cells import Sheet
from etl.source import Column, Context, Entity, Reading

POST = Kind(
    Entity("post", "A line", (Column("naam", "VARCHAR", "name"), Column("bedrag", "DECIMAL(18,2)", "amount"))),
    {
        "naam": Field(("Naam", "Omschrijving"), required=True, filled=True),
        "dag": Field(("Dag",), values.date, required=True),
        "bedrag": money("Bedrag", "Bedrag (eurocent)", "Kosten in euro", required=True, cents=True),
    },
    same=("naam", "dag", "bedrag"),
)
AANTAL = Kind(
    Entity("aantal", "A count", (Column("naam", "VARCHAR", "name"), Column("aantal", "INTEGER", "count"))),
    {
        "naam": Field(("Naam",), required=True),
        "aantal": Field(("Aantal",), values.whole, required=True),
        "maand": Field(("Maand",), values.first_of_month, required=True),
    },
)
HEADER = ["Naam", "Dag", "Bedrag (eurocent)"]


def read(*rows: list[object], bestand: str = "x_2026-09-30.csv", naam: str = "Blad1", **mapping: object) -> Reading:
    width = max(len(row) for row in rows)
    sheet = Sheet(bestand, naam, [[*row, *[None] * (width - len(row))] for row in rows], text=True)
    chosen = parse_mapping(dict(mapping)) if mapping else None
    reading = read_lines([sheet], Context(bestand, chosen), (POST, AANTAL), "posten")
    assert reading.rijen_gelezen == reading.rijen_geladen + reading.rijen_geweigerd + reading.rijen_buiten_bereik
    return reading


def test_the_kind_of_lines_is_told_by_its_columns() -> None:
    assert list(read(HEADER, ["a", "01-09-2026", "100"]).tables) == ["post"]
    counts = read(["Naam", "Aantal", "Maand"], ["a", "3", "2026-09"])
    assert counts.tables["aantal"].to_dict("records")[0] | {"bron_blad": "", "bron_rij": 0} == {
        "naam": "a", "aantal": 3, "bron_blad": "", "bron_rij": 0,
    }  # fmt: skip


def test_a_kind_said_by_the_mapping_is_the_only_one() -> None:
    assert read(HEADER, ["a", "01-09-2026", "100"], soort="aantal").refused
    assert "soort" in read(HEADER, ["a", "01-09-2026", "100"], soort="niets").refusals[0].reden


@pytest.mark.parametrize(
    ("header", "written", "euro"),
    [("Bedrag (eurocent)", "12.345", "123.45"), ("Bedrag", "123,45", "123.45"), ("Kosten in euro", "123", "123")],
)
def test_cents_are_told_by_the_header_or_by_decimals(header: str, written: str, euro: str) -> None:
    decimaal = {"decimaal": ","} if "." in written else {}
    reading = read(["Naam", "Dag", header], ["a", "01-09-2026", written], **decimaal)
    assert reading.tables["post"]["bedrag"].tolist() == [Decimal(euro)]


def test_whole_amounts_without_a_unit_are_asked_about() -> None:
    reading = read(["Naam", "Dag", "Bedrag"], ["a", "01-09-2026", "12345"])
    assert (
        reading.refused and "eurocent" in reading.refusals[0].reden and "mapping.toml" in reading.refusals[0].oplossing
    )
    said = read(["Naam", "Dag", "Bedrag"], ["a", "01-09-2026", "12345"], eenheid="eurocent")
    assert said.tables["post"]["bedrag"].tolist() == [Decimal("123.45")]


def test_a_refused_line_names_its_cell_and_what_stood_there() -> None:
    reading = read(["Titel"], HEADER, ["a", "01-09-2026", "100"], ["b", "32-09-2026", "100"])
    [refusal] = reading.refusals
    assert (refusal.blad, refusal.rij, refusal.kolom, refusal.waarde) == ("Blad1", 4, "B", "32-09-2026")
    assert reading.rijen_geladen == 1


def test_totals_footers_and_repeated_headers_are_outside_and_blank_rows_are_nothing() -> None:
    reading = read(
        HEADER, ["a", "01-09-2026", "100"], [], HEADER, ["b", "02-09-2026", "50"], ["Totaal", None, "150"],
        ["Afgedrukt op 1-10-2026"],
    )  # fmt: skip
    assert (reading.rijen_geladen, reading.rijen_buiten_bereik) == (2, 3)


def test_a_line_whose_name_begins_with_totaal_is_a_line_when_it_is_whole() -> None:
    assert read(HEADER, ["Totaalpakket", "01-09-2026", "100"]).rijen_geladen == 1


def test_an_equal_line_counts_once() -> None:
    reading = read(HEADER, ["a", "01-09-2026", "100"], ["a", "01-09-2026", "100"], ["a", "02-09-2026", "100"])
    assert (reading.rijen_geladen, reading.rijen_geweigerd) == (2, 1)
    assert "dubbele regel" in reading.refusals[0].reden


def test_a_missing_column_a_double_one_and_no_table_refuse_the_file() -> None:
    # A table with only two of three columns is not surely this table: it is refused, never read in part.
    assert read(["Naam", "Dag", "Anders"], ["a", "01-09-2026", "1"]).refused
    double = read([*HEADER, "Omschrijving"], ["a", "01-09-2026", "100", "b"])
    assert double.refused and "A en D" in double.refusals[0].reden
    assert "geen tabel" in read(["iets"], ["anders"]).refusals[0].reden


def test_a_filter_counts_only_what_it_names() -> None:
    reading = read(HEADER, ["a", "01-09-2026", "100"], ["b", "01-09-2026", "200"], filter={"Naam": "b"})
    assert (reading.rijen_geladen, reading.rijen_buiten_bereik) == (1, 1)
    assert read(HEADER, ["a", "01-09-2026", "100"], filter={"Anders": "b"}).refused


def test_two_peildata_refuse_the_file() -> None:
    assert read(["Peildatum: 31-08-2026"], HEADER, ["a", "01-08-2026", "100"]).refused
    assert read(HEADER, ["a", "01-08-2026", "100"], bestand="x.csv").refused


@given(st.integers(0, 3), st.permutations(range(3)), st.integers(0, 2))
def test_titles_above_columns_in_another_order_and_blank_columns_change_nothing(
    titles: int, order: list[int], blank: int
) -> None:
    rows = [HEADER, ["a", "01-09-2026", "100"], ["b", "02-09-2026", "250"]]
    moved = [[*[None] * blank, *(row[i] for i in order)] for row in rows]
    reading = read(*[["Overzicht"]] * titles, *moved)
    assert [str(v) for v in reading.tables["post"]["bedrag"]] == ["1.00", "2.50"]
    assert reading.tables["post"]["bron_rij"].tolist() == [titles + 2, titles + 3]


@pytest.mark.parametrize(
    ("written", "month"),
    [("202603", 3), ("2026-03", 3), ("03-2026", 3), ("mrt 2026", 3), ("maart 2026", 3), ("15-03-2026", 3),
     (dt.date(2026, 3, 31), 3), (202603, 3), ("2026-13", None), ("maart", None), ("13", None)],
)  # fmt: skip
def test_a_month_is_understood_or_refused(written: object, month: int | None) -> None:
    found = values.first_of_month(written)  # type: ignore[arg-type]
    assert found == (dt.date(2026, month, 1) if month else BAD)


def test_regions_periods_years_and_numbers() -> None:
    assert (region("GM1895"), region("Nederland"), region("Nergens"), region(None)) == ("GM1895", "NL01", BAD, None)
    assert (cbs_period(2024), cbs_period("2025HJ01"), cbs_period("24")) == ("2024JJ00", "2025HJ01", BAD)
    assert (year("2024-2025"), year("CEO 2024"), year(2024.0)) == (BAD, 2024, 2024)
    assert (number("81,5 %"), number("1.234"), number("n.v.t.")) == (Decimal("81.5"), BAD, None)


@pytest.mark.parametrize(
    ("postcode", "huisnummer", "toevoeging", "adres"),
    [("9999 xa", "12", None, "adres:9999XA12"), ("9999XA", "12", "a", "adres:9999XA12-A"),
     ("9999XA", "12 a", None, "adres:9999XA12-A"), ("9999XA", "012-A", "", "adres:9999XA12-A"),
     ("9999XA", None, None, None), ("99 XA", "12", None, None)],
)  # fmt: skip
def test_one_address_is_one_household_however_it_is_written(
    postcode: str, huisnummer: str | None, toevoeging: str | None, adres: str | None
) -> None:
    import pandas as pd

    frame = pd.DataFrame({"postcode": [postcode], "huisnummer": [huisnummer], "toevoeging": [toevoeging]}, dtype=object)
    assert households(frame).tolist() == [adres]


def test_a_person_is_known_by_bsn_and_a_client_number_with_two_is_nobody_in_particular() -> None:
    import pandas as pd

    frame = pd.DataFrame(
        {"bsn": ["999900006", None, "999900018", None, BAD], "clientnummer": ["A", "A", "B", "C", "B"]}, dtype=object
    )
    persons, invalid = identify(frame)
    assert persons.tolist() == ["bsn:999900006", "bsn:999900006", "bsn:999900018", "client:C", "bsn:999900018"]
    assert invalid == 1
    two = pd.DataFrame({"bsn": ["999900006", "999900018", None], "clientnummer": ["A", "A", "A"]}, dtype=object)
    assert identify(two)[0].tolist()[2] == "client:A"


def test_a_record_tells_its_headers_for_docs_and_proposals() -> None:
    told = described((POST, AANTAL))
    assert told["needed"] == ("naam", "dag", "bedrag") and told["fields"]["naam"] == ("Naam", "Omschrijving")


def test_the_noise_of_a_formula_is_no_amount_and_finer_amounts_are_rounded_with_a_notice() -> None:
    rows = [["Naam", "Dag", "Bedrag"], ["a", dt.date(2026, 9, 1), 0.1 + 0.2], ["b", dt.date(2026, 9, 1), 33.335]]
    found = read_lines([Sheet("x_2026-09-30.xlsx", "B", rows)], Context("x_2026-09-30.xlsx"), (POST,), "posten")
    assert [str(v) for v in found.tables["post"]["bedrag"]] == ["0.30", "33.34"]
    assert found.notices == ["1 keer is bedrag afgerond op 2 decimalen."]
