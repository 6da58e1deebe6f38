"""The views of the published database: the newest state of a fact that is kept per peildatum."""

from __future__ import annotations

import re

#: Views that give the newest state of a vintaged fact.
VIEWS: dict[str, str] = {
    "mart.v_begroting": """
        SELECT * FROM mart.fct_begroting b
        WHERE peildatum = (SELECT max(peildatum) FROM mart.fct_begroting x WHERE x.boekjaar = b.boekjaar)""",
    "mart.v_realisatie": """
        SELECT * FROM mart.fct_realisatie r
        WHERE peildatum = (SELECT max(peildatum) FROM mart.fct_realisatie x WHERE x.boekjaar = r.boekjaar)""",
    "mart.v_realisatie_maand": """
        WITH stand AS (
            SELECT boekjaar, peildatum, CAST(coalesce(
                max(periode) FILTER (soort = 'stand'), greatest(max(periode), least(
                12, (year(peildatum) - boekjaar) * 12 + month(peildatum)))) AS INTEGER) AS periode
            FROM mart.fct_realisatie GROUP BY boekjaar, peildatum
        ), per_levering AS (
            SELECT boekjaar, peildatum, s.periode, onderdeel, lasten_baten, sum(bedrag_eur) AS stand_eur
            FROM mart.fct_realisatie JOIN stand AS s USING (boekjaar, peildatum) GROUP BY ALL
        ), maandstand AS (
            SELECT boekjaar, periode, onderdeel, lasten_baten, arg_max(stand_eur, peildatum) AS stand_eur
            FROM per_levering GROUP BY ALL
        )
        SELECT boekjaar, periode, onderdeel, lasten_baten, stand_eur,
               CAST(stand_eur - coalesce(lag(stand_eur) OVER (
                   PARTITION BY boekjaar, onderdeel, lasten_baten ORDER BY periode), 0) AS DECIMAL(18,2)) AS bedrag_eur
        FROM maandstand""",
    "mart.v_voorziening": """
        SELECT * FROM mart.fct_voorziening v
        WHERE peildatum = (SELECT max(peildatum) FROM mart.fct_voorziening x WHERE x.wet = v.wet)""",
    "mart.v_prognose": """
        SELECT * FROM mart.fct_prognose p
        WHERE peildatum = (SELECT max(peildatum) FROM mart.fct_prognose)""",
    "mart.v_indicatorwaarde": "SELECT * FROM mart.fct_indicatorwaarde",
}


def as_known(view: str) -> str:
    """Give the query of a view of a fact that is kept per peildatum, as it was at the peildatum $1.

    Args:
        view: Name in VIEWS.

    Returns:
        SQL with one numbered parameter: deliveries dated later do not exist for it.
    """
    fact = re.search(r"FROM (mart\.fct_\w+)", VIEWS[view])
    assert fact, view
    return VIEWS[view].replace(fact[1], f"(SELECT * FROM {fact[1]} WHERE peildatum <= $1)")
