"""The text of an edition as a file: written for the policy advisor to edit, and read back with every number checked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard import formatting as f
from dashboard.edition import budgets
from dashboard.edition.document import Alinea, Getal
from dashboard.edition.half_year import EditionRefused
from dashboard.edition.message import CONCLUSIE, DELEN, Message
from dashboard.edition.numbers import Allowed, numbers, pieces
from dashboard.edition.posts import Post
from dashboard.edition.world import World

_LABELS = {CONCLUSIE: "Conclusie", **DELEN, "tekst": "Tekst"}
_KEYS = {label: key for key, label in _LABELS.items()}
_LABEL = re.compile(rf"(?P<label>{'|'.join(_KEYS)}):\s*(?P<rest>.*)", re.DOTALL)
_KOP = re.compile(r"##\s+(?P<soort>bericht|toelichting)\s+(?P<id>[a-z0-9_:]+)\s*")
_TITEL = "# Tekst van de editie"
_NBSP = "\u00a0"


@dataclass(frozen=True)
class Section:
    """One block of the file: a message, or the explanation of a budget.

    Attributes:
        soort: bericht or toelichting.
        id: Of the message, or budgets.key.
        naam: What it is about, for the reader of the file.
        delen: Key of a part -> paragraph as the monitor wrote it.
        vast: Lines that belong to it and cannot be edited.
        getallen: Numbers that the text has now.
        feiten: Numbers that may be used beside these, each with what it is.
    """

    soort: str
    id: str
    naam: str
    delen: dict[str, Alinea]
    vast: tuple[str, ...]
    getallen: tuple[Getal, ...]
    feiten: tuple[tuple[str, Getal], ...]

    @property
    def allowed(self) -> Allowed:
        """The numbers that its text may have."""
        facts = [*self.getallen, *(g for _, g in self.feiten)]
        return Allowed(facts, [*(a.tekst for a in self.delen.values()), *self.vast])

    @property
    def choice(self) -> str:
        """The numbers that may be used, for who edits."""
        in_text = (g.tekst for g in self.getallen)
        return "; ".join(dict.fromkeys([*in_text, *(f"{label} {g.tekst}" for label, g in self.feiten)]))


@dataclass(frozen=True)
class Edited:
    """The text as it was read back.

    Attributes:
        berichten: The messages.
        toelichtingen: Explanations that were changed, by budgets.key.
        aangepast: Whether anything was changed.
    """

    berichten: list[Message]
    toelichtingen: dict[str, Alinea]
    aangepast: bool


def _sections(world: World, said: list[Message]) -> list[Section]:
    first = [
        Section("bericht", m.id, m.naam, m.delen, tuple(a.tekst for a in m.eerder), m.getallen,
                (*m.feiten, *_of_edition(world)))
        for m in said
    ]  # fmt: skip
    return [*first, *(_explained(world, p) for p in budgets.to_explain(world))]


def _explained(world: World, post: Post) -> Section:
    text = budgets.explanation(world, post)
    name = f"{post.naam} ({budgets.KANT[post.lasten_baten]})"
    said = tuple(str(z) for z in world.causes(post)["zin"].dropna())
    numbers_now = tuple(d for d in text.delen if isinstance(d, Getal))
    found = (*budgets.facts_of(world, post), *_of_edition(world))
    return Section("toelichting", budgets.key(post), name, {"tekst": text}, said, numbers_now, found)


def _of_edition(world: World) -> tuple[tuple[str, Getal], ...]:
    """Years and the peildatum: every text may name them."""
    year = world.peildatum.year
    years = tuple(("jaar", Getal(str(y))) for y in (year - 1, year, year + 1))
    return (*years, ("peildatum", Getal(f.datum(world.peildatum))))


def write(world: World, said: list[Message]) -> str:
    """Write the text of an edition for an advisor to edit (Markdown)."""
    code = world.halfjaar.code
    lines = [
        f"{_TITEL} {code}",
        "",
        "> Pas de zinnen aan zoals u wilt. Laat de regels met ## staan, en de woorden met een dubbele punt vooraan.",
        "> Gebruik alleen getallen die er al staan, of die bij ‘Ook te gebruiken’ staan; afronden mag. Een ander getal",
        "> wordt geweigerd. Regels met > komen niet in de editie.",
        f"> Daarna: python -m dashboard edition --store MAP --periode {code} --out MAP --tekst concept-{code}.md",
        "",
    ]
    for section in _sections(world, said):
        lines += _written(section)
    return "\n".join(lines).replace(_NBSP, " ").rstrip() + "\n"


def _written(section: Section) -> list[str]:
    lines = [f"## {section.soort} {section.id}", "", f"> {section.naam}", ""]
    for key, paragraph in section.delen.items():
        lines += [f"{_LABELS[key]}: {paragraph.tekst}", ""]
    if section.soort == "bericht":
        lines += [line for text in section.vast for line in (f"> {text}", "")]
    more = "; ".join(f"{label} {fact.tekst}" for label, fact in section.feiten)
    return [*lines, f"> Ook te gebruiken: {more}", ""]


def read_back(world: World, said: list[Message], text: str) -> Edited:
    """Read the text back.

    Args:
        world: The data.
        said: The messages as the monitor writes them.
        text: The file.

    Raises:
        EditionRefused: A line is not where it belongs, a part is missing, or a number is not in the facts; with the
            line and the remedy.
    """
    sections = {(s.soort, s.id): s for s in _sections(world, said)}
    found = _parse(text, world.halfjaar.code, sections)
    changed: dict[tuple[str, str], dict[str, Alinea]] = {}
    for place, section in sections.items():
        parts = {k: a for k, a in _edited(section, found.get(place, {})).items() if a is not None}
        if parts:
            changed[place] = parts
    messages = [m.with_parts(changed.get(("bericht", m.id), {})) for m in said]
    explained = {name: parts["tekst"] for (kind, name), parts in changed.items() if kind == "toelichting"}
    return Edited(messages, explained, bool(changed))


Lines = list[tuple[int, str]]


def _parse(text: str, code: str, sections: dict[tuple[str, str], Section]) -> dict[tuple[str, str], dict[str, Lines]]:
    rows = text.replace("\ufeff", "").replace(_NBSP, " ").splitlines()
    if not rows or rows[0].strip() != f"{_TITEL} {code}":
        raise EditionRefused(
            f"Regel 1 moet zijn: '{_TITEL} {code}'. Is dit de tekst van een andere editie? Maak met --concept een "
            "nieuwe."
        )
    found: dict[tuple[str, str], dict[str, Lines]] = {}
    place: tuple[str, str] | None = None
    part = ""
    for number, row in enumerate(rows[1:], start=2):
        line = row.strip()
        if not line or line.startswith(">"):
            continue
        if line.startswith("#"):
            place, part = _heading(line, number, sections, found), ""
            found[place] = {}
            continue
        if place is None:
            raise EditionRefused(f"Regel {number}: deze zin hoort bij geen bericht. Zet hem onder een regel met ##.")
        label = _LABEL.match(line)
        if label and _KEYS[label["label"]] in sections[place].delen:
            part, line = _KEYS[label["label"]], label["rest"]
            if part in found[place]:
                raise EditionRefused(
                    f"Regel {number}: '{label['label']}:' staat hier voor de tweede keer. Haal er één weg."
                )
            found[place][part] = []
        if not part:
            labels = ", ".join(f"'{_LABELS[k]}:'" for k in sections[place].delen)
            raise EditionRefused(f"Regel {number}: begin deze zin met een van deze woorden: {labels}.")
        found[place][part].append((number, line))
    return found


def _heading(
    line: str, number: int, sections: dict[tuple[str, str], Section], found: dict[tuple[str, str], dict[str, Lines]]
) -> tuple[str, str]:
    read = _KOP.fullmatch(line)
    place = (read["soort"], read["id"]) if read else ("", "")
    if place not in sections:
        raise EditionRefused(
            f"Regel {number}: '{line}' is geen bericht of toelichting van deze editie. Zet de regel terug zoals hij in "
            "het concept stond."
        )
    if place in found:
        raise EditionRefused(f"Regel {number}: '{line}' staat er twee keer. Haal er één weg.")
    return place


def _edited(section: Section, found: dict[str, Lines]) -> dict[str, Alinea | None]:
    """Give the paragraphs that were changed; None for one that is as it was."""
    result: dict[str, Alinea | None] = {}
    allowed = section.allowed
    for key, paragraph in section.delen.items():
        lines = [(n, t) for n, t in found.get(key, []) if t]
        if not lines:
            raise EditionRefused(
                f"Onder '## {section.soort} {section.id}' ontbreekt de tekst bij '{_LABELS[key]}:'. Zet hem terug."
            )
        text = " ".join(t for _, t in lines)
        if text == " ".join(paragraph.tekst.replace(_NBSP, " ").split()):
            result[key] = None
            continue
        for number, line in lines:
            _refuse_unknown(line, number, section, allowed)
        # What the sentence had already comes first: rounded, it may read as the figure of another budget.
        own = Allowed(part for part in paragraph.delen if isinstance(part, Getal))
        result[key] = Alinea(pieces(_tidy(text), own, allowed), paragraph.soort)
    return result


def _refuse_unknown(line: str, number: int, section: Section, allowed: Allowed) -> None:
    for found in numbers(line):
        if found not in allowed:
            choice = section.choice.replace(_NBSP, " ")
            raise EditionRefused(
                f"Regel {number}: '{found.tekst}' staat niet in de cijfers van '{section.naam}'. Gebruik een getal uit "
                f"de publicatie, of schrijf de zin zonder getal. U kunt hier gebruiken: {choice}."
            )


def _tidy(text: str) -> str:
    """Keep an amount and its unit on one line."""
    return re.sub(r"(?<=\d) (?=mln\b|miljoen\b|%)", _NBSP, re.sub(r"€ (?=\d)", f"€{_NBSP}", text))
