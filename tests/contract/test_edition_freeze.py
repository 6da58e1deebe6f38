"""Freezing: once said it stays said, the next edition quotes it, an edited text has only numbers of the publication."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from typer.testing import CliRunner

from dashboard.app import create_app
from dashboard.cli import app as cli
from dashboard.edition import freeze, make, shelf, text
from dashboard.edition.document import Alinea, Editie
from dashboard.edition.half_year import EditionRefused, HalfYear
from dashboard.edition.message import CONCLUSIE, Message
from dashboard.edition.messages import messages
from dashboard.edition.world import World
from dashboard.markup import to_html
from dashboard.pages import raad
from tests.support.publication import publish
from tests.support.publication_edition import twee_halfjaren

H1, H2 = HalfYear(2026, 1), HalfYear(2026, 2)
JULI, OKTOBER = date(2026, 7, 10), date(2026, 10, 10)


def plain(edition: Editie, name: str, _say: object = None) -> dict[str, bytes]:
    """Stands in for drawing, which has tests of its own: the words of the edition in each file."""
    words = "\n".join(
        [edition.titel, str(edition.gemaakt_op)]
        + [b.tekst for c in edition.hoofdstukken for b in c.blokken if isinstance(b, Alinea)]
    ).encode()
    return {f"{name}.html": words, f"{name}.pdf": words, f"{name}.xlsx": words, "figuren/npg-1.svg": b"<svg/>"}


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with H1 as the monitor wrote it, and H2."""
    store = tmp_path_factory.mktemp("store")
    publish(store, twee_halfjaren())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(make, "render", plain)
        make.make(store, H1, JULI)
        make.make(store, H2, OKTOBER)
    return store


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "render", plain)


@pytest.fixture
def copy(frozen: Path, tmp_path: Path) -> Path:
    return shutil.copytree(frozen, tmp_path / "store")


@pytest.fixture(scope="module")
def concept(frozen: Path) -> str:
    return shelf.find(frozen, "2026-H1").map.joinpath("tekst.md").read_text("utf-8")  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def world(frozen: Path) -> World:
    return make.world_of(frozen, H1)


@pytest.fixture(scope="module")
def said(world: World) -> list[Message]:
    return messages(world)


def test_the_second_edition_quotes_the_first_letter_for_letter(frozen: Path) -> None:
    first, second = shelf.find(frozen, "2026-H1"), shelf.find(frozen, "2026-H2")
    assert first and second
    said = {m.id: m.conclusie for m in first.berichten}
    quoted = {m.id: m.eerder for m in second.berichten}
    assert said.keys() == quoted.keys()
    for name, conclusion in said.items():
        assert f"‘{conclusion}’" in quoted[name][0]


def test_it_says_what_became_of_it(frozen: Path) -> None:
    second = shelf.find(frozen, "2026-H2")
    assert second
    whole = next(m for m in second.berichten if m.id == "totaal").eerder[0].replace("\u00a0", " ")
    amount = r"€ [\d,]+ miljoen"
    assert re.search(rf"Toen verwachtten we {amount} uit te geven, nu {amount}: € 0,4 miljoen hoger\.", whole)
    assert "De begroting ging van" in whole


def test_the_first_edition_has_nothing_to_quote(frozen: Path) -> None:
    first = shelf.find(frozen, "2026-H1")
    assert first
    assert not any(m.eerder for m in first.berichten)


def test_every_file_is_read_only_and_as_its_digest_says(frozen: Path) -> None:
    for edition in shelf.editions(frozen):
        assert edition.damaged() == []
        for file in edition.bestanden:
            path = edition.map / file.naam
            assert path.stat().st_mode & 0o222 == 0
            assert hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256


def test_an_edition_is_never_overwritten(copy: Path, undrawn: None) -> None:
    before = (shelf.folder(copy) / "2026-H1" / shelf.MANIFEST).read_bytes()
    with pytest.raises(EditionRefused, match=r"al vastgesteld op 10-07-2026.*--correctie"):
        make.make(copy, H1, OKTOBER)
    assert (shelf.folder(copy) / "2026-H1" / shelf.MANIFEST).read_bytes() == before
    assert not list(shelf.folder(copy).glob(".*"))


def test_who_is_second_at_the_same_moment_is_refused(copy: Path, world: World, said: list[Message]) -> None:
    edition = make.edition(world, OKTOBER, said)
    with pytest.raises(EditionRefused, match="niet worden bewaard"):
        freeze.freeze(copy, edition, [], 1, {"x.html": b""})
    assert [e.code for e in shelf.editions(copy)] == ["2026-H2", "2026-H1"]


def test_there_is_nothing_to_correct_before_the_first(tmp_path: Path) -> None:
    publish(tmp_path, twee_halfjaren())
    with pytest.raises(EditionRefused, match="Laat --correctie weg"):
        make.make(tmp_path, H1, JULI, reason="iets")


def test_a_changed_edition_is_not_quoted(copy: Path, undrawn: None) -> None:
    path = shelf.folder(copy) / "2026-H1" / "tekst.md"
    path.chmod(0o644)
    path.write_text("iets anders", "utf-8")
    with pytest.raises(EditionRefused, match=r"na het vaststellen veranderd: tekst\.md"):
        shelf.before(copy, H2)


def test_text_that_was_not_touched_is_as_the_monitor_wrote_it(world: World, said: list[Message], concept: str) -> None:
    assert not text.read_back(world, said, concept).aangepast


def test_an_edited_sentence_comes_in_with_its_numbers(world: World, said: list[Message], concept: str) -> None:
    goal = next(line for line in concept.splitlines() if line.startswith("Doel: "))
    edited = text.read_back(world, said, concept.replace(goal, "Doel: Iedereen doet mee, in 2026 en daarna.", 1))
    assert edited.aangepast
    assert edited.berichten[0].delen["doel"].tekst == "Iedereen doet mee, in 2026 en daarna."


def test_an_edited_conclusion_may_round_and_keeps_its_source(world: World, said: list[Message], concept: str) -> None:
    conclusion = said[0].delen[CONCLUSIE].delen
    amount = next(d for d in conclusion if not isinstance(d, str))
    assert amount.waarde is not None
    precise = f"€ {abs(amount.waarde) / 1e6:.2f} miljoen".replace(".", ",")
    edited = text.read_back(world, said, concept.replace(amount.tekst.replace("\u00a0", " "), precise, 1))
    parts = edited.berichten[0].delen[CONCLUSIE].delen
    assert any(not isinstance(d, str) and d.bron == amount.bron for d in parts)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Doel: ", "Doel: Zeven miljoen euro voor ", "'Zeven miljoen euro' staat niet in de cijfers"),
        ("Doel: ", "Doel: € 1,11 miljoen. ", "'€ 1,11 miljoen' staat niet in de cijfers"),
        ("Doel: ", "Doel: De helft. ", "'helft' staat niet in de cijfers"),
        ("Doel: ", "Doel: Sinds 31 maart 2019. ", "'31 maart 2019' staat niet in de cijfers"),
        ("Doel: ", "Doel: ± 97,3 % van de inwoners. ", "'97,3 %' staat niet in de cijfers"),
        ("Doel: ", "Goal: ", "ontbreekt de tekst bij 'Doel:'"),
        ("## bericht totaal", "## bericht onbekend", "is geen bericht of toelichting"),
        ("# Tekst van de editie 2026-H1", "# Tekst van de editie 2025-H1", "Regel 1 moet zijn"),
        ("## bericht totaal", "Losse zin.\n## bericht totaal", "hoort bij geen bericht"),
        ("Effect: ", "Doel: nog een\nEffect: ", "voor de tweede keer"),
    ],
)
def test_an_edited_text_that_says_too_much_is_refused(
    world: World, said: list[Message], concept: str, old: str, new: str, says: str
) -> None:
    with pytest.raises(EditionRefused, match=re.escape(says)):
        text.read_back(world, said, concept.replace(old, new, 1))


def test_a_refused_number_names_its_line(world: World, said: list[Message], concept: str) -> None:
    lines = concept.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("Doel: "))
    lines[at] += " In 1066."
    with pytest.raises(EditionRefused, match=f"^Regel {at + 1}: '1066'"):
        text.read_back(world, said, "\n".join(lines))


def test_the_command_writes_a_concept_and_freezes_nothing(frozen: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(frozen / "db", store / "db")
    common = ["edition", "--store", str(store), "--periode", "2026-H1", "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(cli, [*common, "--concept"])
    assert result.exit_code == 0, result.output
    path = tmp_path / "out" / "concept-2026-H1.md"
    assert path.exists()
    assert not shelf.folder(store).exists()
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert CliRunner().invoke(cli, [*common, "--concept"]).exit_code == 2


@pytest.mark.parametrize("periode", ["2026", "2026-H3", "juni", "2027-H1"])
def test_the_command_refuses_in_dutch(frozen: Path, tmp_path: Path, periode: str) -> None:
    arguments = ["edition", "--store", str(frozen), "--periode", periode, "--out", str(tmp_path)]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 2
    assert re.search("is geen halfjaar|staat niets in de publicatie", result.output)


def test_the_command_gives_the_same_bytes_from_the_same_publication_bar_the_date(
    frozen: Path, tmp_path: Path, undrawn: None
) -> None:
    store, out = tmp_path / "store", tmp_path / "out"
    shutil.copytree(frozen / "db", store / "db")
    result = CliRunner().invoke(cli, ["edition", "--store", str(store), "--periode", "2026-h1", "--out", str(out)])
    assert result.exit_code == 0, result.output
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    today = manifest["gemaakt_op"].encode()
    for file in manifest["bestanden"]:
        made = (out / file["naam"]).read_bytes()
        assert hashlib.sha256(made).hexdigest() == file["sha256"]
        then = (shelf.folder(frozen) / "2026-H1" / file["naam"]).read_bytes()
        assert made.replace(today, b"2026-07-10") == then, file["naam"]


@pytest.fixture(scope="module")
def living(frozen: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that is served, and that a test may change."""
    return shutil.copytree(frozen, tmp_path_factory.mktemp("living") / "store")


@pytest.fixture(scope="module")
def site(living: Path) -> FlaskClient:
    return create_app(living).server.test_client()


def test_the_page_says_what_to_do_without_an_edition() -> None:
    page = to_html(raad._none({"peildatum": OKTOBER}))
    assert "nog geen editie" in page
    assert "--periode 2026-H2" in page


def test_a_file_is_given_as_it_was_frozen_and_kept_by_the_browser(site: FlaskClient, frozen: Path) -> None:
    answer = site.get("/raad/editie/2026-H1/editie-2026-H1.html")
    assert answer.status_code == 200
    assert answer.data == (shelf.folder(frozen) / "2026-H1" / "editie-2026-H1.html").read_bytes()
    assert "immutable" in answer.headers["Cache-Control"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "2026-H1/../../db/actueel.json",
        "2026-H1/%2e%2e/%2e%2e/db/actueel.json",
        "../db/actueel.json",
        "2026-H1/manifest.json/..",
        "..%2f..%2fdb/actueel.json",
        "2030-H1/editie-2030-H1.pdf",
        "2026-H1/niets.pdf",
    ],
)
def test_no_path_leads_out_of_an_edition(site: FlaskClient, path: str) -> None:
    answer = site.get(f"/raad/editie/{path}")
    assert b'"bestand"' not in answer.data
    assert answer.status_code == 404 or b"Deze pagina" in answer.data


def test_a_correction_gets_a_number_and_stands_on_the_page_without_a_new_publication(
    living: Path, site: FlaskClient, undrawn: None
) -> None:
    newest = shelf.editions(living)[0]
    page = site.get("/raad").get_data(as_text=True)
    for message in newest.berichten:
        assert message.conclusie in page
    assert "/raad/editie/2026-H1/editie-2026-H1.pdf" in page
    assert newest.file(".pdf").sha256 in page  # type: ignore[union-attr]
    assert "Een typefout" not in page
    assert make.make(living, H1, OKTOBER, reason="Een typefout").code == "2026-H1-2"
    assert [e.code for e in shelf.editions(living)] == ["2026-H2", "2026-H1-2", "2026-H1"]
    earlier = shelf.before(living, H2)
    assert earlier
    assert earlier.code == "2026-H1-2"
    assert "Een typefout" in site.get("/raad").get_data(as_text=True)
    path = shelf.folder(living) / "2026-H1" / "editie-2026-H1.pdf"
    path.chmod(0o644)
    path.write_bytes(b"iets anders")
    assert site.get("/raad/editie/2026-H1/editie-2026-H1.pdf").status_code == 409
    assert "veranderd of beschadigd" in site.get("/raad").get_data(as_text=True)
