"""Checks on a finished build. One that fails stops the publication; the old one stays up.

Each check is a function that gives Dutch sentences about what is wrong, and none when all is well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from etl.checks_provisions import (
    counts_have_origins,
    declared_euros_reconcile,
    nothing_small_below_the_gemeente,
    parts_make_the_whole,
    providers_are_told_of_in_round_figures,
)
from etl.deliveries import Selection
from indicators.core.contract import AGGREGATEN, BY_NAME, TABLES, VIEWS, Table

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Check:
    """One check: its Dutch name, and what finds mistakes in the build."""

    naam: str
    find: Callable[[Connection, Selection], list[str]]


@dataclass(frozen=True)
class Result:
    """What came out of one check."""

    naam: str
    goed: bool
    melding: str


def _rows(connection: Connection, sql: str) -> list[tuple]:
    return connection.execute(sql).fetchall()


def _count(connection: Connection, sql: str) -> int:
    return int(_rows(connection, f"SELECT count(*) FROM ({sql})")[0][0])


def _counts(connection: Connection, table: Table, columns: list[str], wrong: str) -> list[tuple[str, int]]:
    """Give the columns for which a condition holds in any row, and in how many: one question per table."""
    if not columns:
        return []
    asked = ", ".join(f"count(*) FILTER ({wrong.format(column)})" for column in columns)
    found = _rows(connection, f"SELECT {asked} FROM {table.name}")[0]
    return [(column, number) for column, number in zip(columns, found, strict=True) if number]


def contract_holds(connection: Connection, _: Selection) -> list[str]:
    """Tables, columns and types are those that were promised, and there are no others."""
    here = "database_name = current_database() AND NOT internal"
    names = "schema_name || '.' || table_name, column_name, data_type"
    sql = f"SELECT {names} FROM duckdb_columns() WHERE {here} ORDER BY column_index"
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in _rows(connection, sql):
        found.setdefault(table, []).append((column, kind))
    wrong = [
        f"Tabel {name} hoort niet in de publicatie."
        for name in sorted(found)
        if name not in BY_NAME and name not in VIEWS
    ]
    for table in TABLES:
        if found.get(table.name) != [(c.name, c.type) for c in table.columns]:
            wrong.append(f"De kolommen van {table.name} zijn niet de afgesproken kolommen.")
    return wrong + [f"{name} ontbreekt." for name in VIEWS if name not in found]


def keys_identify_rows(connection: Connection, _: Selection) -> list[str]:
    """No two rows of a table share their key."""
    wrong = []
    for table in TABLES:
        if not table.key:
            continue
        by = ", ".join(table.key)
        double = _count(connection, f"SELECT {by} FROM {table.name} GROUP BY {by} HAVING count(*) > 1")
        if double:
            wrong.append(f"{table.name}: {double} keer staat dezelfde sleutel ({by}) er meer dan eens in.")
    return wrong


#: Key columns that may be empty: a ledger does not always know the month of the care; a line about a person has no row.
MAY_BE_NULL = {("mart.fct_realisatie", "prestatiemaand"), ("meta.herkomst", "rij_van")}


def keys_are_filled(connection: Connection, _: Selection) -> list[str]:
    """Every column of a key has a value."""
    wrong = []
    for table in TABLES:
        key = [column for column in table.key if (table.name, column) not in MAY_BE_NULL]
        for column, empty in _counts(connection, table, key, '"{}" IS NULL'):
            wrong.append(f"{table.name}: {column} is leeg in {empty} rijen.")
    return wrong


def numbers_are_numbers(connection: Connection, _: Selection) -> list[str]:
    """No infinity and no not-a-number: a division by zero must give nothing, not something."""
    wrong = []
    for table in TABLES:
        numbers = [column.name for column in table.columns if column.type == "DOUBLE"]
        for column, odd in _counts(connection, table, numbers, 'NOT isfinite("{}")'):
            wrong.append(f"{table.name}: {column} is in {odd} rijen geen getal.")
    return wrong


def rows_add_up(connection: Connection, _: Selection) -> list[str]:
    """Read = loaded + refused + out of scope, for every delivery."""
    sql = """SELECT levering_id FROM meta.levering
             WHERE rijen_gelezen <> rijen_geladen + rijen_geweigerd + rijen_buiten_bereik
                OR least(rijen_gelezen, rijen_geladen, rijen_geweigerd, rijen_buiten_bereik) < 0"""
    return [
        f"Levering {row[0]}: gelezen is niet geladen + geweigerd + buiten bereik." for row in _rows(connection, sql)
    ]


def loaded_rows_are_there(connection: Connection, selection: Selection) -> list[str]:
    """Every row that a counting delivery loaded is in the raw view, unless another delivery took it over.

    An increment's rows stand in the state of its own peildatum and in those that were built on it; there a later
    delivery may have taken some over.
    """
    wrong = []
    for (bron, entity), parts in selection.parts.items():
        view = f"raw.{bron}__{entity}"
        found = _rows(connection, f"SELECT levering_id, peildatum, count(*) FROM {view} GROUP BY ALL")
        have = {(levering, day): count for levering, day, count in found}
        for part in parts:
            expected = part.vintage.entiteiten[entity]
            got = have.get((part.vintage.levering_id, part.peildatum), 0)
            if got > expected or (got < expected and not part.partly):
                wrong.append(
                    f"Levering {part.vintage.levering_id}: {got} van {expected} geladen rijen zijn teruggevonden."
                )
    return wrong


#: The overview gives the totals; a journal gives them where there is no overview of that boekjaar and peildatum.
_BOOKED = """
    (SELECT boekjaar, peildatum, lasten_baten, bedrag_eur, verplichting_eur FROM raw.k2f__overzicht
    UNION ALL SELECT boekjaar, peildatum, lasten_baten, bedrag_eur, NULL FROM raw.k2f__journaal SEMI JOIN (
        FROM stg.k2f__journaal_aansluiting WHERE sluit_aan AND NOT met_overzicht) USING (boekjaar, peildatum))"""

#: Fact -> (what was loaded, pairs of fact column and the loaded column that it is the sum of).
SUMS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "mart.fct_realisatie": (
        _BOOKED, (("bedrag_eur", "bedrag_eur"), ("verplichting_eur", "verplichting_eur")),
    ),
    "mart.fct_begroting": (
        "raw.k2f__overzicht",
        (("primitief_eur", "primitief_eur"), ("wijzigingen_eur", "wijzigingen_eur"), ("actueel_eur", "actueel_eur")),
    ),
    "mart.fct_prognose_budgethouder": ("raw.k2f__overzicht", (("bedrag_eur", "prognose_eur"),)),
}  # fmt: skip


def money_reconciles(connection: Connection, _: Selection) -> list[str]:
    """Per boekjaar, peildatum, lasten or baten the fact is to the cent what was loaded from the files."""
    wrong = []
    for fact, (loaded, pairs) in SUMS.items():
        for ours, theirs in pairs:
            by = "boekjaar, peildatum, lasten_baten"
            sql = f"""
                SELECT {by}, coalesce(f.s, 0), coalesce(r.s, 0)
                FROM (SELECT {by}, sum({ours}) AS s FROM {fact} GROUP BY ALL) AS f
                FULL JOIN (SELECT {by}, sum({theirs}) AS s FROM {loaded} GROUP BY ALL) AS r USING ({by})
                WHERE coalesce(f.s, 0) <> coalesce(r.s, 0) ORDER BY ALL LIMIT 5"""
            for jaar, dag, lb, fact_sum, raw_sum in _rows(connection, sql):
                wrong.append(
                    f"{fact}, boekjaar {jaar}, peildatum {dag}, {lb}: {ours} is samen {fact_sum}, "
                    f"in de leveringen {raw_sum}."
                )
    return wrong


#: (table, column) -> the dimension and extra values that are allowed.
COVERED = (
    ("mart.fct_begroting", "onderdeel", "mart.dim_onderdeel", ()),
    ("mart.fct_realisatie", "onderdeel", "mart.dim_onderdeel", ()),
    ("mart.fct_prognose_budgethouder", "onderdeel", "mart.dim_onderdeel", ()),
    ("mart.fct_voorziening", "onderdeel", "mart.dim_onderdeel", ("totaal",)),
    ("mart.fct_voorziening_kenmerk", "onderdeel", "mart.dim_onderdeel", ("totaal",)),
    ("mart.fct_toewijzing", "onderdeel", "mart.dim_onderdeel", ()),
    ("mart.fct_verplichting", "onderdeel", "mart.dim_onderdeel", ()),
    ("mart.fct_declaratie", "onderdeel", "mart.dim_onderdeel", ()),
    ("mart.fct_declaratie_aanbieder", "onderdeel", "mart.dim_onderdeel", ()),
    ("mart.fct_toewijzing_aanbieder", "onderdeel", "mart.dim_onderdeel", ()),
    ("mart.fct_prognose", "onderdeel", "mart.dim_onderdeel", tuple(AGGREGATEN)),
    ("mart.fct_prognose_verloop", "onderdeel", "mart.dim_onderdeel", tuple(AGGREGATEN)),
    ("mart.fct_prognose_stap", "onderdeel", "mart.dim_onderdeel", ()),
    ("mart.fct_terugtoets", "onderdeel", "mart.dim_onderdeel", tuple(AGGREGATEN)),
    ("mart.fct_begroting", "taakveld", "mart.dim_taakveld", ()),
    ("mart.fct_realisatie", "taakveld", "mart.dim_taakveld", ()),
    ("mart.fct_prognose_budgethouder", "taakveld", "mart.dim_taakveld", ()),
    ("mart.fct_voorziening", "gebied_code", "mart.dim_gebied", ()),
    ("mart.fct_voorziening_kenmerk", "gebied_code", "mart.dim_gebied", ()),
    ("mart.fct_stapeling", "gebied_code", "mart.dim_gebied", ()),
    ("mart.fct_indicatorwaarde", "gebied_code", "mart.dim_gebied", ()),
    ("mart.fct_cbs_waarneming", "gebied_code", "mart.dim_gebied", ()),
)


def dimensions_cover_facts(connection: Connection, _: Selection) -> list[str]:
    """Every code in a fact has a row, and so a name, in its dimension."""
    wrong = []
    for fact, column, dimension, extra in COVERED:
        also = "".join(f" AND {column} <> '{value}'" for value in extra)
        unnamed = f"{column} NOT IN (SELECT {column} FROM {dimension}){also}"
        sql = f"SELECT DISTINCT {column} FROM {fact} WHERE {unnamed} ORDER BY 1 LIMIT 5"
        unknown = [str(row[0]) for row in _rows(connection, sql)]
        if unknown:
            wrong.append(f"{fact}: {column} {', '.join(unknown)} staat niet in {dimension}.")
    return wrong


def origins_exist(connection: Connection, _: Selection) -> list[str]:
    """Every published euro can be followed to a delivery: facts have origins, and origins have a delivery."""
    wrong = []
    lost = _count(
        connection, "SELECT 1 FROM meta.herkomst WHERE levering_id NOT IN (SELECT levering_id FROM meta.levering)"
    )
    if lost:
        wrong.append(f"meta.herkomst: {lost} rijen horen bij geen levering.")
    for fact in SUMS:
        rows = _count(connection, f"SELECT 1 FROM {fact}")
        traced = _count(connection, f"SELECT DISTINCT sleutel FROM meta.herkomst WHERE mart_tabel = '{fact}'")
        if rows != traced:
            wrong.append(f"{fact}: van {rows} rijen zijn er {traced} te volgen tot in een bestand.")
    return wrong


CHECKS: tuple[Check, ...] = (
    Check("Tabellen en kolommen zijn zoals afgesproken", contract_holds),
    Check("Sleutels zijn gevuld", keys_are_filled),
    Check("Sleutels zijn uniek", keys_identify_rows),
    Check("Getallen zijn getallen", numbers_are_numbers),
    Check("Gelezen rijen zijn geladen, geweigerd of buiten bereik", rows_add_up),
    Check("Geladen rijen zijn teruggevonden", loaded_rows_are_there),
    Check("Bedragen sluiten op de cent", money_reconciles),
    Check("Elke code heeft een naam", dimensions_cover_facts),
    Check("Elk bedrag is te volgen tot in een bestand", origins_exist),
    Check("Elk aantal is te volgen tot zijn leveringen", counts_have_origins),
    Check("Kleine aantallen in wijken zijn geheim", nothing_small_below_the_gemeente),
    Check("Delen tellen op tot het geheel", parts_make_the_whole),
    Check("Declaraties sluiten op de cent", declared_euros_reconcile),
    Check("Van een aanbieder staat er niets over weinig cliënten", providers_are_told_of_in_round_figures),
)


def run_checks(connection: Connection, selection: Selection) -> list[Result]:
    """Run every check on a build that still has its raw views."""
    results = []
    for check in CHECKS:
        wrong = check.find(connection, selection)
        results.append(Result(check.naam, not wrong, " ".join(wrong)))
    return results
