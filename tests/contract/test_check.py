"""`etl check`: shows what would be read and refused, writes nothing, and never shows a person."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from rich.console import Console

from etl.check import check_files, render
from etl.reading import read_delivery
from etl.source import Context, Entity, Reading, Source, sources

GOOD = (
    "Peildatum: 30-09-2026;;;\nBoekjaar 2026;;;\nBedragen in euro's;;;\nTaakveld;L/B;Begroting;Realisatie\n"
    "6.1;L;1.000,00;750,25\n6.711;L;2.000,00;1.500,50\n"
)


def page(folder: Path, text: str, name: str = "k2f.csv") -> tuple[str, int]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    console = Console(file=io.StringIO(), width=150)
    code = render(check_files([path]), console)
    return console.file.getvalue(), code


def test_a_good_file_shows_its_rows_and_counts(tmp_path: Path) -> None:
    shown, code = page(tmp_path, GOOD)
    assert code == 0
    for part in (
        "Financiën (K2F)",
        "30-09-2026",
        "2 gelezen = 2 te laden + 0 geweigerd",
        "1.500,50",
        "niets opgeslagen",
    ):
        assert part in shown
    assert sorted(p.name for p in tmp_path.iterdir()) == ["k2f.csv"]


def test_a_bad_file_shows_place_reason_and_remedy(tmp_path: Path) -> None:
    shown, code = page(tmp_path, GOOD.replace("750,25", "onbekend"))
    assert code == 1
    for part in ("rij 5", "D (Realisatie)", "onbekend", "Oplossing:", "hele bestand is geweigerd"):
        assert part in shown


def test_markup_in_a_cell_is_shown_as_it_is(tmp_path: Path) -> None:
    shown, _ = page(tmp_path, GOOD.replace("750,25", "[red]x[/]"))
    assert "[red]x[/]" in shown


def test_the_mapping_beside_the_file_is_used_and_its_mistakes_are_told(tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text('eenheid = "dollar"', encoding="utf-8")
    shown, code = page(tmp_path, GOOD)
    assert code == 1 and '"eurocent" of "x1000"' in shown


def test_an_unknown_source_is_a_sentence(tmp_path: Path) -> None:
    results = check_files([tmp_path / "a.csv"], "bestaat_niet")
    assert results[0].reading.refused and "bestaat_niet" in render(results)


@pytest.mark.parametrize("source", sources().values(), ids=lambda s: s.name)
@pytest.mark.parametrize("raw", [b"", b"a;b\n1;2\n", b"<html>", b"\x00\x01", b"=1+1\n", b";;;\n;;;\n1"])
def test_no_source_raises_on_rubbish_and_every_reading_adds_up(source: Source, raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "rommel.csv"
    path.write_bytes(raw)
    reading = read_delivery(path, source, None, dt.date(2026, 9, 30))
    assert reading.refused and reading.refusals
    assert reading.rijen_gelezen == reading.rijen_geladen + reading.rijen_geweigerd + reading.rijen_buiten_bereik
    assert all(refusal.reden and refusal.oplossing for refusal in reading.refusals)


def test_a_fault_in_a_source_refuses_the_file_and_names_no_value(tmp_path: Path) -> None:
    def broken(sheets: list, context: Context) -> Reading:
        raise KeyError("999900006")

    source = Source("proef", "Proef", 31, True, (Entity("x", "x", ()),), broken)
    path = tmp_path / "a.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    reading = read_delivery(path, source)
    assert reading.refused and "999900006" not in str(reading)


@pytest.mark.parametrize(("name", "first"), [("a_VOORBEELDDATA.csv", "x"), ("a.csv", "Gemeente X (Voorbeelddata)")])
def test_a_file_that_calls_itself_an_example_is_marked(tmp_path: Path, name: str, first: str) -> None:
    path = tmp_path / name
    path.write_text(f"{first};;;\n{GOOD}", encoding="utf-8")
    assert read_delivery(path, sources()["k2f"]).voorbeelddata
    path = tmp_path / "b.csv"
    path.write_text(GOOD, encoding="utf-8")
    assert not read_delivery(path, sources()["k2f"]).voorbeelddata
