"""Breakdowns have a Dutch name on screens, also those that no list knows."""

from __future__ import annotations

import pytest

from indicators.core.uitsplitsing import naam, volgorde


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("totaal", "Totaal"),
        ("onderdeel=begeleiding", "Begeleiding"),
        ("wet=jeugd", "Jeugdwet"),
        ("verwijzer=02", "Huisarts"),
        ("soort=bijzondere_bijstand_eenmalig", "Eenmalige bijzondere bijstand"),
        ("combinatie=wmo+jeugd", "Wmo en Jeugdwet"),
        ("verwijzer=onbekend", "Niet bekend"),
        ("vraag=Ik werd snel geholpen", "Ik werd snel geholpen"),
        ("soort=iets_nieuws", "iets nieuws"),
        ("10000", "10000"),
    ],
)
def test_a_breakdown_has_a_name(code: str, name: str) -> None:
    assert naam(code) == name


def test_the_whole_comes_first_and_then_the_laws() -> None:
    codes = ["onderdeel=begeleiding", "wet=wmo", "totaal", "wet=jeugd"]
    assert sorted(codes, key=volgorde) == ["totaal", "wet=jeugd", "wet=wmo", "onderdeel=begeleiding"]
