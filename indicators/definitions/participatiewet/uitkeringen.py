"""Persons with a benefit for living costs at the end of a month, per regeling."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="uitkeringen",
        domein="participatiewet",
        titel="Inwoners met een uitkering",
        vraag="Hoeveel inwoners hebben een uitkering van de gemeente?",
        definitie=(
            "Het aantal inwoners met een lopende uitkering voor levensonderhoud op de laatste dag van de periode: "
            "algemene bijstand, IOAW, IOAZ of Bbz. Bijzondere bijstand en toeslagen tellen niet mee. CBS telt "
            "huishoudens; dit cijfer telt personen."
        ),
        teller="Inwoners met een lopende uitkering, opgeteld over de regelingen",
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
        sql=figures.stock(
            provisions.with_total(provisions.by_property("participatiewet", "stand", "inkomensregelingen", "regeling")),
            "MM",
            "JJ",
        ),
    )
)
