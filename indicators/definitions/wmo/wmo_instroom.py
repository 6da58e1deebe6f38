"""Persons who begin to use the law (wmo), in all and per onderdeel."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="wmo_instroom",
        domein="wmo",
        titel="Nieuwe cliënten Wmo",
        vraag="Hoeveel inwoners beginnen met hulp uit de Wmo?",
        definitie=(
            "Het aantal inwoners voor wie hulp uit de Wmo begint. Begint iemand binnen 28 dagen na het einde "
            "opnieuw, dan is dat geen nieuwe cliënt: een verlenging telt dus niet mee. Bij een soort hulp telt ook "
            "wie van een andere soort overstapt. In een jaar kan iemand twee keer beginnen."
        ),
        teller="Inwoners van wie de eerste dag met hulp in de periode ligt",
        noemer="Geen: het is een aantal",
        eenheid="inwoners",
        hoger_is="neutraal",
        decimalen=0,
        bron=("Wmo-registratie van de gemeente",),
        niveaus=("gemeente",),
        breuken=provisions.ABONNEMENTSTARIEF,
        toets="telling",
        eigenaar=provisions.ROL_WMO,
        budgetten=("wmo",),
        statusregels=provisions.STATUSREGELS,
        perioden=provisions.PERIODEN,
        sql=figures.flow(provisions.counts("wmo", "instroom")),
    )
)
