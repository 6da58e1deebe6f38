"""State money for benefits (BUIG) as the ministry set it."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

SQL = """
    WITH besluit AS (
        SELECT boekjaar, 'besluit=' || soort AS uitsplitsing, bedrag_eur, soort FROM mart.fct_buig
        UNION ALL
        SELECT boekjaar, 'totaal', arg_max(bedrag_eur, vastgesteld_op), arg_max(soort, vastgesteld_op)
        FROM mart.fct_buig GROUP BY boekjaar
    )
    SELECT boekjaar || 'JJ00' AS periode, $gemeente AS gebied_code, uitsplitsing, CAST(bedrag_eur AS DOUBLE) AS teller,
           NULL AS noemer, CAST(bedrag_eur AS DOUBLE) AS waarde, NULL AS ondergrens, NULL AS bovengrens,
           soort AS status, false AS onderdrukt
    FROM besluit"""

INDICATOR = register(
    Indicator(
        id="rijksbudget_uitkeringen",
        domein="participatiewet",
        titel="Rijksbudget voor uitkeringen (BUIG)",
        vraag="Hoeveel geld krijgt de gemeente van het Rijk voor uitkeringen?",
        definitie=(
            "Het bedrag dat het Rijk de gemeente geeft voor bijstand, IOAW, IOAZ, Bbz voor starters en "
            "loonkostensubsidie. Het Rijk stelt het drie keer vast: voorlopig, nader voorlopig en definitief. Het "
            "totaal is het nieuwste besluit over dat jaar."
        ),
        teller="Vastgesteld bedrag voor het jaar",
        noemer="Geen: het is een bedrag",
        eenheid="euro",
        hoger_is="neutraal",
        decimalen=0,
        bron=("Besluiten over het rijksbudget (BUIG), opgave van de gemeente",),
        niveaus=("gemeente",),
        toets="geen",
        eigenaar=provisions.ROL_PARTICIPATIEWET,
        budgetten=("inkomensregelingen",),
        statusregels="Voorlopig tot het Rijk het budget van dat jaar definitief heeft vastgesteld.",
        perioden="Per jaar, na elk besluit van het Rijk.",
        compute=figures.of_own_gemeente(SQL),
    )
)
