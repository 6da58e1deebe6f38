"""A published database with invented figures, made from the contract: for tests of whatever reads a publication."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from indicators.core.contract import AGGREGATEN, BY_NAME, TABLES, VIEWS
from indicators.core.settings import REFERENCE, settings
from tests.support import publication_commitments, publication_comparison, publication_programmes, publication_signals

PEILDATUM = date(2026, 9, 30)
Rows = dict[str, list[dict[str, Any]]]
#: onderdeel: budget in force, expected outturn, half width of the band, chance, day the money is gone.
BUDGETTEN: dict[str, tuple[float, float, float, float, date | None]] = {
    "jeugdhulp_met_verblijf": (5_788_000, 6_290_000, 380_000, 0.94, date(2026, 11, 11)),
    "hulp_bij_het_huishouden": (6_294_000, 6_610_000, 260_000, 0.90, date(2026, 12, 9)),
    "jeugdhulp_ambulant": (11_193_000, 11_390_000, 700_000, 0.66, date(2026, 12, 20)),
    "inkomensregelingen": (28_020_000, 28_090_000, 700_000, 0.56, None),
    "begeleiding": (3_656_000, 3_610_000, 200_000, 0.37, None),
    "beschermd_wonen": (4_157_000, 4_080_000, 160_000, 0.27, None),
    "wsw_en_beschut_werk": (16_690_000, 16_300_000, 190_000, 0.03, None),
    "pgb_jeugd": (0, 12_000, 6_000, 1.0, date(2026, 1, 1)),
}
#: A budget without a forecast: too short a history.
ZONDER_MODEL = ("toegang", 2_100_000)
PROFIEL = [0.07, 0.15, 0.23, 0.31, 0.40, 0.48, 0.56, 0.64, 0.73, 0.82, 0.91, 1.0]


def _begroting(rows: Rows, jaar: int, peildatum: date, factor: float) -> None:
    budgets = {o: b[0] for o, b in BUDGETTEN.items()} | {ZONDER_MODEL[0]: ZONDER_MODEL[1]}
    for onderdeel, actueel in budgets.items():
        bedrag = round(actueel * factor, 2)
        rows["mart.fct_begroting"].append(
            {
                "boekjaar": jaar,
                "peildatum": peildatum,
                "onderdeel": onderdeel,
                "taakveld": "6.x",
                "lasten_baten": "L",
                "primitief_eur": round(bedrag * 0.97, 2),
                "wijzigingen_eur": round(bedrag - round(bedrag * 0.97, 2), 2),
                "actueel_eur": bedrag,
            }
        )


def _realisatie(rows: Rows, jaar: int, peildatum: date, periode: int, factor: float) -> None:
    for onderdeel, (_, uitkomst, *_rest) in BUDGETTEN.items():
        rows["mart.fct_realisatie"].append(
            {
                "boekjaar": jaar,
                "peildatum": peildatum,
                "periode": periode,
                "soort": "stand",
                "onderdeel": onderdeel,
                "taakveld": "6.x",
                "lasten_baten": "L",
                "bedrag_eur": round(uitkomst * factor * PROFIEL[min(periode, 12) - 1] * 0.97, 2),
            }
        )


def _sums() -> dict[str, tuple[float, float, float, float, date | None]]:
    with (REFERENCE / "onderdelen.csv").open(encoding="utf-8") as handle:
        wet = {r["onderdeel"]: r["wet"] for r in csv.DictReader(handle)}
    sums = {}
    for name in AGGREGATEN:
        parts = [v for o, v in BUDGETTEN.items() if name in ("totaal", wet[o])]
        extra = ZONDER_MODEL[1] if name in ("totaal", "overig") else 0
        if parts:
            sums[name] = (
                sum(p[0] for p in parts) + extra,
                sum(p[1] for p in parts) + extra,
                1_150_000.0,
                0.86,
                date(2026, 12, 24),
            )
    return sums


def _prognose(rows: Rows, peildatum: date, shift: float) -> None:
    jaar = peildatum.year
    for onderdeel, (budget, expected, half, kans, op) in (BUDGETTEN | _sums()).items():
        p50 = expected + shift * (onderdeel == "totaal")
        shared = {
            "boekjaar": jaar,
            "peildatum": peildatum,
            "onderdeel": onderdeel,
            "lasten_baten": "L",
            "scenario": "basis",
        }
        rows["mart.fct_prognose"] += [
            shared
            | {
                "methode": "model",
                "p10_eur": p50 - half,
                "p25_eur": p50 - half / 2,
                "p50_eur": p50,
                "p75_eur": p50 + half / 2,
                "p90_eur": p50 + half,
                "kans_overschrijding": kans,
                "uitputting_p50": op,
                "uitputting_p10": op and op.replace(day=1),
                "uitputting_p90": None,
            },
            shared | {"methode": "lineair", "p50_eur": p50 * 0.94},
            shared | {"methode": "vorig_jaar", "p50_eur": p50 * 0.95},
            shared | {"methode": "begroting", "p50_eur": budget},
        ]
        for m in range(1, 13):
            done = m <= peildatum.month
            share, open_share = PROFIEL[m - 1], 0.01 * max(0, m - peildatum.month + 4)
            rows["mart.fct_prognose_verloop"].append(
                shared
                | {
                    "maand": date(jaar, m, 1),
                    "geboekt_eur": p50 * (share - open_share) if done else None,
                    "nog_te_ontvangen_eur": p50 * open_share if done else None,
                    "p50_eur": p50 * share,
                    "p10_eur": p50 * share - half * m / 12,
                    "p90_eur": p50 * share + half * m / 12,
                }
            )


def _terugtoets(rows: Rows) -> None:
    for onderdeel, (_, p50, half, *_rest) in (BUDGETTEN | _sums()).items():
        for jaar in (2022, 2023, 2024, 2025):
            uitkomst = p50 * (1 + 0.04 * (jaar - 2026))
            for m in range(1, 13):
                error = (12 - m) / 12 * (0.05 if jaar % 2 else -0.03) + 0.004
                for methode, fout, band in (("model", error, half), ("lineair", -0.10 + 0.008 * m, None)):
                    voorspeld = uitkomst * (1 + fout)
                    rows["mart.fct_terugtoets"].append(
                        {
                            "onderdeel": onderdeel,
                            "boekjaar": jaar,
                            "peilmaand": m,
                            "methode": methode,
                            "voorspeld_eur": voorspeld,
                            "p10_eur": band and voorspeld - band,
                            "p90_eur": band and voorspeld + band,
                            "uitkomst_eur": uitkomst,
                        }
                    )


def _indicatoren(rows: Rows) -> None:
    gemeente = settings().gemeente
    for code, level, bounds in (
        (gemeente.code, 0, True),
        (gemeente.provincie_code, -2, False),
        (gemeente.land_code, -4, False),
    ):
        for i, year in enumerate((2012, 2016, 2020, 2022, 2024)):
            waarde = 71 + level + (-1) ** i * 0.8
            rows["mart.fct_indicatorwaarde"].append(
                {
                    "indicator": "ervaren_gezondheid",
                    "periode": f"{year}JJ00",
                    "gebied_code": code,
                    "uitsplitsing": "totaal",
                    "waarde": waarde,
                    "ondergrens": waarde - 3.7 if bounds else None,
                    "bovengrens": waarde + 3.7 if bounds else None,
                    "status": "definitief",
                    "onderdrukt": False,
                }
            )
        for i, period in enumerate(
            [f"{y}JJ00" for y in range(2015, 2025)] + [f"{y}HJ0{h}" for y in range(2021, 2026) for h in (1, 2)]
        ):
            geheim = level == 0 and period == "2022HJ02"
            rows["mart.fct_indicatorwaarde"].append(
                {
                    "indicator": "jeugdhulpgebruik",
                    "periode": period,
                    "gebied_code": code,
                    "uitsplitsing": "totaal",
                    "waarde": None if geheim else 15 + level / 2 - 0.1 * i,
                    "status": "voorlopig" if period >= "2024" else "definitief",
                    "onderdrukt": geheim,
                }
            )


def _meta(rows: Rows, run: str, peildatum: date, voorbeelddata: bool) -> None:
    gemeente = settings().gemeente
    rows["meta.publicatie"] = [
        {
            "run": run,
            "gemaakt_op": datetime(2026, 10, 3, 8, 15, tzinfo=UTC),
            "peildatum": peildatum,
            "gemeente_code": gemeente.code,
            "gemeente_naam": gemeente.naam,
            "voorbeelddata": voorbeelddata,
        }
    ]
    for month in range(1, 10):
        day = date(2026, month, 28)
        for bron, geweigerd in (("k2f", 1 if month == 9 else 0), ("wmo", 0)):
            rows["meta.levering"].append(
                {
                    "levering_id": f"{bron}{month}",
                    "bron": bron,
                    "bestand": f"{bron}_{day}.xlsx",
                    "sha256": "0" * 64,
                    "peildatum": day,
                    "ingelezen_op": datetime(2026, month, 28, 9, tzinfo=UTC),
                    "rijen_gelezen": 120,
                    "rijen_geladen": 100 - geweigerd,
                    "rijen_geweigerd": geweigerd,
                    "rijen_buiten_bereik": 20,
                    "status": "geldig",
                    "voorbeelddata": voorbeelddata,
                    "melding": "Het blad 'Draaitabel' is verborgen en is overgeslagen." if month == 9 else None,
                }
            )
    rows["meta.weigering"].append(
        {
            "levering_id": "k2f9",
            "bestand": "k2f_2026-09-28.xlsx",
            "blad": "Overzicht",
            "rij": 41,
            "kolom": "H",
            "waarde": "#VERW!",
            "reden": "In deze cel staat een rekenfout van het rekenblad.",
            "oplossing": "Herstel de formule en lever opnieuw.",
        }
    )
    for tabel, status in (("85098NED", "vers"), ("86137NED", "laatste_goede"), ("85563NED", "niet_beschikbaar")):
        rows["meta.cbs_tabel"].append(
            {
                "tabel": tabel,
                "titel": f"Voorbeeldtabel {tabel}",
                "gewijzigd": None if status == "niet_beschikbaar" else datetime(2026, 4, 30, tzinfo=UTC),
                "opgehaald_op": None if status == "niet_beschikbaar" else datetime(2026, 9, 30, 7, tzinfo=UTC),
                "status": status,
                "melding": None if status == "vers" else "Het CBS gaf geen antwoord.",
            }
        )


def voorbeeld(run: str = "r1", voorbeelddata: bool = True) -> Rows:
    """Rows of a full, invented publication per table of the contract. Change them to make an edge case."""
    rows: Rows = {t.name: [] for t in TABLES}
    with (REFERENCE / "onderdelen.csv").open(encoding="utf-8") as handle:
        rows["mart.dim_onderdeel"] = list(csv.DictReader(handle))
    with (REFERENCE / "gebieden.csv").open(encoding="utf-8") as handle:
        rows["mart.dim_gebied"] = list(csv.DictReader(handle))
    for jaar in (2023, 2024, 2025):
        factor = 1 + 0.04 * (jaar - 2026)
        _begroting(rows, jaar, date(jaar + 1, 1, 31), factor)
        for m in range(1, 13):
            _realisatie(rows, jaar, date(jaar, m, 28), m, factor)
    _begroting(rows, 2026, PEILDATUM, 1.0)
    for m in range(1, 10):
        _realisatie(rows, 2026, PEILDATUM if m == 9 else date(2026, m, 28), m, 1.0)
    _prognose(rows, date(2026, 8, 31), -200_000)
    _prognose(rows, PEILDATUM, 0)
    _terugtoets(rows)
    _indicatoren(rows)
    _meta(rows, run, PEILDATUM, voorbeelddata)
    publication_commitments.add(rows, PEILDATUM)
    publication_signals.add(rows, PEILDATUM)
    publication_comparison.add(rows)
    publication_programmes.add(rows, PEILDATUM)
    return rows


def leeg(run: str = "leeg") -> Rows:
    """Rows of a publication in which nothing could be loaded."""
    rows: Rows = {t.name: [] for t in TABLES}
    _meta(rows, run, PEILDATUM, False)
    rows["meta.levering"], rows["meta.weigering"], rows["meta.cbs_tabel"] = [], [], []
    return rows


def publish(store: Path, rows: Rows, name: str = "monitor-20261003T081500Z.duckdb") -> Path:
    """Write rows as a published database and point actueel.json at it, the way a refresh does."""
    folder = store / "db"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    with duckdb.connect(str(path)) as db:
        db.execute("CREATE SCHEMA mart; CREATE SCHEMA meta")
        for table in TABLES:
            db.execute(table.ddl)
            names = BY_NAME[table.name].column_names
            if rows[table.name]:
                # As text and cast by DuckDB: one insert a table, and NULL stays NULL in a column without values.
                text = [
                    [None if r.get(c) in (None, "") else str(r[c]).removesuffix("+00:00") for c in names]
                    for r in rows[table.name]
                ]
                frame = pd.DataFrame(text, columns=names, dtype="object")  # noqa: F841  (DuckDB finds it by name)
                casts = ", ".join(f'CAST("{c.name}" AS {c.type})' for c in table.columns)
                db.execute(f"INSERT INTO {table.name} SELECT {casts} FROM frame")
        for view, sql in VIEWS.items():
            db.execute(f"CREATE VIEW {view} AS {sql}")
    path.chmod(0o444)
    run = rows["meta.publicatie"][0]
    temporary = folder / f".{name}.json"
    temporary.write_text(json.dumps({"bestand": name, "run": run["run"], "peildatum": str(run["peildatum"])}), "utf-8")
    temporary.replace(folder / "actueel.json")
    return path
