"""A new month is worked out alone, and the outcome is what a rebuild from nothing gives."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.deliveries import Selection
from etl.remembered import per_peildatum
from etl.states import Part
from etl.vintages import Vintage
from tests.support.refreshing import ask, run

HEADER = "Clientnummer;Geboortedatum;Wijkcode;Aanvraagdatum;Besluitdatum;Besluit;Beschikkingnummer;Productcategorie;"
HEADER += "Ingangsdatum;Einddatum"
ALL = "SELECT * FROM mart.fct_voorziening ORDER BY ALL"


def put_wmo(inbox: Path, day: str, clients: int) -> None:
    lines = [
        f"C{n:04d};1950-01-01;WK1895{n % 3:02d};2025-0{n % 5 + 1}-03;2025-0{n % 5 + 1}-10;toegekend;B{n:05d};01;"
        f"2025-0{n % 5 + 1}-15;"
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


def put_jeugd(inbox: Path, day: str, clients: int) -> None:
    lines = [
        f"C{n:04d};2012-01-01;WK1895{n % 3:02d};2025-0{n % 5 + 1}-03;2025-0{n % 5 + 1}-10;toegekend;B{n:05d};45;"
        f"2025-0{n % 5 + 1}-15;;ZIN;02"
        for n in range(clients)
    ]
    path = inbox / "jeugd" / f"jeugd_{day}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER + ";Leveringsvorm;Verwijzer", *lines]) + "\n", "utf-8")


#: Every mart that is remembered.
GROUP = ("fct_voorziening", "fct_voorziening_kenmerk", "fct_toewijzing", "fct_stapeling", "fct_verplichting")


def everything(store: Path) -> dict[str, list[tuple]]:
    return {mart: ask(store, f"SELECT * FROM mart.{mart} ORDER BY ALL") for mart in GROUP}


@pytest.mark.long
def test_late_sources_and_a_damaged_memory_give_what_a_rebuild_gives(tmp_path: Path) -> None:
    """Marts share deliveries, use the newest of each source, and give more of the newest day: in steps or at once."""
    inbox, store = tmp_path / "inbox", tmp_path / "store"

    def refresh_ok(where: Path) -> None:
        code, said = run(inbox, where)
        assert code == 0, said

    put_wmo(inbox, "2025-06-30", 50)
    put_jeugd(inbox, "2025-06-30", 30)
    refresh_ok(store)
    put_wmo(inbox, "2025-07-31", 60)  # jeugd is late: June stands in
    refresh_ok(store)
    for mart in GROUP[1:3]:
        for file in (store / "werk" / "onthouden" / mart).glob("*.parquet"):
            file.write_bytes(b"half geschreven")
    put_jeugd(inbox, "2025-07-28", 33)  # it comes with a day of its own, and with it a forgotten month
    put_wmo(inbox, "2025-05-31", 45)
    refresh_ok(store)
    refresh_ok(tmp_path / "opnieuw")
    found, rebuilt = everything(store), everything(tmp_path / "opnieuw")
    assert all(found.values())
    for mart in GROUP:
        assert found[mart] == rebuilt[mart], mart


def test_a_staging_file_that_others_stand_on_too_reads_everything(tmp_path: Path) -> None:
    """Only what remembered marts have for themselves is narrowed: no other mart is robbed of an earlier month."""
    staging, marts = tmp_path / "staging", tmp_path / "marts"
    staging.mkdir()
    marts.mkdir()
    for name in ("eigen", "gedeeld"):
        (staging / f"wmo__{name}.sql").write_text("SELECT * FROM raw.wmo__toekenning", "utf-8")
    remembers = "-- per: peildatum\nSELECT * FROM stg.wmo__eigen, stg.wmo__gedeeld"
    (marts / "fct_voorziening.sql").write_text(remembers, "utf-8")
    (marts / "fct_begroting.sql").write_text("SELECT * FROM stg.wmo__gedeeld", "utf-8")
    day = dt.date(2025, 7, 31)
    vintage = Vintage(
        "a", "wmo", "a.csv", "0", "s", day, dt.datetime(2025, 8, 1, tzinfo=dt.UTC), entiteiten={"toekenning": 1}
    )
    memory = per_peildatum(
        tmp_path, tmp_path / "onthouden", Selection(parts={("wmo", "toekenning"): [Part(vintage, stand=day)]})
    )
    read = {name: memory.sql(staging / f"wmo__{name}.sql", "FROM raw.wmo__toekenning") for name in ("eigen", "gedeeld")}
    assert read == {"eigen": "FROM raw.wmo__toekenning__nieuw", "gedeeld": "FROM raw.wmo__toekenning"}
    narrowed = memory.views({"raw.wmo__toekenning": "SELECT 1"})
    assert narrowed == {
        "raw.wmo__toekenning__nieuw": "SELECT * FROM (SELECT 1) WHERE (peildatum IN (DATE '2025-07-31'))"
    }
