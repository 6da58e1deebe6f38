"""The registry as a whole: every indicator says what a council note needs, and stands on published tables only."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from indicators.core import indicator as registry
from indicators.core.cbs import PREFIX, Topic
from indicators.core.cbs_asked import asked
from indicators.core.contract import BY_NAME, VIEWS
from indicators.core.indicator import BREDE_WELVAART, NPG, Indicator, indicators
from indicators.core.settings import REFERENCE
from indicators.core.targets import UnusableTarget, targets

ALL = tuple(indicators().values())
ids = {"ids": lambda record: record.id}
WETTEN = {"wmo", "jeugd", "participatiewet", "overig"}


@pytest.mark.parametrize("record", ALL, **ids)
def test_every_text_is_there(record: Indicator) -> None:
    texts = {
        name: getattr(record, name)
        for name in ("titel", "vraag", "definitie", "teller", "noemer", "eenheid", "eigenaar", "statusregels")
    }
    assert not [name for name, text in texts.items() if not text.strip()]
    assert record.perioden and all(record.bron)
    assert record.vraag.endswith("?") and record.definitie.rstrip().endswith(".")
    assert not [text for text in texts.values() if "  " in text]
    assert record.streefwaarde is None, "a target belongs in the list of the installation"


@pytest.mark.parametrize("record", ALL, **ids)
def test_what_it_refers_to_exists(record: Indicator) -> None:
    with (REFERENCE / "onderdelen.csv").open(encoding="utf-8", newline="") as handle:
        known = WETTEN | {row["onderdeel"] for row in csv.DictReader(handle)}
    assert set(record.budgetten) <= known
    assert not record.naast or record.naast in indicators()
    assert record.naast != record.id
    assert set(record.niveaus) <= set(PREFIX)


@pytest.mark.parametrize("record", [r for r in ALL if r.sql], **ids)
def test_it_reads_published_tables_only(record: Indicator) -> None:
    tree = sqlglot.parse_one(str(record.sql), read="duckdb")
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    read = {f"{t.db}.{t.name}" for t in tree.find_all(exp.Table) if t.name and t.name not in own}
    assert read and read <= set(BY_NAME) | set(VIEWS)
    assert not [name for name in read if name.startswith("mart.fct_indicator")]


def test_the_ten_of_the_npg_are_there_once() -> None:
    assert sorted(r.npg for r in ALL if r.npg) == list(NPG)


def test_what_changed_the_law_is_a_break_of_every_count_that_it_changed() -> None:
    breaks = {r.id: {b.periode[:4] for b in r.breuken} for r in ALL}
    youth = {r.id for r in ALL if r.domein == "jeugd" and "clientervaring" not in r.id}
    assert {
        name for name in {*youth, "pgb_aandeel", "gebruik_per_1000_inwoners"} if "2022" not in breaks[name]
    } == set()
    wmo = {"wmo_aanvragen", "wmo_clienten", "wmo_instroom", "wmo_uitstroom", "gebruik_per_1000_inwoners"}
    assert {name for name in wmo if not {"2019", "2020"} <= breaks[name]} == set()
    assert "2020" in breaks["wmo_gebruik_cbs"]


def test_every_theme_of_brede_welvaart_but_safety_has_indicators() -> None:
    """No table of CBS that is in use gives safety per gemeente; docs/indicatoren.md says so."""
    assert {r.thema for r in ALL if r.thema} == set(BREDE_WELVAART) - {"veiligheid"}
    page = (Path(registry.__file__).parents[2] / "docs" / "indicatoren.md").read_text("utf-8")
    assert "| veiligheid | geen: " in page


def test_a_figure_from_a_workbook_stands_beside_one_of_our_own_under_another_name() -> None:
    beside = {r.id: r.naast for r in ALL}
    assert beside["langdurige_werkloosheid"] == "langdurig_in_de_bijstand"
    assert beside["huishoudens_met_meerdere_voorzieningen"] == "eigen_huishoudens_met_meerdere_voorzieningen"
    assert beside["problematische_schulden"] == "schuldhulp"
    for name, other in beside.items():
        assert not other or indicators()[name].titel != indicators()[other].titel


def test_one_topic_is_asked_once_and_under_one_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [(table, topic.naam) for topic in asked() for table in topic.tabellen]
    assert len(names) == len(set(names))
    other = replace(ALL[0], id="proef", cbs=(Topic("AantalInwoners", "%", tabellen=("kerncijfers",)),))
    monkeypatch.setattr("indicators.core.cbs_asked.indicators", lambda: {"proef": other})
    with pytest.raises(ValueError, match="AantalInwoners in kerncijfers"):
        asked()


class TestTargets:
    """Targets of the council come from a list beside the settings."""

    @pytest.fixture
    def own(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        (tmp_path / "instellingen.toml").write_bytes((REFERENCE / "instellingen.toml").read_bytes())
        monkeypatch.setenv("MONITOR_INSTELLINGEN", str(tmp_path / "instellingen.toml"))
        yield tmp_path / "streefwaarden.csv"

    def test_none_is_set_where_the_council_set_none(self) -> None:
        assert targets() == {}

    def test_a_target_is_shown_with_its_year(self, own: Path) -> None:
        own.write_text('indicator,streefwaarde,streefjaar,besluit\nrokers,"12,5",2030,raadsbesluit 2024-11\n', "utf-8")
        found = indicators()["rokers"]
        assert (found.streefwaarde, found.streefjaar) == (12.5, 2030)
        assert indicators()["overgewicht"].streefwaarde is None

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("rokers,veel,2030,besluit", "regel 2"),
            ("rokers,12,ooit,besluit", "regel 2"),
            ("rokers,12,2030,", "waar de raad"),
            ("rokers,12,2030,b\nrokers,13,2031,b", "twee keer"),
            ("bestaat_niet,12,2030,b", "bestaat_niet"),
        ],
    )
    def test_a_line_that_cannot_be_used_is_refused(self, own: Path, line: str, said: str) -> None:
        own.write_text(f"indicator,streefwaarde,streefjaar,besluit\n{line}\n", "utf-8")
        with pytest.raises(UnusableTarget, match=said):
            indicators()
