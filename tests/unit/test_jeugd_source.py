"""Reading a youth registration: its own code lists, who referred, stay, pgb, and files that are not of this law."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from etl.mapping import parse_mapping
from etl.readers.cells import CellError, Sheet
from etl.source import Context, Reading
from etl.sources import jeugd, wmo
from tests.support.wmo_export import HEADER, bsns, line

CARE = (
    *HEADER, "Aanbieder", "Volume", "Eenheid", "Frequentie", "Tarief", "Status", "Reden beëindiging", "Verwijzer",
    "Wet",
)  # fmt: skip


def care(i: int = 0, **other: object) -> dict[str, object]:
    given = {
        "Geboortedatum": "02-03-2014", "Productcategorie": "45", "Productcode": "45A04", "Aanbieder": "02345678",
        "Volume": "2,5", "Eenheid": "04", "Frequentie": "2", "Tarief": "88,15", "Verwijzer": "02",
    }  # fmt: skip
    return line(i, **(given | other))


def sheet(*lines: dict[str, object], header: tuple[str, ...] = CARE) -> Sheet:
    return Sheet(
        "jeugd_2025-06-30.csv", "", [list(header), *([row.get(h) for h in header] for row in lines)], text=True
    )


def reading(*lines: dict[str, object], header: tuple[str, ...] = CARE, **mapping: object) -> Reading:
    context = Context("jeugd_2025-06-30.csv", parse_mapping(dict(mapping)) if mapping else None)
    found = jeugd.read([sheet(*lines, header=header)], context)
    assert found.rijen_gelezen == found.rijen_geladen + found.rijen_geweigerd + found.rijen_buiten_bereik
    return found


def one(**other: object) -> Any:
    return reading(care(**other)).tables["toekenning"].iloc[0]


def test_a_line_becomes_a_typed_row() -> None:
    row = one()
    assert (row.productcategorie, row.onderdeel, row.verblijf) == ("45", "jeugdhulp_ambulant", "nee")
    assert (row.productcode, row.aanbieder, row.verwijzer) == ("45A04", "02345678", "02")
    assert (row.volume, row.eenheid, row.frequentie) == (Decimal("2.5"), "04", "2")
    assert (row.tarief_eur, row.huishouden) == (Decimal("88.15"), "adres:9999XA88000")


@pytest.mark.parametrize(
    ("kolom", "geschreven", "veld", "waarde"),
    [
        ("Productcategorie", "Jeugdhulp crisis", "productcategorie", "46"),
        ("Productcategorie", "35 - (2015) Met verblijf: pleegzorg", "productcategorie", "35"),
        ("Productcategorie", "Met verblijf: pleegzorg", "productcategorie", "35"),
        ("Productcategorie", "Persoonlijke verzorging", "productcategorie", "40"),  # 03 in the Wmo
        ("Productcategorie", "46", "verblijf", None),
        ("Productcategorie", "38", "verblijf", "ja"),
        ("Productcategorie", "48", "onderdeel", "jeugdbescherming"),
        ("Leveringsvorm", "PGB", "onderdeel", "pgb_jeugd"),
        ("Frequentie", "per vier weken", "frequentie", "3"),
        ("Frequentie", "Eenmalig", "frequentie", "6"),
        ("Eenheid", "1", "eenheid", "01"),
        ("Eenheid", "stuk", "eenheid", None),  # 82 and 84 are both pieces
        ("Eenheid", "Stuks (inspanning)", "eenheid", "84"),
        ("Verwijzer", "gecertificeerde instelling", "verwijzer", "04"),
        ("Verwijzer", "08 Rechter, OvJ, functionaris JJI", "verwijzer", "08"),
        ("Verwijzer", "buurvrouw", "verwijzer", None),
        ("Aanbieder", "2345678", "aanbieder", "02345678"),  # a spreadsheet took the zero
        ("Aanbieder", "AGB 41234567 - Voorbeeldzorg", "aanbieder", "41234567"),
        ("Aanbieder", "P. Voorbeeldnaam", "aanbieder", None),  # a name can be a person
        ("Aanbieder", CellError("#N/B"), "aanbieder", None),
        ("Reden beëindiging", "31", "reden_einde", "31"),
        ("Reden beëindiging", "Levering is volgens plan beëindigd", "reden_einde", "31"),
        ("Reden beëindiging", "31 Verhuizing naar een andere gemeente", "reden_einde", None),  # that is the Wmo's 31
        ("Reden beëindiging", "19", "reden_einde", None),
        ("Productcode", "45A04_OUD", "productcode", "45A04"),
        ("Productcode", "begeleiding thuis", "productcode", None),
        ("Tarief", "onbekend", "tarief_eur", None),
    ],
)
def test_codes_and_their_names_are_understood_and_else_left_empty_with_a_notice(
    kolom: str, geschreven: object, veld: str, waarde: object
) -> None:
    found = reading(care(**{kolom: geschreven}))
    assert found.rijen_geladen == 1 and found.tables["toekenning"][veld].tolist() == [waarde]
    unclear = waarde is None and veld != "verblijf" and geschreven != "onbekend"
    assert any("leeg gelaten" in notice for notice in found.notices) is unclear
    assert not any(str(geschreven) in notice for notice in found.notices if len(str(geschreven)) > 2)


def test_reason_31_is_as_planned_here_and_moved_away_in_the_wmo() -> None:
    moved = wmo.read(
        [sheet(care(Productcategorie="01", **{"Reden beëindiging": "Verhuizing naar een andere gemeente"}))],
        Context("wmo_2025-06-30.csv"),
    )
    planned = one(**{"Reden beëindiging": "Volgens plan"})
    assert moved.tables["toekenning"]["reden_einde"].tolist() == ["31"] == [planned.reden_einde]


@pytest.mark.parametrize(
    ("change", "reden"),
    [
        ({"Productcategorie": "39"}, "staat niet in de lijst van de Jeugdwet"),
        ({"Productcategorie": "01"}, "is van de Wmo"),
        ({"Volume": "-2"}, "volume is negatief"),
        ({"Tarief": "-1,00"}, "tarief is negatief"),
        ({"Tarief": "100.000,01"}, "meer dan 100.000 euro"),
        ({"Geboortedatum": "01-07-2025"}, "geboortedatum ligt na de peildatum"),
        ({"Geboortedatum": "01-01-2025", "Aanvraagdatum": "01-02-2024"}, "vóór de geboorte"),
        ({"Ingangsdatum": "01-03-2052"}, "meer dan twee jaar na de peildatum"),
    ],
)
def test_a_line_that_is_not_certain_is_refused(change: dict[str, object], reden: str) -> None:
    found = reading(care(0), care(1), care(2, **change))
    assert (found.rijen_geladen, found.rijen_geweigerd) == (2, 1)
    assert reden in found.refusals[0].reden and found.refusals[0].rij == 4 and found.refusals[0].oplossing


def test_an_adult_and_a_free_product_are_named_and_count() -> None:
    found = reading(care(0, Geboortedatum="01-01-1994"), care(1, Tarief="0,00"))
    assert found.rijen_geladen == 2
    assert any("23 jaar of ouder" in n for n in found.notices) and any("tarief 0" in n for n in found.notices)


def test_a_file_of_the_wmo_is_refused_by_its_codes_or_by_its_own_word() -> None:
    codes = reading(care(0, Productcategorie="01"), care(1, Productcategorie="Dagbesteding"), care(2))
    said = reading(care(0, Wet="Wmo 2015"), care(1, Wet="WMO"))
    for found in (codes, said):
        assert found.refused and "map wmo" in found.refusals[0].oplossing and "Wmo" in found.refusals[0].reden


def test_a_file_of_both_laws_gives_its_own_lines_and_the_others_are_out_of_scope() -> None:
    found = reading(care(0, Wet="JW"), care(1, Wet="WMO", Productcategorie="01"), care(2, Wet="Participatiewet"))
    assert (found.rijen_geladen, found.rijen_buiten_bereik, found.rijen_geweigerd) == (1, 2, 0)


def test_a_category_of_the_municipality_itself_counts_only_when_the_mapping_places_it() -> None:
    own = {"productcategorie": {"90": "jeugdhulp_ambulant", "Logeren": "jeugdhulp_met_verblijf"}}
    lines = care(0, Productcategorie="90"), care(1, Productcategorie="logeren"), care(2)
    assert reading(*lines).rijen_geweigerd == 2
    table = reading(*lines, onderdeel=own).tables["toekenning"]
    assert table["productcategorie"].tolist() == ["90", None, "45"]
    assert table["onderdeel"].tolist() == ["jeugdhulp_ambulant", "jeugdhulp_met_verblijf", "jeugdhulp_ambulant"]


def test_without_a_column_for_the_decision_the_status_says_it() -> None:
    header = tuple(name for name in CARE if name != "Besluit")
    words = ("Actief", "Beëindigd", "Afgewezen", "Lopend", "Op de plank")
    found = reading(*(care(i, Status=word) for i, word in enumerate(words)), header=header)
    assert found.tables["toekenning"]["besluit"].tolist() == ["toegekend", "toegekend", "afgewezen", "toegekend"]
    assert ["uit de status" in r.reden for r in found.refusals] == [True]


def test_a_line_replaced_by_a_new_one_does_not_count_twice() -> None:
    found = reading(
        care(0, Beschikkingnummer="1010009_OUD", Einddatum="31-03-2025"), care(0, Beschikkingnummer="1010009"),
        care(1, Beschikkingnummer="1010010_OUD"),
    )  # fmt: skip
    assert (found.rijen_geladen, found.rijen_buiten_bereik) == (2, 1)
    assert found.tables["toekenning"]["beschikking"].tolist() == ["1010009", "1010010"]


def test_a_column_with_codes_goes_before_one_with_names() -> None:
    header = (*CARE, "AGB-code", "Omvang")
    table = reading(care(Aanbieder="A. Voorbeeldnaam", **{"AGB-code": "41234567"}), header=header).tables["toekenning"]
    assert table["aanbieder"].tolist() == ["41234567"] and table["volume"].tolist() == [Decimal("2.5")]


def test_tariffs_that_may_be_cents_are_left_empty_and_asked_about() -> None:
    lines = care(0, Tarief="88"), care(1, Tarief="905")
    found = reading(*lines)
    assert found.tables["toekenning"]["tarief_eur"].tolist() == [None, None]
    assert any("euro of in eurocent" in notice and "mapping.toml" in notice for notice in found.notices)
    assert reading(*lines, eenheid="eurocent").tables["toekenning"]["tarief_eur"].tolist() == [
        Decimal("0.88"),
        Decimal("9.05"),
    ]


def test_a_file_without_bsn_works_and_says_that_persons_link_to_no_other_source() -> None:
    header = tuple(name for name in CARE if name != "BSN")
    found = reading(care(0), care(0, Productcategorie="54"), care(1), header=header)
    assert found.tables["toekenning"]["persoon"].tolist() == ["client:CL770000", "client:CL770000", "client:CL770001"]
    assert any("alleen binnen deze bron" in notice for notice in found.notices)
    assert not any("binnen deze bron" in notice for notice in reading(care(0)).notices)
    assert bsns(1)[0] not in str(found.notices)


def test_one_decision_for_two_providers_is_two_lines_and_a_line_twice_is_one() -> None:
    found = reading(care(0), care(0, Aanbieder="41234567"), care(0, Volume="1"), care(0, Huisnummer="7"))
    assert (found.rijen_geladen, found.rijen_geweigerd) == (3, 1) and "dubbele regel" in found.refusals[0].reden
    assert [home is None for home in found.tables["toekenning"]["huishouden"]] == [True, False, False]
    assert found.tables["toekenning"]["wijk_code"].notna().all()


def test_awards_and_declarations_may_stand_in_one_workbook() -> None:
    header = ["Clientnummer", "Toewijzingnummer", "Productcategorie", "Prestatiemaand", "Bedrag (eurocent)"]
    rows = [[*header, "Ontvangen op"], ["CL770000", "B1", "45", "2025-05", "8810", "04-06-2025"]]
    found = jeugd.read([sheet(care(0)), Sheet("x.xlsx", "Declaraties", rows)], Context("jeugd_2025-06-30.xlsx"))
    assert {name: len(table) for name, table in found.tables.items()} == {"toekenning": 1, "declaratie": 1}
