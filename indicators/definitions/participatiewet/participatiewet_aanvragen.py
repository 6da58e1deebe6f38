"""Applications for benefits and income support, in all, per regeling and per kind."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Breuk, Indicator, register

INDICATOR = register(
    Indicator(
        id="participatiewet_aanvragen",
        domein="participatiewet",
        titel="Aanvragen uitkering en inkomensondersteuning",
        vraag="Hoeveel aanvragen voor een uitkering of inkomensondersteuning komen er binnen?",
        definitie=(
            "Het aantal aanvragen voor een uitkering (bijstand, IOAW, IOAZ, Bbz) of voor inkomensondersteuning "
            "(zoals bijzondere bijstand, individuele inkomenstoeslag en energietoeslag), naar de dag van de "
            "aanvraag. Wat de gemeente zonder aanvraag toekent telt niet mee."
        ),
        teller="Aanvragen met een aanvraagdatum in de periode",
        noemer="Geen: het is een aantal",
        eenheid="aanvragen",
        hoger_is="neutraal",
        decimalen=0,
        bron=("Registratie Participatiewet van de gemeente",),
        niveaus=("gemeente",),
        breuken=(
            Breuk(
                "2022JJ00", "In 2022, 2023 en 2024 is er energietoeslag. Dat geeft in die jaren veel meer aanvragen."
            ),
            Breuk("2025JJ00", "Vanaf 2025 is er geen energietoeslag meer."),
        ),
        toets="telling",
        eigenaar=provisions.ROL_PARTICIPATIEWET,
        budgetten=("inkomensregelingen",),
        statusregels=provisions.STATUSREGELS,
        perioden=provisions.PERIODEN,
        sql=figures.flow(
            provisions.together(
                provisions.counts("participatiewet", "aanvraag", "inkomensregelingen"),
                provisions.by_property("participatiewet", "aanvraag", "inkomensregelingen", "regeling"),
                provisions.by_property("participatiewet", "aanvraag", "inkomensregelingen", "soort"),
            )
        ),
    )
)
