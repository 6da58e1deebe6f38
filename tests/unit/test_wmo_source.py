"""Reading a Wmo registration: what a line means, when it is refused, and who a person is."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.mapping import parse_mapping
from etl.source import Context, Reading
from etl.sources.wmo import read
from tests.support.wmo_export import HEADER, bsns, line, sheet


def reading(*lines: dict[str, object], bestand: str = "wmo_2025-06-30.csv", **mapping: object) -> Reading:
    result = read([sheet(*lines)], Context(bestand, parse_mapping(dict(mapping)) if mapping else None))
    assert result.rijen_gelezen == result.rijen_geladen + result.rijen_geweigerd + result.rijen_buiten_bereik
    return result


def test_a_line_becomes_a_typed_row() -> None:
    found = reading(line(0, Productcategorie="1", Einddatum="31-12-9999", Leveringsvorm="pgb"))
    row = found.tables["toekenning"].iloc[0]
    assert found.peildatum == dt.date(2025, 6, 30) and not found.refusals
    assert (row.productcategorie, row.onderdeel, row.besluit) == ("01", "hulp_bij_het_huishouden", "toegekend")
    assert (row.ingangsdatum, row.einddatum, row.leveringsvorm) == (dt.date(2025, 3, 1), None, "PGB")
    assert (row.persoon, row.wijk_code, row.bron_rij) == (f"bsn:{bsns(1)[0]}", "WK189500", 3)


@pytest.mark.parametrize(
    ("change", "reden"),
    [
        ({"Productcategorie": "19"}, "staat niet in de lijst"),
        ({"Productcategorie": "Voorbeeldnaam"}, "staat niet in de lijst"),
        ({"Productcategorie": ""}, "productcategorie is leeg"),
        ({"Einddatum": "28-02-2025"}, "vóór de ingangsdatum"),
        ({"Besluitdatum": "31-01-2025"}, "vóór de aanvraag"),
        ({"BSN": "", "Cliëntnummer": ""}, "geen cliëntnummer"),
        ({"BSN": "123456789", "Cliëntnummer": ""}, "geen cliëntnummer"),
        ({"Aanvraagdatum": "01-07-2025", "Besluitdatum": "", "Besluit": ""}, "aanvraagdatum ligt na de peildatum"),
        ({"Besluitdatum": "01-07-2025"}, "besluitdatum ligt na de peildatum"),
        ({"Ingangsdatum": "31-02-2025"}, "geen datum die zeker te lezen is"),
        ({"Geboortedatum": "01-02-33"}, "geen datum die zeker te lezen is"),
        ({"Besluit": "misschien"}, "besluit is niet bekend"),
        ({"Besluitdatum": ""}, "zonder besluitdatum"),
        ({"Besluit": ""}, "geen besluit"),
        ({"Ingangsdatum": ""}, "geen ingangsdatum"),
        ({"Besluit": "ingetrokken", "Einddatum": "01-05-2025"}, "niet zeker"),
    ],
)  # fmt: skip
def test_a_line_that_is_not_certain_is_refused_with_its_place(change: dict[str, object], reden: str) -> None:
    found = reading(line(0), line(1, **change))
    assert (found.rijen_geladen, found.rijen_geweigerd) == (1, 1)
    [refusal] = found.refusals
    assert reden in refusal.reden and refusal.rij == 4 and refusal.oplossing


def test_care_may_start_after_the_peildatum() -> None:
    assert reading(line(0, Ingangsdatum="01-09-2025")).rijen_geladen == 1


def test_one_person_under_two_client_numbers_is_one() -> None:
    found = reading(
        line(0),
        line(0, **{"Cliëntnummer": "CL2", "Ingangsdatum": "01-04-2025"}),
        line(0, BSN="", Ingangsdatum="01-05-2025"),
    )
    assert set(found.tables["toekenning"]["persoon"]) == {f"bsn:{bsns(1)[0]}"}


def test_a_line_written_twice_after_a_move_loads_once_and_its_wijk_is_not_certain() -> None:
    found = reading(line(0), line(0, Wijkcode="WK189503", Huisnummer="9"), line(1))
    assert (found.rijen_geladen, found.rijen_geweigerd) == (2, 1)
    assert "dubbele regel" in found.refusals[0].reden and found.refusals[0].rij == 4
    assert found.tables["toekenning"]["wijk_code"].tolist() == [None, "WK189501"]


@pytest.mark.parametrize(
    ("written", "wijk"),
    [("WK189503", "WK189503"), ("BU18950301", "WK189503"), ("Beerta", "WK189503"), ("Wijk 03 Beerta", "WK189503"),
     ("WK036300", None), ("Nergenshuizen", None), ("", None)],
)  # fmt: skip
def test_a_wijk_is_known_by_code_or_unique_name_and_else_named_in_a_notice(written: str, wijk: str | None) -> None:
    found = reading(line(0, Wijkcode=written))
    assert found.tables["toekenning"]["wijk_code"].tolist() == [wijk]
    assert any("wijk" in notice for notice in found.notices) is (wijk is None)
    assert not written or not any(written in notice for notice in found.notices)


def test_footers_and_removed_lines_are_outside() -> None:
    footer = {"Cliëntnummer": "Afgedrukt op 1-7-2025"}
    assert reading(line(0), footer).rijen_buiten_bereik == 1
    lines = [line(0, Status="Actief"), line(1, Status="Verwijderd")]
    found = read([sheet(*lines, header=(*HEADER, "Status"))], Context("wmo_2025-06-30.csv"))
    assert (found.rijen_geladen, found.rijen_buiten_bereik) == (1, 1)


def test_own_headers_and_onderdelen_come_from_the_mapping() -> None:
    header = tuple("Soort hulp" if name == "Productcategorie" else name for name in HEADER)
    row = {**line(0), "Soort hulp": "02"}
    without = read([sheet(row, header=header)], Context("wmo_2025-06-30.csv"))
    assert without.refused and "productcategorie" in without.refusals[0].reden
    mapping = parse_mapping({
        "kolommen": {"productcategorie": "Soort hulp"}, "onderdeel": {"productcategorie": {"02": "dagbesteding"}},
    })  # fmt: skip
    found = read([sheet(row, header=header)], Context("wmo_2025-06-30.csv", mapping))
    assert found.tables["toekenning"]["onderdeel"].tolist() == ["dagbesteding"]


def test_an_onderdeel_of_another_law_is_refused() -> None:
    assert reading(line(0), onderdeel={"productcategorie": {"02": "jeugdbescherming"}}).refused


def test_peildatums_that_contradict_each_other_or_are_missing_refuse_the_file() -> None:
    assert reading(line(0), bestand="wmo.csv").refused
    assert reading(line(0), peildatum="2025-05-31").refused
    assert reading(line(0), bestand="wmo.csv", peildatum="2025-06-30").peildatum == dt.date(2025, 6, 30)


def test_a_column_that_could_be_two_is_asked_about() -> None:
    header = (*HEADER, "Startdatum")
    found = read([sheet({**line(0), "Startdatum": "01-01-2025"}, header=header)], Context("wmo_2025-06-30.csv"))
    assert found.refused and "ingangsdatum" in found.refusals[0].reden


def test_birth_dates_are_read_in_iso_form_and_refused_with_a_short_year() -> None:
    from etl.lines import values

    assert str(values.birth_date("1950-01-01")) == "1950-01-01"
    assert str(values.birth_date("01-01-1950")) == "1950-01-01"
    assert values.birth_date("01-01-50") is values.BAD
    assert values.birth_date("1 jan 50") is values.BAD


def test_a_file_of_the_jeugdwet_in_the_folder_of_the_wmo_is_refused() -> None:
    found = reading(line(0, Productcategorie="45"), line(1, Productcategorie="Jeugdhulp crisis"), line(2))
    assert found.refused and "Jeugdwet" in found.refusals[0].reden and "map jeugd" in found.refusals[0].oplossing
    few = reading(line(0, Productcategorie="45"), line(1), line(2))
    assert (few.rijen_geladen, few.rijen_geweigerd) == (2, 1) and "van de Jeugdwet" in few.refusals[0].reden


@pytest.mark.parametrize(
    ("cell", "day"), [(20250301, "2025-03-01"), ("20250301", "2025-03-01"), (0, None), ("00000000", None)]
)
def test_dates_of_a_database_are_understood(cell: object, day: str | None) -> None:
    found = reading(
        line(0, Ingangsdatum="01-03-2025", Geboortedatum=cell if day is None else "01-01-1950", Einddatum=cell)
    )
    end = found.tables["toekenning"]["einddatum"].tolist()
    assert end == [dt.date.fromisoformat(day) if day else None]
