"""Applications under the law (wmo) per month and year, in all and per onderdeel."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="wmo_aanvragen",
        domein="wmo",
        titel="Aanvragen Wmo",
        vraag="Hoeveel aanvragen voor hulp uit de Wmo komen er binnen?",
        definitie=(
            "Het aantal aanvragen voor een voorziening uit de Wmo, naar de dag van de aanvraag. Vraagt iemand twee "
            "voorzieningen aan, dan zijn dat twee aanvragen. Een verlenging telt mee als er opnieuw voor is "
            "aangevraagd. Een melding of vraag waar geen aanvraag uit kwam, telt niet mee."
        ),
        teller="Aanvragen met een aanvraagdatum in de periode",
        noemer="Geen: het is een aantal",
        eenheid="aanvragen",
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
        sql=figures.flow(provisions.counts("wmo", "aanvraag")),
    )
)
