"""Awards of special assistance and supplements, per kind."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Breuk, Indicator, register

INDICATOR = register(
    Indicator(
        id="inkomensondersteuning",
        domein="participatiewet",
        titel="Toegekende inkomensondersteuning",
        vraag="Hoe vaak kent de gemeente bijzondere bijstand en toeslagen toe?",
        definitie=(
            "Het aantal toekenningen van inkomensondersteuning naast de uitkering: bijzondere bijstand, individuele "
            "inkomenstoeslag, energietoeslag, studietoeslag en de meedoenregeling, naar de dag van het besluit. Een "
            "huishouden kan in een jaar meer toekenningen krijgen."
        ),
        teller="Toekenningen met een besluitdatum in de periode, opgeteld over de soorten",
        noemer="Geen: het is een aantal",
        eenheid="toekenningen",
        hoger_is="neutraal",
        decimalen=0,
        bron=("Registratie Participatiewet van de gemeente",),
        niveaus=("gemeente",),
        breuken=(
            Breuk(
                "2022JJ00", "In 2022, 2023 en 2024 is er energietoeslag. Dat geeft in die jaren veel meer toekenningen."
            ),
            Breuk("2025JJ00", "Vanaf 2025 is er geen energietoeslag meer."),
        ),
        toets="telling",
        eigenaar=provisions.ROL_PARTICIPATIEWET,
        budgetten=("inkomensregelingen",),
        statusregels=provisions.STATUSREGELS,
        perioden=provisions.PERIODEN,
        sql=figures.flow(
            provisions.with_total(
                provisions.by_property("participatiewet", "toekenning", "inkomensregelingen", "soort")
            )
        ),
    )
)
