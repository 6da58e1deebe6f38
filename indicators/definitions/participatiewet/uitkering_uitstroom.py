"""Persons whose benefit for living costs ends, by what came after."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="uitkering_uitstroom",
        domein="participatiewet",
        titel="Uitstroom uit de uitkering",
        vraag="Hoeveel inwoners gaan uit de uitkering, en waarheen?",
        definitie=(
            "Het aantal inwoners voor wie de uitkering (bijstand, IOAW, IOAZ of Bbz) eindigt, naar de laatste dag, "
            "verdeeld naar de reden: werk, een eigen bedrijf, een andere voorziening (zoals AOW of "
            "studiefinanciering), verhuizing, overlijden of een andere reden. Wie van de ene naar de andere regeling "
            "gaat, telt niet mee."
        ),
        teller="Inwoners van wie de laatste dag met een uitkering in de periode ligt",
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
                provisions.by_property("participatiewet", "uitstroom", "inkomensregelingen", "uitstroom")
            )
        ),
    )
)
