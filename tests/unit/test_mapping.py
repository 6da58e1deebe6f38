"""mapping.toml: what is allowed, and what is said about what is not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.mapping import MappingError, load_mapping, parse_mapping


def written(folder: Path, text: str) -> Path:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_full_mapping_is_understood(tmp_path: Path) -> None:
    mapping = load_mapping(
        written(
            tmp_path,
            'blad = "Overzicht"\nkoprij = 5\neenheid = "x1000"\ndecimaal = "."\nbaten_teken = "negatief"\n'
            'peildatum = 2026-09-30\nboekjaar = 2026\nlevering = "volledig"\n'
            '[kolommen]\ntaakveld = "Code"\n[filter]\n"Gemeenten" = ["A", "B"]\n'
            '[onderdeel.kostenplaats]\n"60010001" = "begeleiding"\n'
            '[[bestanden]]\npatroon = "*2025*"\nboekjaar = 2025\n',
        )
    )
    assert mapping.peildatum == dt.date(2026, 9, 30)
    assert mapping.for_file("k2f_2025_12.xlsx").boekjaar == 2025
    assert mapping.for_file("K2F_2026.xlsx").boekjaar == 2026
    assert mapping.for_file("k2f_2025_12.xlsx").eenheid == "x1000"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('eenheden = "euro"', "'eenheden' bestaat niet"),
        ('eenheid = "duizend"', '"eurocent" of "x1000"'),
        ("koprij = 0", "rijnummer vanaf 1"),
        ('peildatum = "31-09-2026"', "peildatum = 2026-09-30"),
        ('[onderdeel.kostenplaats]\n"1" = "bestaat_niet"', "bestaat_niet"),
        ('[onderdeel.product]\n"1" = "begeleiding"', "onderdeel.taakveld"),
        ("[[bestanden]]\nboekjaar = 2025", "patroon"),
        ('eenheid = "euro', "geen geldige TOML"),
        ("[kolommen]\ntaakveld = 3", "[kolommen]"),
    ],
)
def test_a_mistake_is_named_with_what_is_allowed(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(MappingError) as problem:
        load_mapping(written(tmp_path, text))
    assert said in str(problem.value)
    assert "Field required" not in str(problem.value) and "Input should" not in str(problem.value)


def test_a_missing_or_unreadable_mapping_is_a_dutch_sentence(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="kan niet worden geopend"):
        load_mapping(tmp_path / "mapping.toml")
    (tmp_path / "mapping.toml").write_bytes(b'blad = "\xe9"')
    with pytest.raises(MappingError, match="UTF-8"):
        load_mapping(tmp_path / "mapping.toml")


def test_a_dutch_date_may_be_written_as_text() -> None:
    assert parse_mapping({"peildatum": "30-09-2026"}).peildatum == dt.date(2026, 9, 30)
