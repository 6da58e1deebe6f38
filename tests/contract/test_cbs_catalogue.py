"""The catalogue of CBS tables: shapes, what is asked of them, and a topic that vanishes.

The metadata here is made up in the form of CBS (TableInfos, DataProperties, code lists): of most of these tables only
keys, dimensions or titles have been seen.
"""
# ruff: noqa: DTZ001  the database keeps UTC moments without a zone

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from etl import cbs
from etl.cbs import CbsResult, raw_views, refresh_cbs
from etl.cbs_tables import shapes, tables
from etl.cbs_tables.record import WIJKEN, CbsTable, Code
from etl.cbs_tables.resolve import Layout, plain_unit, region_code
from etl.cbs_tables.rows import download
from etl.cli import app
from etl.readers.odata import CbsBroken, Patience
from etl.status import cbs_trouble
from indicators.core import cbs_basis
from indicators.core import indicator as registry
from indicators.core.cbs import Topic, as_published
from indicators.core.contract import BY_NAME
from indicators.core.indicator import indicators
from tests.recorded_cbs import read, write

FIRST, SECOND, THIRD = (dt.datetime(2026, month, 1, 6) for month in (9, 10, 11))
QUICK = Patience(timeout=5.0, attempts=1, first_wait=0.01, total=10.0)
INWONERS, WMO = cbs_basis.INWONERS, cbs_basis.WMO
KERN = CbsTable(
    "86165NED", "kerncijfers", (INWONERS, WMO), region="WijkenEnBuurten", period=None, year=2025, niveaus=WIJKEN
)
SES = Topic("GemiddeldeScore", "score", parent="Totaal", onderwerp="GemiddeldeScoreTotaal", eenheden=("getal",))
Rows = list[dict[str, Any]]


def record(folder: Path, table: str, dimensions: dict[str, Rows], topics: Rows, rows: Rows, title: str) -> Path:
    """Write a table in the form of CBS; `topics` are rows of DataProperties."""
    kinds = {"RegioS": "GeoDimension", "WijkenEnBuurten": "GeoDetail", "Perioden": "TimeDimension"}
    properties = [
        {"ID": i, "ParentID": None, "Type": kinds.get(d, "Dimension"), "Key": d} for i, d in enumerate(dimensions)
    ]
    (folder / table).mkdir(parents=True, exist_ok=True)
    write(folder / table, "TableInfos", [{"Title": title, "Modified": "2026-01-15T02:00:00"}])
    write(folder / table, "DataProperties", [*properties, *topics])
    for name, codes in dimensions.items():
        write(folder / table, name, codes)
    write(folder / table, "TypedDataSet", [{"ID": i, **row} for i, row in enumerate(rows)])
    return folder


def topic(number: int, key: str, unit: str, parent: int | None = None) -> dict[str, Any]:
    return {"ID": number, "ParentID": parent, "Type": "Topic", "Key": key, "Title": key, "Unit": unit}


def kern(folder: Path) -> Path:
    codes = ["NL00      ", "GM0014    ", "GM1895    ", "WK189500  ", "BU18950000", "WK001400  "]
    rows = [
        {"WijkenEnBuurten": c, "AantalInwoners_5": 1000 * (i + 1), "WmoClientenRelatief_94": 60 + i}
        for i, c in enumerate(codes)
    ]
    topics = [topic(10, "AantalInwoners_5", "aantal"), topic(11, "WmoClientenRelatief_94", "per 1 000 inwoners")]
    listed = {"WijkenEnBuurten": [{"Key": c, "Title": f"Naam {c.strip()}"} for c in codes]}
    return record(folder, "86165NED", listed, topics, rows, "Kerncijfers wijken en buurten 2025")


def ask(vintages: Path, answers: Path, moment: dt.datetime, *wanted: CbsTable) -> CbsResult:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cbs, "tables", lambda: wanted)
        return refresh_cbs(vintages, answers, moment, patience=QUICK)[0]


def figures(vintages: Path, *wanted: CbsTable) -> dict[tuple[str, str], float]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cbs, "tables", lambda: wanted)
        sql = raw_views(vintages)["raw.cbs__waarneming"]
    return {(o, g): w for o, g, w in duckdb.sql(f"SELECT onderwerp, gebied_code, waarde FROM ({sql})").fetchall()}


def drop_topic(answers: Path, table: str, key: str) -> None:
    properties = read(answers / table, "DataProperties")
    write(answers / table, "DataProperties", [p for p in properties if p["Key"] != key])
    rows = read(answers / table, "TypedDataSet")
    write(answers / table, "TypedDataSet", [{k: v for k, v in row.items() if k != key} for row in rows])


def test_a_table_of_wijken_gives_the_country_all_gemeenten_and_the_own_wijken_and_buurten(tmp_path: Path) -> None:
    result = ask(tmp_path / "v", kern(tmp_path / "cbs"), FIRST, KERN)
    assert (result.status, result.nieuwste_periode, result.ontbrekend) == ("vers", "2025JJ00", None)
    found = figures(tmp_path / "v", KERN)
    assert {g for _, g in found} == {"NL01", "GM0014", "GM1895", "WK189500", "BU18950000"}
    assert found["AantalInwoners", "NL01"] == 1000
    assert found["WmoClientenRelatief", "WK189500"] == 63


def test_a_topic_that_was_never_there_is_named_and_dated_and_costs_only_itself(tmp_path: Path) -> None:
    answers = kern(tmp_path / "cbs")
    drop_topic(answers, "86165NED", "WmoClientenRelatief_94")
    result = ask(tmp_path / "v", answers, FIRST, KERN)
    assert (result.status, result.ontbrekend) == ("vers", "WmoClientenRelatief")
    assert "niet beschikbaar sinds 01-09-2026" in str(result.melding)
    assert "Nodig voor: Wmo-cliënten per 1.000 inwoners (CBS)." in str(result.melding)
    assert {o for o, _ in figures(tmp_path / "v", KERN)} == {"AantalInwoners"}
    later = ask(tmp_path / "v", answers, SECOND, KERN)
    assert "niet beschikbaar sinds 01-09-2026" in str(later.melding)


def test_figures_of_a_topic_that_vanishes_stay_and_the_rest_goes_on(tmp_path: Path) -> None:
    answers = kern(tmp_path / "cbs")
    ask(tmp_path / "v", answers, FIRST, KERN)
    drop_topic(answers, "86165NED", "WmoClientenRelatief_94")
    rows = read(answers / "86165NED", "TypedDataSet")
    rows[2]["AantalInwoners_5"] = 3100
    write(answers / "86165NED", "TypedDataSet", rows)
    result = ask(tmp_path / "v", answers, SECOND, KERN)
    assert (result.status, result.opgehaald_op, result.ontbrekend) == ("vers", SECOND, "WmoClientenRelatief")
    assert "sinds 01-10-2026. De cijfers van de vorige keer blijven" in str(result.melding)
    assert result.gewijzigde_cijfers == 1
    assert "GM1895 AantalInwoners 2025: 3000 werd 3100" in str(result.wijziging)
    found = figures(tmp_path / "v", KERN)
    assert (found["AantalInwoners", "GM1895"], found["WmoClientenRelatief", "GM1895"]) == (3100, 62)
    back = ask(tmp_path / "v", kern(tmp_path / "whole"), THIRD, KERN)
    assert (back.ontbrekend, figures(tmp_path / "v", KERN)["AantalInwoners", "GM1895"]) == (None, 3000)


def test_an_edition_from_before_a_topic_may_lack_it_without_a_word(tmp_path: Path) -> None:
    answers = kern(tmp_path / "cbs")
    drop_topic(answers, "86165NED", "WmoClientenRelatief_94")
    table = replace(KERN, topics=(INWONERS, replace(WMO, vanaf=2026)))
    assert ask(tmp_path / "v", answers, FIRST, table).ontbrekend is None


def test_asking_less_or_more_is_no_worse_answer(tmp_path: Path) -> None:
    answers = kern(tmp_path / "cbs")
    ask(tmp_path / "v", answers, FIRST, KERN)
    less = ask(tmp_path / "v", answers, SECOND, replace(KERN, topics=(INWONERS,)))
    assert (less.status, less.melding, less.gewijzigde_cijfers) == ("vers", None, 0)
    assert ask(tmp_path / "v", answers, THIRD, KERN).status == "vers"


def test_what_cbs_changed_in_history_is_counted_and_said(tmp_path: Path) -> None:
    answers = kern(tmp_path / "cbs")
    rows = read(answers / "86165NED", "TypedDataSet")
    rows[1]["WmoClientenRelatief_94"] = None
    write(answers / "86165NED", "TypedDataSet", rows)
    assert ask(tmp_path / "v", answers, FIRST, KERN).gewijzigde_cijfers == 0
    rows[1]["WmoClientenRelatief_94"], rows[2]["WmoClientenRelatief_94"] = 61, 64
    rows[3]["WmoClientenRelatief_94"] = None
    write(answers / "86165NED", "TypedDataSet", rows)
    result = ask(tmp_path / "v", answers, SECOND, KERN)
    assert result.gewijzigde_cijfers == 3
    assert result.wijziging == (
        "1 cijfer gewijzigd (2025); 1 cijfer ingevuld (2025); 1 cijfer ingetrokken (2025); "
        "GM1895 WmoClientenRelatief 2025: 62 werd 64"
    )
    assert ask(tmp_path / "v", answers, THIRD, KERN).wijziging == result.wijziging


SES_TABLE = CbsTable("86296NED", "ses", (SES,), region="WijkenEnBuurten", niveaus=WIJKEN, totalen=True)


def ses(folder: Path, *titles: str) -> Path:
    groups: Rows = []
    for i, title in enumerate(titles):
        groups.append({"ID": 20 + i, "ParentID": None, "Type": "TopicGroup", "Key": None, "Title": title})
        groups.append(topic(40 + i, f"GemiddeldeScore_{29 + 2 * i}", "getal", 20 + i))
    codes = ["NL01      ", "GM1895    "]
    listed = {
        "WijkenEnBuurten": [{"Key": c, "Title": c} for c in codes],
        "Perioden": [{"Key": "2024JJ00", "Title": "2024", "Status": "Voorlopig"}],
    }
    rows = [
        {
            "WijkenEnBuurten": c,
            "Perioden": "2024JJ00",
            **{f"GemiddeldeScore_{29 + 2 * i}": i for i in range(len(titles))},
        }
        for c in codes
    ]
    return record(folder, "86296NED", listed, groups, rows, "SES-WOA")


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (("Welvaart", "Totaal", "Arbeid"), 1),
        (("Totaalscore", "Welvaart"), 0),
        (("Totaal", "Totaal welvaart"), 0),
        (("Deelscore welvaart", "SES-WOA-totaalscore"), 1),
    ],
)
def test_a_repeated_stem_is_told_apart_by_its_group(tmp_path: Path, titles: tuple[str, ...], expected: int) -> None:
    ask(tmp_path / "v", ses(tmp_path / "cbs", *titles), FIRST, SES_TABLE)
    assert figures(tmp_path / "v", SES_TABLE)["GemiddeldeScoreTotaal", "GM1895"] == expected


@pytest.mark.parametrize("titles", [("Welvaart", "Arbeid"), ("Welvaart",)])
def test_a_repeated_stem_without_its_group_is_refused(tmp_path: Path, titles: tuple[str, ...]) -> None:
    """Also where one is left: the score of wealth is not the score as a whole."""
    result = ask(tmp_path / "v", ses(tmp_path / "cbs", *titles), FIRST, SES_TABLE)
    assert (result.status, "GemiddeldeScoreTotaal" in str(result.melding)) == ("niet_beschikbaar", True)


WERK = CbsTable("86008NED", "arbeidsdeelname", (Topic("NettoArbeidsparticipatie", "%"),), totalen=True)


def werk(folder: Path, kenmerken: dict[str, str], geo: str = "RegioS") -> Path:
    """A table with a dimension that is not declared, as 86008NED surely has."""
    codes = ["NL01  ", "PV20  ", "GM1895"]
    listed = {
        "Persoonskenmerken": [{"Key": k, "Title": t} for k, t in kenmerken.items()],
        geo: [{"Key": c, "Title": c} for c in codes],
        "Perioden": [{"Key": "2023JJ00", "Title": "2023", "Status": "Definitief"}],
    }
    rows = [
        {"Persoonskenmerken": k, geo: c, "Perioden": "2023JJ00", "NettoArbeidsparticipatie_9": 60 + i}
        for i, k in enumerate(kenmerken)
        for c in codes
    ]
    folder = record(folder, "86008NED", listed, [topic(30, "NettoArbeidsparticipatie_9", "%")], rows, "Arbeidsdeelname")
    if geo != "RegioS":
        properties = read(folder / "86008NED", "DataProperties")
        write(
            folder / "86008NED",
            "DataProperties",
            [{**p, "Type": "GeoDimension"} if p["Key"] == geo else p for p in properties],
        )
    return folder


def test_an_unknown_dimension_is_taken_at_its_one_total(tmp_path: Path) -> None:
    answers = werk(tmp_path / "cbs", {"3000   ": "Mannen", "T009002": "Totaal personen"})
    assert ask(tmp_path / "v", answers, FIRST, WERK).status == "vers"
    assert figures(tmp_path / "v", WERK) == {
        ("NettoArbeidsparticipatie", code): 61 for code in ("NL01", "PV20", "GM1895")
    }


@pytest.mark.parametrize(
    "kenmerken", [{"1": "Mannen", "2": "Vrouwen"}, {"1": "Totaal mannen", "2": "Totaal vrouwen"}], ids=str
)
def test_an_unknown_dimension_without_one_total_is_refused(tmp_path: Path, kenmerken: dict[str, str]) -> None:
    result = ask(tmp_path / "v", werk(tmp_path / "cbs", kenmerken), FIRST, WERK)
    assert (result.status, "Persoonskenmerken" in str(result.melding)) == ("niet_beschikbaar", True)


def test_a_dimension_of_regions_is_followed_to_another_name(tmp_path: Path) -> None:
    answers = werk(tmp_path / "cbs", {"T009002": "Totaal personen"}, geo="Regiokenmerken")
    assert ask(tmp_path / "v", answers, FIRST, WERK).status == "vers"


def test_a_code_is_found_by_another_way_in_which_its_title_may_begin(tmp_path: Path) -> None:
    table = replace(WERK, population={"Persoonskenmerken": Code("", "Alle personen", ("Personen", "Totaal"))})
    answers = werk(tmp_path / "cbs", {"3000   ": "Mannen", "T009002": "Totaal personen"})
    assert ask(tmp_path / "v", answers, FIRST, table).status == "vers"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("x 1 000 euro", "1 000 euro", True),
        ("x 1\u00a0000 euro", "1000 Euro", True),
        ("per 1 000 inwoners", "per 1000 inwoners", True),
        ("x 1 000 euro", "euro", False),
        ("%", "aantal", False),
    ],
)
def test_two_spellings_of_a_unit_are_one_unit(one: str, other: str, same: bool) -> None:
    assert (plain_unit(one) == plain_unit(other)) is same


def test_the_country_has_one_code() -> None:
    assert {region_code("NL00      "), region_code("NL01")} == {"NL01"}


def test_a_gemeente_with_letters_in_its_wijken_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Amsterdam has more than a hundred wijken, so their codes have letters."""
    settings = Path(registry.__file__).parents[2] / "data" / "reference" / "instellingen.toml"
    text = settings.read_text("utf-8").replace("GM1895", "GM0363").replace("PV20", "PV27")
    (tmp_path / "instellingen.toml").write_text(text, "utf-8")
    monkeypatch.setenv("MONITOR_INSTELLINGEN", str(tmp_path / "instellingen.toml"))
    answers = kern(tmp_path / "cbs")
    for collection, key in (("TypedDataSet", "WijkenEnBuurten"), ("WijkenEnBuurten", "Key")):
        rows = read(answers / "86165NED", collection)
        rows[2][key], rows[3][key], rows[4][key] = "GM0363    ", "WK0363AB  ", "BU0363AB01"
        write(answers / "86165NED", collection, rows)
    assert ask(tmp_path / "v", answers, FIRST, KERN).status == "vers"
    assert figures(tmp_path / "v", KERN)["WmoClientenRelatief", "WK0363AB"] == 63


def test_every_topic_is_asked_of_a_declared_table_and_no_table_for_nothing() -> None:
    assert all(table.topics for table in tables())
    assert {t.id for t in tables()} <= set(shapes())
    years = [t.year for t in tables() if t.reeks == "kerncijfers"]
    assert years == list(range(2019, 2027))


def test_a_new_indicator_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the one file says is enough: it is asked of CBS, kept, put in the mart and computed."""
    dichtheid = Topic("Bevolkingsdichtheid", "aantal inwoners per km²", tabellen=("kerncijfers",))
    niveaus = ("land", "gemeente", "wijk")
    proef = replace(
        indicators()["woz_waarde"], id="proef", niveaus=niveaus, cbs=(dichtheid,), sql=as_published(dichtheid, niveaus)
    )
    monkeypatch.setitem(registry._REGISTRY, "proef", proef)
    asked = next(t for t in tables() if t.id == "86165NED")
    assert dichtheid in asked.topics
    answers = kern(tmp_path / "cbs")
    write(answers / "86165NED", "DataProperties", [
        *read(answers / "86165NED", "DataProperties"), topic(12, "Bevolkingsdichtheid_34", "aantal inwoners per km²")
    ])  # fmt: skip
    rows = [{**r, "Bevolkingsdichtheid_34": 170 + i} for i, r in enumerate(read(answers / "86165NED", "TypedDataSet"))]
    write(answers / "86165NED", "TypedDataSet", rows)
    assert ask(tmp_path / "v", answers, FIRST, asked).status == "vers"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cbs, "tables", lambda: (asked,))
        raw = raw_views(tmp_path / "v")["raw.cbs__waarneming"]
    connection = duckdb.connect()
    connection.execute(
        f"CREATE SCHEMA raw; CREATE SCHEMA stg; CREATE SCHEMA mart; CREATE VIEW raw.cbs__waarneming AS {raw}"
    )
    etl = Path(cbs.__file__).parent
    staging = (etl / "staging" / "cbs__waarneming.sql").read_text("utf-8")
    connection.execute(f"CREATE VIEW stg.cbs__waarneming AS {staging}")
    connection.execute(BY_NAME["mart.fct_cbs_waarneming"].ddl)
    mart = (etl / "marts" / "fct_cbs_waarneming.sql").read_text("utf-8")
    connection.execute(f"INSERT INTO mart.fct_cbs_waarneming BY NAME {mart}")
    found = connection.execute(f"SELECT gebied_code, waarde FROM ({proef.sql}) ORDER BY 1").fetchall()
    assert found == [("GM0014", 171), ("GM1895", 172), ("NL01", 170), ("WK189500", 173)]


def test_status_says_a_line_per_table(tmp_path: Path) -> None:
    report = {
        "begonnen_op": "2026-10-01T06:00:00", "uitkomst": "gepubliceerd", "melding": "", "leveringen": [],
        "weigeringen": [], "meldingen": [],
        "cbs": [
            {"tabel": "85098NED", "titel": "Jongeren met jeugdzorg", "status": "vers", "melding": None,
             "gewijzigd": "2025-10-31T02:00:00", "opgehaald_op": "2026-10-01T06:00:00", "voorlopig": 2,
             "nieuwste_periode": "2025HJ01", "gewijzigde_cijfers": 1, "wijziging": "1 cijfer gewijzigd (2024)",
             "ontbrekend": None},
            {"tabel": "86008NED", "titel": "", "status": "niet_beschikbaar", "melding": "CBS kent tabel 86008NED niet.",
             "gewijzigd": None, "opgehaald_op": None, "voorlopig": None, "nieuwste_periode": None,
             "gewijzigde_cijfers": None, "wijziging": None, "ontbrekend": "Werkloosheidspercentage"},
        ],
    }  # fmt: skip
    (tmp_path / "laatste_verversing.json").write_text(json.dumps(report), "utf-8")
    said = CliRunner().invoke(app, ["status", "--store", str(tmp_path)]).output.splitlines()
    assert (
        "85098NED Jongeren met jeugdzorg: vers; gewijzigd door CBS 31-10-2025; opgehaald 01-10-2026; nieuwste periode "
        "1e halfjaar 2025; voorlopig: 2 perioden; veranderd bij de laatste nieuwe kopie: 1 cijfer gewijzigd (2024)"
    ) in said
    assert (
        "86008NED: niet beschikbaar; niet beschikbaar: Werkloosheidspercentage; CBS kent tabel 86008NED niet." in said
    )


def test_tables_with_one_reason_are_said_in_one_line() -> None:
    row = {"status": "niet_beschikbaar", "ontbrekend": None, "melding": "CBS is deze keer niet gevraagd."}
    rows = [{**row, "tabel": f"8000{i}NED"} for i in range(5)]
    assert cbs_trouble(rows) == ["CBS (5 tabellen): CBS is deze keer niet gevraagd."]
    assert cbs_trouble(rows[:2]) == ["CBS 80000NED, 80001NED: CBS is deze keer niet gevraagd."]
    gone = {"tabel": "86165NED", "status": "vers", "ontbrekend": "Rokers", "melding": "Rokers is weg."}
    assert cbs_trouble([gone, {**gone, "ontbrekend": None}]) == ["CBS 86165NED: Rokers is weg."]


class OneAnswer:
    """A server that gives the whole table whatever is asked, refuses a filter, or answers the first level only."""

    def __init__(self, rows: Rows, kind: str) -> None:
        self.rows, self.kind, self.asked = rows, kind, 0

    def data(self, _table: str, filters: str | None = None, select: list[str] | None = None) -> Rows:
        self.asked += 1
        if filters and self.kind == "refuses":
            raise CbsBroken("CBS weigert de vraag.")
        if filters and self.kind == "first level":
            return [row for row in self.rows if row["WijkenEnBuurten"].startswith("NL")]
        return [dict(row) for row in self.rows]


@pytest.mark.parametrize("kind", ["gives all", "refuses", "first level"])
def test_a_server_that_understands_a_filter_differently_gives_the_same_figures(tmp_path: Path, kind: str) -> None:
    rows = read(kern(tmp_path / "cbs") / "86165NED", "TypedDataSet")
    codes = [str(row["WijkenEnBuurten"]).strip() for row in rows[:5]]
    layout = Layout(
        KERN,
        {INWONERS: "AantalInwoners_5"},
        {region_code(code): code for code in codes},
        {"2025JJ00": "onbekend"},
        {},
        {},
    )
    frame = download(OneAnswer(rows, kind), layout)  # type: ignore[arg-type]
    assert dict(zip(frame.gebied_code, frame.waarde, strict=True)) == {
        "NL01": 1000, "GM0014": 2000, "GM1895": 3000, "WK189500": 4000, "BU18950000": 5000,
    }  # fmt: skip
