"""What an award is worth a month on average, per law and per onderdeel."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

#: More than this part of the awards without a price says too little about the rest.
ZONDER_PRIJS_HOOGSTENS = 0.1
BRON = f"""
    SELECT maand, $gemeente AS gebied_code,
           if(grouping(onderdeel) = 1, 'wet=' || wet, 'onderdeel=' || onderdeel) AS uitsplitsing,
           CASE WHEN sum(zonder_prijs) <= {ZONDER_PRIJS_HOOGSTENS} * sum(toewijzingen)
               THEN CAST(sum(verwacht_eur) AS DOUBLE) END AS teller,
           sum(toewijzingen) - sum(zonder_prijs) AS noemer, max(peildatum) AS peildatum
    FROM mart.fct_toewijzing AS t
    WHERE peildatum = (SELECT max(peildatum) FROM mart.fct_toewijzing AS x WHERE x.wet = t.wet)
      AND last_day(maand) <= peildatum
    GROUP BY GROUPING SETS ((maand, wet, onderdeel), (maand, wet))"""
SQL = figures.flow(BRON, waarde="teller / nullif(noemer, 0)")

INDICATOR = register(
    Indicator(
        id="kosten_per_toewijzing",
        domein="sociaal_domein",
        titel="Verwachte kosten per toewijzing",
        vraag="Wat kost een toewijzing gemiddeld per maand?",
        definitie=(
            "Het verwachte bedrag van de toewijzingen die in de periode lopen, gedeeld door hun aantal: volume maal "
            "tarief, omgerekend naar een maand. Het is wat is toegewezen, niet wat is gedeclareerd: niet alle "
            "toegewezen zorg wordt geleverd. Toewijzingen zonder bekende prijs tellen niet mee; zijn dat er meer dan "
            "een op de tien, dan is er geen cijfer."
        ),
        teller="Verwacht bedrag van de lopende toewijzingen met een bekende prijs, in euro",
        noemer="Lopende toewijzingen met een bekende prijs, opgeteld over de maanden",
        eenheid="euro per maand",
        hoger_is="neutraal",
        decimalen=0,
        bron=("Wmo-registratie van de gemeente", "Jeugdhulpregistratie van de gemeente"),
        niveaus=("gemeente",),
        toets="geen",
        eigenaar=provisions.ROL_PROGRAMMA,
        budgetten=("wmo", "jeugd"),
        statusregels=provisions.STATUSREGELS,
        perioden="Per maand en per jaar, over de laatste drie jaar, na elke levering.",
        compute=figures.of_own_gemeente(SQL),
    )
)
