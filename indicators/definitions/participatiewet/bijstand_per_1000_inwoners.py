"""Persons with social assistance per 1,000 inhabitants as CBS counts them, to compare gemeenten and wijken."""

from __future__ import annotations

from indicators.core import provisions
from indicators.core.cbs_basis import (
    BIJSTAND,
    BRON_KERNCIJFERS,
    INWONERS,
    NIVEAUS_KERNCIJFERS,
    PERIODEN_KERNCIJFERS,
    STATUS_KERNCIJFERS,
)
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="bijstand_per_1000_inwoners",
        domein="participatiewet",
        titel="Bijstand per 1.000 inwoners (CBS)",
        vraag="Hoeveel inwoners hebben bijstand, vergeleken met andere gemeenten en tussen wijken?",
        definitie=(
            "Het aantal personen met een bijstandsuitkering op de laatste dag van december per 1.000 inwoners, "
            "zoals CBS beide geeft in de tabel van dat jaar. Mensen in een instelling en dak- en thuislozen telt "
            "CBS niet mee. CBS rondt de aantallen af: in een kleine wijk is het cijfer dan grof. De eigen "
            "registratie staat er apart naast en telt ook IOAW, IOAZ en Bbz."
        ),
        teller="Personen met een bijstandsuitkering",
        noemer="Alle inwoners op 1 januari, gedeeld door 1.000",
        eenheid="per 1.000 inwoners",
        hoger_is="neutraal",
        decimalen=1,
        bron=BRON_KERNCIJFERS,
        niveaus=NIVEAUS_KERNCIJFERS,
        eigenaar=provisions.ROL_PARTICIPATIEWET,
        budgetten=("inkomensregelingen",),
        toets="telling",
        statusregels=STATUS_KERNCIJFERS,
        perioden=PERIODEN_KERNCIJFERS,
        naast="uitkeringen",
        cbs=(BIJSTAND, INWONERS),
        # A place without inhabitants has no rate. Years that CBS has not filled in for anyone are left out.
        sql=f"""
            WITH beide AS (
                SELECT t.periode, t.gebied_code, t.waarde AS teller, n.waarde AS noemer, t.status
                FROM mart.fct_cbs_waarneming AS t
                JOIN mart.fct_cbs_waarneming AS n
                    ON n.tabel = t.tabel AND n.periode = t.periode AND n.gebied_code = t.gebied_code
                WHERE t.onderwerp = '{BIJSTAND.naam}' AND n.onderwerp = '{INWONERS.naam}'
                  AND left(t.gebied_code, 2) IN ('NL', 'GM', 'WK') AND n.waarde > 0
            )
            SELECT periode, gebied_code, 'totaal' AS uitsplitsing, teller, noemer, 1000 * teller / noemer AS waarde,
                CAST(NULL AS DOUBLE) AS ondergrens, CAST(NULL AS DOUBLE) AS bovengrens, status, false AS onderdrukt
            FROM beide QUALIFY count(teller) OVER (PARTITION BY periode) > 0
        """,
    )
)
