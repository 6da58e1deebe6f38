"""Whose monitor this is: read from data/reference/instellingen.toml, so that no code names a gemeente."""

from __future__ import annotations

import hashlib
import os
import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"


class Gemeente(BaseModel):
    """The own gemeente and the regions it is compared with (CBS codes, without padding).

    `regio_gemeenten` are the gemeenten it works with (a COROP, GGD or jeugdregio), itself among them: optional,
    since no list of CBS says which of these a gemeente has in mind.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    naam: str
    provincie_code: str
    provincie_naam: str
    land_code: str
    land_naam: str
    regio_naam: str = ""
    regio_gemeenten: tuple[str, ...] = ()


class Editie(BaseModel):
    """What the council edition needs to know: from which deviation on (euros) a budget gets an explanation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    toelichting_vanaf_eur: int = Field(default=100_000, ge=0)


class Settings(BaseModel):
    """All settings of one installation.

    `gebieden` is the list of the own wijken and buurten (columns as data/reference/gebieden.csv): a path from the
    folder of the settings file. Without it that list of data/reference counts, of which only own wijken are used.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    gemeente: Gemeente
    editie: Editie = Editie()
    gebieden: str = ""
    #: Digest of that list, filled in when the settings are read: another list is another publication.
    gebieden_sha256: str = ""


@lru_cache(maxsize=8)
def _load(path: str) -> Settings:
    with Path(path).open("rb") as handle:
        found = Settings.model_validate(tomllib.load(handle))
    content = _regions_of(path, found).read_bytes()
    return found.model_copy(update={"gebieden_sha256": hashlib.sha256(content).hexdigest()})


def _regions_of(path: str, found: Settings) -> Path:
    return Path(path).parent / found.gebieden if found.gebieden else REFERENCE / "gebieden.csv"


def settings_file() -> str:
    """Give the file that settings are read from; what is remembered of them is remembered by this name."""
    return os.environ.get("MONITOR_INSTELLINGEN", str(REFERENCE / "instellingen.toml"))


def settings() -> Settings:
    """Give the settings of this installation.

    Returns:
        The settings in MONITOR_INSTELLINGEN, by default data/reference/instellingen.toml.
    """
    return _load(settings_file())


def reference_list(name: str) -> Path:
    """Give the file of a reference list: that of regions may be the own one of this installation.

    Args:
        name: Its name in data/reference, without ".csv".
    """
    return _regions_of(settings_file(), settings()) if name == "gebieden" else REFERENCE / f"{name}.csv"
