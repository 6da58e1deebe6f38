# ruff: noqa: E501  (a table reads by row)
"""Participatiewet and debt aid: one truth in three layouts gives the same rows, and what is not certain is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.readers.cells import Sheet
from etl.source import Context, Reading, sources
from tests.support.wmo_export import bsns

WHO = ("Clientnummer", "BSN", "Naam", "Geboortedatum", "Postcode", "Huisnummer", "Wijkcode")
SUITE_WHO = ("CLIENTNR", "BSN", "NAAM", "GEB_DATUM", "POSTCODE", "HUISNR", "WIJKCODE")


def who(i: int, *, messy: bool = False) -> list[object]:
    """Person i; messy: other ways to write the same."""
    number = bsns(10)[i]
    house, area = str(10 + i), "9999 XA"
    return [
        f"C{i}", f" {number[:4]}.{number[4:]} " if messy else number, f"Voorbeeldnaam{i}",
        f"0{1 + i}-02-1980", area.lower().replace(" ", "") if messy else area, f"0{house}" if messy else house,
        "Wijk 00 Winschoten" if messy else "WK189500",
    ]  # fmt: skip


def read(bron: str, *sheets: tuple[str, list[list[object]]], bestand: str = "export_2026-09-30.xlsx") -> Reading:
    made = []
    for naam, rows in sheets:
        width = max(len(row) for row in rows)
        made.append(Sheet(bestand, naam, [[*row, *[None] * (width - len(row))] for row in rows]))  # type: ignore[misc]
    reading = sources()[bron].read(made, Context(bestand))
    assert reading.rijen_gelezen == reading.rijen_geladen + reading.rijen_geweigerd + reading.rijen_buiten_bereik
    return reading


def facts(reading: Reading, entity: str) -> list[dict[str, object]]:
    """Stored rows without where they stood."""
    rows = reading.tables[entity].drop(columns=["bron_blad", "bron_rij"]).to_dict("records")
    return sorted(rows, key=str)


D = dt.date
PLAIN = (
    "Uitkeringen",
    [
        ["VOORBEELDDATA"], [],
        [*WHO, "Dossiernummer", "Leefvorm", "Regeling", "Aanvraagdatum", "Besluitdatum", "Besluit", "Ingangsdatum",
         "Einddatum", "Reden beëindiging", "Maandbedrag"],
        [*who(0), "D1", "1", "01", D(2024, 1, 2), D(2024, 1, 20), "Toegekend", D(2024, 1, 2), None, None, 1283.5],
        [*who(1), "D2", "3", "02", D(2023, 1, 2), D(2023, 1, 20), "Toegekend", D(2023, 1, 2), D(2024, 5, 31), "11", 1400],
        [*who(2), "D3", "2", "14", D(2026, 9, 2), None, None, None, None, None, None],
        [*who(3), "D4", "1", "01", D(2026, 8, 2), D(2026, 9, 1), "Afgewezen", None, None, None, None],
    ],
)  # fmt: skip
MESSY = (
    "Blad 1",
    [
        ["Uitkeringen Participatiewet"], ["peildatum: 30-09-2026"], [], [],
        ["Naam", "Soort uitkering", *WHO[:2], *WHO[3:], "Dossier", "Leefsituatie", "Ontvangstdatum aanvraag",
         "Datum besluit", "Beslissing", "Startdatum", "Datum einde", "Reden einde", "Norm", "Opmerking"],
        ["x", "Algemene bijstand", *who(0, messy=True)[:2], *who(0, messy=True)[3:], "D1", "Alleenstaande", "2-1-2024",
         "20 januari 2024", "toekenning", "02-01-2024", "31-12-9999", "", "€ 1.283,50", "belt morgen"],
        [],
        ["x", "IOAW", *who(1)[:2], *who(1)[3:], "D2", "gehuwd / samenwonend", "02-01-2023", "20-01-2023", "Positief",
         "2-1-2023", "31-5-2024", "11 inkomsten uit arbeid", "1.400,00", None],
        ["x", "IOAW", *who(1)[:2], *who(1)[3:], "D2", "3", "02-01-2023", "20-01-2023", "Positief", "2-1-2023",
         "31-5-2024", "11", "1.400,00", "dubbel na verhuizing"],
        ["x", "Bbz 2004", *who(2)[:2], *who(2)[3:], "D3", 2.0, 46267, None, "in behandeling", None, None, None, None,
         None],
        ["x", "Participatiewet", *who(3)[:2], *who(3)[3:], "D4", "1", "02-08-2026", "01-09-2026", "afwijzing", None, None,
         None, None, None],
        ["Totaal", None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, "2.683,50"],
        ["Afgedrukt op 01-10-2026"],
    ],
)  # fmt: skip
SUITE = (
    "",
    [
        [*SUITE_WHO, "DOSSIERNR", "LEEFVORM", "REGELING", "DAT_AANVRAAG", "DAT_BESLUIT", "BESLUIT", "DAT_INGANG",
         "DAT_EINDE", "REDEN_EINDE", "NORMBEDRAG"],
        [*who(0), "D1", "1", "1", "20240102", "20240120", "TOEGEKEND", "20240102", "", "", "1283,50"],
        [*who(1), "D2", "3", "2", "20230102", "20230120", "TOEGEKEND", "20230102", "20240531", "11", "1400,00"],
        [*who(2), "D3", "2", "14", "20260902", "", "", "", "", "", ""],
        [*who(3), "D4", "1", "1", "20260802", "20260901", "AFGEWEZEN", "", "", "", ""],
    ],
)  # fmt: skip


@pytest.mark.parametrize("layout", [MESSY, SUITE], ids=["messy", "suite"])
def test_benefits_in_another_layout_are_the_same_benefits(layout: tuple[str, list[list[object]]]) -> None:
    plain, other = read("participatiewet", PLAIN), read("participatiewet", layout)
    assert not plain.refusals and plain.rijen_geladen == 4
    assert facts(other, "uitkering") == facts(plain, "uitkering")
    assert all("dubbele regel" in refusal.reden for refusal in other.refusals)


def test_assistance_routes_and_state_money_stand_on_sheets_of_their_own() -> None:
    reading = read(
        "participatiewet",
        PLAIN,
        ("Bijzondere bijstand", [
            [*WHO, "Soort voorziening", "Cluster", "Aanvraagdatum", "Besluitdatum", "Besluit", "Bedrag", "Ingangsdatum", "Einddatum"],
            [*who(0), "12", "c", D(2026, 2, 1), D(2026, 2, 10), "Toegekend", "€ 250,00", None, None],
            [*who(1), "Periodiek bijzondere bijstand", "h", D(2026, 2, 1), D(2026, 2, 10), "Toegekend", 40, D(2026, 3, 1), None],
            [*who(2), "Individuele inkomenstoeslag", None, D(2026, 2, 1), D(2026, 2, 10), "Toegekend", 430, None, None],
            [*who(3), "Energietoeslag", None, D(2026, 2, 1), D(2026, 2, 10), "Afgewezen", None, None, None],
        ]),
        ("Trajecten", [
            [*WHO, "Soort traject", "Leerroute", "Startdatum", "Einddatum", "Resultaat", "Trede"],
            [*who(0), "Inburgering", "B1-route", D(2025, 1, 1), None, None, 3],
            [*who(1), "Loonkostensubsidie", None, D(2025, 1, 1), D(2026, 1, 1), "Uitgestroomd naar werk", None],
        ]),
        ("BUIG", [
            ["Jaar", "Soort beschikking", "Datum", "Bedrag"],
            [2026, "Voorlopig", D(2025, 10, 1), 21_000_000], [2026, "Nader voorlopig", D(2026, 6, 15), 21_412_345.67],
        ]),
    )  # fmt: skip
    assert not reading.refusals and reading.rijen_geladen == 12
    once, periodic = reading.tables["verstrekking"].iloc[0], reading.tables["verstrekking"].iloc[1]
    assert once["einddatum"] == once["ingangsdatum"] == D(2026, 2, 10) and str(once["bedrag_eur"]) == "250.00"
    assert periodic["einddatum"] is None and periodic["soort"] == "bijzondere_bijstand_periodiek"
    assert reading.tables["traject"]["route"].tolist() == ["b1_route", None]
    assert [str(v) for v in reading.tables["buig"]["bedrag_eur"]] == ["21000000.00", "21412345.67"]


@pytest.mark.parametrize(
    ("kolom", "waarde", "reden"),
    [
        ("Regeling", "Wajong", "regeling is niet bekend"),
        ("Reden beëindiging", "77", "staat niet in de lijst van de BUS"),
        ("Einddatum", D(2023, 1, 1), "vóór de ingangsdatum"),
        ("Besluitdatum", D(2023, 12, 1), "vóór de aanvraag"),
        ("Aanvraagdatum", D(2027, 1, 1), "na de peildatum"),
        ("Maandbedrag", "veel", "geen bedrag"),
        ("Leefvorm", "met hond", "leefvorm"),
        ("Reden beëindiging", "11", "geen einddatum"),
    ],
)
def test_a_benefit_that_is_not_certain_is_refused_with_its_row_and_without_its_person(
    kolom: str, waarde: object, reden: str
) -> None:
    header, row = list(PLAIN[1][2]), list(PLAIN[1][3])
    row[header.index(kolom)] = waarde
    reading = read("participatiewet", ("U", [header, row, PLAIN[1][4]]))
    [refusal] = reading.refusals
    assert reden in refusal.reden and refusal.rij == 2 and refusal.oplossing and not refusal.waarde
    assert reading.rijen_geladen == 1


def test_a_system_that_exports_running_benefits_only_has_no_decisions() -> None:
    header = [*WHO, "Regeling", "Ingangsdatum", "Einddatum"]
    reading = read("participatiewet", ("U", [header, [*who(0), "bijstand", D(2024, 1, 2), None]]))
    [row] = facts(reading, "uitkering")
    assert (row["besluit"], row["besluitdatum"]) == ("toegekend", D(2024, 1, 2))


DEBTS = (
    "Dossiers",
    [
        [*WHO, "Soort dienst", "Aanmelddatum", "Startdatum", "Einddatum", "Resultaat", "Totale schuld",
         "Aantal schuldeisers"],
        [*who(0), "Budgetbeheer", D(2025, 1, 6), D(2025, 2, 1), None, None, 12_500.25, 9],
        [*who(1), "Schuldregeling", D(2024, 1, 6), D(2024, 2, 1), D(2026, 2, 1), "Geslaagd", 31_000, 14],
        [*who(2), "Vroegsignaal", D(2026, 9, 6), None, None, None, None, None],
    ],
)  # fmt: skip
DEBTS_SUITE = (
    "",
    [
        [*SUITE_WHO, "PRODUCT", "DAT_AANMELDING", "DAT_INGANG", "DAT_EINDE", "RESULTAAT", "SCHULD", "SCHULDEISERS"],
        [*who(0), "BBR", "20250106", "20250201", "", "LOPEND", "12500,25", "9"],
        [*who(1), "MSNP", "20240106", "20240201", "20260201", "SCHULDENVRIJ", "31000,00", "14"],
        [*who(2), "VROEGSIGNALERING", "20260906", "", "", "", "", ""],
    ],
)  # fmt: skip
DEBTS_MESSY = (
    "Blad1",
    [
        ["Overzicht VKB - VOORBEELDDATA"], ["Stand per 30 september 2026"],
        ["Dienst", "Aangemeld op", "Begindatum", "Datum einde", "Uitkomst", "Schuldenlast", "Crediteuren",
         "Aantal crediteuren", *WHO],
        ["budgetbeheer", "6-1-2025", "1 feb 2025", "31-12-2099", "actief", "€ 12.500,25", "veel", 9.0, *who(0, messy=True)],
        ["Minnelijke schuldregeling", "06-01-2024", "01-02-2024", "01-02-2026", "schuldvrij", "31.000,-", "", "14",
         *who(1, messy=True)],
        ["Vroegsignalering", 46271, None, None, None, None, None, None, *who(2)],
        ["Totaal", None, None, None, None, "43.500,25"],
    ],
)  # fmt: skip


@pytest.mark.parametrize("layout", [DEBTS_SUITE, DEBTS_MESSY], ids=["suite", "messy"])
def test_debt_files_in_another_layout_are_the_same_files(layout: tuple[str, list[list[object]]]) -> None:
    plain, other = read("schuldhulp", DEBTS), read("schuldhulp", layout)
    assert not plain.refusals and not other.refusals
    assert facts(other, "dossier") == facts(plain, "dossier")


def test_the_month_overview_counts_and_a_count_given_twice_is_refused() -> None:
    header = ["Maand", "Soort", "Maat", "Aantal", "Bedrag"]
    rows = [
        ["2026-08", "Krediet", "Nieuw", 9, "13.500,00"],
        ["aug 2026", "Budgetbeheer", "Lopend", 383, None],
    ]
    reading = read("schuldhulp", ("Maandoverzicht", [header, *rows]))
    assert {(r["soort"], r["aantal"]) for r in facts(reading, "overzicht")} == {("krediet", 9), ("budgetbeheer", 383)}
    double = read("schuldhulp", ("Maandoverzicht", [header, *rows, rows[1]]))
    assert double.rijen_geweigerd == 2 and "meer dan eens" in double.refusals[0].reden
