"""Exact counts of wijken as arrays, and what is published of them: by the SQL of the marts and by the rule."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from etl.protect import register
from etl.stay_secret import stay_secret
from indicators.core.disclosure_tables import secret_cells
from tests.support.attacker import IN, OUT, STOCK, Publication

ETL = Path(__file__).resolve().parents[2] / "etl"
LINES = ("aanvraag", "toekenning", "afwijzing")
GEMEENTE = "GM0001"
Counts = dict[str, np.ndarray]


def publication(counts: Counts) -> Publication:
    """Apply the rule to counts: any of the lines, and a stock (beside it inflow and outflow of the gemeente)."""
    secret = {}
    for maat, exact in counts.items():
        if maat in (IN, OUT):  # never published by wijk
            secret[maat] = np.ones(exact.shape, dtype=bool)
        elif maat == STOCK:
            secret[maat] = secret_cells(exact[None])[0]
        else:
            secret[maat] = secret_cells(exact.swapaxes(0, 1)[:, :, None])[:, :, 0].swapaxes(0, 1)
    return Publication(counts, secret)


def beside(first: Counts, second: Counts) -> list[tuple[Publication, Counts]]:
    """Publish two editions as etl/stay_secret.py does: each, with what the other one shows of the same figures."""
    one, two = publication(first), publication(second)
    told_by_one, told_by_two = {}, {}
    for maat, before in one.secret.items():
        months, exact, after = before.shape[1], second[maat], two.secret[maat]
        whole = (first[maat].sum(-1) == exact[:, :months].sum(-1))[..., None]
        differs = (whole & (before != after[:, :months])).any((0, 2))
        after[:, :months] |= whole & before
        if maat in LINES:
            after[:, :months] |= (differs & ~whole.all((0, 2)))[None, :, None]
        same = (first[maat] == exact[:, :months]).all(-1, keepdims=True)
        told_by_one[maat], told_by_two[maat] = np.zeros_like(after), same & ~after[:, :months]
        told_by_one[maat][:, :months] = same & ~before
    return [(two, told_by_one), (one, told_by_two)]


def telling(counts: Counts, peildatum: dt.date) -> pd.DataFrame:
    """Rows of stg.voorziening__telling, wijken 0, 1, .. and the gemeente; onderdeel d0, d1, .. and totaal."""
    parts, months, wijken = next(iter(counts.values())).shape
    rows = []
    for part, month, wijk in np.ndindex(parts, months, wijken + 1):
        row = {
            "peildatum": peildatum, "maand": dt.date(2020 + month // 12, month % 12 + 1, 1), "wet": "wmo",
            "onderdeel": "totaal" if part == parts - 1 else f"d{part}",
            "gebied_code": f"wijk {wijk}" if wijk < wijken else GEMEENTE,
            "niveau": "wijk" if wijk < wijken else "gemeente",
        }  # fmt: skip
        for maat in (*LINES, IN, OUT, STOCK):
            row[maat] = 0
            if maat in counts:
                cells = counts[maat][part, month]
                row[maat] = int(cells[wijk] if wijk < wijken else cells.sum())
        rows.append(row)
    return pd.DataFrame(rows)


def by_sql(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Run the SQL that protects fct_voorziening on exact counts, of one edition or more."""
    with duckdb.connect() as connection:
        register(connection)
        connection.execute("CREATE SCHEMA stg; CREATE SCHEMA mart")
        connection.register("exact", pd.concat(frames))
        connection.execute(
            "CREATE TABLE stg.voorziening__telling AS SELECT * REPLACE (CAST(peildatum AS DATE) AS peildatum, "
            "CAST(maand AS DATE) AS maand) FROM exact"
        )
        for name in ("voorziening__cel", "voorziening__geheim"):
            sql = (ETL / "staging" / f"{name}.sql").read_text("utf-8")
            connection.execute(f"CREATE TABLE stg.{name} AS {sql}")
        sql = (ETL / "marts" / "fct_voorziening.sql").read_text("utf-8")
        connection.execute(f"CREATE TABLE mart.fct_voorziening AS {sql.rstrip().rstrip(';')}")
        stay_secret(connection, "mart.fct_voorziening")
        return connection.execute("FROM mart.fct_voorziening").df()


def secret_in(published: pd.DataFrame, maat: str, shape: tuple[int, int, int]) -> np.ndarray:
    """Give which cells are secret in what SQL published, in the form of the arrays."""
    result = np.zeros(shape, dtype=bool)
    names = [*(f"d{i}" for i in range(shape[0] - 1)), "totaal"]
    chosen = published[(published["maat"] == maat) & (published["gebied_code"] != GEMEENTE)]
    for row in chosen.itertuples():
        month = (row.maand.year - 2020) * 12 + row.maand.month - 1
        result[names.index(row.onderdeel), month, int(row.gebied_code.split()[1])] = pd.isna(row.aantal)
    return result
