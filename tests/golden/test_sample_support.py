"""Benefits, debt aid, survey, programmes and workbook figures of the sample: read as they were meant."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from etl.check import check_files
from etl.sample.identity import identify
from etl.sample.income_buig import POST, decisions
from etl.sample.people import day
from etl.sample.simulation import simulate
from etl.sample.support import simulate_support, write_support
from etl.source import Reading

VAN, INWONERS = 2024, 2_500
LATE, EARLY = dt.date(2026, 3, 31), dt.date(2025, 6, 30)
SOURCES = ("participatiewet", "schuldhulp", "clientervaring", "programmas", "cbs_maatwerk")


def written(out: Path, peildatum: dt.date) -> SimpleNamespace:
    world = simulate(6, VAN, peildatum, INWONERS)
    support = simulate_support(world)
    persons = identify(6, world.people, [*world.sightings(), *support.sightings()])
    truth, log = write_support(out, world, support, persons)
    return SimpleNamespace(out=out, world=world, support=support, persons=persons, truth=truth, log=log)


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> SimpleNamespace:
    return written(tmp_path_factory.mktemp("gemeente"), LATE)


@pytest.fixture(scope="module")
def readings(sample) -> dict[tuple[str, str], Reading]:
    """What the monitor reads of every file."""
    return {
        (bron, path.name): check_files([path])[0].reading
        for bron in SOURCES
        for path in sorted((sample.out / bron).iterdir())
        if path.suffix == ".xlsx"
    }


def newest(readings: dict[tuple[str, str], Reading], bron: str, entity: str):
    """Give the rows of an entity in the newest file of a source that has it."""
    return max(
        ((r.peildatum, r.tables[entity]) for (b, _), r in readings.items() if b == bron and entity in r.tables),
        key=lambda pair: pair[0],
    )[1]


def digests(folder: Path) -> dict[str, str]:
    files = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_every_row_is_loaded_refused_or_out_of_scope_as_planned(sample, readings):
    counts = {
        (bron, bestand): (gelezen, geladen, geweigerd, buiten)
        for bron, bestand, gelezen, geladen, geweigerd, buiten in sample.log.counts()
    }
    assert len(counts) == len(readings) > 50
    for key, reading in readings.items():
        found = (reading.rijen_gelezen, reading.rijen_geladen, reading.rijen_geweigerd, reading.rijen_buiten_bereik)
        assert not reading.refused and reading.voorbeelddata, key
        assert found == counts[key], key


def test_what_is_refused_is_what_was_planted_and_nothing_else(sample, readings):
    planted: dict[tuple[str, str], list[int]] = {}
    for p in sample.log.planted:
        if p.gevolg == "geweigerd":
            planted.setdefault((p.bron, p.bestand), []).append(p.rij)
    for key, reading in readings.items():
        assert sorted(r.rij for r in reading.refusals) == sorted(planted.get(key, [])), key
    mistakes = Counter(p.fout for p in sample.log.planted if p.gevolg == "geweigerd")
    assert set(mistakes) == {
        "dubbele regel", "einddatum vóór ingangsdatum", "besluit vóór aanvraag", "negatief bedrag",
        "onbekende soort voorziening", "onbekende soort dienst", "gestart vóór de aanmelding",
    }  # fmt: skip
    assert sum(mistakes.values()) < 0.005 * sum(r.rijen_gelezen for r in readings.values())


def test_the_same_seed_gives_the_same_bytes_and_a_file_does_not_know_what_comes_after_it(sample, tmp_path):
    early = digests(written(tmp_path, EARLY).out)
    late = digests(sample.out)
    assert len(early) > 35 and early == {name: late[name] for name in early}


def test_benefits_of_the_newest_delivery_count_as_the_truth_says(sample, readings):
    """Counted here once more, by hand: the stock of each scheme on every month end."""
    table = newest(readings, "participatiewet", "uitkering")
    got = table[table["besluit"] == "toegekend"]
    true = {
        (r["maand"], r["regeling"]): r["aantal"]
        for r in sample.truth["uitkeringen_bekend_op_peildatum"]
        if r["maat"] == "stand"
    }
    for month in ("2024-01-01", "2025-07-01", "2026-03-01"):
        first = dt.date.fromisoformat(month)
        last = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
        until = got["einddatum"].map(lambda v: v or dt.date.max)
        starts = got["ingangsdatum"]
        for regeling in ("bijstand", "ioaw", "totaal"):
            mine = got["regeling"].eq(regeling) | (regeling == "totaal")
            spells: dict[str, list[tuple[dt.date, dt.date]]] = {}
            for who, start, end in zip(got["persoon"][mine], starts[mine], until[mine], strict=True):
                spells.setdefault(who, []).append((start, end))
            assert sum(_in(found, last) for found in spells.values()) == true.get((month, regeling), 0)


def _in(spells: list[tuple[dt.date, dt.date]], at: dt.date) -> bool:
    """Whether somebody is in on a day: in a spell, or between two that are at most 28 days apart."""
    spells = sorted(spells)
    if any(a <= at <= b for a, b in spells):
        return True
    before, after = [b for _, b in spells if b < at], [a for a, _ in spells if a > at]
    return bool(before and after and (min(after) - max(before)).days - 1 <= 28)


def test_grants_routes_and_debt_aid_of_the_newest_delivery_count_as_the_truth_says(sample, readings):
    truth = sample.truth
    grants = newest(readings, "participatiewet", "verstrekking")
    awarded = grants[grants["besluit"] == "toegekend"]
    euros = sum(r["bedrag_eur"] for r in truth["verstrekkingen"] if r["maat"] == "toekenning")
    assert round(float(awarded["bedrag_eur"].sum()), 2) == round(euros, 2)
    by_kind = Counter(
        r["soort"] for r in truth["verstrekkingen"] for _ in range(r["aantal"]) if r["maat"] == "toekenning"
    )
    assert Counter(awarded["soort"]) == by_kind

    routes = newest(readings, "participatiewet", "traject")
    running = routes[routes["einddatum"].isna() | (routes["einddatum"] >= LATE)]
    found = Counter(zip(running["soort"], running["route"].map(lambda v: "" if pd.isna(v) else v), strict=True))
    true = {
        (r["soort"], r["route"] or ""): r["aantal"]
        for r in truth["trajecten"]
        if r["maat"] == "stand" and r["maand"] == "2026-03-01"
    }
    assert found == true and {"b1_route", "z_route"} <= {route for _, route in found}

    files = newest(readings, "schuldhulp", "dossier")
    started = files[files["ingangsdatum"].notna()]
    running = started[(started["einddatum"].isna() | (started["einddatum"] >= LATE))]
    lopend = {
        r["soort"]: r["aantal"]
        for r in truth["schuldhulp_dossiers"]
        if r["maat"] == "lopend" and r["maand"] == "2026-03-01"
    }
    assert Counter(running["soort"]) == lopend


def test_state_money_moves_in_the_year_and_is_what_the_ledger_books(sample):
    world = sample.world
    row = world.ledger.posts.index(POST)
    known = decisions(world.seed, world.scale, LATE)
    assert [(r["boekjaar"], r["soort"]) for r in known][-4:] == [
        (2025, "voorlopig"), (2025, "nader_voorlopig"), (2025, "definitief"), (2026, "voorlopig"),
    ]  # fmt: skip
    for year in (2024, 2025):
        before, june, final = (r["bedrag_eur"] for r in known if r["boekjaar"] == year)
        budgets, j = world.ledger.budgets, world.ledger.year_index(year)
        assert world.ledger.stand(year, 18)[row] == round(final * 100)
        assert len({before, june, final}) == 3
        moved = np.cumsum([budgets.primitief[row, j], *budgets.wijzigingen[row, j]])
        assert np.abs(moved - np.array([before, june, final]) * 100).max() <= 50_000


def test_the_monitor_reads_survey_programmes_and_figures_as_written(sample, readings):
    def written_as(rows, keys):
        return sorted(json.dumps({k: r[k] for k in keys}, sort_keys=True, default=str) for r in rows)

    def read_as(frames, keys):
        rows = [row for frame in frames for row in frame.to_dict("records")]
        return written_as([{k: _plain(row[k]) for k in keys} for row in rows], keys)

    keys = ["jaar", "wet", "vraagnummer", "vraag", "antwoord", "waarde", "eenheid", "aantal_antwoorden", "verstuurd"]
    surveys = [r.tables["uitkomst"] for (b, _), r in readings.items() if b == "clientervaring"]
    assert read_as(surveys, keys) == written_as(sample.truth["clientervaring"], keys)
    keys = ["programma", "activiteit", "begroting_eur", "besteed_eur", "verplicht_eur", "van", "tot_en_met"]
    assert read_as([newest(readings, "programmas", "programma")], keys) == written_as(sample.truth["programmas"], keys)
    keys = ["taakstelling", "onderdeel", "boekjaar", "doel_eur", "gerealiseerd_eur", "prognose_eur"]
    assert read_as([newest(readings, "programmas", "taakstelling")], keys) == written_as(
        sample.truth["taakstelling"], keys
    )
    keys = ["indicator", "gebied_code", "periode", "waarde", "ondergrens", "bovengrens", "status", "adres"]
    figures = newest(readings, "cbs_maatwerk", "waarneming")
    assert read_as([figures], keys) == written_as(sample.truth["cbs_maatwerk"], keys)


def _plain(value: object) -> object:
    if pd.isna(value):
        return None
    if isinstance(value, str | dt.date):
        return str(value)
    number = float(value)
    return int(number) if isinstance(value, int) else number


def test_a_person_has_one_bsn_name_and_address_in_every_source(sample):
    persons, support = sample.persons, sample.support
    both = np.intersect1d(support.income.benefits.person, support.office.debts.person)
    assert len(both) > 5
    for person in both.tolist():
        here, there = persons.of(person, "inkomen"), persons.of(person, "schuldhulp")
        assert here.clientnummer != there.clientnummer
        assert (here.bsn, here.naam, here.geboortedatum, here.postcode, here.huisnummer) == (
            there.bsn, there.naam, there.geboortedatum, there.postcode, there.huisnummer,
        )  # fmt: skip
    together = [r for r in sample.truth["stapeling"] if "+" in r["combinatie"] and r["eenheid"] == "huishouden"]
    assert {r["combinatie"] for r in together} >= {"participatiewet+schuldhulp", "wmo+participatiewet"}
    assert any(r["maat"] == "zelfredzaam" for r in sample.truth["stapeling"])


def test_the_levels_are_those_of_a_municipality_of_this_kind():
    """DOMAIN 2, at a quarter of the size; wide margins, since it is about the order and not the figure."""
    scale = 0.25
    world = simulate(3, 2023, dt.date(2025, 12, 31), round(39_700 * scale))
    support = simulate_support(world)
    lines, at = support.income.benefits, day(2025, 1)
    runs = (lines.outcome == 0) & (lines.start <= at) & (lines.end >= at)
    bijstand = runs & (lines.regeling == 0)
    assert 1_450 * scale * 0.75 < bijstand.sum() < 1_450 * scale * 1.25
    assert 0.4 < (at - lines.start[bijstand] > 3 * 365).mean() < 0.65
    ended = lines.take((lines.outcome == 0) & (lines.end >= day(2023, 1)) & (lines.end < day(2026, 1)))
    assert 0.2 < (ended.reason == 11).mean() < 0.5
    grants = support.income.grants
    special = (grants.grant < 2) & (grants.applied >= day(2024, 1)) & (grants.applied < day(2025, 1))
    assert 960 * scale * 0.75 < special.sum() < 960 * scale * 1.25
    debts = support.office.debts
    budget = (debts.service == 1) & (debts.start <= at) & (debts.end >= at)
    assert 383 * scale * 0.6 < budget.sum() < 383 * scale * 1.4
