"""Data flows one way, also in SQL: every file reads only from the rooms before its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from etl.source import sources
from indicators.core.contract import BY_NAME, VIEWS

ROOT = Path(__file__).resolve().parents[2]
STAGING = sorted((ROOT / "etl" / "staging").glob("*.sql"))
MARTS = sorted((ROOT / "etl" / "marts").glob("*.sql"))
HERKOMST = sorted((ROOT / "etl" / "marts" / "herkomst").glob("*.sql"))
ids = {"ids": lambda path: path.stem}


def tables_of(sql: str) -> set[tuple[str, str]]:
    """Every (schema, table) that a statement reads, names of its own WITH left out."""
    trees = [tree for tree in sqlglot.parse(sql, read="duckdb") if tree is not None]
    assert len(trees) == 1, "één SELECT per bestand"
    tree = trees[0]
    assert isinstance(tree, exp.Query), "alleen SELECT"
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    read = {(t.db, t.name) for t in tree.find_all(exp.Table) if t.name}
    return {(schema, name) for schema, name in read if schema or name not in own}


def read_by(path: Path) -> set[tuple[str, str]]:
    return tables_of(path.read_text("utf-8"))


def is_reference(schema: str, name: str) -> bool:
    return schema == "raw" and name.startswith("ref_")


#: Sources about persons, and the stems of staging files in which they meet.
PERSONAL = {name for name, source in sources().items() if source.personal}
MEETING = {"persoon", "voorziening"}
#: The one place where pseudonyms become numbers, and the list of deliveries.
NUMBERS, DELIVERIES = ("stg", "persoon__nummer"), ("raw", "levering")


@pytest.mark.parametrize("path", STAGING, **ids)
def test_staging_reads_its_own_source_only(path: Path) -> None:
    """Person sources meet in stg.persoon__* and stg.voorziening__* only, and there as what staging made of them."""
    source = path.stem.split("__")[0]
    for schema, name in read_by(path):
        stem = name.split("__")[0]
        allowed = is_reference(schema, name) or (schema in ("raw", "stg") and stem == source)
        if source in PERSONAL:
            allowed = allowed or (schema, name) == NUMBERS
        if source in MEETING:
            allowed = allowed or (schema == "stg" and stem in PERSONAL | MEETING) or (schema, name) == DELIVERIES
        if path.stem == NUMBERS[1]:
            allowed = allowed or (schema == "raw" and stem in PERSONAL)
        assert allowed, (schema, name)


@pytest.mark.parametrize("path", [p for p in STAGING if p.stem != NUMBERS[1]] + MARTS + HERKOMST, **ids)
def test_no_pseudonym_goes_past_staging_of_its_source(path: Path) -> None:
    """Only staging of a person source itself names a pseudonym, to look its number up: what is built is of numbers."""
    if path.stem.split("__")[0] in PERSONAL and path in STAGING:
        tree = sqlglot.parse_one(path.read_text("utf-8"), read="duckdb")
        given = {e.alias_or_name for e in tree.find(exp.Select).expressions}  # type: ignore[union-attr]
        assert not given & {"persoon", "huishouden", "beschikking", "dossier", "toewijzing", "regel", "*"}, given
        return
    names = {c.name for c in sqlglot.parse_one(path.read_text("utf-8"), read="duckdb").find_all(exp.Column)}
    assert not names & {"persoon", "huishouden", "beschikking", "dossier", "pseudoniem"}, names


@pytest.mark.parametrize("path", MARTS + HERKOMST, **ids)
def test_marts_read_staging_and_marts(path: Path) -> None:
    for schema, name in read_by(path):
        assert schema in ("stg", "mart") or is_reference(schema, name), (schema, name)


@pytest.mark.parametrize("path", STAGING + MARTS + HERKOMST, **ids)
def test_a_file_says_first_what_it_gives_and_why(path: Path) -> None:
    assert path.read_text("utf-8").startswith("-- ")


@pytest.mark.parametrize("path", MARTS, **ids)
def test_a_mart_fills_a_promised_table(path: Path) -> None:
    assert BY_NAME[f"mart.{path.stem}"].source == "marts"


def test_every_table_that_marts_promise_has_its_file() -> None:
    promised = {t.name.removeprefix("mart.") for t in BY_NAME.values() if t.source == "marts"}
    assert promised == {path.stem for path in MARTS}


def _sql_in(path: Path) -> list[str]:
    """Names with a schema in the code of a module: its SQL is text, often put together, so it is searched as text."""
    return re.findall(r"\b(raw|stg)\.[a-z_]+__[a-z_]+", path.read_text("utf-8"))


def test_indicators_and_dashboard_read_the_published_tables_only() -> None:
    modules = [p for package in ("indicators", "dashboard") for p in (ROOT / package).rglob("*.py")]
    assert not [str(p.relative_to(ROOT)) for p in modules if _sql_in(p)]


def test_all_sql_of_the_dashboard_is_in_its_queries_and_names_existing_tables() -> None:
    for path in (ROOT / "dashboard").rglob("*.py"):
        named = set(re.findall(r"\b(?:FROM|JOIN)\s+((?:mart|meta)\.[a-z_]+)", path.read_text("utf-8")))
        assert named <= set(BY_NAME) | set(VIEWS), path
        assert not named or path.stem.startswith("queries"), f"{path}: SQL hoort in dashboard/queries*.py"


@pytest.mark.parametrize("name", VIEWS)
def test_views_read_published_tables(name: str) -> None:
    assert {f"{schema}.{table}" for schema, table in tables_of(VIEWS[name])} <= set(BY_NAME)
