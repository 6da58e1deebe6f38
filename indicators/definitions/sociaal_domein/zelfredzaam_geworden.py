"""Persons who completed six months without provision, benefit or debt aid."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="zelfredzaam_geworden",
        domein="sociaal_domein",
        titel="Zelfredzaam geworden",
        vraag="Hoeveel inwoners redden zich na hulp weer zelf?",
        definitie=(
            "Het aantal inwoners dat eerder hulp had en in deze periode zes maanden zonder hulp vol maakte: geen "
            "Wmo, geen uitkering en geen schuldhulp. Wie is verhuisd of overleden telt niet mee, waar dat bekend is. "
            "Zonder hulp zijn is niet altijd hetzelfde als zich goed redden."
        ),
        teller="Inwoners die in de periode zes maanden zonder hulp vol maken",
        noemer="Geen: het is een aantal",
        eenheid="inwoners",
        hoger_is="beter",
        decimalen=0,
        bron=(
            "Wmo-registratie van de gemeente",
            "Jeugdhulpregistratie van de gemeente",
            "Registratie Participatiewet van de gemeente",
            "Schuldhulpregistratie van de gemeente",
        ),
        niveaus=("gemeente",),
        toets="telling",
        eigenaar=provisions.ROL_PROGRAMMA,
        budgetten=("wmo", "jeugd", "participatiewet"),
        statusregels=provisions.STATUSREGELS,
        perioden="Per maand en per jaar over de laatste twee jaar, na elke levering.",
        sql=figures.flow(provisions.persons("zelfredzaam")),
    )
)
