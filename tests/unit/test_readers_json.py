"""JSON to sheets: one per list, a row per record with its parents' fields, and a clear refusal of anything else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl.readers.cells import Sheet, UnreadableFile, without_repeats
from etl.readers.files import read_file

ROOT = Path(__file__).resolve().parents[2]
ZORGNED = ROOT.parent / "shared" / "data" / "messy" / "zorgned_jzd_aanvragen_mock.json"


def read(folder: Path, tree: Any, encoding: str = "utf-8") -> dict[str, Sheet]:
    path = folder / "aanvragen.json"
    path.write_bytes((tree if isinstance(tree, str) else json.dumps(tree)).encode(encoding))
    return {sheet.naam: sheet for sheet in read_file(path)}


APPLICATIONS = {
    "peildatum": "2026-09-30",
    "_links": None,
    "_embedded": {
        "aanvraag": [
            {
                "id": 7,
                "besluit": {"op": "2026-01-02", "producten": [{"code": "01A03"}, {"code": "12A01", "actief": True}]},
                "brieven": [{"nr": "a"}, {"nr": "b"}, {"nr": "c"}],
                "talen": ["nl", "fr"],
            },
            {"id": 8, "besluit": None, "brieven": []},
        ]
    },
}


def test_a_record_becomes_a_row_and_each_nested_list_a_sheet_with_the_fields_of_its_parents(tmp_path: Path) -> None:
    sheets = read(tmp_path, APPLICATIONS)
    assert list(sheets) == ["aanvraag", "aanvraag.besluit.producten", "aanvraag.brieven"]
    assert sheets["aanvraag"].rows == [
        ["peildatum: 2026-09-30", None, None],
        ["id", "besluit.op", "talen"],
        [7, "2026-01-02", "nl; fr"],
        [8, None, None],
    ]
    assert sheets["aanvraag.besluit.producten"].rows[1:] == [
        ["id", "besluit.op", "talen", "besluit.producten.code", "besluit.producten.actief"],
        [7, "2026-01-02", "nl; fr", "01A03", None],
        [7, "2026-01-02", "nl; fr", "12A01", True],
        [8, None, None, None, None],
    ]


def test_lists_beside_each_other_do_not_multiply_and_say_whose_records_they_repeat(tmp_path: Path) -> None:
    sheets = read(tmp_path, APPLICATIONS)
    assert [row[-1] for row in sheets["aanvraag.brieven"].rows[1:]] == ["brieven.nr", "a", "b", "c", None]
    assert sheets["aanvraag.brieven"].onder == ("aanvraag",) and sheets["aanvraag"].onder == ()
    products = sheets["aanvraag.besluit.producten"]
    assert without_repeats([sheets["aanvraag"], products]) == [sheets["aanvraag"]]
    assert without_repeats([products, sheets["aanvraag.brieven"]]) == [products, sheets["aanvraag.brieven"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("form", ["array", "lines"])
def test_a_bare_list_and_a_record_a_line_are_the_same_table(tmp_path: Path, form: str, encoding: str) -> None:
    records = [{"naam": "é", "n": 1.10}, {"n": 2, "naam": " "}]
    tree = json.dumps(records) if form == "array" else "\n".join(map(json.dumps, records)) + "\n\n"
    assert read(tmp_path, tree, encoding)[""].rows == [["naam", "n"], ["é", 1.1], [None, 2]]


def test_a_field_that_is_a_value_here_and_a_group_there_loses_neither(tmp_path: Path) -> None:
    rows = read(tmp_path, [{"v": "huisarts"}, {"v": {"code": "01"}}, {"v": None}])[""].rows
    assert rows == [["v", "v.code"], ["huisarts", None], [None, "01"], [None, None]]
    assert read(tmp_path, [{"v": None}, {"v": {"code": "01"}}])[""].rows[0] == ["v.code"]


def test_two_lists_under_wrappers_are_two_sheets(tmp_path: Path) -> None:
    sheets = read(tmp_path, {"data": {"wmo": [{"a": 1}], "jeugd": [{"b": 2}]}, "aantal": 2})
    assert {name: sheet.rows for name, sheet in sheets.items()} == {
        "data.wmo": [["aantal: 2"], ["a"], [1]],
        "data.jeugd": [["aantal: 2"], ["b"], [2]],
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"a": [{"b": 1},]}', "regel 1, teken"),
        ('[{"a": 1},\n {"a": }]', "regel 2, teken 8; daar klopt de opbouw niet"),
        ('{"a": [{"b": 1}', "afgebroken"),
        ('{"a": 1}\n{"a": 2}\n{"a": ', "regel 3, teken 7; het bestand is afgebroken"),
        ("[1, 2]", "geen velden"), ("[[1], [2]]", "geen velden"), ('[{"a": 1}, null]', "regel 2"),
        ("[]", "geen lijst"), ('{"value": []}', "geen lijst"), ('{"a": 1, "b": {"c": "d"}}', "geen lijst"),
        ('[{"a": [{"b": 1}, 2]}]', "geen velden"), ('[{"a": [2, {"b": 1}]}]', "door elkaar"),
        ('[{"a": 1, "a": 2}]', "dubbel"), ('[{"a.b": 1, "a": {"b": 2}}]', "punt"), ('[{"a": NaN}]', "NaN"),
        ('[{"a": "\\ud83d"}]', "half teken"), ("[{\"a\": " + "9" * 5000 + "}]", "te lang"),
        ("[" * 100_000, "te diep"), ('[{"a":' * 30 + "1" + "}]" * 30, "te diep"),
        ('{"a":' * 30 + '[{"b": 1}]' + "}" * 30, "te diep"),
        (json.dumps([{f"k{i}": 1} for i in range(3000)]), "te veel verschillende velden"),
        (json.dumps([{f"k{i}": 1 for i in range(1500)}, *({"k0": 1} for _ in range(14_000))]), "te grote tabel"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_table_is_refused_in_dutch(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(UnreadableFile) as problem:
        read(tmp_path, text)
    assert why in problem.value.reden and "JSON" in problem.value.reden and problem.value.oplossing.endswith(".")


def test_letters_that_are_no_utf8_and_a_file_that_is_too_big_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnreadableFile, match="UTF-8"):
        read(tmp_path, '[{"a": "é"}]', "cp1252")
    monkeypatch.setattr("etl.readers.json_tree.MAX_BYTES", 10)
    with pytest.raises(UnreadableFile, match="groter dan"):
        read(tmp_path, [{"a": "bcdefg"}])


def test_a_text_file_whose_header_stands_in_brackets_is_text(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("[Jaar];[Bedrag]\n2026;5\n", "utf-8")
    assert read_file(tmp_path / "a.csv")[0].rows[1] == ["2026", "5"]


@pytest.mark.shared
@pytest.mark.skipif(not ZORGNED.is_file(), reason="../shared/data is er niet")
def test_applications_in_the_form_of_zorgned_give_a_row_for_every_product(tmp_path: Path) -> None:
    tree = json.loads(ZORGNED.read_text("utf-8"))["_embedded"]["aanvraag"]
    sheets = {sheet.naam: sheet for sheet in read_file(ZORGNED)}
    rows = sheets["aanvraag.beschikking.beschikteProducten"].rows
    product = rows[0].index("beschikking.beschikteProducten.identificatie")
    wanted = [
        (a["identificatie"], p.get("identificatie"))
        for a in tree
        for p in (a.get("beschikking") or {}).get("beschikteProducten") or [{}]
    ]
    assert [(row[0], row[product]) for row in rows[1:]] == wanted
    letters = sum(max(1, len(a.get("documenten") or [])) for a in tree)
    assert len(sheets["aanvraag.documenten"].rows) - 1 == letters and len(sheets["aanvraag"].rows) - 1 == len(tree)
