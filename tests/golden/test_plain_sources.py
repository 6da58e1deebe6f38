# ruff: noqa: E501  (a table reads by row)
"""Client survey, programmes with the savings target, and figures that only come as a workbook: clean, messy, refused."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.readers.cells import CellError, Sheet
from etl.source import Context, Reading, sources

D = dt.date


def read(
    bron: str, *sheets: tuple[str, list[list[object]]], bestand: str = "export_2026-09-30.xlsx", text: bool = False
) -> Reading:
    made = []
    for naam, rows in sheets:
        width = max(len(row) for row in rows)
        cells = [[*row, *[None] * (width - len(row))] for row in rows]
        made.append(Sheet(bestand, naam, cells, text=text))  # type: ignore[arg-type]
    reading = sources()[bron].read(made, Context(bestand))
    assert reading.rijen_gelezen == reading.rijen_geladen + reading.rijen_geweigerd + reading.rijen_buiten_bereik
    return reading


def facts(reading: Reading, entity: str) -> list[dict[str, object]]:
    rows = reading.tables[entity].drop(columns=["bron_blad", "bron_rij"]).to_dict("records")
    return sorted(rows, key=str)


SURVEY = ("Uitkomsten", [
    ["Jaar", "Wet", "Nr", "Vraag", "Thema", "% (helemaal) eens", "% ja", "n", "Respons (%)", "Verstuurd"],
    [2025, "Wmo", 1, "Ik wist waar ik moest zijn met mijn hulpvraag", "contact", 74.5, None, 402, 41.2, 976],
    [2025, "Wmo", 5, "Wist u dat u gebruik kunt maken van een onafhankelijke cliëntondersteuner?", "contact", None, 36, 395, 41.2, 976],
    [2025, "Jeugd", 1, "De hulp past bij ons", "kwaliteit", 81, None, 38, 19.5, 195],
])  # fmt: skip
SURVEY_MESSY = ("Blad1", [
    ["Cliëntervaringsonderzoek"], [],
    ["Onderzoek", "Onderwerp", "Vraagnr", "Stelling", "Percentage eens", "Percentage ja", "Aantal respondenten", "Responspercentage", "Uitgenodigd", "Meetjaar"],
    ["WMO", "contact", "1", "Ik wist waar ik moest zijn met mijn hulpvraag", "74,5 %", "", "402", "41,2%", "976", "2025"],
    ["Wmo 2015", "contact", 5.0, "Wist u dat u gebruik kunt maken van een onafhankelijke cliëntondersteuner?", None, "36%", 395.0, "41,2 %", 976, "meting 2025"],
    ["Jeugdhulp", "kwaliteit", 1, "De hulp past bij ons", "81", None, 38, "19,5", 195, 2025],
    ["Bron: eigen onderzoek"],
])  # fmt: skip


def test_a_survey_in_another_layout_is_the_same_survey() -> None:
    clean, messy = read("clientervaring", SURVEY), read("clientervaring", SURVEY_MESSY)
    assert not clean.refusals and not messy.refusals
    assert facts(messy, "uitkomst") == facts(clean, "uitkomst")
    assert {(r["antwoord"], r["eenheid"]) for r in facts(clean, "uitkomst")} == {("eens", "procent"), ("ja", "procent")}


def test_a_survey_without_a_date_is_of_the_end_of_its_year() -> None:
    assert read("clientervaring", SURVEY, bestand="ceo.xlsx").peildatum == D(2025, 12, 31)


@pytest.mark.parametrize(
    ("column", "value", "reden"),
    [(5, 174.5, "0 tot 100"), (5, None, "geen score"), (7, None, "aantal antwoorden is leeg"), (7, "12,5", "geen aantal"),
     (1, "Wlz", "wet is niet bekend"), (0, 2031, "na de peildatum"), (6, 12, "twee scores"), (5, "1.234", "zeker te lezen"),
     (5, CellError("#N/B"), "zeker te lezen")],
)  # fmt: skip
def test_a_score_that_is_not_certain_is_refused(column: int, value: object, reden: str) -> None:
    row = list(SURVEY[1][1])
    row[column] = value
    reading = read("clientervaring", ("U", [SURVEY[1][0], row, SURVEY[1][3]]))
    [refusal] = reading.refusals
    assert reden in refusal.reden and refusal.rij == 2 and reading.rijen_geladen == 1


def test_marks_stand_apart_and_a_percentage_among_them_refuses_them_all() -> None:
    header = ["Jaar", "Wet", "Nr", "Vraag", "Rapportcijfer", "n"]
    marks = read("clientervaring", ("U", [header, [2025, "Wmo", 11, "Welk cijfer?", 7.8, 400]]))
    assert facts(marks, "uitkomst")[0]["eenheid"] == "cijfer"
    mixed = read(
        "clientervaring",
        ("U", [header, [2025, "Wmo", 11, "Welk cijfer?", 7.8, 400], [2025, "Wmo", 12, "En?", 78, 400]]),
    )
    assert mixed.rijen_geweigerd == 2


PROGRAMMES = [
    ("Programma's", [
        ["Programma", "Activiteit", "Doel", "Van", "Tot en met", "Dekking", "Begroting", "Besteed", "Verplicht"],
        ["Welvarende Graanrepubliek", None, "Brede welvaart", D(2021, 1, 1), D(2030, 12, 31), "NPG", 9_600_000, 3_688_209.78, 434_847.09],
        ["Generatierijkdom", "Doorbraakmethode", "125 gezinnen vooruit", D(2023, 1, 1), D(2027, 12, 31), "NPG", 2_500_000, 1_100_000, None],
    ]),
    ("Resultaten", [
        ["Programma", "Activiteit", "Resultaat", "Eenheid", "Gepland", "Bereikt"],
        ["Generatierijkdom", "Doorbraakmethode", "Gezinnen met een doorbraakplan", "gezinnen", 125, 71],
    ]),
    ("Taakstelling", [
        ["Taakstelling", "Onderdeel", "Jaar", "Doel", "Gerealiseerd", "Prognose", "Toelichting"],
        ["Bezuiniging 2021", "Jeugd", 2026, 1_000_000, 450_000, 700_000, "nog 550.000 te gaan"],
    ]),
]  # fmt: skip
PROGRAMMES_MESSY = [
    ("Stand", [
        ["Programma's - stand per 30-09-2026", None], [],
        ["Naam programma", "Deelproject", "Doelstelling", "Startdatum", "Einddatum", "Financiering", "Totaalbudget", "Uitgegeven", "Verplichtingen"],
        ["Welvarende Graanrepubliek", "", "Brede welvaart", "1-1-2021", "31 december 2030", "NPG", "€ 9.600.000,-", "3.688.209,78", "434.847,09"],
        ["Generatierijkdom", "Doorbraakmethode", "125 gezinnen vooruit", "01/01/2023", "31/12/2027", "NPG", "2.500.000", "1.100.000,00", ""],
        ["Totaal", "", "", "", "", "", "12.100.000", "4.788.209,78", "434.847,09"],
    ]),
    ("Resultaat", PROGRAMMES[1][1]), ("Bezuiniging", PROGRAMMES[2][1]),
]  # fmt: skip


def test_programmes_in_another_layout_are_the_same_programmes() -> None:
    clean, messy = read("programmas", *PROGRAMMES), read("programmas", *PROGRAMMES_MESSY)
    assert not clean.refusals and not messy.refusals and clean.rijen_geladen == 4
    for entity in ("programma", "resultaat", "taakstelling"):
        assert facts(messy, entity) == facts(clean, entity)
    assert messy.rijen_buiten_bereik == 1


def test_a_programme_named_twice_or_ending_before_it_begins_is_refused() -> None:
    header, first, second = PROGRAMMES[0][1]
    twice = read("programmas", ("P", [header, first, first, second]))
    assert twice.rijen_geweigerd == 2 and twice.rijen_geladen == 1
    turned = read("programmas", ("P", [header, [*first[:3], D(2030, 1, 1), D(2021, 1, 1), *first[5:]]]))
    assert "vóór" in turned.refusals[0].reden and turned.refusals[0].waarde == "2021-01-01"


FIGURES = ("Cijfers", [
    ["Indicator", "Gebiedscode", "Periode", "Uitsplitsing", "Waarde", "Ondergrens", "Bovengrens", "Eenheid", "Status", "Adres"],
    ["problematische_schulden", "GM1895", 2024, None, 10.9, 10.1, 11.7, "%", "voorlopig", "https://voorbeeld.invalid/schulden"],
    ["problematische_schulden", "NL01", "2024JJ00", "totaal", None, None, None, "%", "definitief", "https://voorbeeld.invalid/schulden"],
])  # fmt: skip
FIGURES_MESSY = ("Blad1", [
    ["Cijfers van het dashboard"],
    ["Status", "Onderwerp", "Regio", "Jaar", "Groep", "Cijfer", "Ondergrens 95%", "Bovengrens 95%", "Eenheid", "Vindplaats"],
    ["Voorlopig", "Problematische schulden", "gm1895", "2024", "totaal", "10,9", "10,1", "11,7", "%", "https://voorbeeld.invalid/schulden"],
    ["Definitief", "problematische-schulden", "Nederland", 2024.0, "", "", "", "", "%", "https://voorbeeld.invalid/schulden"],
])  # fmt: skip


def test_figures_in_another_layout_are_the_same_figures() -> None:
    clean, messy = read("cbs_maatwerk", FIGURES), read("cbs_maatwerk", FIGURES_MESSY)
    assert not clean.refusals and not messy.refusals
    assert facts(messy, "waarneming") == facts(clean, "waarneming")


@pytest.mark.parametrize(
    ("column", "value", "reden"),
    [(1, "Verweggistan", "gebied is niet bekend"), (2, "vorig jaar", "periode"), (4, 12.9, "niet tussen"), (7, None, "eenheid is leeg"),
     (9, "javascript:alert(1)", "geen webadres"), (8, "misschien", "status"), (2, 2031, "na de peildatum"), (0, "=1+1", "indicator")],
)  # fmt: skip
def test_a_figure_that_is_not_certain_is_refused(column: int, value: object, reden: str) -> None:
    row = list(FIGURES[1][1])
    row[column] = value
    reading = read("cbs_maatwerk", ("C", [FIGURES[1][0], row, FIGURES[1][2]]))
    assert [reden in refusal.reden for refusal in reading.refusals] == [True] and reading.rijen_geladen == 1
