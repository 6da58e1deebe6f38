"""Every indicator that is one figure of CBS, worked out by hand: what CBS gives, and what the monitor shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import duckdb
import pandas as pd
import pytest

from indicators.compute import values
from indicators.core.indicator import indicators
from tests.support.marts import empty_marts

PEILDATUM = dt.date(2026, 9, 30)
#: Indicator: table, topic, period, what CBS gives for a gemeente, what the monitor shows, in the unit of the indicator.
CASES = {
    "aardgasverbruik": ("86165NED", "GemiddeldAardgasverbruikTotaal", "2025JJ00", 1010, 1010),
    "afstand_huisarts": ("86165NED", "AfstandTotHuisartsenpraktijk", "2025JJ00", 1.4, 1.4),
    "afstand_supermarkt": ("86165NED", "AfstandTotGroteSupermarkt", "2025JJ00", 0.9, 0.9),
    "arbeidsparticipatie": ("86008NED", "NettoArbeidsparticipatie", "2023JJ00", 66.4, 66.4),
    "besteedbaar_inkomen": ("86161NED", "GemiddeldBesteedbaarInkomen", "2023JJ00", 43.2, 43_200),
    "ervaren_gezondheid": ("86137NED", "ErvarenGezondheidGoedZeerGoed", "2024JJ00", 69.2, 69.2),
    "ervaren_gezondheid_wijken": ("50150NED", "ErvarenGezondheidGeschat", "2024JJ00", 68.6, 68.6),
    "huishoudens_met_meerdere_voorzieningen": (
        "85994NED", "HuishoudensMetMeerVoorzieningen", "2024JJ00", 8.1, 8.1,
    ),
    "jeugdhulp_per_wijk": ("85984NED", "PercentageJongerenMetJeugdzorg", "2024JJ00", 14.8, 14.8),
    "jeugdhulpgebruik": ("85098NED", "JongerenMetJeugdhulpInNatura", "2024JJ00", 15.3, 15.3),
    "laag_inkomen": ("86202NED", "ParticuliereHuishoudensRelatief", "2023JJ00", 7.7, 7.7),
    "mantelzorgers": ("86137NED", "Mantelzorger", "2024JJ00", 16.1, 16.1),
    "mediaan_vermogen": ("85984NED", "MediaanVermogenVanParticuliereHuish", "2024JJ00", 98.0, 98_000),
    "overgewicht": ("85563NED", "Overgewicht", "2022JJ00", 55.5, 55.5),
    "personen_in_armoede": ("85984NED", "PersonenInArmoede", "2024JJ00", 3.9, 3.9),
    "personenautos_per_huishouden": ("86165NED", "PersonenautoSPerHuishouden", "2025JJ00", 1.1, 1.1),
    "rokers": ("85012NED", "Rokers", "2020JJ00", 20.4, 20.4),
    "sociaal_economische_status": ("86296NED", "GemiddeldeScoreTotaal", "2024JJ00", -0.213, -0.213),
    "voldoende_beweging": ("83674NED", "VoldoetAanBeweegrichtlijn", "2016JJ00", 44.0, 44.0),
    "voortijdig_schoolverlaten": ("84780NED", "VoortijdigSchoolverlatersPercentage", "2024SJ00", 2.6, 2.6),
    "wekelijkse_sporters": ("86137NED", "WekelijkseSporters", "2024JJ00", 49.9, 49.9),
    "werkloosheidspercentage": ("86008NED", "Werkloosheidspercentage", "2023JJ00", 4.2, 4.2),
    "wmo_gebruik_cbs": ("85984NED", "WmoClientenRelatief", "2024JJ00", 71, 71),
    "woningen_met_zonnestroom": ("86165NED", "WoningenMetZonnestroom", "2025JJ00", 41.3, 41.3),
    "woz_waarde": ("86165NED", "GemiddeldeWOZWaardeVanWoningen", "2025JJ00", 256, 256_000),
    "zwaar_belaste_mantelzorgers": ("86137NED", "ZwaarBelasteMantelzorgers", "2024JJ00", 23.0, 23.0),
}  # fmt: skip
#: Those of a survey: the bounds are kept as well.
SURVEYS = [
    name for name, case in CASES.items() if case[0] in ("83674NED", "85012NED", "85563NED", "86137NED", "50150NED")
]
MAATWERK = ("langdurige_werkloosheid", "problematische_schulden", "tevredenheid_met_het_leven")


USED = tuple(
    f"mart.fct_{name}" for name in ("cbs_waarneming", "maatwerk", "stapeling", "voorziening", "voorziening_kenmerk")
)


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with empty_marts(USED) as connection:
        yield connection


@pytest.fixture
def mart(database: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    for name in USED:
        database.execute(f"DELETE FROM {name}")
    return database


def give(
    mart: duckdb.DuckDBPyConnection, tabel: str, onderwerp: str, gebied: str, periode: str, waarde: float | None,
    onder: float | None = None, boven: float | None = None,
) -> None:  # fmt: skip
    mart.execute(
        "INSERT INTO mart.fct_cbs_waarneming VALUES (?, ?, ?, ?, 'totaal', ?, ?, ?, 'eenheid', 'voorlopig')",
        (tabel, onderwerp, gebied, periode, waarde, onder, boven),
    )


def shown(mart: duckdb.DuckDBPyConnection, indicator: str) -> list[tuple[str, str, float | None]]:
    frame = values(mart, indicators()[indicator], PEILDATUM).sort_values(["periode", "gebied_code"])
    return [(r.periode, r.gebied_code, None if pd.isna(r.waarde) else r.waarde) for r in frame.itertuples()]


def test_every_indicator_that_asks_cbs_is_worked_out_here() -> None:
    assert {i.id for i in indicators().values() if i.cbs} == set(CASES) | {"bijstand_per_1000_inwoners"}


@pytest.mark.parametrize("indicator", CASES)
def test_a_figure_of_cbs_is_shown_in_the_unit_of_the_indicator(mart: duckdb.DuckDBPyConnection, indicator: str) -> None:
    tabel, onderwerp, periode, given, expected = CASES[indicator]
    give(mart, tabel, onderwerp, "GM1895", periode, given)
    give(mart, tabel, onderwerp, "NL01", periode, given)
    give(mart, tabel, onderwerp, "GM1895", "2020KW01", 1.0)  # a quarter says nothing beside years
    give(mart, tabel, onderwerp, "BU18950000", periode, 1.0)  # buurten are no level of any of these
    give(mart, tabel, "IetsAnders", "GM1895", periode, 2.0)
    found = shown(mart, indicator)
    assert [(p, g) for p, g, _ in found] == [(periode, "GM1895"), (periode, "NL01")]
    assert [w for _, _, w in found] == [pytest.approx(expected)] * 2


@pytest.mark.parametrize("indicator", SURVEYS)
def test_the_bounds_of_a_survey_stay_with_the_figure(mart: duckdb.DuckDBPyConnection, indicator: str) -> None:
    tabel, onderwerp, periode, given, _ = CASES[indicator]
    give(mart, tabel, onderwerp, "GM1895", periode, given, given - 4, given + 3.5)
    row = values(mart, indicators()[indicator], PEILDATUM).iloc[0]
    assert (row.ondergrens, row.waarde, row.bovengrens) == (given - 4, given, given + 3.5)
    assert (row.status, bool(row.onderdrukt)) == ("voorlopig", False)


def test_the_bounds_of_a_figure_in_thousands_are_in_euros_too(mart: duckdb.DuckDBPyConnection) -> None:
    give(mart, "86161NED", "GemiddeldBesteedbaarInkomen", "GM1895", "2023JJ00", 43.2, 42.0, 44.0)
    row = values(mart, indicators()["besteedbaar_inkomen"], PEILDATUM).iloc[0]
    assert (row.ondergrens, row.waarde, row.bovengrens) == (42_000, pytest.approx(43_200), 44_000)


def test_a_year_that_cbs_has_not_filled_in_is_left_out_but_a_gemeente_without_figure_is_shown(
    mart: duckdb.DuckDBPyConnection,
) -> None:
    for gebied, w2024, w2025 in (("GM1895", None, None), ("GM0014", 60, None)):
        give(mart, "85984NED", "WmoClientenRelatief", gebied, "2024JJ00", w2024)
        give(mart, "86165NED", "WmoClientenRelatief", gebied, "2025JJ00", w2025)
    assert shown(mart, "wmo_gebruik_cbs") == [("2024JJ00", "GM0014", 60), ("2024JJ00", "GM1895", None)]


def test_of_two_tables_with_one_period_a_figure_counts_before_none_and_the_newest_table_before_an_older(
    mart: duckdb.DuckDBPyConnection,
) -> None:
    for tabel, gm, nl in (("86004NED", 40.0, 50.0), ("86161NED", None, 51.0)):
        give(mart, tabel, "GemiddeldBesteedbaarInkomen", "GM1895", "2022JJ00", gm)
        give(mart, tabel, "GemiddeldBesteedbaarInkomen", "NL01", "2022JJ00", nl)
    assert shown(mart, "besteedbaar_inkomen") == [("2022JJ00", "GM1895", 40_000), ("2022JJ00", "NL01", 51_000)]


def test_benefits_per_inhabitant_by_hand(mart: duckdb.DuckDBPyConnection) -> None:
    """1,190 of 39,586 inhabitants: 30.06 per 1,000. A wijk without inhabitants has no rate."""
    for gebied, bijstand, inwoners in (("GM1895", 1190, 39_586), ("WK189504", 0, 0), ("WK189500", None, 18_800)):
        give(mart, "85984NED", "PersonenPerSoortUitkeringBijstand", gebied, "2024JJ00", bijstand)
        give(mart, "85984NED", "AantalInwoners", gebied, "2024JJ00", inwoners)
    give(mart, "86165NED", "AantalInwoners", "GM1895", "2025JJ00", 39_700)
    give(mart, "86165NED", "PersonenPerSoortUitkeringBijstand", "GM1895", "2025JJ00", None)
    frame = values(mart, indicators()["bijstand_per_1000_inwoners"], PEILDATUM).set_index("gebied_code")
    assert sorted(frame.index) == ["GM1895", "WK189500"]
    own = frame.loc["GM1895"]
    assert (own.periode, own.teller, own.noemer) == ("2024JJ00", 1190, 39_586)
    assert own.waarde == pytest.approx(30.0611, abs=1e-4)
    assert pd.isna(frame.loc["WK189500"].waarde)


@pytest.mark.parametrize("indicator", MAATWERK)
def test_a_figure_that_cbs_gives_in_a_workbook_only_comes_from_there(
    mart: duckdb.DuckDBPyConnection, indicator: str
) -> None:
    rows = [
        (indicator, "GM1895", "2024JJ00", "totaal", 9.7, 8.1, 11.4, "procent", "voorlopig"),
        (indicator, "NL01", "2024JJ00", "totaal", None, None, None, "%", "definitief"),
        (indicator, "GM1895", "2023JJ00", "totaal", 1200, None, None, "aantal", "definitief"),  # another unit
        ("iets_anders", "GM1895", "2024JJ00", "totaal", 1.0, None, None, "procent", "definitief"),
    ]
    for row in rows:
        mart.execute(
            "INSERT INTO mart.fct_maatwerk VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'https://cbs.voorbeeld', '2026-03-31')",
            row,
        )
    assert shown(mart, indicator) == [("2024JJ00", "GM1895", 9.7), ("2024JJ00", "NL01", None)]
    own = values(mart, indicators()[indicator], PEILDATUM).set_index("gebied_code").loc["GM1895"]
    assert (own.ondergrens, own.bovengrens, own.status) == (8.1, 11.4, "voorlopig")


def test_households_with_more_provisions_in_the_own_registration(mart: duckdb.DuckDBPyConnection) -> None:
    """June 2026: 310 of 1,000 households have two or more, 31.0 %. A wijk of 40 with a secret part gives no figure."""
    counts = [("GM1895", "stand", 1000), ("GM1895", "meervoudig", 310), ("GM1895", "integraal_aanbod", 99),
              ("WK189500", "stand", 40), ("WK189500", "meervoudig", None)]  # fmt: skip
    for gebied, maat, aantal in counts:
        mart.execute(
            "INSERT INTO mart.fct_stapeling VALUES ('2026-06-01', ?, 'huishouden', ?, 'alle', ?, '2026-06-30')",
            (gebied, maat, aantal),
        )
    mart.execute(
        "INSERT INTO mart.fct_stapeling VALUES ('2026-06-01', 'GM1895', 'persoon', 'stand', 'alle', 7, '2026-06-30')"
    )
    frame = values(mart, indicators()["eigen_huishoudens_met_meerdere_voorzieningen"], PEILDATUM)
    own = frame[(frame.gebied_code == "GM1895") & (frame.periode == "2026MM06")].iloc[0]
    assert (own.teller, own.noemer, own.waarde) == (310, 1000, pytest.approx(31.0))
    wijk = frame[frame.gebied_code == "WK189500"].iloc[0]
    assert bool(wijk.onderdrukt) and pd.isna(wijk.waarde)


def test_who_has_a_benefit_for_three_years_or_longer(mart: duckdb.DuckDBPyConnection) -> None:
    """June 2026: of 1,400 with a benefit 280 have it 3 to 5 years and 420 longer: 700 of 1,400, 50.0 %."""
    mart.execute(
        """INSERT INTO mart.fct_voorziening VALUES
        ('2026-06-01', 'participatiewet', 'inkomensregelingen', 'GM1895', 'stand', 1400, '2026-06-30'),
        ('2026-06-01', 'participatiewet', 'totaal', 'GM1895', 'stand', 1600, '2026-06-30')"""
    )
    for waarde, aantal in (("0-1 jaar", 300), ("1-3 jaar", 400), ("3-5 jaar", 280), ("5+ jaar", 420)):
        mart.execute(
            """INSERT INTO mart.fct_voorziening_kenmerk VALUES
            ('2026-06-01', 'participatiewet', 'inkomensregelingen', 'GM1895', 'duur', ?, 'stand', ?, '2026-06-30')""",
            (waarde, aantal),
        )
    frame = values(mart, indicators()["langdurig_in_de_bijstand"], PEILDATUM)
    assert frame.uitsplitsing.unique().tolist() == ["totaal"]
    own = frame[frame.periode == "2026MM06"].iloc[0]
    assert (own.teller, own.noemer, own.waarde) == (700, 1400, pytest.approx(50.0))
