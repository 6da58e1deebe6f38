"""A source of three columns that reads csv, an inbox and a store for it, and a clock that moves a day per refresh."""

from __future__ import annotations

import datetime as dt
import decimal
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd

from etl.admission import select
from etl.deliveries import Selection
from etl.inbox import scan
from etl.intake import Intake
from etl.progress import Silent
from etl.readers.cells import Sheet
from etl.source import Column, Context, Entity, Reading, Source
from etl.transform import raw_views
from etl.vintages import Vintages

STAND = Entity(
    "stand",
    "Amounts per code",
    (
        Column("boekjaar", "INTEGER", "year"),
        Column("code", "VARCHAR", "code"),
        Column("bedrag_eur", "DECIMAL(18,2)", "amount"),
    ),
)


def read(sheets: list[Sheet], context: Context) -> Reading:
    """Lines `boekjaar;code;bedrag`; the peildatum is the first ten characters of the file name."""
    rows = [[str(cell).replace(",", ".") for cell in row] for sheet in sheets for row in sheet.rows]
    table = pd.DataFrame(
        [
            {"boekjaar": int(r[0]), "code": r[1], "bedrag_eur": decimal.Decimal(r[2]), "bron_blad": "", "bron_rij": i}
            for i, r in enumerate(rows, start=1)
        ],
        dtype=object,
    )
    factor = 1000 if context.mapping and context.mapping.eenheid == "x1000" else 1
    table["bedrag_eur"] = table["bedrag_eur"] * factor
    day = dt.date.fromisoformat(context.bestand[:10])
    return Reading(day, {"stand": table}, rijen_gelezen=len(rows), rijen_geladen=len(rows))


TOY = Source("k2f", "Toy", 31, False, (STAND,), read, {"stand": ("code",)})
#: The same, of which only the newest state counts; and one whose rows have no key.
NEWEST = replace(TOY, entities=(replace(STAND, toestand="laatste"),))
KEYLESS = replace(TOY, key={})
ONLY_INCREMENTS = 'levering = "aanvulling"'


class Data:
    """An inbox and a store of one toy source."""

    def __init__(self, root: Path, source: Source = TOY) -> None:
        self.source, self.inbox, self.store = source, root / "inbox", root / "store"
        self.day = dt.datetime(2026, 10, 1)  # noqa: DTZ001  UTC without zone
        (self.inbox / "k2f").mkdir(parents=True)
        self.fresh = 0

    def put(self, name: str, *rows: str) -> None:
        (self.inbox / "k2f" / name).write_text("\n".join(rows) + "\n", "utf-8")

    def remove(self, name: str) -> None:
        (self.inbox / "k2f" / name).unlink()

    def refresh(self, as_of: dt.date | None = None) -> Selection:
        self.day += dt.timedelta(days=1)
        vintages = Vintages(self.store / "vintages")
        intake = Intake(vintages, self.day, lambda reading, _: reading, "")
        intake.run(scan(self.inbox, {"k2f"}), {"k2f": self.source}, Silent())
        self.fresh = intake.fresh
        return select(intake, vintages, {"k2f": self.source}, self.day, as_of)

    def rows(self, selection: Selection) -> list[tuple]:
        """What staging would read: peildatum, boekjaar, code, bedrag in whole euros."""
        sql = raw_views(selection, {"k2f": self.source}, {})["raw.k2f__stand"]
        with duckdb.connect() as connection:
            columns = "CAST(peildatum AS VARCHAR), boekjaar, code, CAST(bedrag_eur AS INTEGER)"
            return connection.execute(f"SELECT {columns} FROM ({sql}) ORDER BY ALL").fetchall()


def statuses(selection: Selection) -> list[str]:
    return sorted(selection.status.values())
