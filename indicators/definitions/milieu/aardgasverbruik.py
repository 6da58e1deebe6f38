"""Mean natural gas that a home uses."""

from __future__ import annotations

from indicators.core.cbs import as_published
from indicators.core.cbs_basis import (
    BRON_KERNCIJFERS,
    NIVEAUS_KERNCIJFERS,
    PERIODEN_KERNCIJFERS,
    ROL_DUURZAAM,
    STATUS_KERNCIJFERS,
    kerncijfer,
)
from indicators.core.indicator import Indicator, register

TOPIC = kerncijfer("GemiddeldAardgasverbruikTotaal", "m³", "GemiddeldAardgasverbruikTotaal_55")

INDICATOR = register(
    Indicator(
        id="aardgasverbruik",
        domein="milieu",
        titel="Aardgasverbruik van woningen",
        vraag="Hoeveel aardgas gebruikt een woning gemiddeld?",
        definitie=(
            "Het gemiddelde gebruik van aardgas per woning in een jaar, van alle soorten woningen samen. Grote, oude "
            "huizen gebruiken meer. Het cijfer zegt dus ook iets over de woningen en over de energierekening."
        ),
        teller="Het aardgas dat woningen in het jaar gebruikten",
        noemer="Woningen met een aansluiting, zoals CBS die telt",
        eenheid="m³",
        hoger_is="slechter",
        decimalen=0,
        bron=BRON_KERNCIJFERS,
        niveaus=NIVEAUS_KERNCIJFERS,
        thema="milieu",
        eigenaar=ROL_DUURZAAM,
        toets="geen",
        statusregels=STATUS_KERNCIJFERS,
        perioden=PERIODEN_KERNCIJFERS,
        cbs=(TOPIC,),
        sql=as_published(TOPIC, NIVEAUS_KERNCIJFERS),
    )
)
