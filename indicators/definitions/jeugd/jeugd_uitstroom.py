"""Persons who stop using the law (jeugd), in all and per onderdeel."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="jeugd_uitstroom",
        domein="jeugd",
        titel="Gestopte cliënten jeugdhulp",
        vraag="Voor hoeveel inwoners stopt de hulp uit de Jeugdwet?",
        definitie=(
            "Het aantal inwoners voor wie hulp uit de Jeugdwet eindigt, naar de laatste dag met hulp. Begint iemand "
            "binnen 28 dagen opnieuw, dan telt dat niet als einde. Het cijfer zegt niet waarom de hulp stopt: dat "
            "kan ook door verhuizing of overlijden zijn."
        ),
        teller="Inwoners van wie de laatste dag met hulp in de periode ligt",
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
        sql=figures.flow(provisions.counts("jeugd", "uitstroom")),
    )
)
