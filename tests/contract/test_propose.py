"""`etl check --mapping`: a file with unknown headers gets a mapping that loads it after the one edit it asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.cli import app
from etl.mapping import Mapping, MappingError, load_mapping
from etl.propose import to_toml
from etl.reading import read_delivery
from etl.source import sources
from tests.support.wmo_export import HEADER, line

CONFIRM = re.compile(r"^voorstel = true.*\n", re.M)


def proposed(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    out = path.parent / "mapping.toml"
    result = CliRunner().invoke(app, ["check", str(path), "--mapping", str(out)])
    assert result.exit_code == 1 and "voorstel" in result.output
    return out


def test_unknown_headers_of_programmes_load_after_taking_out_the_one_line(tmp_path: Path) -> None:
    file = tmp_path / "programmas" / "stand_2026-09-30.csv"
    out = proposed(
        file,
        "Naam van het programma;Doel van het programma;Begindatum looptijd;Einddatum looptijd;Budget;Besteed bedrag\n"
        "Graan;Meer werk;01-01-2024;31-12-2027;100.000,00;20.000,50\n",
    )
    with pytest.raises(MappingError, match="nog een voorstel"):
        load_mapping(out)
    out.write_text(CONFIRM.sub("", out.read_text("utf-8")), "utf-8")
    reading = read_delivery(file, sources()["programmas"], load_mapping(out))
    [row] = reading.tables["programma"].to_dict("records")
    assert not reading.refused and (row["programma"], str(row["besteed_eur"])) == ("Graan", "20000.50")


def test_k2f_columns_are_proposed_by_what_stands_in_them_and_the_unit_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "k2f" / "overzicht 2026-09-30.csv"
    out = proposed(
        file,
        "Overzicht;;;;\nTkv.;Soort post;Begroot na wijz. 2026;Realisatie;Opmerking\n"
        "6.711 Huishoudelijke hulp;L;1.000,50;500,25;\n6.712 Begeleiding;L;2.000,50;900,25;\n"
        "6.711 Huishoudelijke hulp;B;100,50;50,25;\n",
    )
    text = out.read_text("utf-8")
    assert 'taakveld = "Tkv."  # VOORSTEL' in text and 'lasten_baten = "Soort post"  # VOORSTEL' in text
    asked = [found for found in text.splitlines() if "INVULLEN" in found and not found.startswith("# VOORSTEL")]
    assert len(asked) == 1 and "eenheid" in asked[0]
    out.write_text(CONFIRM.sub("", text).replace('# eenheid = "eurocent"', 'eenheid = "euro"'), "utf-8")
    reading = read_delivery(file, sources()["k2f"], load_mapping(out))
    booked = {
        (r["taakveld"], r["lasten_baten"]): str(r["bedrag_eur"]) for r in reading.tables["overzicht"].to_dict("records")
    }
    assert booked == {("6.711", "L"): "500.25", ("6.712", "L"): "900.25", ("6.711", "B"): "50.25"}


def test_a_person_file_is_proposed_without_its_name_or_any_of_its_cells(tmp_path: Path) -> None:
    own = {"Aanvraagdatum": "Dag van aanvraag", "Besluit": "Wat is besloten", "Productcategorie": "Cat.nr product"}
    header = [own.get(name, name) for name in HEADER]
    rows = [[str(line(i, Besluit="Toegekend").get(name) or "") for name in HEADER] for i in range(12)]
    file = tmp_path / "wmo" / "Voorbeeldnaam000_2025-06-30.csv"
    out = proposed(file, "\n".join(";".join(cells) for cells in [header, *rows]))
    text = out.read_text("utf-8")
    assert "Voorbeeldnaam" not in text and "9999" not in text
    for name, kop in own.items():
        assert f'{name.lower()} = "{kop}"  # VOORSTEL' in text
    out.write_text(CONFIRM.sub("", text), "utf-8")
    assert read_delivery(file, sources()["wmo"], load_mapping(out)).rijen_geladen == 12


def test_a_proposal_overwrites_nothing_and_keeps_what_was_mapped(tmp_path: Path) -> None:
    file = tmp_path / "k2f" / "x.csv"
    out = proposed(file, "a;b\n1;2\n")
    before = out.read_text("utf-8")
    again = CliRunner().invoke(app, ["check", str(file), "--mapping", str(out)])
    assert "bestaat al" in again.output and out.read_text("utf-8") == before
    kept = Mapping.model_validate({"eenheid": "x1000", "kolommen": {"taakveld": 'Tkv "nieuw"'}, "filter": {"A": ["1"]}})
    from etl.propose import Proposal

    written = tmp_path / "eigen.toml"
    written.write_text(CONFIRM.sub("", to_toml(Proposal(), kept, "x")), "utf-8")
    assert load_mapping(written) == kept
