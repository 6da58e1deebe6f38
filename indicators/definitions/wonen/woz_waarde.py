"""Mean assessed value of homes."""

from __future__ import annotations

from indicators.core.cbs import as_published
from indicators.core.cbs_basis import (
    BRON_KERNCIJFERS,
    NIVEAUS_KERNCIJFERS,
    PERIODEN_KERNCIJFERS,
    ROL_WONEN,
    STATUS_KERNCIJFERS,
    WOZ,
)
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="woz_waarde",
        domein="wonen",
        titel="WOZ-waarde van woningen",
        vraag="Wat is een woning gemiddeld waard?",
        definitie=(
            "De gemiddelde WOZ-waarde van woningen. De waarde is die van 1 januari van het jaar ervoor. Een hogere "
            "waarde is gunstig voor wie een huis heeft en ongunstig voor wie er een zoekt. Daarom is hoger hier niet "
            "beter of slechter."
        ),
        teller="De WOZ-waarde van alle woningen samen",
        noemer="Alle woningen",
        eenheid="euro",
        hoger_is="neutraal",
        decimalen=0,
        bron=BRON_KERNCIJFERS,
        niveaus=NIVEAUS_KERNCIJFERS,
        thema="wonen",
        eigenaar=ROL_WONEN,
        toets="geen",
        statusregels=STATUS_KERNCIJFERS,
        perioden=PERIODEN_KERNCIJFERS,
        cbs=(WOZ,),
        sql=as_published(WOZ, NIVEAUS_KERNCIJFERS, factor=1000),
    )
)
