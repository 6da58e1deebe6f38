"""Private cars per household."""

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

TOPIC = kerncijfer("PersonenautoSPerHuishouden", "per huishouden", "PersonenautoSPerHuishouden_107")

INDICATOR = register(
    Indicator(
        id="personenautos_per_huishouden",
        domein="milieu",
        titel="Auto's per huishouden",
        vraag="Hoeveel auto's heeft een huishouden gemiddeld?",
        definitie=(
            "Het aantal personenauto's op 1 januari gedeeld door het aantal huishoudens. Auto's van een lease- of "
            "verhuurbedrijf tellen mee waar dat bedrijf staat; dat kan het cijfer vertekenen. Waar voorzieningen "
            "ver weg zijn, is een auto vaak nodig. Daarom is hoger hier niet beter of slechter."
        ),
        teller="Personenauto's die in het gebied geregistreerd staan, ook van bedrijven",
        noemer="Alle particuliere huishoudens",
        eenheid="auto's per huishouden",
        hoger_is="neutraal",
        decimalen=1,
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
