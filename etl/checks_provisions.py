"""Checks on what was counted of persons: nothing small below the gemeente, parts that make the whole, and a trace."""

from __future__ import annotations

import duckdb

from etl.deliveries import Selection
from indicators.core.disclosure import AFRONDING, GEHEIM_TOT_EN_MET

Connection = duckdb.DuckDBPyConnection

#: Facts with counts of persons by region.
COUNTED = ("mart.fct_voorziening", "mart.fct_voorziening_kenmerk", "mart.fct_stapeling")
#: Of a provider is told what at least so many clients have, rounded as other small counts are (docs/onthulling.md).
PER_AANBIEDER = 10
#: Facts of person sources -> columns of which each combination has a trace in meta.herkomst.
TRACED = {
    "mart.fct_voorziening": ("wet", "peildatum"),
    "mart.fct_voorziening_kenmerk": ("wet", "peildatum"),
    "mart.fct_toewijzing": ("wet", "peildatum"),
    "mart.fct_verplichting": ("wet", "peildatum"),
    "mart.fct_stapeling": ("peildatum",),
    "mart.fct_declaratie": ("wet",),
    "mart.fct_declaratie_aanbieder": ("wet",),
    "mart.fct_toewijzing_aanbieder": ("wet", "peildatum"),
    "mart.fct_schuldhulp": ("bron",),
}


def _count(connection: Connection, sql: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM ({sql})").fetchone()
    assert row
    return int(row[0])


def nothing_small_below_the_gemeente(connection: Connection, _: Selection) -> list[str]:
    """Below the gemeente a count is secret or rounded, in every table and in every row (DOMAIN.md 6)."""
    below = "gebied_code IN (SELECT gebied_code FROM mart.dim_gebied WHERE niveau IN ('wijk', 'buurt'))"
    wrong = []
    for fact in COUNTED:
        shown = f"SELECT 1 FROM {fact} WHERE {below} AND (aantal <= {GEHEIM_TOT_EN_MET} OR aantal % {AFRONDING} <> 0)"
        if small := _count(connection, shown):
            wrong.append(f"{fact}: {small} aantallen in wijken of buurten zijn te klein of niet afgerond.")
    if flows := _count(connection, f"SELECT 1 FROM mart.fct_voorziening WHERE {below} AND right(maat, 6) = 'stroom'"):
        wrong.append(f"mart.fct_voorziening: {flows} aantallen in- of uitstroom zijn van wijken of buurten.")
    return wrong


def parts_make_the_whole(connection: Connection, _: Selection) -> list[str]:
    """Classes that exclude one another add up to the count that they part: durations, decision times, combinations."""
    month = "wet, onderdeel, maat, peildatum, maand"
    parted = f"""
        SELECT {month}, k.samen, v.aantal
        FROM (SELECT {month}, sum(aantal) AS samen FROM mart.fct_voorziening_kenmerk
              WHERE kenmerk IN ('duur', 'beslistijd') GROUP BY ALL) AS k
        JOIN mart.fct_voorziening AS v USING ({month})
        WHERE v.gebied_code IN (SELECT gebied_code FROM mart.dim_gebied WHERE niveau = 'gemeente')
          AND k.samen <> v.aantal"""
    combined = """
        SELECT maand, eenheid, peildatum FROM mart.fct_stapeling
        WHERE maat = 'stand' AND gebied_code IN (SELECT gebied_code FROM mart.dim_gebied WHERE niveau = 'gemeente')
        GROUP BY ALL
        HAVING coalesce(sum(aantal) FILTER (combinatie <> 'alle'), 0) <> sum(aantal) FILTER (combinatie = 'alle')"""
    wrong = []
    if off := _count(connection, parted):
        wrong.append(f"mart.fct_voorziening_kenmerk: {off} keer tellen de klassen niet op tot het aantal.")
    if off := _count(connection, combined):
        wrong.append(f"mart.fct_stapeling: {off} keer tellen de combinaties niet op tot het totaal.")
    return wrong


def declared_euros_reconcile(connection: Connection, selection: Selection) -> list[str]:
    """Per law and month of care the declared euros and lines are to the cent those of the deliveries."""
    wrong = []
    for wet in ("wmo", "jeugd"):
        if (wet, "declaratie") not in selection.parts:
            continue
        sql = f"""
            SELECT prestatiemaand FROM (
                SELECT prestatiemaand, bedrag_eur, regels FROM mart.fct_declaratie WHERE wet = '{wet}'
                UNION ALL
                SELECT prestatiemaand, -bedrag_eur, -1 FROM raw.{wet}__declaratie)
            GROUP BY prestatiemaand HAVING sum(bedrag_eur) <> 0 OR sum(regels) <> 0"""
        if off := _count(connection, sql):
            wrong.append(
                f"mart.fct_declaratie, {wet}: in {off} maanden zijn de bedragen of regels niet die van de bestanden."
            )
    return wrong


def providers_are_told_of_in_round_figures(connection: Connection, _: Selection) -> list[str]:
    """Of a provider nothing is told about fewer than ten clients, and all together are the onderdeel (to the cent).

    In the newest year: of older months rows may stand beside those that were kept when person rows were removed.
    """
    wrong = []
    for fact, whole, euros, month, by in (
        ("declaratie_aanbieder", "declaratie", "bedrag_eur", "prestatiemaand", "wet, onderdeel, prestatiemaand"),
        ("toewijzing_aanbieder", "toewijzing", "verwacht_eur", "maand", "wet, onderdeel, peildatum, maand"),
    ):
        recent = f"{month} > (SELECT max({month}) FROM mart.fct_{fact}) - INTERVAL 1 YEAR"
        small = f"""
            SELECT 1 FROM mart.fct_{fact} WHERE aanbieder <> 'overig' AND {recent} GROUP BY {by}, aanbieder
            HAVING (sum(clienten) < {PER_AANBIEDER} AND (sum(clienten) <> 0 OR sum({euros}) <> 0))
                OR bool_or(clienten % {AFRONDING} <> 0)"""
        if off := _count(connection, small):
            wrong.append(f"mart.fct_{fact}: {off} keer staat er een aanbieder met te weinig cliënten.")
        sums = f"""
            SELECT {by} FROM (
                SELECT {by}, {euros} AS eur FROM mart.fct_{fact} WHERE {recent}
                UNION ALL SELECT {by}, -{euros} FROM mart.fct_{whole} WHERE leveringsvorm <> 'PGB' AND {recent})
            GROUP BY ALL HAVING coalesce(sum(eur), 0) <> 0"""
        if off := _count(connection, sums):
            wrong.append(f"mart.fct_{fact}: in {off} maanden zijn de aanbieders samen niet het onderdeel.")
    return wrong


def counts_have_origins(connection: Connection, _: Selection) -> list[str]:
    """Every count of persons can be followed to its deliveries, with the number of lines, and to no row of a sheet."""
    wrong = []
    for fact, columns in TRACED.items():
        named = ", ".join(columns)
        has = " AND ".join(f"contains('|' || h.sleutel || '|', '|' || CAST(f.{c} AS VARCHAR) || '|')" for c in columns)
        lost = _count(
            connection,
            f"""SELECT 1 FROM (SELECT DISTINCT {named} FROM {fact}) AS f WHERE NOT EXISTS (
                SELECT 1 FROM meta.herkomst AS h WHERE h.mart_tabel = '{fact}' AND h.rijen > 0 AND {has})""",
        )
        if lost:
            wrong.append(f"{fact}: {lost} keer is niet te volgen uit welke leveringen de aantallen komen.")
        rows = f"SELECT 1 FROM meta.herkomst WHERE mart_tabel = '{fact}' AND (rij_van IS NOT NULL OR blad <> '')"
        if named_rows := _count(connection, rows):
            wrong.append(f"{fact}: {named_rows} verwijzingen noemen een regel over een persoon.")
    return wrong
