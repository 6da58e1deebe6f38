"""One truth in every layout of an overview: right to the cent, or refused with a reason; silently wrong never."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.mapping import parse_mapping
from etl.reading import read_delivery
from etl.source import Reading, sources
from tests.support import k2f_corpus_columns, k2f_corpus_files, k2f_corpus_numbers, k2f_corpus_rows
from tests.support.k2f_layout import Layout
from tests.support.k2f_truth import expected, got

CORPUS: dict[str, Layout] = {
    **k2f_corpus_columns.LAYOUTS,
    **k2f_corpus_rows.LAYOUTS,
    **k2f_corpus_numbers.LAYOUTS,
    **k2f_corpus_files.LAYOUTS,
}


def read(path: Path, layout: Layout) -> Reading:
    return read_delivery(path, sources()["k2f"], parse_mapping(layout.mapping) if layout.mapping else None)


@pytest.mark.parametrize("name", CORPUS)
def test_a_layout_is_right_to_the_cent_or_refused_with_place_and_remedy(name: str, tmp_path: Path) -> None:
    layout = CORPUS[name]
    path = layout.make(tmp_path)
    reading = read(path, layout)
    assert reading.rijen_gelezen == reading.rijen_geladen + reading.rijen_geweigerd + reading.rijen_buiten_bereik
    reasons = [refusal.reden for refusal in reading.refusals]
    if reading.refused:
        assert layout.must != "load", reasons
        assert not reading.tables and reading.rijen_geladen == 0
        for refusal in reading.refusals:
            assert refusal.bestand == path.name and refusal.reden and refusal.oplossing
        assert not any("liep vast" in reason for reason in reasons), reasons
        assert any(layout.why in reason for reason in reasons), reasons
        return
    assert layout.must != "refuse", "dit had geweigerd moeten worden"
    assert got(reading) == expected(*layout.truths, measures=layout.measures, unit=layout.unit)
    assert reading.peildatum == layout.peildatum


def test_the_corpus_is_large_and_most_of_it_is_what_a_gemeente_would_send() -> None:
    parts = (k2f_corpus_columns, k2f_corpus_rows, k2f_corpus_numbers, k2f_corpus_files)
    assert len(CORPUS) == sum(len(part.LAYOUTS) for part in parts), "two layouts have one name"
    assert len(CORPUS) >= 200
    assert sum(layout.must == "load" for layout in CORPUS.values()) >= 150
