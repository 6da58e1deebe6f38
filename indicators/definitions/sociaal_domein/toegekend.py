"""Share of decisions that award what was asked for, per law and per onderdeel."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

BRON = provisions.together(*(provisions.per_law(provisions.awarded(wet), wet) for wet in provisions.WETTEN))

INDICATOR = register(
    Indicator(
        id="toegekend",
        domein="sociaal_domein",
        titel="Toegekende aanvragen",
        vraag="Welk deel van de aanvragen wordt toegekend?",
        definitie=(
            "Van de besluiten in de periode: het deel dat een toekenning is. Een aanvraag die is ingetrokken of waar "
            "nog geen besluit op is, telt niet mee. Een lager cijfer betekent niet vanzelf strenger: ook de "
            "aanvragen kunnen anders zijn."
        ),
        teller="Besluiten in de periode die een toekenning zijn",
        noemer="Alle besluiten in de periode: toekenningen en afwijzingen",
        eenheid="%",
        hoger_is="neutraal",
        decimalen=1,
        bron=(
            "Wmo-registratie van de gemeente",
            "Jeugdhulpregistratie van de gemeente",
            "Registratie Participatiewet van de gemeente",
        ),
        niveaus=("gemeente",),
        toets="proportie",
        eigenaar=provisions.ROL_PROGRAMMA,
        budgetten=("wmo", "jeugd", "participatiewet"),
        statusregels=provisions.STATUSREGELS,
        perioden=provisions.PERIODEN_KWARTAAL,
        sql=figures.flow(BRON, "KW", "JJ", waarde=figures.AANDEEL),
    )
)
