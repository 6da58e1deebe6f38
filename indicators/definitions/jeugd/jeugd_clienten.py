"""Persons with a provision at the end of a month (jeugd), in all, per onderdeel and per wijk."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="jeugd_clienten",
        domein="jeugd",
        titel="Cliënten jeugdhulp",
        vraag="Hoeveel inwoners hebben een voorziening uit de Jeugdwet?",
        definitie=(
            "Het aantal inwoners met een lopende voorziening uit de Jeugdwet op de laatste dag van de periode. Wie "
            "twee soorten hulp heeft, telt in het totaal één keer en bij elke soort hulp één keer. De soorten tellen "
            "daarom niet op tot het totaal."
        ),
        teller="Verschillende inwoners met een lopende voorziening op de laatste dag van de periode",
        noemer="Geen: het is een aantal",
        eenheid="inwoners",
        hoger_is="neutraal",
        decimalen=0,
        bron=("Jeugdhulpregistratie van de gemeente",),
        niveaus=("gemeente", "wijk"),
        breuken=(provisions.WOONPLAATSBEGINSEL,),
        toets="telling",
        eigenaar=provisions.ROL_JEUGD,
        budgetten=("jeugd",),
        statusregels=provisions.STATUSREGELS + " " + provisions.GEHEIM_IN_WIJKEN,
        perioden="Per maand, kwartaal en jaar, na elke levering; voor wijken per kwartaal.",
        naast="jeugdhulpgebruik",
        sql=figures.stock(provisions.counts("jeugd", "stand", wijken=True)),
    )
)
