"""mapping.toml: how one municipality writes its own exports, checked, with every mistake explained in Dutch."""

from __future__ import annotations

import datetime as dt
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

FilterValue = str | list[str]


class MappingError(Exception):
    """A mapping.toml that cannot be used. The message is Dutch and names the key and what is allowed."""


class Onderdelen(BaseModel):
    """Which onderdeel a code belongs to, per kind of code."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    taakveld: dict[str, str] = Field(default_factory=dict)
    kostenplaats: dict[str, str] = Field(default_factory=dict)
    productcategorie: dict[str, str] = Field(default_factory=dict)

    @field_validator("taakveld", "kostenplaats", "productcategorie")
    @classmethod
    def _known(cls, value: dict[str, str]) -> dict[str, str]:
        from etl.codes import onderdelen

        if unknown := sorted(set(value.values()) - onderdelen()):
            raise ValueError(f"onbekend onderdeel '{unknown[0]}'")
        return value


class _Keys(BaseModel):
    """The keys that a whole mapping and one [[bestanden]] entry share."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    blad: str | None = None
    koprij: int | None = Field(default=None, ge=1)
    soort: str | None = None
    eenheid: Literal["euro", "eurocent", "x1000"] | None = None
    decimaal: Literal[",", "."] | None = None
    baten_teken: Literal["positief", "negatief"] | None = None
    lasten_teken: Literal["positief", "negatief"] | None = None
    peildatum: dt.date | None = None
    boekjaar: int | None = Field(default=None, ge=2000, le=2100)
    levering: Literal["volledig", "aanvulling"] | None = None
    kolommen: dict[str, str] = Field(default_factory=dict)
    lasten_baten: dict[str, Literal["L", "B"]] = Field(default_factory=dict)
    filter: dict[str, FilterValue] = Field(default_factory=dict)

    @field_validator("peildatum", mode="before")
    @classmethod
    def _dutch_date(cls, value: object) -> object:
        from etl import cleaning

        if isinstance(value, str):
            return cleaning.date(value)
        if isinstance(value, dt.datetime):
            return value.date()
        if value is not None and not isinstance(value, dt.date):
            raise ValueError("dit is geen datum")
        return value


class FileMapping(_Keys):
    """Keys that hold only for files whose name fits `patroon`."""

    patroon: str


class Mapping(_Keys):
    """A municipality's own way of writing one source (documented in docs/mapping.md)."""

    voorstel: bool = False
    onderdeel: Onderdelen = Field(default_factory=Onderdelen)
    bestanden: list[FileMapping] = Field(default_factory=list)
    bevestigd: list[str] = Field(default_factory=list)

    def for_file(self, bestand: str) -> Mapping:
        """Give the mapping for one file: the general keys, with those of the first fitting [[bestanden]] over them."""
        for own in self.bestanden:
            if fnmatch(bestand.lower(), own.patroon.lower()):
                said = {key: getattr(own, key) for key in own.model_fields_set if key != "patroon"}
                return self.model_copy(update=said)
        return self


def load_mapping(path: Path) -> Mapping:
    """Read and check a mapping.toml; one that is still a proposal (`voorstel = true`) is refused.

    Raises:
        MappingError: In Dutch, with every wrong key and what is allowed there.
    """
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as problem:
        raise MappingError(f"{path.name} kan niet worden geopend ({problem.strerror}).") from None
    except UnicodeDecodeError:
        raise MappingError(f"{path.name} is geen UTF-8. Sla het bestand opnieuw op als UTF-8.") from None
    except tomllib.TOMLDecodeError as problem:
        raise MappingError(f"{path.name} is geen geldige TOML: {_place(str(problem))}.") from None
    mapping = parse_mapping(raw, path.name)
    if mapping.voorstel:
        raise MappingError(
            f"{path.name} is nog een voorstel. Kijk elke regel na, vul in wat er gevraagd wordt en haal dan de regel "
            "'voorstel = true' weg."
        )
    return mapping


def parse_mapping(raw: dict[str, Any], naam: str = "mapping.toml") -> Mapping:
    """Check the content of a mapping that was read already.

    Raises:
        MappingError: In Dutch, with every wrong key and what is allowed there.
    """
    try:
        return Mapping.model_validate(raw)
    except ValidationError as problem:
        lines = [_explain(dict(error)) for error in problem.errors()]
        raise MappingError(f"{naam} klopt niet: " + " ".join(lines)) from None


def _place(message: str) -> str:
    """Keep of a TOML error only its place, which is the same in every language."""
    import re

    found = re.search(r"line (\d+), column (\d+)", message)
    return f"kijk bij regel {found[1]}, teken {found[2]}" if found else "controleer aanhalingstekens en haken"


_ONDERDELEN = "data/reference/onderdelen.csv"
_ALLOWED = {
    "blad": "de naam van een werkblad tussen aanhalingstekens",
    "koprij": "een rijnummer vanaf 1, bijvoorbeeld koprij = 5",
    "soort": 'wat er in het bestand staat, bijvoorbeeld soort = "declaratie"',
    "eenheid": '"euro", "eurocent" of "x1000"',
    "decimaal": '"," of "."',
    "baten_teken": '"positief" of "negatief"',
    "lasten_teken": '"positief" of "negatief"',
    "peildatum": "een datum, bijvoorbeeld peildatum = 2026-09-30",
    "boekjaar": "een jaartal, bijvoorbeeld boekjaar = 2026",
    "levering": '"volledig" of "aanvulling"',
    "kolommen": '[kolommen] met per regel: veld = "Kop in het bestand"',
    "lasten_baten": '[lasten_baten] met per regel: "4*" = "L" of "8*" = "B" (kostensoort, * is de rest van de code)',
    "filter": '[filter] met per regel: "Kop" = "waarde" of een lijst van waarden',
    "patroon": 'een bestandsnaam met * erin, bijvoorbeeld patroon = "*.xlsx"',
    "taakveld": '[onderdeel.taakveld] met per regel: "6.711" = "hulp_bij_het_huishouden"',
    "kostenplaats": '[onderdeel.kostenplaats] met per regel: "60010001" = "begeleiding"',
    "productcategorie": '[onderdeel.productcategorie] met per regel: "01" = "hulp_bij_het_huishouden"',
    "onderdeel": "[onderdeel.taakveld], [onderdeel.kostenplaats] of [onderdeel.productcategorie]",
    "bevestigd": 'een lijst van bestandsnamen of codes uit de melding, bijvoorbeeld bevestigd = ["3f2a9c1b7d04"]',
    "voorstel": "voorstel = true, of de regel weghalen",
    "bestanden": '[[bestanden]] met een patroon = "*.xlsx"',
}


def _explain(error: dict[str, Any]) -> str:
    place = [str(part) for part in error["loc"]]
    key = ".".join(place)
    if error["type"] == "extra_forbidden":
        if place[0] == "onderdeel":
            return f"Sleutel '{key}' bestaat niet. Toegestaan: {_ALLOWED['onderdeel']}."
        known = [*sorted(_Keys.model_fields), "bevestigd", "onderdeel", "bestanden"]
        return f"Sleutel '{key}' bestaat niet. Toegestaan: {', '.join(known)}."
    if error["type"] == "missing":
        return f"Sleutel '{key}' ontbreekt. Toegestaan: {_ALLOWED.get(place[-1], 'zie docs/mapping.md')}."
    if "onbekend onderdeel" in str(error["msg"]):
        name = str(error["msg"]).partition("onbekend onderdeel ")[2]
        return f"Onder [{key}] staat onderdeel {name}, dat niet bestaat. De onderdelen staan in {_ONDERDELEN}."
    if place[0] in ("kolommen", "filter", "lasten_baten"):
        place = place[:1]  # what stands under it are names of the user's own
    known_part = next((part for part in reversed(place) if part in _ALLOWED), "")
    return f"Sleutel '{key}' heeft een verkeerde waarde. Toegestaan: {_ALLOWED.get(known_part, 'zie docs/mapping.md')}."
