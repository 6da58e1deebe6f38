"""Persons who begin to use the law (jeugd), in all and per onderdeel."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="jeugd_instroom",
        domein="jeugd",
        titel="Nieuwe cliënten jeugdhulp",
        vraag="Hoeveel inwoners beginnen met hulp uit de Jeugdwet?",
        definitie=(
            "Het aantal inwoners voor wie hulp uit de Jeugdwet begint. Begint iemand binnen 28 dagen na het einde "
            "opnieuw, dan is dat geen nieuwe cliënt: een verlenging telt dus niet mee. Bij een soort hulp telt ook "
            "wie van een andere soort overstapt. In een jaar kan iemand twee keer beginnen."
        ),
        teller="Inwoners van wie de eerste dag met hulp in de periode ligt",
        noemer="Geen: het is een aantal",
        eenheid="inwoners",
        hoger_is="neutraal",
        decimalen=0,
        bron=("Jeugdhulpregistratie van de gemeente",),
        niveaus=("gemeente",),
        breuken=(provisions.WOONPLAATSBEGINSEL,),
        toets="telling",
        eigenaar=provisions.ROL_JEUGD,
        budgetten=("jeugd",),
        statusregels=provisions.STATUSREGELS,
        perioden=provisions.PERIODEN,
        sql=figures.flow(provisions.counts("jeugd", "instroom")),
    )
)
