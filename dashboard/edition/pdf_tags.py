"""What WeasyPrint leaves open in the tags of a PDF, and PDF/UA-1 asks for.

Each step names the clause (ISO 14289-1, with the failure condition of the Matterhorn Protocol in brackets).
"""

from __future__ import annotations

import re
from typing import Any

import pydyf

_SVG = "{http://www.w3.org/2000/svg}"
_REFERENCE = re.compile(rb"^(\d+) 0 R$")


class Finisher:
    """Last hand on the objects of a PDF, just before they are written."""

    def __init__(self, root: Any) -> None:
        """Take from the HTML what the tags need: descriptions of drawings, and what each heading is called."""
        self.described: dict[str, list[str]] = {}
        for drawing in root.iter(f"{_SVG}svg"):
            title, desc = (drawing.findtext(f"{_SVG}{name}") or "" for name in ("title", "desc"))
            # Two drawings may have the same title; the tree has them in the order of the HTML.
            self.described.setdefault(title, []).append(f"{title}. {desc}" if desc else title)
        self.names = {}
        for section in root.iter("section"):
            heading = next((part for part in section if part.tag in ("h2", "h3")), None)
            if heading is not None:
                self.names[section.get("id", "")] = "".join(heading.itertext())

    def __call__(self, _: Any, pdf: pydyf.PDF) -> None:
        """Finish the PDF; WeasyPrint calls this."""
        tree = _Tree(pdf)
        tree.artifacts()
        for element in tree.elements:
            kind = element["S"]
            if kind == "/Figure":
                self._figure(element, tree)
            elif kind == "/Caption" and tree.parent(element).get("S") != "/Table":
                element["S"] = "/P"
        tree.scopes()
        self._links(pdf)

    def _figure(self, element: Any, tree: _Tree) -> None:
        """7.3: a figure says in words what it shows (13-004); its box is in the page's own measure."""
        said = element["Alt"].string if "Alt" in element else ""
        element["Alt"] = pydyf.String((self.described.get(said) or [said]).pop(0))
        height = tree.pdf.objects[_number(element["Pg"])]["MediaBox"][3]
        x1, y1, x2, y2 = (v * 0.75 for v in element["A"]["BBox"])
        element["A"]["BBox"] = pydyf.Array([x1, height - y2, x2, height - y1])

    def _links(self, pdf: pydyf.PDF) -> None:
        """7.18.5: the description of a link says where it goes (28-012)."""
        for thing in pdf.objects:
            if isinstance(thing, dict) and thing.get("Subtype") == "/Link":
                target = thing["Contents"].string
                inside = "Dest" in thing
                words = f"Naar: {self.names.get(target, target)}" if inside else f"Open {target}"
                thing["Contents"] = pydyf.String(words)


def _number(reference: bytes) -> int:
    found = _REFERENCE.match(reference)
    if found is None:
        raise ValueError(f"no reference: {reference!r}")
    return int(found[1])


class _Tree:
    """The structure tree of a PDF that is not written yet."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        self.root: Any = self._at(pdf.catalog["StructTreeRoot"])
        self.elements: list[Any] = []
        self._walk(self.root)

    def _at(self, reference: bytes) -> Any:
        return self.pdf.objects[_number(reference)]

    def _kids(self, element: Any) -> list[Any]:
        return [self._at(k) for k in element.get("K", []) if isinstance(k, bytes)]

    def _walk(self, element: Any) -> None:
        for kid in self._kids(element):
            if kid.get("Type") == "/StructElem":
                self.elements.append(kid)
                self._walk(kid)

    def parent(self, element: Any) -> Any:
        """Give the element above this one."""
        return self._at(element["P"])

    def artifacts(self) -> None:
        """7.8: running headers, footers and page numbers are artifacts and no part of the text (08, 01-005)."""
        known = {element.number for element in self.elements}
        mapping = self._at(self.root["ParentTree"])["Nums"]
        for page, pages in zip(self.pdf.page_references, mapping[1::2], strict=False):
            if not isinstance(pages, list):
                continue
            loose = {i for i, reference in enumerate(pages) if _number(reference) not in known}
            stream = self._at(self._at(page)["Contents"]).stream
            for i, part in enumerate(stream):
                if isinstance(part, pydyf.Dictionary) and part.get("MCID") in loose:
                    stream[i - 1] = "/Artifact"
                    stream[i] = pydyf.Dictionary({"Type": "/Pagination"})
            pages[:] = [b"null" if i in loose else reference for i, reference in enumerate(pages)]
        for thing in self.pdf.objects:
            # What hung beside the tree stays as an empty object: numbers of objects are already in use.
            if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/StructElem" and thing.number not in known:
                thing.clear()

    def scopes(self) -> None:
        """7.5: headers of a table say what they head (15-003), and ids can be found (IDTree, ISO 32000-1 14.7.2)."""
        ids = []
        for element in self.elements:
            if "ID" in element:
                ids.append((element["ID"].string, element))
            attributes = element.get("A")
            if element["S"] == "/TD" and attributes is not None and not attributes.get("Headers", True):
                del attributes["Headers"]
            if element["S"] == "/TH":
                row = self.parent(element)
                in_head = self.parent(row)["S"] == "/THead"
                attributes["Scope"] = "/Column" if in_head else "/Row"
        names = pydyf.Array()
        for key, element in sorted(ids, key=lambda pair: pair[0]):
            names.extend([pydyf.String(key), element.reference])
        if ids:
            tree = pydyf.Dictionary({"Names": names, "Limits": pydyf.Array([names[0], names[-2]])})
            self.pdf.add_object(tree)
            self.root["IDTree"] = tree.reference
