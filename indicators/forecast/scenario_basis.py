"""What a scenario starts from: the newest published forecast, and what is needed to move it."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pandas as pd

from indicators.core.settings import settings

_NEWEST = "peildatum = (SELECT max(peildatum) FROM mart.fct_prognose)"
SQL = {
    "prognose": f"SELECT * FROM mart.fct_prognose WHERE methode = 'model' AND scenario = 'basis' AND {_NEWEST}",
    "verloop": f"SELECT * FROM mart.fct_prognose_verloop WHERE scenario = 'basis' AND {_NEWEST} ORDER BY maand",
    "saldo": f"SELECT * FROM mart.fct_prognose_saldo WHERE scenario = 'basis' AND {_NEWEST}",
    "begroting": f"""SELECT onderdeel, lasten_baten, CAST(sum(actueel_eur) AS DOUBLE) AS actueel_eur
        FROM mart.fct_begroting b WHERE boekjaar = (SELECT max(boekjaar) FROM mart.fct_prognose WHERE {_NEWEST})
        AND peildatum = (SELECT max(peildatum) FROM mart.fct_begroting x WHERE x.boekjaar = b.boekjaar
                         AND x.peildatum <= (SELECT max(peildatum) FROM mart.fct_prognose)) GROUP BY ALL""",
    "onderdelen": "SELECT onderdeel, wet, naam FROM mart.dim_onderdeel",
    "clienten": """SELECT onderdeel, CAST(avg(aantal) FILTER (maat = 'stand') AS DOUBLE) AS stand,
        CAST(avg(aantal) FILTER (maat = 'instroom') AS DOUBLE) AS instroom
        FROM mart.v_voorziening WHERE gebied_code = $1 AND maat IN ('stand', 'instroom') AND onderdeel <> 'totaal'
        AND maand > (SELECT max(peildatum) FROM mart.fct_prognose) - INTERVAL 13 MONTH
        AND maand <= (SELECT max(peildatum) FROM mart.fct_prognose) GROUP BY ALL""",
}


@dataclass(frozen=True)
class Basis:
    """What a scenario starts from: the newest forecast by the model, and what is needed to move it.

    Attributes:
        prognose, verloop, saldo: Rows of the published tables, one peildatum, scenario basis.
        begroting: onderdeel, lasten_baten, actueel_eur.
        onderdelen: onderdeel, wet, naam.
        clienten: onderdeel, stand and instroom (means per month over the last year).
    """

    prognose: pd.DataFrame
    verloop: pd.DataFrame
    saldo: pd.DataFrame
    begroting: pd.DataFrame
    onderdelen: pd.DataFrame
    clienten: pd.DataFrame


def read_basis(connection: duckdb.DuckDBPyConnection) -> Basis:
    """Read what scenarios start from, at the newest peildatum of the published forecast."""

    def frame(name: str) -> pd.DataFrame:
        values = [settings().gemeente.code] if "$1" in SQL[name] else []
        return connection.execute(SQL[name], values).df()

    return Basis(*(frame(name) for name in SQL))
