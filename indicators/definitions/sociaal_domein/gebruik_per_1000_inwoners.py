"""Persons with a provision per 1,000 inhabitants: of any law, per law and per onderdeel, also per wijk."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

BRON = provisions.together(
    provisions.persons("stand", wijken=True),
    *(provisions.per_law(provisions.counts(wet, "stand", wijken=True), wet) for wet in provisions.WETTEN),
)

INDICATOR = register(
    Indicator(
        id="gebruik_per_1000_inwoners",
        domein="sociaal_domein",
        titel="Gebruik van voorzieningen per 1.000 inwoners",
        vraag="Hoeveel van elke 1.000 inwoners hebben een voorziening?",
        definitie=(
            "Het aantal inwoners met een lopende voorziening op de laatste dag van de periode, per 1.000 inwoners op "
            "1 januari. Het totaal telt iedereen één keer die hulp heeft uit de Wmo, de Jeugdwet, de Participatiewet "
            "of de schuldhulp. Ook voor jeugdhulp is het per 1.000 inwoners van alle leeftijden."
        ),
        teller="Verschillende inwoners met een lopende voorziening op de laatste dag van de periode",
        noemer="Inwoners op 1 januari van dat jaar (CBS)",
        eenheid="per 1.000 inwoners",
        hoger_is="neutraal",
        decimalen=1,
        bron=(
            "Wmo-registratie van de gemeente",
            "Jeugdhulpregistratie van de gemeente",
            "Registratie Participatiewet van de gemeente",
            "Schuldhulpregistratie van de gemeente",
            "CBS Kerncijfers wijken en buurten",
        ),
        niveaus=("gemeente", "wijk"),
        breuken=(*provisions.ABONNEMENTSTARIEF, provisions.WOONPLAATSBEGINSEL),
        toets="telling",
        eigenaar=provisions.ROL_PROGRAMMA,
        budgetten=("wmo", "jeugd", "participatiewet"),
        statusregels=provisions.STATUSREGELS
        + " Zolang CBS het aantal inwoners van dat jaar niet heeft, geldt dat van hoogstens twee jaar eerder "
        "en is het cijfer voorlopig. " + provisions.GEHEIM_IN_WIJKEN,
        perioden="Per maand, kwartaal en jaar, na elke levering; voor wijken per kwartaal.",
        sql=figures.per_1000_inhabitants(BRON),
    )
)
