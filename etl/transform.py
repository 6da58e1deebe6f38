"""The SQL part of a build: raw views over the vintages, then every staging and mart SELECT in order of need."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import duckdb

from etl.deliveries import Selection
from etl.entity_views import entity_view, quoted
from etl.geo_copies import GEO_VIEW, NO_SHAPES
from etl.kept import take_along
from etl.progress import Progress, stop_here
from etl.protect import register
from etl.remembered import Memory
from etl.source import Source
from etl.stay_secret import REMEMBERED, stay_secret
from indicators.core.contract import BY_NAME, TABLES, VIEWS
from indicators.core.settings import REFERENCE, reference_list, settings

ETL = Path(__file__).parent


class TransformError(Exception):
    """A SQL file could not be run. The message is Dutch and names the file; no value from the data is in it."""


def raw_views(selection: Selection, sources: dict[str, Source], cbs: dict[str, str]) -> dict[str, str]:
    """Give every view that staging may read: view name -> SELECT."""
    views = {GEO_VIEW: NO_SHAPES} | {f"raw.{name.removeprefix('raw.')}": sql for name, sql in cbs.items()}
    for path in sorted(REFERENCE.glob("*.csv")):
        file = quoted(path.resolve().as_posix())
        views[f"raw.ref_{path.stem}"] = f"SELECT * FROM read_csv({file}, all_varchar = true, header = true)"
    views |= region_views()
    views["raw.levering"] = _deliveries_view(selection)
    for source in sources.values():
        for entity in source.entities:
            parts = selection.parts.get((source.name, entity.name), [])
            views[f"raw.{source.name}__{entity.name}"] = entity_view(source, entity, parts)
    return views


def region_views() -> dict[str, str]:
    """Give the list of regions for the own gemeente: its wijken and buurten, no others, and itself in any case."""
    own = settings().gemeente
    file = quoted(reference_list("gebieden").resolve().as_posix())
    rows = (
        (own.land_code, own.land_naam, "land", None),
        (own.provincie_code, own.provincie_naam, "provincie", own.land_code),
        (own.code, own.naam, "gemeente", own.provincie_code),
    )
    around = ", ".join("(" + ", ".join("NULL" if c is None else quoted(c) for c in row) + ")" for row in rows)
    columns = "gebied_code, naam, niveau, ouder_code"
    listed = f"SELECT {columns} FROM read_csv({file}, all_varchar = true, header = true)"
    return {
        "raw.ref_gebieden": f"""
            SELECT {columns} FROM (VALUES {around}) AS eigen ({columns})
            UNION ALL
            SELECT {columns} FROM ({listed})
            WHERE (niveau IN ('wijk', 'buurt') AND substr(gebied_code, 3, 4) = {quoted(own.code[2:])})
               OR (niveau NOT IN ('wijk', 'buurt') AND gebied_code NOT IN ({", ".join(quoted(r[0]) for r in rows)}))""",
        "raw.ref_eigen_gemeente": f"SELECT {quoted(own.code)} AS gebied_code",
    }


def _deliveries_view(selection: Selection) -> str:
    """Give the SELECT behind raw.levering: which deliveries are in the state of an entity at a peildatum."""
    rows = sorted(
        (bron, entity, part.peildatum.isoformat(), part.vintage.levering_id, part.vintage.entiteiten[entity])
        for (bron, entity), parts in selection.parts.items()
        for part in parts
    )
    columns = "bron, entiteit, CAST(peildatum AS DATE) AS peildatum, levering_id, CAST(rijen AS INTEGER) AS rijen"
    listed = ", ".join(f"({quoted(b)}, {quoted(e)}, {quoted(d)}, {quoted(i)}, {n})" for b, e, d, i, n in rows)
    values = f"VALUES {listed}" if rows else "SELECT '', '', '1900-01-01', '', 0 WHERE false"
    return f"SELECT {columns} FROM ({values}) AS deel (bron, entiteit, peildatum, levering_id, rijen)"


def open_build(folder: Path) -> duckdb.DuckDBPyConnection:
    """Make the new database with the promised tables, and beside it the work database that is never published."""
    connection = duckdb.connect(str(folder / "monitor.duckdb"))
    register(connection)
    connection.execute(f"ATTACH ':memory:' AS raw; ATTACH {quoted((folder / 'werk.duckdb').as_posix())} AS stg")
    connection.execute("CREATE SCHEMA mart; CREATE SCHEMA meta")
    for table in TABLES:
        connection.execute(table.ddl)
    for name, sql in VIEWS.items():
        connection.execute(f"CREATE VIEW {name} AS {sql}")
    return connection


_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.S)
_NAME = re.compile(r"\b(stg|mart)\.(\w+)")


def in_order(folder: Path, schema: str) -> list[Path]:
    """Give the SQL files of a folder so that each comes after the files of that folder that it reads.

    Raises:
        TransformError: When files wait for each other.
    """
    files = {p.stem: p for p in sorted(folder.glob("*.sql"))}
    needs = {}
    for stem, path in files.items():
        text = _COMMENT.sub(" ", path.read_text("utf-8"))
        needs[stem] = {t for s, t in _NAME.findall(text) if s == schema and t in files and t != stem}
    try:
        return [files[stem] for stem in TopologicalSorter(needs).static_order()]
    except CycleError as problem:
        raise TransformError(
            f"SQL-bestanden in {folder.name} wachten op elkaar: {', '.join(problem.args[1])}."
        ) from None


def _run(connection: duckdb.DuckDBPyConnection, path: Path, sql: str) -> None:
    try:
        connection.execute(sql)
    except duckdb.IOException:
        raise  # a full disk or a damaged vintage is not the fault of the SQL
    except duckdb.Error as problem:
        raise TransformError(
            f"{path.parent.name}/{path.name} kon niet worden uitgevoerd ({type(problem).__name__}). "
            "De vorige publicatie blijft staan."
        ) from problem


def run_sql(
    connection: duckdb.DuckDBPyConnection,
    views: dict[str, str],
    progress: Progress,
    remembered: Memory | None = None,
    vintages: Path | None = None,
    root: Path = ETL,
) -> None:
    """Run all staging and mart files, and note from which rows the facts came.

    Args:
        connection: From `open_build`.
        views: From `raw_views`.
        progress: Told about every file.
        remembered: Marts of which earlier peildata are known; only the new ones are worked out.
        vintages: Folder with rows that are kept of deliveries whose person rows were removed (etl/kept).
        root: Folder with staging/ and marts/.
    """
    memory = remembered or Memory([], [], root / "staging")
    for name, sql in (views | memory.views(views)).items():
        connection.execute(f"CREATE VIEW {name} AS {sql}")
    staging, marts = in_order(root / "staging", "stg"), in_order(root / "marts", "mart")
    origins = sorted((root / "marts" / "herkomst").glob("*.sql"))
    progress.stap("Gegevens samenvoegen", len(staging) + len(marts) + len(origins))
    for path in staging:
        _run(connection, path, f"CREATE TABLE stg.{path.stem} AS {memory.sql(path, _statement(path))}")
        progress.verder()
    for path in marts:
        if f"mart.{path.stem}" not in BY_NAME:
            raise TransformError(f"marts/{path.name} hoort bij geen tabel in het contract.")
        _run(connection, path, f"INSERT INTO mart.{path.stem} BY NAME {_statement(path)}")
        memory.complete(connection, path.stem)
        if vintages:
            take_along(connection, vintages, f"mart.{path.stem}")
        if f"mart.{path.stem}" in REMEMBERED:  # also of editions whose rows were kept when person rows were removed
            stay_secret(connection, f"mart.{path.stem}")
        progress.verder()
        stop_here("bouwen")
    for path in origins:
        _run(connection, path, origin_sql(path))
        progress.verder()
    if vintages:
        take_along(connection, vintages, "meta.herkomst")


def _statement(path: Path) -> str:
    return path.read_text("utf-8").rstrip().rstrip(";")


_PER_DELIVERY = re.compile(r"^-- per: levering$", re.M)


def origin_sql(path: Path) -> str:
    """Give the INSERT into meta.herkomst for one fact.

    The file gives the key columns of the fact, levering_id, blad and rij; rows that stand one below another become one
    range. A file that says `-- per: levering` (person sources) gives a pattern of keys ('*' is any value), levering_id
    and rijen, the number of lines: no sheet and no row of it is named.
    """
    keys = BY_NAME[f"mart.{path.stem}"].key
    sleutel = " || '|' || ".join(f"coalesce(CAST({k} AS VARCHAR), '')" for k in keys)
    if _PER_DELIVERY.search(path.read_text("utf-8")):
        return f"""
            INSERT INTO meta.herkomst BY NAME
            SELECT {quoted("mart." + path.stem)} AS mart_tabel, {sleutel} AS sleutel, levering_id, '' AS blad,
                   CAST(rijen AS INTEGER) AS rijen
            FROM ({_statement(path)})"""
    return f"""
        INSERT INTO meta.herkomst BY NAME
        WITH bronrij AS (
            SELECT DISTINCT {sleutel} AS sleutel, levering_id, coalesce(blad, '') AS blad, rij FROM ({_statement(path)})
        ), reeks AS (
            SELECT *, rij - row_number() OVER (PARTITION BY sleutel, levering_id, blad ORDER BY rij) AS groep
            FROM bronrij
        )
        SELECT {quoted("mart." + path.stem)} AS mart_tabel, sleutel, levering_id, blad,
               min(rij) AS rij_van, max(rij) AS rij_tot, CAST(max(rij) - min(rij) + 1 AS INTEGER) AS rijen
        FROM reeks GROUP BY sleutel, levering_id, blad, groep"""
