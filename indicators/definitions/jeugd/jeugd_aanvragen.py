"""Applications under the law (jeugd) per month and year, in all and per onderdeel."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="jeugd_aanvragen",
        domein="jeugd",
        titel="Aanvragen jeugdhulp",
        vraag="Hoeveel aanvragen voor hulp uit de Jeugdwet komen er binnen?",
        definitie=(
            "Het aantal aanvragen voor een voorziening uit de Jeugdwet, naar de dag van de aanvraag. Vraagt iemand "
            "twee voorzieningen aan, dan zijn dat twee aanvragen. Een verlenging telt mee als er opnieuw voor is "
            "aangevraagd. Een melding of vraag waar geen aanvraag uit kwam, telt niet mee."
        ),
        teller="Aanvragen met een aanvraagdatum in de periode",
        noemer="Geen: het is een aantal",
        eenheid="aanvragen",
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
        sql=figures.flow(provisions.counts("jeugd", "aanvraag")),
    )
)
