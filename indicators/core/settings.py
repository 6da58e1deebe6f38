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
    `stappen` is, in the same way, the list of known steps that the forecast takes in (core/stappen.py).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    gemeente: Gemeente
    editie: Editie = Editie()
    gebieden: str = ""
    #: Digest of a list, filled in when the settings are read: another list is another publication.
    gebieden_sha256: str = ""
    stappen: str = ""
    stappen_sha256: str = ""


@lru_cache(maxsize=8)
def _load(path: str) -> Settings:
    with Path(path).open("rb") as handle:
        found = Settings.model_validate(tomllib.load(handle))
    digests = {"gebieden_sha256": hashlib.sha256(_list_of(path, found, "gebieden").read_bytes()).hexdigest()}
    steps = _list_of(path, found, "stappen")
    if found.stappen and steps.is_file():  # one that is not there is refused where it is read, with what to do
        digests["stappen_sha256"] = hashlib.sha256(steps.read_bytes()).hexdigest()
    return found.model_copy(update=digests)


def _list_of(path: str, found: Settings, name: str) -> Path:
    own = {"gebieden": found.gebieden, "stappen": found.stappen}.get(name, "")
    return Path(path).parent / own if own else REFERENCE / f"{name}.csv"


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
    """Give the file of a reference list: those of regions and of known steps may be the own ones of this installation.

    Args:
        name: Its name in data/reference, without ".csv".
    """
    return _list_of(settings_file(), settings(), name)
