"""What the council reads: six messages at most, every number as published, and secrets kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard import formatting as f
from dashboard.edition.content import edition
from dashboard.edition.document import Alinea, Editie, Figuur, Getal, Hoofdstuk, Lijst, Tabel
from dashboard.edition.half_year import EditionRefused, HalfYear
from dashboard.edition.html import to_html
from dashboard.edition.make import world_of
from dashboard.edition.message import CONCLUSIE
from dashboard.edition.messages import messages
from dashboard.edition.world import World
from dashboard.store import READER_SETTINGS
from tests.support.edition_lookup import raw, value
from tests.support.publication import leeg, publish
from tests.support.publication_edition import twee_halfjaren

H1, H2 = HalfYear(2026, 1), HalfYear(2026, 2)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store")
    publish(path, twee_halfjaren())
    return path


@pytest.fixture(scope="module")
def world(store: Path) -> World:
    return world_of(store, H1)


@pytest.fixture(scope="module")
def found(world: World) -> Editie:
    return edition(world, date(2026, 7, 10))


@pytest.fixture(scope="module")
def later(store: Path) -> Editie:
    return edition(world_of(store, H2), date(2026, 10, 10))


@pytest.fixture(scope="module")
def db(store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    path = next((store / "db").glob("*.duckdb"))
    with duckdb.connect(str(path), read_only=True, config=dict(READER_SETTINGS)) as connection:
        yield connection


def paragraphs(of: Editie) -> Iterator[Alinea]:
    for chapter in of.hoofdstukken:
        for block in chapter.blokken:
            if isinstance(block, Alinea):
                yield block
            elif isinstance(block, Lijst):
                yield from block.punten


def numbers_of(of: Editie) -> Iterator[Getal]:
    for paragraph in paragraphs(of):
        yield from (d for d in paragraph.delen if isinstance(d, Getal))
    for table in (b for c in of.hoofdstukken for b in c.blokken if isinstance(b, Tabel)):
        yield from (d for row in table.rijen for d in row if isinstance(d, Getal))


def chapter(of: Editie, name: str) -> Hoofdstuk:
    return next(c for c in of.hoofdstukken if c.id == name)


def test_every_number_is_what_the_published_database_says(
    found: Editie, later: Editie, db: duckdb.DuckDBPyConnection
) -> None:
    looked_up = 0
    for number in {n: None for n in (*numbers_of(found), *numbers_of(later))}:
        if not number.bron:
            assert number.waarde is None
        elif "uitputting" in number.bron:
            assert number.tekst == f.dag_maand(raw(db, number.bron))
        else:
            assert number.waarde == pytest.approx(value(db, number.bron), abs=0.005), number
            looked_up += 1
    assert looked_up > 150


def test_the_summary_has_six_messages_at_most_and_the_whole_comes_first(found: Editie) -> None:
    said = [c.id for c in found.hoofdstukken if c.id.startswith("bericht-")]
    assert said[0] == "bericht-totaal"
    assert len(said) <= 6
    assert {"bericht-taakstelling", "bericht-programmas"} <= set(said)


def test_each_message_goes_from_goal_to_activity_to_euros_to_effect(found: Editie) -> None:
    for message in (c for c in found.hoofdstukken if c.id.startswith("bericht-")):
        starts = [b.tekst.split(":")[0] for b in message.blokken if isinstance(b, Alinea)]
        assert starts[:4] == ["Doel", "Wat we doen", "Geld", "Effect"], message.id


def test_the_effect_never_claims_that_money_caused_it(found: Editie) -> None:
    effects = [p.tekst for p in paragraphs(found) if p.tekst.startswith("Effect:")]
    measured = [t for t in effects if " in 20" in t]
    assert measured
    assert all(t.endswith("Dit bewijst niet dat het door dit geld komt.") for t in measured)


def test_the_money_is_that_of_the_half_year_and_not_of_later(found: Editie, later: Editie) -> None:
    assert found.peildatum == date(2026, 6, 30)
    assert later.peildatum == date(2026, 9, 30)
    first, second = (chapter(e, "bericht-totaal").titel for e in (found, later))
    assert first != second


def test_nobody_reads_a_gap_in_a_sentence(found: Editie, later: Editie) -> None:
    for of in (found, later):
        for text in [*(p.tekst for p in paragraphs(of)), *(c.titel for c in of.hoofdstukken)]:
            assert not re.search(r"\b(nan|None|NaT|inf)\b|  | ,| \.|\(\)|—", text), text


def test_few_users_stay_secret_and_others_are_rounded(found: Editie) -> None:
    said = chapter(found, "bericht-jeugd").blokken[1]
    assert isinstance(said, Alinea)
    assert "6" not in said.tekst.replace("2026", "")
    assert "is geheim: het zijn er zeven of minder" in said.tekst
    wmo = chapter(found, "bericht-wmo").blokken[1]
    assert isinstance(wmo, Alinea)
    assert "1.205 inwoners" in wmo.tekst
    assert "1.185" in wmo.tekst


def test_counts_of_persons_are_multiples_of_five_above_seven(found: Editie) -> None:
    persons = [n for n in numbers_of(found) if n.bron.endswith("~")]
    assert persons
    assert all(n.tekst in ("geheim", f.LEEG) or ((n.waarde or 0) % 5 == 0 and (n.waarde or 0) > 7) for n in persons)


def sided(table: Tabel) -> Iterator[tuple[str, tuple]]:
    """Rows of a budget table with the heading (Lasten, Baten) that they stand under."""
    side = ""
    for row in table.rijen:
        if not any(row[1:]):
            side = str(row[0])
        else:
            yield ("Baten" if "saldo" in str(row[0]) else side), row


def test_voordeel_and_nadeel_follow_the_side_of_the_budget(world: World, found: Editie) -> None:
    tables = [b for c in found.hoofdstukken for b in c.blokken if isinstance(b, Tabel) and b.id.startswith("begroting")]
    rows = [row for t in tables for row in sided(t)]
    assert rows
    for side, row in rows:
        budget, expected, difference = (d.waarde if isinstance(d, Getal) else None for d in (row[2], row[3], row[4]))
        if budget is None or expected is None:
            continue
        over = expected - budget
        assert difference == pytest.approx(-over if side == "Lasten" else over)
        assert row[5] == (f.LEEG if abs(over) < 500 else "N" if (over > 0) == (side == "Lasten") else "V")


def test_incidenteel_and_structureel_are_said_only_where_the_explanation_knows(found: Editie) -> None:
    tables = [b for c in found.hoofdstukken for b in c.blokken if isinstance(b, Tabel) and b.id.startswith("begroting")]
    rows = {row[0]: row for t in tables for side, row in sided(t) if side == "Lasten"}
    assert rows["Jeugdhulp met verblijf"][6] == "I/S"
    assert rows["Hulp bij het huishouden"][6] == "S"
    assert rows["Jeugdhulp ambulant"][6] == "?"


def test_every_deviation_from_the_threshold_on_is_explained_and_no_other(world: World, found: Editie) -> None:
    texts = [b.tekst for b in chapter(found, "toelichting").blokken if isinstance(b, Alinea)][1:]
    above = [
        p for (name, _), p in world.posten.items()
        if p.verschil is not None and abs(p.verschil) >= world.drempel and name in world.wetten
    ]  # fmt: skip
    assert len(texts) == len(above)
    assert "Dat kost € 400.000." in texts[0].replace(f.NBSP, " ") + texts[1].replace(f.NBSP, " ")


def test_ten_indicators_each_as_picture_and_as_row(found: Editie) -> None:
    blocks = chapter(found, "npg").blokken
    assert sum(isinstance(b, Figuur) for b in blocks) == 10
    table = next(b for b in blocks if isinstance(b, Tabel))
    assert len(table.rijen) == 10


def test_names_of_chapters_tables_and_figures_are_unique(found: Editie) -> None:
    names = [c.id for c in found.hoofdstukken]
    names += [b.id for c in found.hoofdstukken for b in c.blokken if isinstance(b, (Tabel, Figuur))]
    assert len(names) == len(set(names))
    assert all(re.fullmatch("[a-z0-9-]+", n) for n in names)


def test_every_figure_says_in_words_what_it_shows_and_where_it_is_from(found: Editie) -> None:
    for figure in (b for c in found.hoofdstukken for b in c.blokken if isinstance(b, Figuur)):
        assert figure.titel
        assert figure.alternatief.endswith(".")
        assert figure.bron.startswith("Bron: ")


def test_a_half_year_without_data_is_refused(store: Path) -> None:
    with pytest.raises(EditionRefused, match="eerste halfjaar 2027"):
        world_of(store, HalfYear(2027, 1))


def test_a_store_without_publication_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EditionRefused, match="staat geen publicatie"):
        world_of(tmp_path, H1)


def test_a_publication_without_figures_is_refused(tmp_path: Path) -> None:
    publish(tmp_path, leeg())
    with pytest.raises(EditionRefused, match="staat niets in de publicatie"):
        world_of(tmp_path, H2)


def test_a_gemeente_with_only_a_budget_and_a_forecast_gets_an_edition_too(tmp_path: Path) -> None:
    rows = twee_halfjaren()
    for table in rows:
        if (
            table.startswith("mart.")
            and not table.startswith("mart.dim_")
            and table
            not in (
                "mart.fct_begroting",
                "mart.fct_prognose",
            )
        ):
            rows[table] = []
    publish(tmp_path, rows)
    bare = edition(world_of(tmp_path, H2), date(2026, 10, 10))
    assert next(c.id for c in bare.hoofdstukken if c.id.startswith("bericht-")) == "bericht-totaal"
    for text in [*(p.tekst for p in paragraphs(bare)), *(c.titel for c in bare.hoofdstukken)]:
        assert not re.search(r"\b(nan|None|NaT|inf)\b|  | ,| \.|\(\)", text), text
    assert to_html(bare)


def test_who_subtracts_the_budget_finds_the_difference_of_the_conclusion(tmp_path: Path) -> None:
    rows = twee_halfjaren()
    for row in rows["mart.fct_prognose"]:
        if row["onderdeel"] == "totaal" and row["lasten_baten"] == "L" and row["peildatum"] == H1.einde:
            row["p50_eur"] = 78_052_000
    publish(tmp_path, rows)
    first = next(m for m in messages(world_of(tmp_path, H1)) if m.id == "totaal")
    said = [p.tekst.replace(f.NBSP, " ") for p in (first.delen[CONCLUSIE], first.delen["geld"])]
    # With one decimal 78,1 - 74,0 would be 4,1; with two 78,05 - 74,00 is half way.
    assert "€ 4,0 miljoen boven de begroting" in said[0]
    assert said[1].startswith("De begroting na wijziging is € 74.003.000. We verwachten € 78.052.000 uit te geven")
