"""The worst files of an inbox: each is refused in Dutch or read as it is, and none takes the memory it asks for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from etl import reading_pool
from etl.inbox import scan
from etl.mapping import Mapping
from etl.readers import apart, container, delimited
from etl.readers.cells import CellError, UnreadableFile
from etl.readers.files import read_file
from etl.source import Context, Reading, Source
from tests.support import hostile
from tests.support.hostile import CELL, LAUGHS, ODS_CELL, ods, shared, sheet, xlsx

ROOT = Path(__file__).resolve().parents[2]
#: Room above what the libraries themselves take; the files below ask for gigabytes.
ROOM = 600_000_000
_READ_ALL = """
import json, resource, sys
from pathlib import Path
from etl.readers import apart
from etl.readers.cells import UnreadableFile
from etl.readers.files import read_file
apart._limit(int(sys.argv[1]))
apart.MEMORY = int(sys.argv[1])
for name in sys.argv[2:]:
    try:
        answer = [[len(s.rows), len(s.rows[0]) if s.rows else 0] for s in read_file(Path(name))]
    except UnreadableFile as problem:
        answer = problem.reden
    print(json.dumps([Path(name).name, answer]), flush=True)
"""
_ROWS = {r: f'<row r="{r}"><c r="A{r}"><v>1</v></c></row>' for r in (1, 2, 3, 1_048_576)}
FAR, DAMAGED, STRANGE, BIG = "ver buiten de tabel", "beschadigd", "niet te begrijpen", "onredelijk groot"


def _much(count: int, row: str) -> str:
    return "".join(row.replace("#", str(n)) for n in range(2, count + 2))


@cache
def attacks() -> dict[str, tuple[Callable[[], bytes], str | list[list[int]]]]:
    """What makes the bytes, by name, and the reason of the refusal or the size of each sheet that is read."""
    return {name: (make, wanted) for name, make, wanted in _attacks()}


def _attacks() -> Iterator[tuple[str, Callable[[], bytes], str | list[list[int]]]]:
    text = '<c r="A#" t="s"><v>0</v></c>'
    yield "extent claimed only.xlsx", lambda: xlsx(sheet=f'<worksheet xmlns="{hostile.MAIN}"><dimension ref="A1:XFD1048576"/><sheetData><row r="1">{CELL}</row></sheetData></worksheet>'), [[1, 2]]  # fmt: skip  # noqa: E501
    yield (
        "rows out of order.xlsx",
        lambda: xlsx(_ROWS[1_048_576] + '<row r="2"><c r="XFD2"><v>1</v></c></row>' + _ROWS[3]),
        FAR,
    )
    yield "row without number.xlsx", lambda: xlsx('<row><c r="XFD1048576"><v>1</v></c></row>' + _ROWS[2]), FAR
    yield "cell in another row.xlsx", lambda: xlsx(_ROWS[1] + '<row r="2"><c r="ZZZ999999"><v>1</v></c></row>'), FAR
    yield (
        "row too far.xlsx",
        lambda: xlsx('<row r="1"><c r="A1"><v>1</v></c><c r="A4294967295"><v>1</v></c></row>'),
        STRANGE,
    )
    yield "column too far.xlsx", lambda: xlsx('<row r="1"><c r="A1"><v>1</v></c><c r="ZZZZZZ1"><v>1</v></c></row>'), FAR
    yield (
        "cells without place.xlsx",
        lambda: xlsx("<row>" + "<c><v>1</v></c>" * 20_000 + "</row>" + _ROWS[1_048_576]),
        FAR,
    )
    far = '<x:row r="9"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'
    yield (
        "cells with a prefix.xlsx",
        lambda: xlsx(_ROWS[1] + far.replace("<x:row", f'<x:row xmlns:x="{hostile.MAIN}"')),
        FAR,
    )
    yield (
        "place on a line of its own.xlsx",
        lambda: xlsx(_ROWS[1] + '<row r="2"><c\nr="XFD1048576"><v>1</v></c></row>'),
        FAR,
    )
    yield "empty rows with a format.xlsx", lambda: xlsx(_ROWS[1] + _much(200_000, '<row r="#" s="1"><c r="A#" s="1"/></row>')), [[1, 1]]  # fmt: skip  # noqa: E501
    yield "a million styles.xlsx", lambda: xlsx(styles=f'<styleSheet xmlns="{hostile.MAIN}"><cellXfs>' + '<xf numFmtId="0"/>' * 1_000_000 + "</cellXfs></styleSheet>"), [[1, 2]]  # fmt: skip  # noqa: E501
    yield "one long text used often.xlsx", lambda: xlsx(_much(1000, f"<row r='#'>{text}</row>"), shared=shared("ab" * 1_000_000)), BIG  # fmt: skip  # noqa: E501
    yield "one long text.xlsx", lambda: xlsx(shared=shared("a" * 120_000_000)), BIG
    yield "one long text, said to be short.xlsx", lambda: hostile.lying(xlsx(f'<row r="1">{text.replace("#", "1")}</row>', shared=shared("a" * 120_000_000)), "xl/sharedStrings.xml"), DAMAGED  # fmt: skip  # noqa: E501
    yield "entities in the sheet.xlsx", lambda: xlsx(sheet=sheet(f'<row r="1">{CELL.replace(">x<", ">&e9;<")}</row>', LAUGHS)), STRANGE  # fmt: skip  # noqa: E501
    yield "entities in the texts.xlsx", lambda: xlsx(f'<row r="1">{text.replace("#", "1")}</row>', shared=LAUGHS + shared("&e9;")), STRANGE  # fmt: skip  # noqa: E501
    yield "entities in the book.xlsx", lambda: xlsx(book=LAUGHS + hostile.BOOK.replace('"S"', '"&e9;"')), STRANGE
    yield "sheet in utf-16.xlsx", lambda: xlsx(sheet=sheet(_ROWS[1]).encode("utf-16")), STRANGE
    yield "same part twice.xlsx", lambda: xlsx(**{"xl/worksheets/Sheet1.xml": sheet(_ROWS[2])}), "onderdeel dubbel"
    yield "same sheet twice.xlsx", lambda: xlsx(book=hostile.BOOK.replace("</sheets>", '<sheet name="S" sheetId="2" r:id="rId1"/></sheets>')), STRANGE  # fmt: skip  # noqa: E501
    yield "many parts.xlsx", lambda: xlsx(**{f"xl/media/{n}": b"" for n in range(5001)}), BIG
    yield "part outside the book.xlsx", lambda: xlsx(links=hostile.LINKS.replace("worksheets/sheet1.xml", "../../../etc/passwd")), STRANGE  # fmt: skip  # noqa: E501
    yield "zips in a zip.zip", lambda: hostile.zipped((f"lib {n}.zip", hostile.zipped([("0", b"0" * 9_000_000)])) for n in range(9)), "zip-bestand"  # fmt: skip  # noqa: E501
    yield "cut in two.xlsx", lambda: xlsx(_much(3000, '<row r="#"><c r="A#"><v>#</v></c></row>'))[:6000], DAMAGED
    full = ODS_CELL.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"')
    yield "repeated cells.ods", lambda: ods(f'<table:table-row table:number-rows-repeated="1048576">{full}</table:table-row>'), DAMAGED  # fmt: skip  # noqa: E501
    yield "repeated nothing.ods", lambda: ods(f'<table:table-row>{ODS_CELL}</table:table-row><table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'), [[1, 1]]  # fmt: skip  # noqa: E501
    yield "one endless line.csv", lambda: b"a;b\n" + b"x" * 5_000_000, "houdt niet op"
    yield "one endless cell.csv", lambda: b'a;b\n"' + b"x\n" * 500_000, "aanhalingsteken"
    yield "a million columns.csv", lambda: b";".join(b"%d" % n for n in range(1_000_000)) + b"\n", "houdt niet op"
    yield "six thousand columns.csv", lambda: b";" * 6000 + b"\n", "te veel kolommen"
    yield "one wide row.csv", lambda: b";".join([b"x"] * 4900) + b"\n" + b"1\n" * 40_000, "te veel cellen"
    yield "zero bytes.csv", lambda: b"a;b\n1;\x002\n", "geen tabel"
    yield "utf-16 without mark.csv", lambda: "a;b\n1;2\n".encode("utf-16-le"), "geen tabel"
    yield "two encodings.csv", lambda: "naam\ncliënt\n".encode() + "cliënt\n".encode("cp1252"), "twee soorten tekens"
    yield "no encoding.csv", lambda: b"naam\ncli\x81nt\n", "niet te herkennen"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | list[list[int]]]:
    """Read all of them, one after the other, in one process that may take little more than its libraries do."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = []
    for name, (make, _) in attacks().items():
        paths.append(folder / name)
        paths[-1].write_bytes(make())
    code = f"import etl.readers.delimited as d\nd.MAX_MEMORY = 300_000_000\n{_READ_ALL}"
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOM), *map(str, paths)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-500:]
    return dict(json.loads(line) for line in done.stdout.splitlines())


@pytest.mark.parametrize("name", attacks())
def test_a_hostile_file_is_refused_or_read_within_its_memory(
    name: str, answers: dict[str, str | list[list[int]]]
) -> None:
    wanted, found = attacks()[name][1], answers[name]
    assert wanted in found if isinstance(wanted, str) and isinstance(found, str) else found == wanted


def test_cells_without_a_place_and_with_a_prefix_are_read_as_excel_reads_them(tmp_path: Path) -> None:
    rows = '<x:row><x:c><x:v>1</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c></x:row>'
    rows += '<x:row r="3"><x:c><x:v>2</x:v></x:c></x:row>'
    xml = f'<x:worksheet xmlns:x="{hostile.MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    (tmp_path / "a.xlsx").write_bytes(xlsx(sheet=xml))
    found = read_file(tmp_path / "a.xlsx")[0].rows
    assert found == [[1, CellError("#N/A")], [None, None], [2, None]]


def test_an_error_on_the_border_of_two_blocks_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = '<row r="1" hidden="1"><c r="A1"><f>1+1</f></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1"><v>3</v></c></row>'
    (tmp_path / "a.xlsx").write_bytes(xlsx(rows))
    for size in range(7, 60):
        monkeypatch.setattr("etl.readers.sheetxml._CHUNK", size)
        monkeypatch.setattr("etl.readers.sheetxml._small", _whole)
        found = read_file(tmp_path / "a.xlsx")[0]
        assert found.rows == [[CellError("formule zonder uitkomst"), CellError("#REF!"), 3]], size
        assert found.hidden_rows == {1}


def _whole(archive: zipfile.ZipFile, name: str) -> object:
    from xml.etree.ElementTree import fromstring

    return fromstring(archive.read(name))


def test_a_workbook_with_too_many_cells_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_CELLS", 50)
    (tmp_path / "a.xlsx").write_bytes(xlsx(_much(40, '<row r="#"><c r="A#"><v>1</v></c><c r="B#"><v>1</v></c></row>')))
    with pytest.raises(UnreadableFile, match="Splits de export"):
        read_file(tmp_path / "a.xlsx")


def test_text_that_takes_too_much_memory_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_MEMORY", 10_000)
    (tmp_path / "a.csv").write_text("a;b\n" * 100)
    with pytest.raises(UnreadableFile, match="te veel cellen"):
        read_file(tmp_path / "a.csv")


def test_a_workbook_that_ends_its_reader_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_CODE", "import os; os.abort()")
    (tmp_path / "a.ods").write_bytes(ods(f"<table:table-row>{ODS_CELL}</table:table-row>"))
    with pytest.raises(UnreadableFile, match="te groot of te beschadigd"):
        read_file(tmp_path / "a.ods")


def _end(_sheets: list, context: Context) -> Reading:
    if context.bestand.startswith("b"):
        os._exit(9)
    return Reading(refused=True)


@pytest.mark.long
def test_a_file_that_ends_its_process_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    source = Source("proef", "Proef", 31, False, (), _end)
    jobs = []
    for name in ("b.csv", "c.csv"):
        (tmp_path / name).write_text("a;b\n1;2\n")
        jobs.append(reading_pool.Job(tmp_path / name, source, Mapping(), _same))
    ended, read = reading_pool._one_by_one(jobs)
    assert "afgebroken" in ended.refusals[0].reden and ended.refused
    assert read.refusals == []


def _same(reading: Reading, _source: Source) -> Reading:
    return reading


def test_a_link_out_of_the_inbox_and_a_pipe_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "inbox" / "k2f"
    folder.mkdir(parents=True)
    (tmp_path / "geheim.csv").write_text("a;b\n")
    (folder / "a.csv").write_text("a;b\n")
    try:
        (folder / "b.csv").symlink_to(tmp_path / "geheim.csv")
        (folder / "c.csv").symlink_to(folder / "a.csv")
        os.mkfifo(folder / "d.csv")
    except (OSError, AttributeError):
        pytest.skip("dit systeem kent geen verwijzingen of pijpen")
    found = scan(tmp_path / "inbox", ["k2f"]).folders[0]
    assert [path.name for path in found.files] == ["a.csv", "c.csv"]
    assert [(r.bestand, "buiten de map" in r.reden) for r in found.unusable] == [("b.csv", True), ("d.csv", False)]
