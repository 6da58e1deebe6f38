"""Signals from the marts: what each rule says, what it does not use, and how one story becomes one signal."""

import datetime as dt
import json
from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd
import pytest

from indicators.compute import insert
from indicators.core.contract import BY_NAME
from indicators.signals import texts
from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Signal, rules
from indicators.signals.run import raised, signals
from indicators.signals.texts import titel
from tests.support.marts import all_empty, empty_marts
from tests.support.signal_world import PEILDATUM, budget, counts, database, ledger, month_end, prognosis, put

HBH, BEGELEIDING, AMBULANT = "hulp_bij_het_huishouden", "begeleiding", "jeugdhulp_ambulant"
#: Rules about facts; the others are judged by simulation, and the one on the forecast by its own past.
OF_FACTS = {"indicator_verandert", "levering_ontbreekt", "nog_in_te_delen", "programma_achter", "taakstelling"}


@pytest.fixture(scope="module")
def world() -> Iterator[duckdb.DuckDBPyConnection]:
    """Three onderdelen; in 2026 one has more new clients, one a large booking, and budgets that both pass."""
    connection, rng = database(), np.random.default_rng(8)
    for onderdeel, level, planted in ((HBH, 24, {"2026-02-01": 1.9}), (BEGELEIDING, 15, {}), (AMBULANT, 30, {})):
        put(connection, "mart.fct_voorziening", counts(rng, onderdeel, "instroom", level, planted))
        put(connection, "mart.fct_voorziening", counts(rng, onderdeel, "uitstroom", level, {}))
        put(connection, "mart.fct_voorziening", counts(rng, onderdeel, "stand", 30 * level, {}))
    for onderdeel, extra in ((HBH, {}), (BEGELEIDING, {"2026-04": 300_000.0}), (AMBULANT, {})):
        put(connection, "mart.fct_realisatie", ledger(rng, onderdeel, 300_000, extra))
        put(connection, "mart.fct_begroting", budget(onderdeel, 4_000_000))
    for onderdeel, p50, kans in ((HBH, 4_150_000, 0.9), (BEGELEIDING, 4_280_000, 0.97), (AMBULANT, 3_900_000, 0.1)):
        for month in (6, 7, 8, 9):
            put(
                connection,
                "mart.fct_prognose",
                prognosis(onderdeel, p50, kans, month_end(pd.Timestamp(2026, month, 1))),
            )
    for name, p50, kans in (("wmo", 8_430_000, 0.95), ("totaal", 12_330_000, 0.9)):
        put(connection, "mart.fct_prognose", prognosis(name, p50, kans, PEILDATUM))
    yield connection
    connection.close()


def _by_id(connection: duckdb.DuckDBPyConnection, peildatum: dt.date = PEILDATUM) -> pd.DataFrame:
    return signals(connection, peildatum)["mart.fct_signaal"].set_index("signaal")


def test_a_cause_is_told_once_with_what_it_does_to_the_budget(world: duckdb.DuckDBPyConnection) -> None:
    rows = _by_id(world)
    assert set(rows.index) == {f"vraag:{HBH}:meer", f"grote_boeking:{BEGELEIDING}:2026-04"}
    more = rows.loc[f"vraag:{HBH}:meer"]
    assert more["regel"] == "instroom" and more["effect_eur"] > 0
    assert more["sinds"] in (dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1))
    assert "€ 150.000 boven de begroting" in more["toelichting"]
    # The amount beside the title is told too: it is another one than what the budget lacks.
    assert f"Dat kost dit jaar naar schatting {texts.euro(more['effect_eur'])}." in more["toelichting"]
    figures = {f["naam"]: f["waarde"] for f in json.loads(more["cijfers"])}
    assert figures["vervangt signaal"] == f"budget:{HBH}:L:2026"
    booking = rows.loc[f"grote_boeking:{BEGELEIDING}:2026-04"]
    assert booking["effect_eur"] == pytest.approx(300_000, rel=0.1) and booking["sinds"] == dt.date(2026, 4, 1)
    assert list(rows["volgorde"]) == [1, 2] and set(rows["ernst"]) <= {"hoog", "middel", "laag"}


def test_the_amount_beside_a_title_and_in_its_sentence_are_that_of_the_explanation(
    world: duckdb.DuckDBPyConnection,
) -> None:
    own = _by_id(world).loc[f"vraag:{HBH}:meer", "effect_eur"]
    explained = round(1.25 * float(own), -3)
    why = {"boekjaar": 2026, "peildatum": PEILDATUM, "onderdeel": HBH, "lasten_baten": "L", "zin": "Meer."}
    world.execute("BEGIN")
    put(world, "mart.fct_verklaring", [{**why, "oorzaak": "nieuw", "volgorde": 1, "effect_eur": explained}])
    more = _by_id(world).loc[f"vraag:{HBH}:meer"]
    world.execute("ROLLBACK")
    assert more["effect_eur"] == explained
    assert f"Dat kost dit jaar naar schatting {texts.euro(explained)}." in more["toelichting"]
    assert texts.euro(float(own)) not in more["toelichting"]


def test_the_rows_fit_the_contract(world: duckdb.DuckDBPyConnection) -> None:
    result = signals(world, PEILDATUM)
    with empty_marts(result) as scratch:
        for name, rows in result.items():
            insert(scratch, BY_NAME[name], rows)
            assert not rows.duplicated(list(BY_NAME[name].key)).any()
        assert scratch.execute("SELECT count(*) FROM mart.fct_signaal WHERE wat_het_niet_is IS NULL").fetchone() == (0,)
    rules_told = result["mart.dim_signaalregel"].set_index("regel")
    assert list(rules_told.index) == list(rules())
    assert (rules_told["meting"].str.len() > 20).all()


def test_the_same_thing_keeps_its_id_and_earlier_dates_use_nothing_later(world: duckdb.DuckDBPyConnection) -> None:
    july = dt.date(2026, 7, 31)
    then = _by_id(world, july)
    assert f"vraag:{HBH}:meer" in then.index
    with all_empty() as scratch:
        for table in BY_NAME.values():
            later = " WHERE peildatum <= DATE '2026-07-31'" if "peildatum" in table.column_names else ""
            frame = world.execute(f"SELECT * FROM {table.name}{later}").df()  # noqa: F841  (DuckDB finds it by name)
            scratch.execute(f"INSERT INTO {table.name} SELECT * FROM frame")
        pd.testing.assert_frame_equal(_by_id(scratch, july), then)
    assert f"vraag:{HBH}:meer" not in _by_id(world, dt.date(2026, 1, 31)).index


def test_a_gap_in_a_series_is_unknown_and_not_nothing(world: duckdb.DuckDBPyConnection) -> None:
    months, counts = Facts(world, PEILDATUM).series("wmo", HBH, "instroom")
    assert len(months) == len(counts) == 57
    facts = Facts(world, PEILDATUM)
    facts.counts = facts.counts[facts.counts["maand"] != pd.Timestamp("2023-05-01")]  # type: ignore[misc]
    months, counts = facts.series("wmo", HBH, "instroom")
    assert str(months[0])[:7] == "2023-06" and len(counts) == 40 and counts.min() > 0


def test_where_more_clients_live_is_named_as_far_as_it_may_be_shown() -> None:
    connection, rng = database(), np.random.default_rng(8)
    put(connection, "mart.fct_voorziening", counts(rng, HBH, "instroom", 24, {"2026-02-01": 2.0}))
    stock = counts(rng, HBH, "stand", 700, {})
    wijken = {"WK000001": ("Noord", {"2026-09-01": 180, "2025-09-01": 100}), "WK000002": ("Zuid", {"2026-09-01": None})}
    wijken["WK000003"] = ("West", {"2026-09-01": 55, "2025-09-01": 50})
    for code, (naam, at) in wijken.items():
        put(connection, "mart.dim_gebied", [{"gebied_code": code, "naam": naam, "niveau": "wijk"}])
        stock += [
            {**stock[-1], "gebied_code": code, "maand": dt.date.fromisoformat(m), "aantal": n} for m, n in at.items()
        ]
    put(connection, "mart.fct_voorziening", stock)
    row = _by_id(connection).loc[f"vraag:{HBH}:meer"]
    places = [f for f in json.loads(row["cijfers"]) if "groei van het aantal" in f["naam"]]
    assert [(f["naam"].split(":")[0], f["waarde"]) for f in places] == [("Noord", 80.0)]
    assert row["effect_eur"] is None and "kosten per cliënt zijn niet bekend" in row["toelichting"]


def test_an_empty_database_and_a_date_before_everything_say_nothing(world: duckdb.DuckDBPyConnection) -> None:
    assert signals(database(), PEILDATUM)["mart.fct_signaal"].empty
    assert signals(world, dt.date(2015, 1, 1))["mart.fct_signaal"].empty


def test_a_sum_speaks_only_where_no_part_does_and_income_counts_the_other_way() -> None:
    connection = database()
    put(
        connection,
        "mart.fct_begroting",
        [*budget(HBH, 1_000_000), *budget(AMBULANT, 1_000_000), *budget(HBH, 500_000, "B")],
    )
    put(connection, "mart.fct_prognose", prognosis("wmo", 1_100_000, 0.97, PEILDATUM))
    put(connection, "mart.fct_prognose", prognosis("totaal", 2_300_000, 0.99, PEILDATUM))
    put(connection, "mart.fct_prognose", prognosis(AMBULANT, 1_200_000, 0.99, PEILDATUM))
    put(connection, "mart.fct_prognose", prognosis(HBH, 450_000, 0.05, PEILDATUM, "B"))
    why = {"boekjaar": 2026, "peildatum": PEILDATUM, "onderdeel": AMBULANT, "lasten_baten": "L"}
    put(
        connection,
        "mart.fct_verklaring",
        [
            {**why, "oorzaak": "aantal", "volgorde": 1, "effect_eur": -90_000, "zin": "Er zijn minder cliënten."},
            {**why, "oorzaak": "prijs", "volgorde": 2, "effect_eur": 80_000, "zin": "De prijs stijgt."},
        ],
    )
    rows = _by_id(connection)
    assert set(rows.index) == {f"budget:{AMBULANT}:L:2026", "budget:wmo:L:2026", f"budget:{HBH}:B:2026"}
    assert rows.loc[f"budget:{AMBULANT}:L:2026", "toelichting"].endswith("Grootste oorzaak: de prijs stijgt.")
    assert rows.loc[f"budget:{HBH}:B:2026", "effect_eur"] == 50_000
    assert list(rows.sort_values("volgorde")["effect_eur"]) == [200_000, 100_000, 50_000]


def test_targets_programmes_and_amounts_without_an_onderdeel() -> None:
    connection = database()
    day = {"peildatum": PEILDATUM}
    target = {"taakstelling": "T", "onderdeel": "jeugd", "doel_eur": 1000000, **day}
    put(
        connection,
        "mart.fct_taakstelling",
        [
            {**target, "boekjaar": 2024, "gerealiseerd_eur": 100000, "prognose_eur": 100000},
            {**target, "boekjaar": 2025, "gerealiseerd_eur": 990000, "prognose_eur": 990000},
            {**target, "boekjaar": 2026, "gerealiseerd_eur": 300000, "prognose_eur": 755000},
            {**target, "onderdeel": "wmo", "boekjaar": 2026, "gerealiseerd_eur": 980000, "prognose_eur": None},
        ],
    )
    plan = {
        "programma": "P",
        "van": dt.date(2024, 1, 1),
        "tot_en_met": dt.date(2027, 12, 31),
        "begroting_eur": 400000,
        **day,
    }
    over = {**plan, "programma": "Af", "tot_en_met": dt.date(2025, 12, 31), "besteed_eur": 1, "verplicht_eur": 0}
    running = {**plan, "activiteit": "", "besteed_eur": 390000, "verplicht_eur": 30000}
    put(connection, "mart.fct_programma", [running, {**over, "activiteit": ""}])
    result = {"programma": "P", "activiteit": "", "eenheid": "gezinnen", "gepland": 100, **day}
    put(
        connection,
        "mart.fct_programmaresultaat",
        [
            {**result, "resultaat": "Gezinnen geholpen", "bereikt": 20},
            {**result, "resultaat": "Ouders", "bereikt": 65},
            {**result, "programma": "Af", "resultaat": "Scholen", "bereikt": 50},
        ],
    )
    rng = np.random.default_rng(1)
    put(connection, "mart.fct_realisatie", [*ledger(rng, HBH, 300_000, {}), *ledger(rng, "nog_in_te_delen", 5_000, {})])
    rows = _by_id(connection)
    assert rows.loc["taakstelling:T:jeugd:2026", "effect_eur"] == 245_000
    assert rows.loc["taakstelling:T:jeugd:2026", "sinds"] == dt.date(2026, 1, 1)
    assert "taakstelling:T:wmo:2026" not in rows.index
    assert rows.loc["programmageld:P:", "effect_eur"] == 20_000
    assert "programma:P::Gezinnen geholpen" in rows.index and "programma:P::Ouders" not in rows.index
    assert not rows.index.str.startswith("programma:Af").any()  # it is over: the page says what it reached
    rest = rows.loc["nog_in_te_delen:2026"]
    assert rest["effect_eur"] is None or np.isnan(rest["effect_eur"])
    assert "kost niet meer" in rest["toelichting"]


def _delivery(bron: str, day: dt.date, rijen: int) -> dict[str, object]:
    return {"levering_id": f"{bron}{day}", "bron": bron, "peildatum": day, "rijen_geladen": rijen, "status": "geldig"}


def test_a_source_that_is_late_or_small_by_its_own_measure() -> None:
    connection = database()
    months = pd.date_range("2025-01-31", "2026-09-30", freq="ME")
    rows = [_delivery("wmo", d.date(), 1000 + i) for i, d in enumerate(months)]
    rows += [_delivery("jeugd", d.date(), 500) for d in months[:-3]]
    rows += [_delivery("k2f", d.date(), 60 if i < len(months) - 1 else 12) for i, d in enumerate(months)]
    rows += [_delivery("programmas", d.date(), 5) for d in months[2::3]]
    rows += [_delivery("clientervaring", dt.date(2025, 6, 30), 18)]
    put(connection, "meta.levering", rows)
    found = _by_id(connection)
    assert set(found.index) == {"levering:jeugd:ontbreekt", "levering:k2f:klein:2026-09-30"}
    assert found.loc["levering:jeugd:ontbreekt", "sinds"] == dt.date(2026, 7, 1)
    # The rhythm is learned from what is known at the date: in July nothing was late.
    assert _by_id(connection, dt.date(2026, 7, 31)).empty


def test_only_the_newest_significant_change_of_an_indicator_is_news() -> None:
    connection = database()
    from indicators.core.settings import settings

    code = settings().gemeente.code
    for periode in ("2020JJ00", "2022JJ00", "2024JJ00"):
        value = {"indicator": "ervaren_gezondheid", "periode": periode, "gebied_code": code, "uitsplitsing": "totaal"}
        put(
            connection,
            "mart.fct_indicatorwaarde",
            [{**value, "waarde": 70.0, "status": "definitief", "onderdrukt": False}],
        )
        change = {**value, "soort": "vorige", "tegenover": "2016JJ00", "verschil": -4.0, "p_waarde": 0.01, "toets": "z"}
        oordeel = "ruis" if periode == "2022JJ00" else "slechter"
        put(
            connection,
            "mart.fct_indicatorverandering",
            [{**change, "oordeel": oordeel, "toelichting": f"In {periode}."}],
        )
    rows = _by_id(connection)
    assert list(rows.index) == ["indicator:ervaren_gezondheid:slechter"]
    assert rows["toelichting"].iloc[0].startswith("In 2024JJ00.")
    assert _by_id(connection, dt.date(2023, 6, 30)).empty


def test_every_title_has_at_most_ten_words_and_every_signal_an_effect_or_a_reason() -> None:
    long = "Beschermd wonen en opvang voor inwoners van deze en zes andere gemeenten"
    assert len(titel(long, "minder inkomsten dan begroot").split()) <= 10
    shared = ("x",), "f", "o", "t", "zin", "niet"
    with pytest.raises(ValueError, match="reason"):
        Signal(*shared, effect_eur=None, sinds=PEILDATUM, zekerheid=0.5)
    with pytest.raises(ValueError, match="ten words"):
        Signal(("x",), "f", "o", "a " * 11, "zin", "niet", 1.0, PEILDATUM, 0.5, cijfers=(Cijfer("a", 1),))


def test_every_rule_says_what_it_looks_for_and_how_it_is_judged(world: duckdb.DuckDBPyConnection) -> None:
    for name, regel in rules().items():
        assert regel.vraag.endswith("?") and regel.titel
        assert bool(regel.meting) == (name in OF_FACTS)
    assert all(s.regel in rules() and s.wat_het_niet_is.endswith(".") for s in raised(Facts(world, PEILDATUM)))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (texts.euro(949_999.6), "€ 950.000"),
        (texts.euro(999_700), "€ 1,0 miljoen"),
        (texts.euro(-1234), "-€ 1.200"),
        (texts.percent(0.0856), "8,6 procent"),
        (texts.percent(-0.123), "12 procent"),
        (texts.number(19.96), "20"),
        (texts.number(3.44), "3,4"),
        (texts.chance(0.9991), "meer dan 99 procent"),
        (texts.month(dt.date(2025, 10, 1)), "oktober 2025"),
        (texts.first_lower("WSW en beschut werk"), "WSW en beschut werk"),
    ],
)
def test_amounts_and_months_are_written_in_dutch(written: str, expected: str) -> None:
    assert written == expected
