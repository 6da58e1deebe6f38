"""The budget holder's own forecast in an overview: read where it is certain, left out with a reason where it is not.

Whatever stands in those columns, everything else in the file is read to the cent as if they were not there.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from etl.source import Reading
from tests.support.k2f_overview import (
    HEAD,
    TITLES,
    TRUTH,
    Rows,
    expected,
    got,
    lines,
    read,
    text_file,
    titled,
    workbook,
)  # fmt: skip

Key = tuple[str, str]
#: What budget holders expect of each line of TRUTH, in euros.
SAID = [545_000, 80_000, 1_230_000, 3_310_000, 250_000, 690_000]
KEYS = [(taakveld, side) for taakveld, _, side, *_ in TRUTH]
WHOLE = {key: Decimal(said) for key, said in zip(KEYS, SAID, strict=True) if key[0].startswith("6.")}


def table(header: Any = "Prognose", said: list[Any] = SAID, head: Rows = (), foot: Rows = ()) -> Rows:
    rows = [[*line, value] for line, value in zip(lines(), said, strict=True)]
    return titled([*head, [*HEAD, header]], rows, list(foot))


def prognoses(reading: Reading) -> dict[Key, Decimal]:
    rows = reading.tables["overzicht"].to_dict("records")
    return {(r["taakveld"], r["lasten_baten"]): r["prognose_eur"] for r in rows if r["prognose_eur"] is not None}


def left_out(reading: Reading, why: str = "") -> bool:
    notices = [notice for notice in reading.notices if "niet worden gelezen" in notice]
    return got(reading) == expected() and not prognoses(reading) and any(why in notice for notice in notices)


@pytest.mark.parametrize("header", [
    "Prognose", "Prognose 2026", "prognose budgethouder", "Prognose (budgethouder)", "Jaarprognose",
    "Verwachte uitkomst", "Verwachte realisatie",
    "Verwachte realisatie 2026", "Eindejaarsverwachting", "Prognose einde jaar", "Eindprognose",
    "Prognose t/m december", "Prognose per 31-12-2026", "Prognose t/m periode 12", "Prognose (in euro's)",
    "Verwachting", "Prognose heel jaar",
])  # fmt: skip
def test_a_forecast_of_the_whole_year_is_read_by_many_names(header: str, tmp_path: Path) -> None:
    reading = read(workbook(tmp_path / "a.xlsx", table(header)))
    assert prognoses(reading) == WHOLE and got(reading) == expected()


@pytest.mark.parametrize("header", [
    "Prognose rest van het jaar", "Prognose (rest van het jaar)", "Prognose restant jaar",
    "Afwijking prognose", "Verschil prognose", "Prognose t.o.v. begroting", "Prognose (V/N)",
    "Prognose %", "Nog te verwachten", "Verwachte afwijking", "Prognose per 30-9", "Prognose 2027", "Saldo prognose",
    "Prognose vorige maand", "Prognose cumulatief", "Nog verwachte realisatie",
])  # fmt: skip
def test_what_is_no_forecast_of_this_whole_year_is_left_out(header: str, tmp_path: Path) -> None:
    assert left_out(read(workbook(tmp_path / "a.xlsx", table(header))))


@pytest.mark.parametrize("header", ["Prognose t/m periode 10", "Prognose 4e kwartaal"])
def test_a_forecast_up_to_another_period_than_the_file_is_asked(header: str, tmp_path: Path) -> None:
    reading = read(workbook(tmp_path / "a.xlsx", table(header)))
    assert any("verschillende perioden" in refusal.reden for refusal in reading.refusals)


@pytest.mark.parametrize(("said", "why"), [
    ([said - row[5] for said, row in zip(SAID, TRUTH, strict=True)], "passen niet bij"),  # what is still to come
    ([20_000, 0, 30_000, 160_000, 0, -10_000], "passen niet bij"),  # a difference with the budget
    ([-said for said in SAID], "passen niet bij"),
    ([said / 1000 for said in SAID], "passen niet bij"),
])  # fmt: skip
def test_amounts_that_can_be_no_whole_year_are_left_out_unless_the_mapping_says_so(
    said: list[float], why: str, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", table(said=said))
    assert left_out(read(path), why)
    assert set(prognoses(read(path, kolommen={"prognose": "Prognose"}))) == set(WHOLE)


def test_thousands_are_thousands_for_the_forecast_too(tmp_path: Path) -> None:
    rows = [[*line[:3], *(v / 1000 for v in line[3:]), said / 1000] for line, said in zip(lines(), SAID, strict=True)]
    titles = [*TITLES[:3], "Bedragen x € 1.000"]
    reading = read(workbook(tmp_path / "a.xlsx", titled([[*HEAD, "Prognose"]], rows, titles=titles)))
    assert prognoses(reading) == WHOLE


def test_a_text_file_writes_it_with_points_and_commas(tmp_path: Path) -> None:
    assert prognoses(read(text_file(tmp_path / "a.csv", table()))) == WHOLE
    whole = [f"{said:,}".replace(",", ".") for said in SAID]
    assert prognoses(read(text_file(tmp_path / "b.csv", table(said=whole)))) == WHOLE


def test_baten_written_as_negative_amounts_are_income_in_the_forecast_too(tmp_path: Path) -> None:
    said = [-value if side == "B" else value for value, (_, side) in zip(SAID, KEYS, strict=True)]
    rows = [[*line, value] for line, value in zip(lines(baten=-1), said, strict=True)]
    path = workbook(tmp_path / "a.xlsx", titled([[*HEAD, "Prognose"]], rows))
    assert prognoses(read(path, baten_teken="negatief")) == WHOLE


def grouped(own: str = "Prognose") -> Rows:
    """Lasten and baten as columns under each measure."""
    head = ["Taakveld", *["Lasten", "Baten"] * 3]
    top = [None, "Begroting na wijziging", None, "Realisatie", None, own, None]
    body: dict[str, list[Any]] = {}
    for (taakveld, _, side, prim, wijz, real, _), said in zip(TRUTH, SAID, strict=True):
        row = body.setdefault(taakveld, [taakveld, 0, 0, 0, 0, 0, 0])
        for place, value in enumerate((prim + wijz, real, said)):
            row[1 + 2 * place + (side == "B")] = value
    return titled([top, head], list(body.values()))


def test_lasten_and_baten_under_a_group_are_two_forecasts(tmp_path: Path) -> None:
    found = prognoses(read(workbook(tmp_path / "a.xlsx", grouped())))
    assert {key: value for key, value in found.items() if value} == WHOLE
    assert not prognoses(read(workbook(tmp_path / "b.xlsx", grouped("Prognose rest van het jaar"))))


def test_realisatie_under_a_group_prognose_is_never_what_was_booked(tmp_path: Path) -> None:
    rows = grouped()
    rows[4], rows[5] = [*rows[4][:5], "Prognose", None], [*rows[5][:5], "Realisatie lasten", "Realisatie baten"]
    reading = read(workbook(tmp_path / "a.xlsx", rows))
    booked = {
        (r["taakveld"], r["lasten_baten"]): r["bedrag_eur"] for r in reading.tables["overzicht"].to_dict("records")
    }
    assert booked["6.1", "L"] == Decimal("310250.55")


def test_a_printed_total_must_be_the_sum_of_the_forecasts(tmp_path: Path) -> None:
    sums = ["Totaal", None, None, *(round(sum(row[c] for row in lines()), 2) for c in range(3, 8))]
    right = read(workbook(tmp_path / "a.xlsx", table(foot=[[*sums, sum(SAID)]])))
    assert prognoses(right) == WHOLE
    wrong = read(workbook(tmp_path / "b.xlsx", table(foot=[[*sums, sum(SAID) + 1_000]])))
    assert left_out(wrong, "niet de som")
    only = read(workbook(tmp_path / "c.xlsx", table(said=[None] * 6, foot=[[*sums, sum(SAID)]])))
    assert left_out(only, "geen regel heeft een prognose")


def test_no_forecast_is_not_a_forecast_of_nothing(tmp_path: Path) -> None:
    said = [SAID[0], None, "zie toelichting", *SAID[3:]]
    reading = read(workbook(tmp_path / "a.xlsx", table(said=said)))
    assert prognoses(reading) == {key: value for key, value in WHOLE.items() if key not in (KEYS[1], KEYS[2])}
    assert got(reading) == expected()
    assert any("geen bedrag" in notice for notice in reading.notices)


def test_lines_of_one_key_have_a_sum_only_when_each_has_a_forecast(tmp_path: Path) -> None:
    rows = [*lines(), [*lines()[0][:3], 10_000, 0, 10_000, 5_000, 0]]
    for extra, said in ((11_000, Decimal(556_000)), (None, None)):
        values = [*SAID, extra]
        whole = titled([[*HEAD, "Prognose"]], [[*row, v] for row, v in zip(rows, values, strict=True)])
        assert prognoses(read(workbook(tmp_path / "a.xlsx", whole))).get(("6.1", "L")) == said


@pytest.mark.parametrize(("head", "why"), [
    (["Prognose", "Verwachte uitkomst"], "meer kolommen"),
    (["Prognose lasten", "Prognose baten"], "lasten of baten"),
])  # fmt: skip
def test_two_columns_that_may_both_be_it_are_left_out(head: list[str], why: str, tmp_path: Path) -> None:
    rows = [[*line, said, said] for line, said in zip(lines(), SAID, strict=True)]
    assert left_out(read(workbook(tmp_path / "a.xlsx", titled([[*HEAD, *head]], rows))), why)


def test_the_mapping_chooses_between_two_columns_or_says_that_one_does_not_count(tmp_path: Path) -> None:
    rows = [[*line, 1, said] for line, said in zip(lines(), SAID, strict=True)]
    path = workbook(tmp_path / "a.xlsx", titled([[*HEAD, "Prognose", "Verwachte uitkomst"]], rows))
    assert prognoses(read(path, kolommen={"prognose": "Verwachte uitkomst"})) == WHOLE
    assert prognoses(read(path, kolommen={"restant": "Prognose"})) == WHOLE


def test_this_year_counts_beside_the_next(tmp_path: Path) -> None:
    rows = [[*line, said, said * 2] for line, said in zip(lines(), SAID, strict=True)]
    path = workbook(tmp_path / "a.xlsx", titled([[*HEAD, "Prognose 2026", "Prognose 2027"]], rows))
    assert prognoses(read(path)) == WHOLE


def test_an_expectation_without_anything_booked_beside_it_is_asked(tmp_path: Path) -> None:
    rows = [[*line[:6], line[6]] for line in lines()]
    reading = read(workbook(tmp_path / "a.xlsx", titled([[*HEAD[:6], "Verwachte realisatie"]], rows)))
    assert reading.refused
    assert any("is dit realisatie" in refusal.reden for refusal in reading.refusals)


def test_a_forecast_on_a_row_of_its_own_or_over_several_rows_is_left_out(tmp_path: Path) -> None:
    loose = [[None, "6.2", "L", None, None, None, None, None, 40_000]]
    assert left_out(read(workbook(tmp_path / "a.xlsx", table(foot=loose))), "staat alleen een prognose")
    path = tmp_path / "b.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Overzicht")
    for r, row in enumerate(table(said=[None, None, *SAID[2:]])):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value)
    sheet.merge_range("I6:I7", 625_000)
    book.close()
    assert left_out(read(path), "samengevoegd")
