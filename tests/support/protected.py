"""Exact counts of wijken as arrays, and what is published of them: by the SQL of the marts and by the rule."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from etl.protect import register
from etl.stay_secret import stay_secret
from indicators.core.disclosure_editions import over_editions
from indicators.core.disclosure_tables import rounded_all, secret_cells
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
            flows = np.stack([counts[IN], counts[OUT]]).sum(-1) if IN in counts else None
            secret[maat] = secret_cells(exact[None], None if flows is None else flows[None])[0]
        else:
            secret[maat] = secret_cells(exact.swapaxes(0, 1)[:, :, None])[:, :, 0].swapaxes(0, 1)
    return Publication(counts, secret)


def beside(*editions: Counts) -> list[tuple[Publication, Counts]]:
    """Publish editions as etl/stay_secret.py does, newest first: each, with what others show of the same figures."""
    published = [publication(counts) for counts in editions]
    if STOCK in editions[0]:
        _stocks_after(editions, published)
    for maat in set(LINES) & editions[0].keys():
        _lines_after(maat, editions, published)
    return [(one, _told_by_others(at, editions, published)) for at, one in reversed(list(enumerate(published)))]


def _stocks_after(editions: tuple[Counts, ...], published: list[Publication]) -> None:
    shape = (len(editions), *editions[-1][STOCK].shape)
    secret, shown, total = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=np.int64), np.full(shape[:3], -1)
    flows = np.zeros((shape[0], 2, *shape[1:3]), dtype=np.int64)
    for at, (counts, one) in enumerate(zip(editions, published, strict=True)):
        months = counts[STOCK].shape[1]
        secret[at, :, :months], shown[at, :, :months] = one.secret[STOCK], rounded_all(counts[STOCK])
        total[at, :, :months] = counts[STOCK].sum(-1)
        flows[at, :, :, :months] = np.stack([counts[IN], counts[OUT]]).sum(-1)
        secret[at, :, months:] = secret[at, :, :1]
    for one, flags in zip(published, over_editions(secret, shown, total, flows), strict=True):
        one.secret[STOCK][:] = flags[:, : one.secret[STOCK].shape[1]]


def _lines_after(maat: str, editions: tuple[Counts, ...], published: list[Publication]) -> None:
    (first, second), (before, after) = editions, (one.secret[maat] for one in published)
    whole = (first[maat].sum(-1) == second[maat].sum(-1))[..., None]
    differs = (whole & (before != after)).any((0, 2))
    after |= whole & before
    after |= (differs & ~whole.all((0, 2)))[None, :, None]


def _told_by_others(at: int, editions: tuple[Counts, ...], published: list[Publication]) -> Counts:
    result = {maat: np.zeros_like(flags) for maat, flags in published[at].secret.items()}
    for other, (counts, shown) in enumerate(zip(editions, published, strict=True)):
        for maat, told in result.items():
            months = min(counts[maat].shape[1], told.shape[1])
            theirs, ours = counts[maat][:, :months], editions[at][maat][:, :months]
            same = (theirs == ours) & (theirs.sum(-1) == ours.sum(-1))[..., None]  # he cannot know which wijken changed
            told[:, :months] |= (other != at) & same & ~shown.secret[maat][:, :months]
    return result


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
