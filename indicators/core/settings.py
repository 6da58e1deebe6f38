"""Whose monitor this is: read from data/reference/instellingen.toml, so that no code names a gemeente."""

from __future__ import annotations

import os
import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

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


class Settings(BaseModel):
    """All settings of one installation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gemeente: Gemeente


@lru_cache(maxsize=8)
def _load(path: str) -> Settings:
    with Path(path).open("rb") as handle:
        return Settings.model_validate(tomllib.load(handle))


def settings() -> Settings:
    """Give the settings of this installation.

    Returns:
        The settings in MONITOR_INSTELLINGEN, by default data/reference/instellingen.toml.
    """
    return _load(os.environ.get("MONITOR_INSTELLINGEN", str(REFERENCE / "instellingen.toml")))
