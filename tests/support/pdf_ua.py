"""What a machine can check of PDF/UA-1: failure conditions of the Matterhorn Protocol 1.1 that apply to these files.

veraPDF is not in a registry that the tests may use, so this reads the file with pypdf. Each violation starts with the
number of the failure condition. What only a person can judge (is a description good?) is not in here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, IndirectObject

BLOCKS = {
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
}
BLOCKS |= {
    "P",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
}
STANDARD = BLOCKS | {
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Figure",
    "Formula",
    "Form",
}
INSIDE = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
}
ONLY_IN = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
    "THead": {"Table"},
}
ONLY_IN |= {"TBody": {"Table"}, "TFoot": {"Table"}, "Caption": {"Table", "L", "Figure", "TOC"}}
TEXT = {b"Tj", b"TJ", b"'", b'"'}
PAINT = TEXT | {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", b"Do", b"INLINE IMAGE"}


class Element:
    """A structure element with what stands in it, in reading order."""

    def __init__(self, raw: Any, parent: Element | None, problems: list[str]) -> None:
        self.raw, self.parent = raw, parent
        self.kind = str(raw.get("/S", ""))[1:]
        self.kids: list[Element] = []
        self.mcids: list[tuple[Any, int]] = []
        self.objects: list[Any] = []
        kids = raw.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            self._take(kid.get_object() if isinstance(kid, IndirectObject) else kid, problems)

    def _take(self, kid: Any, problems: list[str]) -> None:
        if isinstance(kid, (int, float)):
            self.mcids.append((self.raw.raw_get("/Pg").idnum, int(kid)))
        elif kid.get("/Type") == "/OBJR":
            self.objects.append(kid["/Obj"])
        elif kid.get("/Type") == "/MCR":
            self.mcids.append((kid.raw_get("/Pg").idnum, int(kid["/MCID"])))
        else:
            self.kids.append(Element(kid, self, problems))

    def walk(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            yield from kid.walk()


def violations(pdf: PdfReader) -> list[str]:
    """Check a PDF; an empty list means that nothing was found."""
    problems: list[str] = []
    root: Any = pdf.trailer["/Root"]
    _document(pdf, root, problems)
    if "/StructTreeRoot" not in root:
        return [*problems, "01-005: geen structuurboom"]
    kids = root["/StructTreeRoot"]["/K"]
    tops = [Element(k.get_object(), None, problems) for k in (kids if isinstance(kids, list) else [kids])]
    elements = [e for top in tops for e in top.walk()]
    _structure(elements, problems)
    _headings(elements, problems)
    _tables(elements, root, problems)
    _content(pdf, root, elements, problems)
    _links(pdf, elements, problems)
    _fonts(pdf, problems)
    return problems


def _document(pdf: PdfReader, root: Any, problems: list[str]) -> None:
    def need(ok: Any, problem: str) -> None:
        if not ok:
            problems.append(problem)

    marked = root.get("/MarkInfo", {})
    need(bool(marked.get("/Marked")), "06-001/01: MarkInfo zegt niet dat het document is gemarkeerd")
    need(not marked.get("/Suspects"), "02-001: Suspects staat aan")
    need(root.get("/Lang"), "11-006: geen taal")
    need(bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")), "07-002: de titel wordt niet getoond")
    need("/Outlines" in root, "bladwijzers ontbreken")
    need(not pdf.is_encrypted, "26-001: versleuteld")
    need("/AcroForm" not in root or "/XFA" not in root["/AcroForm"], "25-001: XFA")
    xmp = root["/Metadata"].get_data().decode("utf-8") if "/Metadata" in root else ""
    need(xmp, "06-001: geen XMP")
    need(re.search(r"pdfuaid:part(=\"1\"|>1<)", xmp), "05-001: geen pdfuaid:part 1")
    title = re.search(r"<dc:title>.*?<rdf:li[^>]*>([^<]+)<", xmp, re.DOTALL)
    need(title and title[1].strip(), "06-004: geen dc:title")
    need(pdf.metadata and pdf.metadata.title, "07-001: geen titel")


def _structure(elements: list[Element], problems: list[str]) -> None:
    for e in elements:
        above = e.parent.kind if e.parent else "StructTreeRoot"
        if e.kind not in STANDARD:
            problems.append(f"02-001: {e.kind} is geen standaardsoort")
        if e.kind in INSIDE and (wrong := {k.kind for k in e.kids} - INSIDE[e.kind]):
            problems.append(f"09-004: {e.kind} bevat {sorted(wrong)}")
        if e.kind in INSIDE and e.mcids:
            problems.append(f"09-004: tekst los in {e.kind}")
        if e.kind in ONLY_IN and above not in ONLY_IN[e.kind]:
            problems.append(f"09-004: {e.kind} in {above}")
        if e.parent and e.raw["/P"].get_object() is not e.parent.raw and e.raw["/P"] != e.parent.raw:
            problems.append(f"09-001: {e.kind} noemt een andere ouder dan {above}")
        if e.kind == "Figure":
            if not str(e.raw.get("/Alt", "")).strip():
                problems.append("13-004: figuur zonder omschrijving")
            if "/BBox" not in e.raw.get("/A", {}):
                problems.append("13-008: figuur zonder plaats")


def _headings(elements: list[Element], problems: list[str]) -> None:
    levels = [int(e.kind[1]) for e in elements if re.fullmatch(r"H[1-6]", e.kind)]
    if levels[:1] != [1]:
        problems.append(f"14-002: de eerste kop is van niveau {levels[:1]}")
    if any(e.kind[:1] == "H" and e.parent and e.parent.kind == e.kind for e in elements):
        problems.append("14-006: een kop in een kop")
    for before, level in pairwise(levels):
        if level > before + 1:
            problems.append(f"14-003: kop {level} volgt op kop {before}")
    if levels.count(1) != 1:
        problems.append("er is niet precies één hoofdtitel")


def _tables(elements: list[Element], root: Any, problems: list[str]) -> None:
    ids = {str(e.raw["/ID"]) for e in elements if "/ID" in e.raw}
    tree = root["/StructTreeRoot"].get("/IDTree", {}).get("/Names", [])
    if ids - {str(name) for name in tree[::2]}:
        problems.append("structuur: id's van kopcellen staan niet in de IDTree")
    for table in (e for e in elements if e.kind == "Table"):
        rows = [e for e in table.walk() if e.kind == "TR"]
        widths = set()
        for row in rows:
            attributes = [cell.raw.get("/A", {}) for cell in row.kids]
            widths.add(sum(int(a.get("/ColSpan", 1)) for a in attributes))
            for cell, attribute in zip(row.kids, attributes, strict=True):
                if cell.kind == "TH" and attribute.get("/Scope") not in ("/Row", "/Column", "/Both"):
                    problems.append("15-003: kopcel zonder Scope")
                if unknown := {str(h) for h in attribute.get("/Headers", [])} - ids:
                    problems.append(f"15-004: cel verwijst naar {sorted(unknown)}")
        if len(widths) > 1:
            problems.append(f"15-005: rijen van een tabel zijn ongelijk: {sorted(widths)}")
        if not any(cell.kind == "TH" for row in rows for cell in row.kids):
            problems.append("15-003: tabel zonder kopcellen")


def _content(pdf: PdfReader, root: Any, elements: list[Element], problems: list[str]) -> None:
    """Everything that is painted is in the tree once, or an artifact; and the tree holds nothing else."""
    owner = {place: e for e in elements for place in e.mcids}
    nums = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = dict(zip((int(k) for k in nums[::2]), nums[1::2], strict=True))
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, 1):
        mapped = parents[int(page["/StructParents"])].get_object()
        key = page.indirect_reference.idnum
        stack: list[Any] = []
        for operands, operator in ContentStream(page.get_contents(), pdf).operations:
            if operator in (b"BDC", b"BMC"):
                inside = operands[1] if operator == b"BDC" else {}
                mark = "Artifact" if operands[0] == "/Artifact" else int(inside["/MCID"]) if "/MCID" in inside else None
                if mark == "Artifact" and any(isinstance(m, int) for m in stack):
                    problems.append(f"01-003: bladzijde {number}: artefact in tekst")
                if isinstance(mark, int) and "Artifact" in stack:
                    problems.append(f"01-004: bladzijde {number}: tekst in artefact")
                stack.append(mark)
                if isinstance(mark, int):
                    seen.add((key, mark))
                    found = owner.get((key, mark))
                    if found is None or mapped[mark].get_object() != found.raw:
                        problems.append(f"01-005: bladzijde {number}: stuk {mark} staat niet in de boom")
            elif operator == b"EMC":
                stack.pop()
            elif operator in PAINT and not any(m is not None for m in stack):
                problems.append(f"01-005: bladzijde {number}: {operator.decode()} buiten de boom")
        if stack:
            problems.append(f"bladzijde {number}: een stuk is niet afgesloten")
    if missing := set(owner) - seen:
        problems.append(f"01-005: de boom noemt {len(missing)} stukken die er niet zijn")


def _links(pdf: PdfReader, elements: list[Element], problems: list[str]) -> None:
    held = [o for e in elements if e.kind == "Link" for o in e.objects]
    for number, page in enumerate(pdf.pages, 1):
        notes = [a.get_object() for a in page.get("/Annots", [])]
        if notes and page.get("/Tabs") != "/S":
            problems.append(f"28-008: bladzijde {number}: volgorde van de tabtoets")
        for note in notes:
            if not str(note.get("/Contents", "")).strip():
                problems.append(f"28-012: bladzijde {number}: link zonder omschrijving")
            if "/StructParent" not in note or note not in held:
                problems.append(f"28-011: bladzijde {number}: link staat niet in de boom")
    if any(e.kind == "Link" and not e.objects for e in elements):
        problems.append("28-011: Link zonder link")


def _fonts(pdf: PdfReader, problems: list[str]) -> None:
    fonts = {}
    for page in pdf.pages:
        resources = page["/Resources"]
        fonts.update({f["/BaseFont"]: f for name in resources.get("/Font", {}) for f in [resources["/Font"][name]]})
    for name, font in fonts.items():
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        descriptor = inner["/FontDescriptor"]
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
            problems.append(f"31-009: {name} is niet ingesloten")
        if "/ToUnicode" not in font:
            problems.append(f"31-027: {name} zonder ToUnicode")
        elif re.search(rb"<(0000|FEFF|FFFE)>\s*$", font["/ToUnicode"].get_data(), re.MULTILINE | re.IGNORECASE):
            problems.append(f"10-001: {name} heeft tekens zonder betekenis")
        if inner["/Subtype"] == "/CIDFontType2" and "/CIDToGIDMap" not in inner:
            problems.append(f"31-007: {name} zonder CIDToGIDMap")
