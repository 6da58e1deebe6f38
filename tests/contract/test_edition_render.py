"""The edition as the council gets it: one HTML file, a PDF that a screen reader can read, and an annex of numbers."""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
from dataclasses import replace
from itertools import pairwise

import openpyxl
import pytest
from pypdf import PdfReader
from tinyhtml5 import parse

from dashboard.edition.annex import sheet_names, to_xlsx
from dashboard.edition.document import Alinea, Editie, Figuur, Getal, Hoofdstuk, Lijst, Tabel
from dashboard.edition.drawings_files import files
from dashboard.edition.html import to_html
from dashboard.edition.pdf import LibraryMissingError, no_fetching, to_pdf, weasyprint
from tests.support import edition_example as example
from tests.support.pdf_ua import violations

XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def editie() -> Editie:
    return example.editie(rows=22)


@pytest.fixture(scope="module")
def html(editie: Editie) -> str:
    return to_html(editie)


@pytest.fixture(scope="module")
def pdf(html: str) -> PdfReader:
    return PdfReader(io.BytesIO(to_pdf(html)))


@pytest.fixture(scope="module")
def pages(pdf: PdfReader) -> list[str]:
    """The text of each page without its spaces: where a line ends is no part of what is said."""
    return [squeezed(page.extract_text()) for page in pdf.pages]


def small(gemaakt_op: dt.date = dt.date(2026, 7, 14), **other: object) -> Editie:
    """An edition that is made in a moment: one chapter with a small table and a drawing."""
    whole = example.editie(gemaakt_op=gemaakt_op)
    budgets = Hoofdstuk("b", "Budgetten", (example.balken(), example.budgettabel(2)))
    return replace(whole, hoofdstukken=(whole.hoofdstukken[0], budgets), **other)


def numbers(editie: Editie) -> set[str]:
    found: set[str] = set()
    for block in (b for h in editie.hoofdstukken for b in h.blokken):
        if isinstance(block, Alinea):
            found |= {p.tekst for p in block.delen if isinstance(p, Getal)}
        elif isinstance(block, Lijst):
            found |= {p.tekst for a in block.punten for p in a.delen if isinstance(p, Getal)}
        elif isinstance(block, Tabel):
            found |= {p.tekst for row in block.rijen for p in row if isinstance(p, Getal)}
    return found


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


# --- HTML


def test_the_page_needs_nothing_else_and_runs_nothing(html: str) -> None:
    assert not re.search(r"<script|<link|<img|<iframe|javascript:|@import|url\((?!url|\))| on\w+=", html)
    assert '<html lang="nl">' in html
    assert "Voorbeelddata" in html


def test_ids_are_unique_and_every_link_inside_goes_somewhere(html: str) -> None:
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {t for t in re.findall(r'href="#([^"]+)"', html)} <= set(ids)
    assert {t for names in re.findall(r'aria-labelledby="([^"]+)"', html) for t in names.split()} <= set(ids)


def test_headings_follow_each_other_without_a_step_left_out(html: str) -> None:
    levels = [int(v) for v in re.findall(r"<h([1-6])", html)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_every_drawing_has_a_name_and_says_what_it_shows(editie: Editie, html: str) -> None:
    figures = [b for h in editie.hoofdstukken for b in h.blokken if isinstance(b, Figuur)]
    assert html.count('role="img"') == len(figures)
    tree = parse(html, namespace_html_elements=False)
    assert [d.text for d in tree.iter("{http://www.w3.org/2000/svg}desc")] == [f.alternatief for f in figures]


def test_what_is_written_stays_as_it_was_written(editie: Editie) -> None:
    odd = replace(small(), gemeente='De "Quote" <b>& Co</b>', hoofdstukken=(Hoofdstuk("a", "A < B", ()),))
    html = to_html(odd)
    assert "<b>" not in html
    assert "A &lt; B" in html
    assert "</style>" not in html.split("</style>")[0]


@pytest.mark.parametrize("number", ["€ 0,9 miljoen", "geheim", "€ 1.000.000"])
def test_a_number_is_never_broken_over_two_lines(html: str, number: str) -> None:
    assert number.replace(" ", "\u00a0") in html


def test_the_lead_of_a_paragraph_stands_out_once() -> None:
    chapter = Hoofdstuk("a", "A", (Alinea(("Waarschijnlijk (80 %): in acht van de tien gevallen.",)),))
    html = to_html(replace(small(), hoofdstukken=(chapter,)))
    assert '<p class="stap"><strong>Waarschijnlijk (80\u00a0%):</strong> in acht' in html


def test_two_chapters_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="samenvatting"):
        to_html(replace(small(), hoofdstukken=small().hoofdstukken[:1] * 2))


def test_the_day_of_making_is_all_that_differs_when_it_is_made_again() -> None:
    first, later = to_html(small()), to_html(small(dt.date(2026, 8, 3)))
    assert first == to_html(small())
    assert later.replace("2026-08-03", "2026-07-14").replace("3 augustus 2026", "14 juli 2026") == first


# --- PDF


def test_the_pdf_meets_what_a_machine_can_check_of_pdf_ua(pdf: PdfReader) -> None:
    assert violations(pdf) == []


def test_the_check_finds_what_is_wrong_in_a_pdf_without_the_last_hand() -> None:
    chapter = Hoofdstuk("h", "H", (example.budgettabel(1),))
    html = to_html(replace(small(), hoofdstukken=(chapter,)))
    loose = weasyprint().HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    found = " ".join(violations(PdfReader(io.BytesIO(loose))))
    assert all(number in found for number in ("01-005", "15-003", "IDTree"))
    untagged = weasyprint().HTML(string="<p>tekst").write_pdf()
    assert len(violations(PdfReader(io.BytesIO(untagged)))) > 4


def test_bookmarks_title_and_language_guide_the_reader(editie: Editie, pdf: PdfReader) -> None:
    def titles(outline: list[object]) -> list[str]:
        return [t for o in outline for t in (titles(o) if isinstance(o, list) else [str(o["/Title"])])]  # type: ignore[index]

    assert titles(pdf.outline) == [editie.titel, *(h.titel for h in editie.hoofdstukken)]
    assert pdf.metadata is not None
    assert editie.titel in str(pdf.metadata.title)
    assert pdf.metadata.author == f"Gemeente {editie.gemeente}"
    assert pdf.trailer["/Root"]["/Lang"] == "nl"


def test_every_page_says_whose_it_is_which_page_and_that_it_is_made_up(editie: Editie, pages: list[str]) -> None:
    for number, text in enumerate(pages, 1):
        assert squeezed(f"Gemeente {editie.gemeente}") in text
        assert f"{number}van{len(pages)}" in text
        assert squeezed("Voorbeelddata: geen echte cijfers") in text


def test_every_number_of_the_edition_is_in_the_pdf(editie: Editie, pages: list[str]) -> None:
    assert not {n for n in numbers(editie) if squeezed(n) not in "".join(pages)}


def test_the_ten_indicators_stand_on_one_page(pages: list[str]) -> None:
    names = [squeezed(f.gegevens["naam"].iloc[0]) for f in example.npg()]
    assert any(all(name in text for name in names) for text in pages)


def test_the_title_of_a_table_never_ends_a_page_alone(editie: Editie, pages: list[str]) -> None:
    tables = [b for h in editie.hoofdstukken for b in h.blokken if isinstance(b, Tabel)]
    assert tables
    for table in tables:
        begin = squeezed(table.titel + "".join(table.kolommen))
        assert any(begin in text for text in pages), table.titel


def test_the_same_edition_gives_the_same_pdf() -> None:
    html = to_html(replace(small(), hoofdstukken=small().hoofdstukken[:1]))
    assert to_pdf(html) == to_pdf(html)


def test_a_pdf_fetches_nothing() -> None:
    with pytest.raises(ValueError, match="van elders"):
        no_fetching("http://127.0.0.1/plaatje.png")


def test_without_its_libraries_the_pdf_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with pytest.raises(LibraryMissingError, match=r"make libs.*libpango-1\.0-0"):
        to_pdf("<p>tekst")


# --- annex and loose figures


def test_the_annex_holds_each_number_as_a_number_with_its_origin(editie: Editie) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(editie)))
    rows = list(book["Getallen"].iter_rows(min_row=6, values_only=True))
    assert {r[2] for r in rows} == numbers(editie)
    said = "€\u00a00,9\u00a0miljoen"
    assert ("Samenvatting", "tekst", said, 912345, f"mart.v_voorbeeld|{said}") in rows
    assert all(r[3] is None for r in rows if r[2] == "geheim")


def test_a_sheet_per_table_and_drawing_with_a_header_that_stays_in_view(editie: Editie) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(editie)))
    parts = [b for h in editie.hoofdstukken for b in h.blokken if isinstance(b, (Tabel, Figuur))]
    assert book.sheetnames == ["Inhoud", *(p.id for p in parts), "Tekst", "Getallen"]
    for sheet in book:
        assert sheet.freeze_panes == "B6"
        assert str(sheet["A3"].value).startswith("Voorbeelddata")
    assert [c.value for c in book["budgetten"][5]] == list(example.budgettabel().kolommen)
    assert "Verwacht (euro)" in [c.value for c in book["budgetten-beeld"][5]]


def test_where_the_reader_sees_something_else_the_annex_says_what() -> None:
    table = Tabel("t", "T", ("Naam", "Bedrag", "Aantal"), (
        ("=SOM(1;2)", Getal("€\u00a01,2\u00a0miljoen", 1234567.0), Getal("1.234", 1234.0)),
        ("tweede", Getal("geheim", None), Getal("−12,5\u00a0%", -12.5)),
    ), (1, 2))  # fmt: skip
    edition = replace(small(), hoofdstukken=(Hoofdstuk("h", "H", (table,)),), voorbeelddata=False)
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(edition)))["t"]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert rows[0] == ("Naam", "Bedrag", "Bedrag (in de editie)", "Aantal")
    assert rows[1] == ("=SOM(1;2)", 1234567, "€\u00a01,2\u00a0miljoen", 1234)
    assert rows[2] == ("tweede", "geheim", "geheim", -12.5)
    assert sheet["A6"].data_type == "s"
    assert sheet["A3"].value is None


def test_a_table_in_thousands_is_in_whole_euros_in_the_annex() -> None:
    table = Tabel("t", "Lasten, × € 1.000", ("Naam", "Bedrag"), (("a", Getal("21.508", 21508000.0)),), (1,))
    edition = replace(small(), hoofdstukken=(Hoofdstuk("h", "H", (table,)),))
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(edition)))["t"]
    assert sheet["A1"].value == "Lasten, in euro's (in de editie × € 1.000)"
    assert [c.value for c in sheet[6]] == ["a", 21508000, "21.508"]


def test_the_same_edition_gives_the_same_annex() -> None:
    assert to_xlsx(small()) == to_xlsx(small())


def test_names_of_sheets_are_what_excel_accepts() -> None:
    names = sheet_names(["a" * 40, "a" * 40, "b/c:d", "Inhoud", ""])
    assert len(set(n.lower() for n in names)) == 5
    assert all(1 <= len(n) <= 31 and not re.search(r"[\[\]:*?/\\]", n) for n in names)
    assert "Inhoud" not in names


def test_each_figure_is_also_a_loose_svg_and_png() -> None:
    edition = replace(small(), hoofdstukken=(Hoofdstuk("h", "H", (example.npg()[9], example.npg()[0])),))
    found = files(edition)
    assert set(found) == {"npg-9.svg", "npg-9.png", "npg-0.svg", "npg-0.png"}
    assert all(v.startswith(b"\x89PNG" if k.endswith("png") else b"<?xml") for k, v in found.items())
    width, height = (int.from_bytes(found["npg-0.png"][a : a + 4], "big") for a in (16, 20))
    assert (width, height) == (756, pytest.approx(500, abs=60))
    assert files(edition) == found
