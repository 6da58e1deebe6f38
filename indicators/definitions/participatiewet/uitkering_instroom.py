"""Persons for whom a benefit for living costs begins, per regeling."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="uitkering_instroom",
        domein="participatiewet",
        titel="Instroom in de uitkering",
        vraag="Hoeveel inwoners krijgen voor het eerst of opnieuw een uitkering?",
        definitie=(
            "Het aantal inwoners voor wie een uitkering begint: algemene bijstand, IOAW, IOAZ of Bbz. Een "
            "onderbreking van hoogstens 28 dagen telt niet als nieuw begin. Wie van de ene naar de andere regeling "
            "gaat, telt als instroom van de nieuwe regeling."
        ),
        teller="Inwoners van wie de eerste dag in een regeling in de periode ligt, opgeteld over de regelingen",
        noemer="Geen: het is een aantal",
        eenheid="inwoners",
        hoger_is="neutraal",
        decimalen=0,
        bron=("Registratie Participatiewet van de gemeente",),
        niveaus=("gemeente",),
        toets="telling",
        eigenaar=provisions.ROL_PARTICIPATIEWET,
        budgetten=("inkomensregelingen",),
        statusregels=provisions.STATUSREGELS,
        perioden=provisions.PERIODEN,
        sql=figures.flow(
            provisions.with_total(
                provisions.by_property("participatiewet", "instroom", "inkomensregelingen", "regeling")
            )
        ),
    )
)
