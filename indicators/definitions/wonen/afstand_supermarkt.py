"""Distance by road to the nearest large supermarket."""

from __future__ import annotations

from indicators.core.cbs import as_published
from indicators.core.cbs_basis import (
    BRON_KERNCIJFERS,
    NIVEAUS_KERNCIJFERS,
    PERIODEN_KERNCIJFERS,
    ROL_WONEN,
    STATUS_KERNCIJFERS,
    SUPERMARKT,
)
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="afstand_supermarkt",
        domein="wonen",
        titel="Afstand tot de supermarkt",
        vraag="Hoe ver is het naar de dichtstbijzijnde grote supermarkt?",
        definitie=(
            "De gemiddelde afstand over de weg van alle inwoners tot de dichtstbijzijnde grote supermarkt: een "
            "winkel met verschillende dagelijkse artikelen en minstens 150 vierkante meter."
        ),
        teller="De afstanden over de weg van alle inwoners samen",
        noemer="Alle inwoners",
        eenheid="km",
        hoger_is="slechter",
        decimalen=1,
        bron=BRON_KERNCIJFERS,
        niveaus=NIVEAUS_KERNCIJFERS,
        thema="wonen",
        eigenaar=ROL_WONEN,
        budgetten=("sociale_basis",),
        toets="geen",
        statusregels=STATUS_KERNCIJFERS,
        perioden=PERIODEN_KERNCIJFERS,
        cbs=(SUPERMARKT,),
        sql=as_published(SUPERMARKT, NIVEAUS_KERNCIJFERS),
    )
)
