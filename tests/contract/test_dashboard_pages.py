"""Every page answers for every kind of publication: complete, empty, absent, with gaps."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from dash import Dash
from typer.testing import CliRunner

from dashboard.app import create_app, warm
from dashboard.cli import app as cli
from tests.support.publication import Rows, leeg, publish, voorbeeld


def body(path: str, search: str = "") -> dict:
    return {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": path},
            {"id": "_pages_location", "property": "search", "value": search},
        ],
        "changedPropIds": ["_pages_location.pathname"],
        "state": [],
    }


def text_of(app: Dash, path: str, search: str = "") -> str:
    answer = app.server.test_client().post("/_dash-update-component", json=body(path, search))
    assert answer.status_code == 200, answer.data[:300]
    return json.dumps(json.loads(answer.data), ensure_ascii=False).replace("\u00a0", " ")


def app_with(store: Path, rows: Rows | None) -> Dash:
    if rows is not None:
        publish(store, rows)
    app = create_app(store)
    warm(app)
    return app


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    return app_with(tmp_path_factory.mktemp("store"), voorbeeld())


@pytest.mark.parametrize(
    ("path", "search", "says"),
    [
        ("/", "", "Het sociaal domein komt dit jaar naar verwachting € 0,6 miljoen boven de begroting uit."),
        ("/", "", "Vorige maand zeiden we: € 0,4 miljoen boven de begroting."),
        ("/", "", "geen begroting"),
        ("/", "", "Te weinig gegevens voor een prognose: 1 budget"),
        ("/budget", "?onderdeel=jeugdhulp_met_verblijf", "Het geld is op rond 11 november"),
        ("/budget", "?onderdeel=bestaat_niet", "Dit budget bestaat niet"),
        ("/budget", "?onderdeel=toegang", "Te weinig gegevens voor een prognose"),
        ("/budget", "?boekjaar=1900", "Sociaal domein · 2026"),
        ("/budget", "?boekjaar=2024&onderdeel=begeleiding", "In 2024 kwam de uitkomst"),
        ("/budget", "?boekjaar=2024&onderdeel=begeleiding", "Over 2024 is er geen prognose meer"),
        ("/budget", "?boekjaar=2024&onderdeel=begeleiding", "vanaf 1 januari. Dunne lijnen zijn eerdere jaren."),
        ("/indicator", "?indicator=jeugdhulpgebruik&periode=HJ", "geheim"),
        ("/indicator", "?indicator=bestaat_niet", "Deze indicator heeft geen cijfers"),
        ("/gegevens", "", "#VERW!"),
        ("/gegevens", "", "niet beschikbaar"),
        ("/gegevens", "?bron=wmo", "wmo_2026-09-28.xlsx"),
        ("/nergens", "", "Deze pagina bestaat niet"),
    ],
)
def test_page_says(full: Dash, path: str, search: str, says: str) -> None:
    assert says in text_of(full, path, search)


@pytest.mark.parametrize("path", ["/", "/budget", "/indicator", "/gegevens", "/verantwoording"])
def test_every_page_marks_synthetic_data(full: Dash, path: str) -> None:
    assert "Voorbeelddata. " in text_of(full, path)


def test_without_a_publication_every_page_says_what_to_do(tmp_path: Path) -> None:
    app = app_with(tmp_path, None)
    for path in ("/", "/budget", "/indicator", "/gegevens"):
        assert "Er is nog geen publicatie" in text_of(app, path)
    publish(tmp_path, voorbeeld())
    assert "naar verwachting" in text_of(app, "/"), "een nieuwe publicatie verschijnt zonder herstart"


def test_a_thin_publication_has_a_designed_state(tmp_path: Path) -> None:
    app = app_with(tmp_path, leeg())
    for path in ("/", "/budget", "/indicator", "/gegevens"):
        assert "nog geen" in text_of(app, path)


def test_gaps_in_the_forecast_do_not_break_a_page(tmp_path: Path) -> None:
    rows = voorbeeld()
    for table in ("mart.fct_terugtoets", "mart.fct_prognose_verloop"):
        rows[table] = []
    rows["mart.fct_prognose"] = [r for r in rows["mart.fct_prognose"] if r["methode"] == "lineair"]
    rows["mart.fct_realisatie"] = [r for r in rows["mart.fct_realisatie"] if r["boekjaar"] == 2026 and r["periode"] < 3]
    app = app_with(tmp_path, rows)
    assert "nog geen prognose" in text_of(app, "/")
    for search in ("", "?onderdeel=begeleiding", "?onderdeel=pgb_jeugd", "?boekjaar=2024"):
        assert "Budget" in text_of(app, "/budget", search)


def test_the_browser_may_load_from_here_only(full: Dash) -> None:
    client = full.server.test_client()
    answer = client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "connect-src 'self'" in policy and "http" not in policy and "'unsafe-eval'" not in policy
    page = answer.get_data(as_text=True)
    assert 'lang="nl"' in page and "https://" not in page
    assert client.get("/health").status_code == 200
    assert client.get("/_mcp").status_code in (200, 404) and b"jsonrpc" not in client.get("/_mcp").data


def test_plotly_keeps_the_figures_to_itself(full: Dash) -> None:
    text = full.server.test_client().get("/budget").text
    settings = json.loads(text.split('id="grafiek-instelling">')[1].split("</script>")[0])
    assert settings["showSendToCloud"] is False and settings["plotlyServerURL"] == "" and settings["locale"] == "nl"
    assert text.count("data-figuur=") >= 2


def test_a_refusal_of_the_last_refresh_is_said_with_its_reason(tmp_path: Path) -> None:
    app = app_with(tmp_path, voorbeeld())
    report = tmp_path / "laatste_verversing.json"
    for code, shown in ((0, False), (1, False), (2, True), (3, True)):
        report.write_text(json.dumps({"exitcode": code, "melding": "De schijf is vol; maak ruimte."}), "utf-8")
        text = text_of(app, "/gegevens")
        assert ("De schijf is vol; maak ruimte." in text) is shown
        assert ("niet gepubliceerd" in text) is shown


def test_indicator_says_direction_and_that_it_may_be_chance(tmp_path: Path) -> None:
    rows = voorbeeld()
    for row in rows["mart.fct_indicatorwaarde"]:
        if row["indicator"] == "ervaren_gezondheid":
            row["status"] = "onbekend"
            if row["periode"] == "2020JJ00" and row["ondergrens"]:
                row |= {"waarde": 40.0, "ondergrens": 38.0, "bovengrens": 42.0}
    text = text_of(app_with(tmp_path, rows), "/indicator", "?indicator=ervaren_gezondheid")
    assert "71,8 % in 2024, hoger dan in 2022; verschil kan toeval zijn" in text
    assert "niet vermeld door CBS" in text and '"children": "onbekend"' not in text
    rows["mart.fct_indicatorwaarde"] = [r for r in rows["mart.fct_indicatorwaarde"] if r["periode"] <= "2022JJ00"]
    # The bounds lie apart, but the verdict is that of the test: among so many figures it may still be chance.
    for minute, oordeel, said in ((15, "beter", "duidelijk hoger dan in 2020"), (16, "ruis", "; verschil kan toeval")):
        for row in rows["mart.fct_indicatorverandering"]:
            if row["soort"] == "vorige":
                row |= {"periode": "2022JJ00", "tegenover": "2020JJ00", "oordeel": oordeel}
        publish(tmp_path, rows, f"monitor-20261007T08{minute}00Z.duckdb")
        text = text_of(app_with(tmp_path, None), "/indicator", "?indicator=ervaren_gezondheid")
        assert "70,2 % in 2022, " in text and said in text


def test_many_cold_starts_answer_parallel_first_requests(tmp_path: Path) -> None:
    publish(tmp_path, leeg())
    for _ in range(5):
        app = create_app(tmp_path)
        warm(app)
        paths = ["/_dash-layout", "/_dash-dependencies", "/"] * 4
        with ThreadPoolExecutor(12) as pool:
            codes = list(pool.map(lambda p, a=app: a.server.test_client().get(p).status_code, paths))
        assert set(codes) == {200}


def test_a_port_in_use_gets_a_sentence(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = CliRunner().invoke(cli, ["serve", "--store", str(tmp_path), "--port", str(taken.getsockname()[1])])
    assert result.exit_code == 2 and "al in gebruik" in result.output


def test_euros_of_a_code_without_onderdeel_stand_on_the_data_page(tmp_path: Path) -> None:
    rows = voorbeeld()
    assert "Nog in te delen" not in text_of(app_with(tmp_path / "een", rows), "/gegevens")
    new = {"onderdeel": "nog_in_te_delen", "taakveld": "6.99"}
    rows["mart.fct_begroting"].append({**rows["mart.fct_begroting"][-1], **new, "actueel_eur": 123_456.0})
    rows["mart.fct_realisatie"].append({**rows["mart.fct_realisatie"][-1], **new, "bedrag_eur": 65_432.0})
    shown = text_of(app_with(tmp_path / "twee", rows), "/gegevens")
    assert "Nog in te delen" in shown and "6.99" in shown and "[onderdeel.taakveld]" in shown
    assert "123.456" in shown and "65.432" in shown
