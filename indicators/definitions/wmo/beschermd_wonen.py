"""Persons in beschermd wonen at the end of a month."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="beschermd_wonen",
        domein="wmo",
        titel="Beschermd wonen",
        vraag="Hoeveel inwoners wonen in beschermd wonen?",
        definitie=(
            "Het aantal inwoners met een lopende voorziening voor beschermd wonen op de laatste dag van de periode: "
            "wonen met toezicht en begeleiding voor mensen met psychische problemen. Alleen wie bij deze gemeente in "
            "de registratie staat telt mee; waar een centrumgemeente beschermd wonen regelt, staan anderen daar."
        ),
        teller="Verschillende inwoners met een lopende voorziening voor beschermd wonen",
        noemer="Geen: het is een aantal",
        eenheid="inwoners",
        hoger_is="neutraal",
        decimalen=0,
        bron=("Wmo-registratie van de gemeente",),
        niveaus=("gemeente",),
        toets="telling",
        eigenaar=provisions.ROL_WMO,
        budgetten=("beschermd_wonen",),
        statusregels=provisions.STATUSREGELS,
        perioden=provisions.PERIODEN,
        sql=figures.stock(provisions.counts("wmo", "stand", "beschermd_wonen"), "MM", "JJ"),
    )
)
