"""The same care published from a clean workbook, and from Zorgned's tree and other declarations with all their mess."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.care_layouts import DECLARED, LAYOUTS
from tests.support.care_truth import PEILDATUM, awards, declarations, with_mess
from tests.support.refreshing import ask, run

FACTS = ("fct_voorziening", "fct_voorziening_kenmerk", "fct_toewijzing", "fct_declaratie", "fct_stapeling")
#: Layout of awards, whether it is messy, layout of declarations.
DELIVERIES = {"schoon": ("werkmap", False, "csv"), "zorgned": ("zorgned_json", True, "werkmap"),
              "suite": ("suite", True, "suite")}  # fmt: skip


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    base = tmp_path_factory.mktemp("zorg")
    found: dict[str, Path] = {}
    for name, (layout, messy, declared) in DELIVERIES.items():
        for wet in ("wmo", "jeugd"):
            folder = base / name / "inbox" / wet
            folder.mkdir(parents=True)
            write, suffix, says_law = LAYOUTS[layout]
            lines = with_mess(awards(wet), says_law)[0] if messy else awards(wet)
            write(folder / f"{layout}_{PEILDATUM}.{suffix}", lines, messy)
            put, suffix = DECLARED[declared]
            put(folder / f"declaraties_{PEILDATUM}.{suffix}", declarations(wet))
        found[name] = base / name / "store"
        code, said = run(base / name / "inbox", found[name])
        assert code == int(messy), said
    return found


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("delivery", ["zorgned", "suite"])
def test_every_layout_publishes_the_same(stores: dict[str, Path], delivery: str, fact: str) -> None:
    said, again = (ask(stores[name], f"SELECT * FROM mart.{fact} ORDER BY ALL") for name in ("schoon", delivery))
    assert said and said == again


@pytest.mark.parametrize("wet", ["wmo", "jeugd"])
def test_published_counts_and_euros_are_those_of_the_truth(stores: dict[str, Path], wet: str) -> None:
    lines, declared = awards(wet), declarations(wet)
    counts = dict(ask(
        stores["schoon"],
        f"SELECT maat, sum(aantal) FROM mart.fct_voorziening WHERE wet = '{wet}' AND gebied_code LIKE 'GM%' "
        "AND onderdeel <> 'totaal' GROUP BY maat",
    ))  # fmt: skip
    assert counts["aanvraag"] == len(lines)
    assert counts["toekenning"] == sum(line.get("besluit") == "Toegekend" for line in lines)
    assert counts["afwijzing"] == sum(line.get("besluit") == "Afgewezen" for line in lines)
    euros = ask(stores["schoon"], f"SELECT sum(bedrag_eur) FROM mart.fct_declaratie WHERE wet = '{wet}'")[0][0]
    assert euros == Decimal(sum(-line["cents"] if line["credit"] else line["cents"] for line in declared)) / 100


def test_increments_of_declarations_add_up_and_a_line_that_comes_again_counts_once(tmp_path: Path) -> None:
    folder = tmp_path / "inbox" / "jeugd"
    folder.mkdir(parents=True)
    (folder / "mapping.toml").write_text('[[bestanden]]\npatroon = "declaraties*"\nlevering = "aanvulling"\n', "utf-8")
    lines = [line for line in declarations("jeugd") if not line["credit"]]
    first, later = lines[:20], lines[20:30]
    again = {**lines[0], "cents": lines[0]["cents"] + 100}  # the provider put it right
    credit = {**lines[1], "credit": True}
    DECLARED["csv"][0](folder / "declaraties_2025-06-30.csv", first)
    july = [{**line, "ontvangen_op": PEILDATUM.replace(month=7)} for line in (*later, again, credit)]
    DECLARED["csv"][0](folder / "declaraties_2025-07-31.csv", july)
    code, said = run(tmp_path / "inbox", tmp_path / "store")
    assert code == 0, said
    cents = sum(line["cents"] for line in lines[:30]) + 100 - lines[1]["cents"]
    found = ask(tmp_path / "store", "SELECT sum(bedrag_eur), sum(regels) FROM mart.fct_declaratie")
    assert found == [(Decimal(cents) / 100, 31)]
