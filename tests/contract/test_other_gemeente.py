"""Any Dutch gemeente can be the own one: with another one configured nothing counts for, or names, the example."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import dash
import duckdb
import pytest
from dash import Dash

from dashboard.app import create_app, warm
from indicators.core.contract import TABLES
from indicators.core.settings import REFERENCE
from tests.contract.test_dashboard_pages import text_of
from tests.support import refreshing, wmo_export
from tests.support.processes import started
from tests.support.publication import publish, voorbeeld

ROOT = Path(__file__).resolve().parents[2]
#: The gemeente that the repository is configured for: no text may name it once another one is.
VOORBEELD = re.compile(r"Oldambt|GM1895|WK1895|BU1895|Winschoten")
CODE, NAAM = "GM0344", "Utrecht"
INSTELLINGEN = f"""
gebieden = "wijken.csv"

[gemeente]
code = "{CODE}"
naam = "{NAAM}"
provincie_code = "PV26"
provincie_naam = "Utrecht (provincie)"
land_code = "NL01"
land_naam = "Nederland"
"""
WIJKEN = f"""gebied_code,naam,niveau,ouder_code
WK034401,Wijk 01 West,wijk,{CODE}
WK034402,Wijk 02 Noordwest,wijk,{CODE}
BU03440111,Lombok,buurt,WK034401
"""


@pytest.fixture(scope="module")
def instellingen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("instellingen")
    (folder / "wijken.csv").write_text(WIJKEN, "utf-8")
    (folder / "utrecht.toml").write_text(INSTELLINGEN, "utf-8")
    return folder / "utrecht.toml"


@pytest.fixture(scope="module")
def refreshed(instellingen: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A store that a refresh of a made-up inbox of the other gemeente filled, and all that it said."""
    folder = tmp_path_factory.mktemp("utrecht")
    # The last one says two different days and is refused: a refusal names the own gemeente too, or none.
    for day in (dt.date(2025, 5, 31), dt.date(2025, 6, 30), dt.date(2025, 7, 28)):
        refreshing.put_k2f(folder / "inbox", day, 200_000 + 10_000 * day.month)
    wijken = ["WK034401"] * 30 + ["Wijk 02 Noordwest"] * 20 + ["Lombok"] * 5 + ["WK189501"] * 3
    lines = [wmo_export.line(i, Wijkcode=wijk) for i, wijk in enumerate(wijken)]
    wmo_export.write(folder / "inbox" / "wmo" / "wmo_2025-06-30.csv", *lines)
    arguments = ["refresh", "--inbox", str(folder / "inbox"), "--store", str(folder / "store"), "--no-cbs"]
    environment = refreshing.environment(MONITOR_INSTELLINGEN=str(instellingen))
    process = started(refreshing.frozen_code(), "etl", *arguments, environment=environment)
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 1, said
    return folder / "store", said


@pytest.fixture
def other(instellingen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_INSTELLINGEN", str(instellingen))


def test_everything_is_counted_for_the_gemeente_of_the_settings(refreshed: tuple[Path, str]) -> None:
    store, _ = refreshed
    assert refreshing.ask(store, "SELECT gemeente_code, gemeente_naam FROM meta.publicatie") == [(CODE, NAAM)]
    counted = refreshing.ask(
        store,
        """SELECT gebied_code, max(aantal) FROM mart.fct_voorziening
        WHERE maat = 'stand' AND onderdeel = 'totaal' GROUP BY ALL ORDER BY ALL""",
    )
    # 35 and 20 persons; the three of a wijk that is not one of ours belong to the gemeente only.
    # In the first months nobody is in yet, and a wijk is told in all months of a stock or in none.
    assert counted == [(CODE, 58), ("WK034401", None), ("WK034402", None)]
    own = refreshing.ask(
        store, "SELECT DISTINCT gebied_code FROM mart.fct_indicatorwaarde WHERE gebied_code LIKE 'GM%' ORDER BY ALL"
    )
    assert own == [(CODE,)]
    assert refreshing.ask(store, "SELECT count(*) FROM mart.fct_toen_en_nu") == [(0,)], "een nulmeting van een ander"


def test_no_published_text_names_the_example(refreshed: tuple[Path, str]) -> None:
    store, said = refreshed
    assert not VOORBEELD.search(said)
    report = json.loads((store / "laatste_verversing.json").read_text("utf-8"))
    # A cell of the export itself may name a region: it is shown masked, never as ours.
    assert not VOORBEELD.search(json.dumps(report, ensure_ascii=False))
    with duckdb.connect(str(store / "db" / refreshing.pointer(store)["bestand"]), read_only=True) as connection:
        named = [
            f"{table.name}: {row}"
            for table in TABLES
            # The list of all gemeenten of the country rightly has the example among them.
            if table.name not in ("mart.dim_gebied", "mart.dim_vergelijkingsgroep")
            and (texts := [c.name for c in table.columns if c.type == "VARCHAR"])
            for row in connection.execute(f"SELECT DISTINCT {', '.join(texts)} FROM {table.name}").fetchall()
            if VOORBEELD.search(" ".join(map(str, row)))
        ]
    assert not named


def _texts(app: Dash) -> dict[str, str]:
    paths = {page["path"] for page in dash.page_registry.values() if page.get("path")}
    assert {"/", "/budget", "/indicator", "/gegevens"} <= paths
    return {path: text_of(app, path) for path in sorted(paths)}


def test_every_page_works_and_names_the_gemeente_of_the_settings(refreshed: tuple[Path, str], other: None) -> None:
    app = create_app(refreshed[0])
    warm(app)
    texts = _texts(app)
    assert not {path: found[0] for path, text in texts.items() if (found := VOORBEELD.search(text))}
    assert NAAM in texts["/"]
    for name in ("wmo_clienten", "wmo_aanvragen"):
        text = text_of(app, "/indicator", f"?indicator={name}")
        assert NAAM in text and not VOORBEELD.search(text)


def test_every_page_of_a_full_publication_names_the_gemeente_of_the_settings(tmp_path: Path, other: None) -> None:
    """The small inbox leaves pages nearly empty: the invented publication has figures for all of them."""
    rows = voorbeeld()
    own = [r for r in rows["mart.dim_gebied"] if not VOORBEELD.search(" ".join(map(str, r.values())))]
    rows["mart.dim_gebied"] = [*own, {"gebied_code": CODE, "naam": NAAM, "niveau": "gemeente", "ouder_code": "PV26"}]
    publish(tmp_path, rows)
    app = create_app(tmp_path)
    warm(app)
    texts = _texts(app)
    assert not {path: found[0] for path, text in texts.items() if (found := VOORBEELD.search(text))}
    assert NAAM in texts["/"] and NAAM in texts["/indicator"]


def test_no_file_that_a_user_reads_or_that_runs_names_the_example() -> None:
    files = [p for room in ("dashboard", "indicators", "etl", "notebooks") for p in (ROOT / room).rglob("*")]
    texts = {".py", ".sql", ".js", ".css", ".html", ".ipynb", ".toml", ".yml", ".md"}
    found = [
        str(p.relative_to(ROOT))
        for p in files
        if p.suffix in texts and "sample" not in p.parts and VOORBEELD.search(p.read_text("utf-8"))
    ]
    assert not found
    own_lists = {"gebieden.csv", "instellingen.toml", "tegels.csv", "toen_en_nu.csv", "gemeenten.csv"}
    lists = [p.name for p in REFERENCE.iterdir() if p.name not in own_lists and VOORBEELD.search(p.read_text("utf-8"))]
    assert not lists
