"""Distance by road to the nearest general practitioner."""

from __future__ import annotations

from indicators.core.cbs import as_published
from indicators.core.cbs_basis import (
    BRON_KERNCIJFERS,
    HUISARTS,
    NIVEAUS_KERNCIJFERS,
    PERIODEN_KERNCIJFERS,
    ROL_WONEN,
    STATUS_KERNCIJFERS,
)
from indicators.core.indicator import Breuk, Indicator, register

INDICATOR = register(
    Indicator(
        id="afstand_huisarts",
        domein="wonen",
        titel="Afstand tot de huisarts",
        vraag="Hoe ver is het naar de dichtstbijzijnde huisarts?",
        definitie=(
            "De gemiddelde afstand over de weg van alle inwoners tot de dichtstbijzijnde huisartsenpraktijk. Of de "
            "praktijk nog nieuwe mensen aanneemt, telt niet mee."
        ),
        teller="De afstanden over de weg van alle inwoners samen",
        noemer="Alle inwoners",
        eenheid="km",
        hoger_is="slechter",
        decimalen=1,
        bron=BRON_KERNCIJFERS,
        niveaus=NIVEAUS_KERNCIJFERS,
        breuken=(
            Breuk(
                "2020JJ00",
                "Sinds 2020 telt CBS nevenadressen van huisartsen niet meer mee. In heel Nederland maakt dat 0,1 km "
                "verschil, in sommige buurten veel meer.",
            ),
        ),
        thema="wonen",
        eigenaar=ROL_WONEN,
        budgetten=("sociale_basis",),
        toets="geen",
        statusregels=STATUS_KERNCIJFERS,
        perioden=PERIODEN_KERNCIJFERS,
        cbs=(HUISARTS,),
        sql=as_published(HUISARTS, NIVEAUS_KERNCIJFERS),
    )
)
