"""Share of those with a benefit who have had it for three years or longer, from the own registration."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

LANG = ("3-5 jaar", "5+ jaar")
BRON = f"""
    SELECT * REPLACE ('totaal' AS uitsplitsing)
    FROM ({provisions.part_of("participatiewet", "stand", "duur", LANG)})
    WHERE uitsplitsing = 'onderdeel=inkomensregelingen'"""

INDICATOR = register(
    Indicator(
        id="langdurig_in_de_bijstand",
        domein="participatiewet",
        titel="Langdurig in de bijstand (eigen registratie)",
        vraag="Welk deel van de mensen met een uitkering heeft die al drie jaar of langer?",
        definitie=(
            "Van de inwoners met een lopende uitkering voor levensonderhoud op de laatste dag van de periode: het deel "
            "dat die al drie jaar of langer heeft. Een onderbreking van hoogstens 28 dagen telt niet. Het cijfer van "
            "CBS over langdurige werkloosheid staat er apart naast: dat gaat over mensen die werk zoeken, met of "
            "zonder uitkering. De twee zijn niet gelijk en vervangen elkaar niet."
        ),
        teller="Inwoners die hun uitkering drie jaar of langer hebben",
        noemer="Alle inwoners met een lopende uitkering",
        eenheid="%",
        hoger_is="slechter",
        decimalen=1,
        bron=("Registratie Participatiewet van de gemeente",),
        niveaus=("gemeente",),
        eigenaar=provisions.ROL_PARTICIPATIEWET,
        budgetten=("inkomensregelingen", "arbeidsparticipatie"),
        toets="proportie",
        statusregels=provisions.STATUSREGELS,
        perioden="Per maand, kwartaal en jaar, na elke levering.",
        naast="langdurige_werkloosheid",
        sql=figures.stock(BRON, waarde=figures.AANDEEL),
    )
)
