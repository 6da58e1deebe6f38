"""What the data team may do from the screen: only with --beheer, only from its own pages, and nothing by accident."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.beheer import config, mapping_toml, refreshing, uploads
from dashboard.beheer.config import Beheer, Bron
from tests.support.publication import publish, voorbeeld

BRONNEN = {"k2f": Bron("k2f", "Financiën (K2F)", False), "wmo": Bron("wmo", "Wmo-registratie", True)}
REFUSED = {
    "bestand": "k2f.csv", "mapping": "afwezig", "peildatum": None, "geweigerd": True, "voorbeelddata": False,
    "rijen_gelezen": 2, "rijen_geladen": 0, "rijen_geweigerd": 2, "rijen_buiten_bereik": 0, "meldingen": [],
    "weigeringen": [{
        "blad": "", "rij": 4, "kolom": "A (Taakveld)", "waarde": "6.99 <b>Nieuw</b>",
        "reden": "taakveld 6.99 bestaat niet in boekjaar 2026.",
        "oplossing": "Is de code nieuw, deel haar dan in onder [onderdeel.taakveld] in mapping.toml.",
    }],
    "voorbeeld": {},
}  # fmt: skip


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Desk:
    """A server for the data team of which the program that reads files is played."""

    def __init__(self, folder: Path, store: Path) -> None:
        self.clock = Clock()
        (folder / "work").mkdir(mode=0o700)
        self.beheer = Beheer(folder / "inbox", store, folder / "work", BRONNEN, clock=self.clock)
        self.server = create_app(store, self.beheer).server

    def clean(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nobody came by yet: no files, no cookies."""
        for left in (self.beheer.inbox, *self.beheer.work.iterdir()):
            shutil.rmtree(left, ignore_errors=True)
        self.asked: list[tuple] = []
        self.answer: dict | None = dict(REFUSED)
        for module in (uploads, mapping_toml):
            monkeypatch.setattr(module, "ask_etl", self.etl)
        self.client: FlaskClient = self.server.test_client()

    def etl(self, *arguments: object) -> dict | None:
        self.asked.append(arguments)
        return None if self.answer is None else {"bestanden": [self.answer]}

    def proof(self, path: str = "/beheer") -> str:
        return re.search(r'name="bewijs" value="(\w+)"', self.client.get(path).text)[1]  # type: ignore[index]

    def send(self, path: str, origin: str = "http://localhost", **form: object):
        return self.client.post(path, data={"bewijs": self.proof(), **form}, headers={"Origin": origin})

    def upload(self, name: str = "k2f_2026-09-30.csv", bron: str = "k2f", data: bytes = b"a;b\n"):
        return self.send("/beheer/bestand", bron=bron, bestand=(io.BytesIO(data), name))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    publish(folder, voorbeeld())
    return folder


@pytest.fixture(scope="module")
def one_desk(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"), store)


@pytest.fixture
def desk(one_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    one_desk.clean(monkeypatch)
    return one_desk


@pytest.fixture(scope="module")
def without(store: Path) -> FlaskClient:
    return create_app(store).server.test_client()


@pytest.mark.parametrize("path", ["/beheer", "/beheer/", "/beheer/bestand", "/beheer/verversing.json", "/beheer/code"])
def test_without_beheer_there_is_nothing(without: FlaskClient, path: str) -> None:
    assert without.get(path).status_code == 404 and without.post(path).status_code == 404
    assert "Bestand aanleveren" not in without.get("/gegevens").text


def test_a_form_from_elsewhere_does_nothing(desk: Desk) -> None:
    proof = desk.proof()
    own = {"Origin": "http://localhost"}
    bad = [
        ({"bewijs": proof}, {"Origin": "http://elders.example"}),
        ({"bewijs": proof}, {}),
        ({"bewijs": proof}, own | {"Sec-Fetch-Site": "cross-site"}),
        ({"bewijs": "0" * 64}, own),
        ({}, own),
    ]
    for form, headers in bad:
        for path in ("/beheer/verversing", "/beheer/bestand", "/beheer/code"):
            assert desk.client.post(path, data=form, headers=headers).status_code == 403, (path, headers)
    assert refreshing.state(desk.beheer) == {} and not desk.asked
    # A name of someone else's that leads to this machine is not this server.
    assert desk.client.get("/beheer", headers={"Host": "elders.example"}).status_code == 403


def test_the_proof_of_one_browser_is_none_of_another(desk: Desk) -> None:
    proof = desk.proof()
    other = desk.server.test_client()
    other.get("/beheer")
    answer = other.post("/beheer/verversing", data={"bewijs": proof}, headers={"Origin": "http://localhost"})
    assert answer.status_code == 403
    cookie = desk.server.test_client().get("/beheer").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


def test_a_file_waits_in_a_private_folder_until_it_is_confirmed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    where = desk.upload().headers["Location"]
    shown = desk.client.get(where).text
    assert "Dit bestand wordt geweigerd" in shown and "taakveld 6.99 bestaat niet" in shown
    assert "&lt;b&gt;Nieuw" in shown and "<b>Nieuw" not in shown
    assert not desk.beheer.inbox.exists(), "voor het bevestigen verandert er niets"
    kept = next(desk.beheer.work.glob("*/k2f/k2f_2026-09-30.csv"))
    assert kept.stat().st_mode & 0o077 == 0 and kept.parents[1].stat().st_mode & 0o077 == 0
    # Another browser does not see it.
    assert desk.server.test_client().get(where).status_code == 404
    started = []
    monkeypatch.setattr(refreshing, "start", lambda _beheer, about: started.append(about))
    assert desk.send(f"{where}/bevestig").status_code == 303
    assert (desk.beheer.inbox / "k2f" / "k2f_2026-09-30.csv").read_bytes() == b"a;b\n"
    assert not kept.exists() and started[0]["bron"] == "k2f"
    assert desk.client.get(where).status_code == 404


def test_a_file_nobody_confirms_is_gone_after_an_hour_or_at_once(desk: Desk) -> None:
    first, second = (desk.upload(f"k2f_{n}.csv").headers["Location"] for n in (1, 2))
    assert desk.send(f"{first}/annuleer").status_code == 303
    assert [p.name for p in desk.beheer.work.glob("*/k2f/*.csv")] == ["k2f_2.csv"]
    desk.clock.now += config.KEPT_SECONDS + 1
    assert desk.client.get(second).status_code == 404
    assert not list(desk.beheer.work.glob("*/k2f"))


def test_a_file_never_takes_the_place_of_another(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "start", lambda *_: None)
    for data in (b"eerste\n", b"tweede\n", b"eerste\n"):
        desk.send(f"{desk.upload(data=data).headers['Location']}/bevestig")
    files = {p.name: p.read_bytes() for p in (desk.beheer.inbox / "k2f").iterdir()}
    assert files == {"k2f_2026-09-30.csv": b"eerste\n", "k2f_2026-09-30 (2).csv": b"tweede\n"}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\stukken\\k2f.xlsx", "k2f.xlsx"),
        ("..csv", None),
        (".csv", None),
        ("mapping.toml", None),
        ("con.csv", None),
        ("a\x00b\n.csv", "ab.csv"),
        ("<script>.csv", "_script_.csv"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
        ("k2f 2026-09-30 (2).ods", "k2f 2026-09-30 (2).ods"),
        ("k2f.exe", None),
        ("", None),
    ],
)
def test_a_name_is_only_a_name(sent: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(uploads.Unusable):
            uploads.clean_name(sent)
    else:
        assert uploads.clean_name(sent) == kept


@pytest.mark.parametrize("bad", ["..", "%2e%2e", "a" * 22, "verversing", "mapping"])
def test_an_address_leads_to_no_other_folder(desk: Desk, bad: str) -> None:
    assert desk.client.get(f"/beheer/aanlevering/{bad}").status_code == 404


def test_a_source_is_one_of_the_list_and_a_file_has_content(desk: Desk) -> None:
    for bron in ("../werk", "onbekend", ""):
        assert desk.upload(bron=bron).status_code == 400
    assert desk.upload(data=b"").status_code == 400 and not list(desk.beheer.work.glob("*/k2f"))
    desk.answer = None
    assert "kon niet worden gecontroleerd" in desk.upload().text and not list(desk.beheer.work.glob("*/k2f"))


def test_a_file_about_persons_shows_nothing_of_them(desk: Desk) -> None:
    desk.answer = dict(REFUSED, voorbeeld={"toekenning": {"kolommen": ["naam"], "rijen": [["Jansen"]]}})
    where = desk.upload("wmo Jansen.csv", "wmo").headers["Location"]
    assert "Jansen" not in desk.client.get(where).text


def test_too_large_is_said_before_it_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.beheer.routes.MOST_BYTES", 1000)
    answer = desk.upload(data=b"x" * 5000)
    assert answer.status_code == 413 and "te groot" in answer.text


def test_a_code_is_placed_by_one_line_and_the_old_file_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    own = desk.beheer.inbox / "k2f" / "mapping.toml"
    own.parent.mkdir(parents=True)
    own.write_text('koprij = 5 # onze notitie\n[onderdeel.taakveld]\n"6.98" = "toegang"\n', "utf-8")
    where = desk.upload().headers["Location"]
    answer = desk.send(f"{where}/code", bron="k2f", soort="taakveld", code="6.99", onderdeel="dagbesteding")
    assert "Toegevoegd aan mapping.toml" in answer.text
    assert own.read_text("utf-8") == (
        'koprij = 5 # onze notitie\n[onderdeel.taakveld]\n"6.99" = "dagbesteding"\n"6.98" = "toegang"\n'
    )
    assert "6.99" not in (own.parent / ".mapping.toml.1").read_text("utf-8")
    # Of a published refusal: the line, and then a refresh.
    started = []
    monkeypatch.setattr(refreshing, "start", lambda *_: started.append(True))
    assert desk.send("/beheer/code", bron="k2f", soort="taakveld", code="6.97", onderdeel="toegang").status_code == 303
    assert started and '"6.97" = "toegang"' in own.read_text("utf-8")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", '6.9" = "x'),
        ("code", "6.9\n[x]"),
        ("onderdeel", "bestaat_niet"),
        ("soort", "taakveld]"),
        ("bron", ".."),
    ],
)
def test_nothing_else_gets_into_the_mapping(desk: Desk, field: str, value: str) -> None:
    form = {"bron": "k2f", "soort": "taakveld", "code": "6.99", "onderdeel": "toegang"} | {field: value}
    assert desk.send("/beheer/code", **form).status_code == 400
    assert not desk.beheer.inbox.exists()


def test_a_mapping_that_etl_refuses_is_not_written(desk: Desk) -> None:
    desk.answer = dict(REFUSED, mapping="fout")
    form = {"bron": "k2f", "soort": "taakveld", "code": "6.99", "onderdeel": "toegang"}
    assert "er is niets veranderd" in desk.send("/beheer/code", **form).text and not desk.beheer.inbox.exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[onderdeel.taakveld]\n"6.9" = "toegang"\n'),
        ("koprij = 5", 'koprij = 5\n\n[onderdeel.taakveld]\n"6.9" = "toegang"\n'),
        ("[onderdeel.taakveld]", '[onderdeel.taakveld]\n"6.9" = "toegang"'),
        ('[ onderdeel . taakveld ] # x\r\n"a" = "b"', '[ onderdeel . taakveld ] # x\r\n"6.9" = "toegang"\r\n"a" = "b"'),
        ("[onderdeel.kostenplaats]\n", '[onderdeel.kostenplaats]\n\n[onderdeel.taakveld]\n"6.9" = "toegang"\n'),
    ],
)
def test_a_line_is_added_and_no_other_one_changes(before: str, after: str) -> None:
    assert mapping_toml.with_line(before, "taakveld", "6.9", "toegang") == after


@pytest.mark.parametrize(
    "text",
    [
        "onderdeel = {taakveld = {}}\n",
        "kapot = = 1",
        '[onderdeel.taakveld]\n"6.9" = "begeleiding"\n',
        'x = """\n[onderdeel.taakveld]\n"""\n',
    ],
)
def test_no_line_is_added_where_its_place_is_not_certain(text: str) -> None:
    with pytest.raises(mapping_toml.NotAdded):
        mapping_toml.with_line(text, "taakveld", "6.9", "toegang")


def test_one_refresh_at_a_time_and_a_killed_one_is_over(desk: Desk) -> None:
    folder = desk.beheer.work / "verversing"
    folder.mkdir()
    (folder / "bezig").write_text(str(os.getpid()))
    (folder / "voortgang.json").write_text(json.dumps({"stap": "Gegevens samenvoegen", "gedaan": 3, "totaal": 9}))
    assert desk.send("/beheer/verversing").status_code == 409
    where = desk.upload().headers["Location"]
    assert desk.send(f"{where}/bevestig").status_code == 409 and desk.client.get(where).status_code == 200
    state = desk.client.get("/beheer/verversing.json").json
    assert state["bezig"] and state["tekst"] == "Gegevens samenvoegen (3 van 9)"
    (folder / "bezig").write_text("999999999")
    assert "afgebroken" in desk.client.get("/beheer/verversing.json").json["tekst"]


def test_a_refresh_that_fails_says_so_and_that_nothing_changed(desk: Desk) -> None:
    folder = desk.beheer.work / "verversing"
    folder.mkdir()
    (folder / "uitkomst.json").write_text(json.dumps({"exitcode": 2, "melding": "Een controle is niet geslaagd."}))
    shown = desk.client.get("/beheer/verversing").text
    assert "De verversing is niet gelukt; de cijfers zijn zoals ze waren" in shown
    assert "Een controle is niet geslaagd." in shown
