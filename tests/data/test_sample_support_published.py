"""What is published of benefits, debt aid, stapeling, survey and programmes is what truth.json says, to the count."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from etl.sample import write_sample
from tests.support.refreshing import ask, program

VAN, PEILDATUM, SEED, INWONERS = 2024, dt.date(2026, 3, 31), 11, 3000
#: Sources whose newest file holds the whole state; of the others every file is needed.
STATES = {"wmo": "wmo_", "jeugd": "jeugd_", "participatiewet": "participatiewet_", "schuldhulp": "schuldhulp_dossiers"}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A refresh of the newest states only: quick, and the counts are of those."""
    base = tmp_path_factory.mktemp("ondersteuning")
    inbox, store = base / "inbox", base / "store"
    write_sample(inbox, SEED, VAN, peildatum=PEILDATUM, inwoners=INWONERS)
    shutil.rmtree(inbox / "k2f")
    for bron, stem in STATES.items():
        files = sorted(p for p in (inbox / bron).iterdir() if p.suffix != ".toml")
        mine = [p for p in files if p.name.startswith(stem)]
        for path in mine[:-1] + [p for p in files if p.name.startswith("declaraties")]:
            path.unlink()
    code, said = program("etl", "refresh", "--inbox", inbox, "--store", store, "--no-cbs")
    assert code == 1, said  # published; the mistakes that were planted are refused
    return store, json.loads((inbox / "truth.json").read_text("utf-8"))


def counts(store: Path, sql: str) -> dict[tuple[Any, ...], Any]:
    """Give the rows of a query as key -> last column, without zeros."""
    return {tuple(str(v) for v in row[:-1]): row[-1] for row in ask(store, sql) if row[-1]}


def kenmerk(store: Path, kind: str, rest: str) -> dict[tuple[Any, ...], Any]:
    return counts(
        store,
        f"""SELECT maand, waarde, maat, aantal FROM mart.fct_voorziening_kenmerk
            WHERE wet = 'participatiewet' AND kenmerk = '{kind}' AND onderdeel <> 'totaal'
                AND maand >= DATE '{VAN}-01-01' AND {rest}""",
    )


def test_stapeling_and_self_reliance_are_the_true_ones(published):
    store, truth = published
    found = counts(
        store,
        """SELECT maand, eenheid, maat, combinatie, aantal FROM mart.fct_stapeling
           JOIN mart.dim_gebied USING (gebied_code)
           WHERE niveau = 'gemeente' AND maat <> 'zonder_adres'
               AND peildatum = (SELECT max(peildatum) FROM mart.fct_stapeling)""",
    )
    # Self-reliance can be told only half a year after the exports begin: who left before is not in them.
    first = {maat: min(month for month, _, m, _ in found if m == maat) for _, _, maat, _ in found}
    true = {
        (r["maand"], r["eenheid"], r["maat"], r["combinatie"]): r["aantal"]
        for r in truth["stapeling"]
        if r["maand"] >= first[r["maat"]]
    }
    assert max(first.values()) <= f"{VAN}-09-01"
    assert found == true
    assert len({m for m, *_ in found}) >= 20 and {m for _, _, m, _ in found} == {
        "stand", "meervoudig", "integraal_aanbod", "zelfredzaam",
    }  # fmt: skip


def test_benefits_by_scheme_and_outflow_to_work_are_the_true_ones(published):
    store, truth = published
    rows = truth["uitkeringen_bekend_op_peildatum"]
    true = {(r["maand"], r["regeling"], r["maat"]): r["aantal"] for r in rows if r["regeling"] != "totaal"}
    assert kenmerk(store, "regeling", "TRUE") == true
    work = Counter({r["maand"]: r["aantal"] for r in truth["uitkeringen_uitstroom"] if r["reden"] == "11"})
    found = kenmerk(store, "uitstroom", "waarde = 'werk' AND onderdeel = 'inkomensregelingen'")
    assert {month: n for (month, _, maat), n in found.items() if maat == "uitstroom"} == dict(work)


def test_grants_and_routes_are_the_true_ones(published):
    store, truth = published
    decided = "onderdeel = 'inkomensregelingen' AND maat IN ('aanvraag', 'toekenning', 'afwijzing')"
    true = {(r["maand"], r["soort"], r["maat"]): r["aantal"] for r in truth["verstrekkingen"]}
    assert kenmerk(store, "soort", decided) == true
    stock: Counter[tuple[str, str, str]] = Counter()
    for row in truth["trajecten"]:
        if row["maat"] == "stand":
            stock[row["maand"], row["soort"], "stand"] += row["aantal"]
    assert kenmerk(store, "soort", "onderdeel = 'arbeidsparticipatie' AND maat = 'stand'") == dict(stock)
    routes = {
        (r["maand"], r["route"], "stand"): r["aantal"]
        for r in truth["trajecten"]
        if r["route"] and r["maat"] == "stand"
    }
    assert kenmerk(store, "route", "maat = 'stand'") == routes


def test_debt_aid_is_the_true_one_by_file_and_by_the_report_of_the_office(published):
    store, truth = published
    own = f"maand >= DATE '{VAN}-01-01' AND peildatum = (SELECT max(peildatum) FROM mart.fct_schuldhulp)"
    files = counts(
        store, f"SELECT maand, soort, maat, aantal FROM mart.fct_schuldhulp WHERE bron = 'dossiers' AND {own}"
    )
    last = max(r["maand"] for r in truth["schuldhulp_overzicht"])
    true = {(r["maand"], r["soort"], r["maat"]): r["aantal"] for r in truth["schuldhulp_dossiers"]}
    # The export leaves out what ended before it began: its first month, and the inflow of the next, cannot be told.
    first = {maat: min(month for month, _, its in files if its == maat) for maat in ("nieuw", "lopend")}
    assert max(first.values()) <= f"{VAN}-03-01"
    since = {"nieuw": first["nieuw"]}
    assert files == {k: n for k, n in true.items() if since.get(k[2], first["lopend"]) <= k[0] <= last}
    report = counts(store, "SELECT maand, soort, maat, aantal FROM mart.fct_schuldhulp WHERE bron = 'overzicht'")
    assert report == {
        (r["maand"], r["soort"], r["maat"]): r["aantal"] for r in truth["schuldhulp_overzicht"] if r["aantal"]
    }


def test_what_holds_no_persons_is_published_as_written(published):
    store, truth = published

    def euros(table: str, key: str, amount: str) -> dict[tuple[Any, ...], float]:
        return {k: float(v) for k, v in counts(store, f"SELECT {key}, {amount} FROM mart.{table}").items()}

    def true(name: str, keys: str, amount: str) -> dict[tuple[Any, ...], float]:
        return {tuple(str(r[k] or "") for k in keys.split(", ")): r[amount] for r in truth[name] if r[amount]}

    for table, name, key, amount in (
        ("fct_buig", "buig", "boekjaar, soort", "bedrag_eur"),
        ("fct_ervaring", "clientervaring", "jaar, wet, vraagnummer, antwoord", "waarde"),
        ("fct_programma", "programmas", "programma, activiteit", "besteed_eur"),
        ("fct_programmaresultaat", "programmaresultaten", "programma, activiteit, resultaat", "bereikt"),
        ("fct_taakstelling", "taakstelling", "taakstelling, onderdeel, boekjaar", "gerealiseerd_eur"),
        ("fct_maatwerk", "cbs_maatwerk", "indicator, gebied_code, periode", "waarde"),
    ):
        assert euros(table, key, amount) == true(name, key, amount), table
    small = dict(ask(store, "SELECT wet, bool_and(kleine_n) FROM mart.fct_ervaring GROUP BY wet"))
    assert small == {"jeugd": True, "wmo": False}
