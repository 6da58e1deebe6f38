"""Persons with a provision at the end of a month (wmo), in all, per onderdeel and per wijk."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="wmo_clienten",
        domein="wmo",
        titel="Cliënten Wmo",
        vraag="Hoeveel inwoners hebben een voorziening uit de Wmo?",
        definitie=(
            "Het aantal inwoners met een lopende voorziening uit de Wmo op de laatste dag van de periode. Wie twee "
            "soorten hulp heeft, telt in het totaal één keer en bij elke soort hulp één keer. De soorten tellen "
            "daarom niet op tot het totaal."
        ),
        teller="Verschillende inwoners met een lopende voorziening op de laatste dag van de periode",
        noemer="Geen: het is een aantal",
        eenheid="inwoners",
        hoger_is="neutraal",
        decimalen=0,
        bron=("Wmo-registratie van de gemeente",),
        niveaus=("gemeente", "wijk"),
        breuken=provisions.ABONNEMENTSTARIEF,
        toets="telling",
        eigenaar=provisions.ROL_WMO,
        budgetten=("wmo",),
        statusregels=provisions.STATUSREGELS + " " + provisions.GEHEIM_IN_WIJKEN,
        perioden="Per maand, kwartaal en jaar, na elke levering; voor wijken per kwartaal.",
        naast="wmo_gebruik_cbs",
        sql=figures.stock(provisions.counts("wmo", "stand", wijken=True)),
    )
)
