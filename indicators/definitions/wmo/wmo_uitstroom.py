"""Persons who stop using the law (wmo), in all and per onderdeel."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="wmo_uitstroom",
        domein="wmo",
        titel="Gestopte cliënten Wmo",
        vraag="Voor hoeveel inwoners stopt de hulp uit de Wmo?",
        definitie=(
            "Het aantal inwoners voor wie hulp uit de Wmo eindigt, naar de laatste dag met hulp. Begint iemand "
            "binnen 28 dagen opnieuw, dan telt dat niet als einde. Het cijfer zegt niet waarom de hulp stopt: dat "
            "kan ook door verhuizing of overlijden zijn."
        ),
        teller="Inwoners van wie de laatste dag met hulp in de periode ligt",
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
        sql=figures.flow(provisions.counts("wmo", "uitstroom")),
    )
)
