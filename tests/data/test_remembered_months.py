"""A new month is worked out alone, and the outcome is what a rebuild from nothing gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.deliveries import Selection
from etl.remembered import per_peildatum
from tests.support.refreshing import ask, run

HEADER = "Clientnummer;Geboortedatum;Wijkcode;Aanvraagdatum;Besluitdatum;Besluit;Beschikkingnummer;Productcategorie;"
HEADER += "Ingangsdatum;Einddatum"
ALL = "SELECT * FROM mart.fct_voorziening ORDER BY ALL"


def put_wmo(inbox: Path, day: str, clients: int) -> None:
    lines = [
        f"C{n:04d};1950-01-01;WK1895{n % 3:02d};2025-0{n % 6 + 1}-03;2025-0{n % 6 + 1}-10;toegekend;B{n:05d};01;"
        f"2025-0{n % 6 + 1}-15;"
        for n in range(clients)
    ]
    path = inbox / "wmo" / f"wmo_{day}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER, *lines]) + "\n", "utf-8")


def remembered(store: Path) -> dict[str, int]:
    folder = store / "werk" / "onthouden" / "fct_voorziening"
    return {p.name: p.stat().st_mtime_ns for p in folder.glob("*.parquet")}


def test_a_new_month_leaves_earlier_months_alone_and_equals_a_rebuild(tmp_path: Path) -> None:
    inbox, store = tmp_path / "inbox", tmp_path / "store"
    put_wmo(inbox, "2025-07-31", 60)
    code, said = run(inbox, store)
    assert code == 0, said
    july = remembered(store)
    assert len(july) == 1

    put_wmo(inbox, "2025-08-31", 75)
    code, said = run(inbox, store)
    assert code == 0, said
    both = remembered(store)
    assert len(both) == 2
    assert july.items() <= both.items(), "juli is opnieuw uitgerekend"

    code, said = run(inbox, tmp_path / "opnieuw")
    assert code == 0, said
    rows = ask(store, ALL)
    assert rows and rows == ask(tmp_path / "opnieuw", ALL)


def test_a_damaged_memory_is_worked_out_again(tmp_path: Path) -> None:
    inbox, store = tmp_path / "inbox", tmp_path / "store"
    put_wmo(inbox, "2025-07-31", 60)
    assert run(inbox, store)[0] == 0
    before = ask(store, ALL)
    for file in (store / "werk" / "onthouden" / "fct_voorziening").glob("*.parquet"):
        file.write_bytes(b"half geschreven")
    put_wmo(inbox, "2025-08-31", 75)
    assert run(inbox, store)[0] == 0
    assert [r for r in ask(store, ALL) if str(r[-1]) == "2025-07-31"] == before


def test_two_marts_may_not_share_what_one_of_them_narrows(tmp_path: Path) -> None:
    (tmp_path / "staging").mkdir()
    (tmp_path / "marts").mkdir()
    (tmp_path / "staging" / "wmo__a.sql").write_text("SELECT 1 AS een", "utf-8")
    (tmp_path / "marts" / "fct_voorziening.sql").write_text("-- per: peildatum\nSELECT * FROM stg.wmo__a", "utf-8")
    (tmp_path / "marts" / "fct_begroting.sql").write_text("SELECT * FROM stg.wmo__a", "utf-8")
    with pytest.raises(ValueError, match="fct_begroting"):
        per_peildatum(tmp_path, tmp_path / "onthouden", Selection())
