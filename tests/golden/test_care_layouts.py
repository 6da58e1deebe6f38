"""One truth of forty clients, written in every layout, clean and messy: the same rows come out of each."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from etl.privacy import protect
from etl.reading import read_delivery
from etl.source import Reading, sources
from tests.support.care_layouts import DECLARED, LAYOUTS
from tests.support.care_truth import PEILDATUM, awards, declarations, with_mess

KEY = b"k" * 32
FORMS = [(layout, messy) for layout in LAYOUTS for messy in (False, True)]


def written(folder: Path, wet: str, layout: str, messy: bool) -> tuple[Reading, int, int, int]:
    """Write the truth in a layout and read it; also how many lines are good, wrong and out of scope."""
    write, suffix, says_law = LAYOUTS[layout]
    lines = awards(wet)
    good, wrong, outside = len(lines), 0, 0
    if messy:
        lines, wrong, outside = with_mess(lines, says_law)
    path = folder / f"{layout}_{PEILDATUM}.{suffix}"
    write(path, lines, messy)
    source = sources()[wet]
    reading = protect(read_delivery(path, source), source, KEY)
    assert not reading.refused, reading.refusals
    return reading, good, wrong, outside


def rows(reading: Reading) -> list[tuple[object, ...]]:
    table = reading.tables["toekenning"].drop(columns=["bron_blad", "bron_rij"])
    return sorted(tuple(map(repr, row)) for row in table.where(table.notna(), None).itertuples(index=False))


@pytest.mark.parametrize("wet", ["wmo", "jeugd"])
@pytest.mark.parametrize(("layout", "messy"), FORMS)
def test_every_layout_gives_the_same_rows(tmp_path: Path, wet: str, layout: str, messy: bool) -> None:
    first, *_ = written(tmp_path, wet, "werkmap", False)
    found, good, wrong, outside = written(tmp_path, wet, layout, messy)
    assert found.peildatum == PEILDATUM
    assert (found.rijen_geladen, found.rijen_geweigerd) == (good, wrong), [r.reden for r in found.refusals]
    footers = 1 if messy and layout in ("werkmap", "zorgned_xlsx") else 0
    assert found.rijen_buiten_bereik == outside + footers
    assert rows(found) == rows(first)


@pytest.mark.parametrize("wet", ["wmo", "jeugd"])
def test_the_rows_are_the_truth(tmp_path: Path, wet: str) -> None:
    found, *_ = written(tmp_path, wet, "werkmap", False)
    table, lines = found.tables["toekenning"], awards(wet)
    assert table["persoon"].nunique() == 40 and table["huishouden"].nunique() == 40
    for name in ("productcategorie", "productcode", "wijk_code", "eenheid", "frequentie", "aanbieder", "reden_einde"):
        said = "wijk" if name == "wijk_code" else name
        assert Counter(table[name].dropna()) == Counter(line[said] for line in lines if line.get(said)), name
    for name in ("aanvraagdatum", "besluitdatum", "ingangsdatum", "einddatum"):
        assert Counter(table[name].dropna()) == Counter(line[name] for line in lines if line.get(name)), name
    worth = sum(line["volume"] * line["tarief"] for line in lines if line.get("volume"))
    assert sum((v * t for v, t in zip(table["volume"], table["tarief_eur"], strict=True) if v), Decimal(0)) == worth
    if wet == "jeugd":
        stays = {"44": "ja", "45": "nee", "46": None}
        assert {c: table[table["productcategorie"] == c]["verblijf"].iloc[0] for c in stays} == stays
        assert (table["onderdeel"] == "pgb_jeugd").sum() == sum(line.get("leveringsvorm") == "PGB" for line in lines)
        assert (table["leeftijdsklasse"] == "0-17").all()


@pytest.mark.parametrize("wet", ["wmo", "jeugd"])
@pytest.mark.parametrize("layout", DECLARED)
def test_every_layout_of_declarations_gives_the_same_lines(tmp_path: Path, wet: str, layout: str) -> None:
    lines = declarations(wet)
    write, suffix = DECLARED[layout]
    path = tmp_path / f"declaraties_{PEILDATUM}.{suffix}"
    write(path, lines)
    source = sources()[wet]
    found = protect(read_delivery(path, source), source, KEY)
    assert (found.rijen_geladen, found.refusals) == (len(lines), [])
    table = found.tables["declaratie"]
    expected = [
        (line["maand"], line["productcategorie"], line["productcode"], line["aanbieder"], line["eenheid"],
         sign * line["volume"], sign * Decimal(line["cents"]) / 100, line["ontvangen_op"])
        for line in lines for sign in [-1 if line["credit"] else 1]
    ]  # fmt: skip
    names = ["prestatiemaand", "productcategorie", "productcode", "aanbieder", "eenheid", "volume", "bedrag_eur"]
    assert list(table[[*names, "ontvangen_op"]].itertuples(index=False, name=None)) == expected
    assert table["regel"].nunique() == len(lines) and table["leveringsvorm"].eq("ZIN").all()
    assert table["toewijzing"].nunique() == len({line["toewijzingnummer"] for line in lines})
