"""Share of clients with a PGB, per law and per onderdeel."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="pgb_aandeel",
        domein="sociaal_domein",
        titel="Cliënten met een pgb",
        vraag="Welk deel van de cliënten regelt de hulp zelf met een persoonsgebonden budget?",
        definitie=(
            "Van de inwoners met een lopende voorziening op de laatste dag van de periode: het deel dat (ook) een "
            "persoonsgebonden budget (pgb) heeft. De anderen krijgen zorg in natura. Wie beide heeft, telt hier mee."
        ),
        teller="Inwoners met een lopend pgb",
        noemer="Alle inwoners met een lopende voorziening op de laatste dag van de periode",
        eenheid="%",
        hoger_is="neutraal",
        decimalen=1,
        bron=("Wmo-registratie van de gemeente", "Jeugdhulpregistratie van de gemeente"),
        niveaus=("gemeente",),
        breuken=(provisions.WOONPLAATSBEGINSEL,),
        toets="proportie",
        eigenaar=provisions.ROL_PROGRAMMA,
        budgetten=("pgb_wmo", "pgb_jeugd"),
        statusregels=provisions.STATUSREGELS,
        perioden="Per maand, kwartaal en jaar, na elke levering.",
        sql=figures.stock(
            provisions.together(
                *(provisions.part_of(wet, "stand", "leveringsvorm", ("PGB",)) for wet in ("wmo", "jeugd")),
            ),
            waarde=figures.AANDEEL,
        ),
    )
)
