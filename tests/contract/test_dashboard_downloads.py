"""What leaves the monitor as a file: the cells of the screen, with what is needed to read them elsewhere."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import openpyxl
import pytest
from dash import Dash, dcc, html
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.components.figure import components
from dashboard.export.cells import cell
from dashboard.export.delimited import delimited
from dashboard.export.notes import Taken, notes
from dashboard.export.read import figure_of, words
from tests.support.figures import STATES, layout


def sections(app: Dash, path: str, query: str) -> Iterator[Any]:
    yield from (c for c in components(layout(app, path, query)) if getattr(c, "data-blok", None))


def links(section: Any, form: str) -> list[str]:
    return [c.href for c in components(section) if isinstance(c, html.A) and c.href.split("?")[0].endswith(f".{form}")]


def on_screen(section: Any) -> list[list[list[str]]]:
    """The words of every table below the source line, cell by cell; of the tables of the picture without these."""
    parts = list(section.children)
    place = next(i for i, part in enumerate(parts) if getattr(part, "className", "") == "bron")
    tables: list[Any] = []
    for group in (parts[place:], parts[:place]):
        tables = tables or [c for c in components(group) if isinstance(c, html.Table)]
    return [
        [
            [words(c) for c in components(row) if isinstance(c, (html.Th, html.Td))]
            for row in components(table)
            if isinstance(row, html.Tr)
        ]
        for table in tables
    ]


def as_shown(value: Any, number_format: str) -> str:
    """Write a cell of a workbook as Excel with Dutch settings does."""
    if isinstance(value, str) or value is None:
        return value or ""
    parts = number_format.split(";")
    zero = parts[2] if len(parts) > 2 else parts[0]
    chosen = parts[1] if value < 0 else zero if value == 0 else parts[0]
    digits = re.search(r"#,##0(?:\.(0+))?|(?<![#,])0(?:\.(0+))?", re.sub(r'"[^"]*"', "", chosen))
    assert digits, number_format
    decimals = len(digits.group(1) or digits.group(2) or "")
    text = f"{abs(value):{',' if '#' in digits.group() else ''}.{decimals}f}"
    text = text.translate(str.maketrans(",.", ".,"))
    return "".join(re.split(r'"([^"]*)"', chosen.replace(digits.group(), f'"{text}"')))


@pytest.mark.parametrize(("path", "query"), STATES)
def test_the_cells_of_a_workbook_are_those_of_the_screen(
    figures_app: Dash, figures_client: FlaskClient, path: str, query: str
) -> None:
    for section in sections(figures_app, path, query):
        for href in links(section, "xlsx"):
            answer = figures_client.get(href)
            assert answer.status_code == 200, href
            book = openpyxl.load_workbook(io.BytesIO(answer.data))
            assert book.sheetnames[:2] == ["Cijfers", "Toelichting"]
            found = [
                [[as_shown(c.value, c.number_format) for c in row] for row in book[name].iter_rows(min_row=5)]
                for name in book.sheetnames
                if name != "Toelichting"
            ]
            assert found == on_screen(section), href


def said(book: openpyxl.Workbook) -> dict[str, str]:
    return {str(name.value): str(text.value) for name, text in book["Toelichting"].iter_rows()}


def workbook(client: FlaskClient, href: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(client.get(href).data))


INDICATOR = "/download/indicator/verloop.{}?indicator=ervaren_gezondheid&uitsplitsing=totaal"


def test_the_explanation_says_what_the_figure_is(figures_client: FlaskClient) -> None:
    told = said(workbook(figures_client, INDICATOR.format("xlsx")))
    assert told["Let op"].startswith("VOORBEELDDATA")
    assert told["Bronregel"].startswith("Bron: CBS") and "·" in told["Bronregel"]
    assert told["Status"] == "definitief" and "2024" in told["Peildatum"]
    assert told["Geteld (teller)"] and told["Van (noemer)"] and told["Wat het is"] and told["Bron"].startswith("CBS")
    assert told["Adres in de monitor"].startswith("/indicator?indicator=ervaren_gezondheid")
    assert told["Adres in de monitor"].endswith("#verloop") and told["Publicatie"].startswith("r1,")


def test_a_number_is_a_number_a_secret_is_a_word_and_no_figure_is_another(figures_client: FlaskClient) -> None:
    for href, sign in (("/download/indicator/verloop.xlsx?indicator=jeugdhulpgebruik&periode=HJ", "geheim"),
                       ("/download/budget/manieren.xlsx?onderdeel=begeleiding", "geen waarde")):  # fmt: skip
        book = workbook(figures_client, href)
        values = [c.value for row in book["Cijfers"].iter_rows(min_row=6, min_col=2) for c in row]
        assert any(isinstance(v, (int, float)) for v in values) and sign in values and sign in said(book)


def test_csv_opens_in_a_dutch_spreadsheet(figures_client: FlaskClient) -> None:
    answer = figures_client.get(INDICATOR.format("csv"))
    assert answer.data.startswith(b"\xef\xbb\xbf") and answer.mimetype == "text/csv"
    text = answer.data.decode("utf-8-sig")
    assert text.startswith("# VOORBEELDDATA")
    rows = list(csv.reader((line for line in text.splitlines() if not line.startswith("#")), delimiter=";"))
    assert rows[0][0] == "Periode" and all(len(row) == len(rows[0]) for row in rows)
    assert re.fullmatch(r"\d+,\d", rows[1][1])


@pytest.mark.parametrize(("path", "query"), STATES)
def test_csv_says_the_numbers_of_the_screen(
    figures_app: Dash, figures_client: FlaskClient, path: str, query: str
) -> None:
    for section in sections(figures_app, path, query):
        for href in links(section, "csv"):
            text = figures_client.get(href).data.decode("utf-8-sig")
            rows = [r for r in csv.reader(io.StringIO(text), delimiter=";") if r and not r[0].startswith("#")]
            shown = [row for table in on_screen(section) for row in table]
            assert len(rows) == len(shown), href
            for found, row in zip(rows, shown, strict=True):
                for value, screen in zip(found, row, strict=True):
                    number = cell(screen).number
                    same = value.lstrip("'") in (screen, f"{number}".replace(".", ","))
                    assert same or screen in value, (value, screen)


def test_no_cell_of_a_csv_is_a_formula(figures_client: FlaskClient) -> None:
    text = figures_client.get("/download/budgetten.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert any(row and row[0] == "'=1+1" for row in rows)
    for value in (value for row in rows for value in row):
        assert not value.startswith(("=", "@", "+", "\t")) and not re.match(r"-(?!\d+(,\d+)?$)", value), value


def test_no_cell_of_a_workbook_is_a_formula(figures_client: FlaskClient) -> None:
    book = workbook(figures_client, "/download/budgetten.xlsx")
    cells = [c for row in book["Cijfers"].iter_rows() for c in row]
    assert any(c.value == "=1+1" and c.data_type == "s" and c.quotePrefix for c in cells)
    assert not any(c.data_type == "f" for c in cells)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_name_of_a_file_says_what_it_is(figures_client: FlaskClient, form: str) -> None:
    name = figures_client.get(INDICATOR.format(form)).headers["Content-Disposition"]
    assert f"monitor_indicator_ervaren_gezondheid_verloop_2026-09-30_VOORBEELDDATA.{form}" in name


def test_real_figures_carry_no_banner(figures_app: Dash) -> None:
    shown = figure_of(layout(figures_app, "/", ""), "budgetten")
    assert shown is not None
    real = Taken(shown, "r1", date(2026, 10, 3), date(2026, 9, 30), "Voorbeeld", synthetic=False)
    assert b"VOORBEELD" not in delimited(real) and "VOORBEELD" not in real.name
    assert not any("VOORBEELD" in text for _, text in notes(real))


@pytest.mark.parametrize(
    "href",
    ["/download/bestaat-niet.csv", "/download/nergens/verloop.csv", "/download/budget/verloop.pdf",
     "/download/indicator/verloop.xlsx?indicator=bestaat_niet", "/download/budget/../../verloop.csv"],
)  # fmt: skip
def test_what_is_not_there_gets_a_sentence(figures_client: FlaskClient, href: str) -> None:
    answer = figures_client.get(href)
    assert answer.status_code == 404 and "staat niet" in answer.text


def test_a_name_that_the_page_does_not_know_changes_no_link(figures_app: Dash) -> None:
    found = [links(s, "csv") for s in sections(figures_app, "/budget", "zomaar=%0d%0aiets&onderdeel=begeleiding")]
    assert found and all("zomaar" not in href for hrefs in found for href in hrefs)


@pytest.mark.parametrize(("path", "query"), STATES)
def test_every_figure_can_be_taken_along(figures_app: Dash, path: str, query: str) -> None:
    for section in sections(figures_app, path, query):
        if "Niet te downloaden: " in words(section):
            assert not links(section, "xlsx") and not getattr(section, "data-adres")
            continue
        assert links(section, "xlsx") and links(section, "csv"), f"{getattr(section, 'data-blok')} op {path}"
        charts = any(isinstance(c, dcc.Graph) for c in components(section))
        assert charts == any(getattr(c, "data-plaatje", None) for c in components(section))


def test_a_download_before_the_first_publication_says_so(tmp_path: Any) -> None:
    assert create_app(tmp_path).server.test_client().get("/download/budgetten.csv").status_code == 404
