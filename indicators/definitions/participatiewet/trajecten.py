"""Persons in a trajectory towards work or integration at the end of a month, per kind and route."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Breuk, Indicator, register

INDICATOR = register(
    Indicator(
        id="trajecten",
        domein="participatiewet",
        titel="Trajecten naar werk en inburgering",
        vraag="Hoeveel inwoners volgen een traject naar werk of inburgering?",
        definitie=(
            "Het aantal inwoners met een lopend traject op de laatste dag van de periode: re-integratie, "
            "loonkostensubsidie, participatieplaats, beschut werk en inburgering. Inburgering is ook verdeeld naar "
            "route (B1-route, onderwijsroute, Z-route). Wie twee trajecten volgt, telt in het totaal één keer."
        ),
        teller="Verschillende inwoners met een lopend traject op de laatste dag van de periode",
        noemer="Geen: het is een aantal",
        eenheid="inwoners",
        hoger_is="neutraal",
        decimalen=0,
        bron=("Registratie Participatiewet van de gemeente",),
        niveaus=("gemeente",),
        breuken=(
            Breuk(
                "2022JJ00",
                "Vanaf 2022 geldt de nieuwe wet inburgering: de gemeente begeleidt inburgeraars en er zijn drie "
                "routes.",
            ),
        ),
        toets="telling",
        eigenaar=provisions.ROL_PARTICIPATIEWET,
        budgetten=("arbeidsparticipatie", "wsw_en_beschut_werk"),
        statusregels=provisions.STATUSREGELS,
        perioden=provisions.PERIODEN,
        sql=figures.stock(
            provisions.together(
                provisions.counts("participatiewet", "stand", "arbeidsparticipatie"),
                provisions.by_property("participatiewet", "stand", "arbeidsparticipatie", "soort"),
                provisions.by_property("participatiewet", "stand", "arbeidsparticipatie", "route"),
            ),
            "MM",
            "JJ",
        ),
    )
)
