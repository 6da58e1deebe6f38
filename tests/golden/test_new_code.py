"""A code that the list lacks: refused with the remedy, placed by one line of mapping.toml, euros visible."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from etl.cli import app
from etl.mapping import load_mapping
from etl.reading import read_delivery
from etl.source import sources

FILE = """Overzicht t/m periode 9 2026, bedragen in euro;;;;
Taakveld;Kostenplaats;L/B;Begroting na wijziging;Realisatie
6.711 Huishoudelijke hulp;60010001;L;1.000,50;500,25
6.99 Nieuw taakveld;60010002;L;100,50;50,25
"""


def test_one_line_of_the_mapping_places_a_new_taakveld(tmp_path: Path) -> None:
    file = tmp_path / "k2f" / "k2f_2026-09-30.csv"
    file.parent.mkdir()
    file.write_text(FILE, "utf-8")
    refused = read_delivery(file, sources()["k2f"])
    assert refused.refused and "6.99" in refused.refusals[0].reden and "mapping.toml" in refused.refusals[0].oplossing
    out = tmp_path / "voorstel.toml"
    CliRunner().invoke(app, ["check", str(file), "--mapping", str(out)])
    assert '"6.99" = "nog_in_te_delen"  # VOORSTEL' in out.read_text("utf-8")
    text = "".join(line for line in out.read_text("utf-8").splitlines(True) if not line.startswith("voorstel"))
    (file.parent / "mapping.toml").write_text(text, "utf-8")
    reading = read_delivery(file, sources()["k2f"], load_mapping(file.parent / "mapping.toml"))
    rows = {
        r["taakveld"]: (r["onderdeel"], str(r["bedrag_eur"])) for r in reading.tables["overzicht"].to_dict("records")
    }
    assert rows == {"6.711": ("hulp_bij_het_huishouden", "500.25"), "6.99": ("nog_in_te_delen", "50.25")}
