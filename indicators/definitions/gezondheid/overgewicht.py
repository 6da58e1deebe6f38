"""Share of adults who weigh too much, with the bounds of the survey."""

from __future__ import annotations

from indicators.core.cbs import Topic, as_published
from indicators.core.cbs_basis import PERIODEN_MONITOR, ROL_GEZONDHEID, STATUS_MONITOR
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "provincie", "gemeente")
TOPIC = Topic("Overgewicht", "%", hint="Overgewicht_5", tabellen=("gezondheid",))

INDICATOR = register(
    Indicator(
        id="overgewicht",
        domein="gezondheid",
        titel="Overgewicht",
        vraag="Welk deel van de volwassenen heeft overgewicht?",
        definitie=(
            "Het deel van de inwoners van 18 jaar of ouder met een BMI van 25 of hoger, volgens de lengte en het "
            "gewicht die zij zelf noemen. Ernstig overgewicht telt mee. Het cijfer komt uit een enquête, de "
            "Gezondheidsmonitor. Daarom staat er een marge bij: het echte cijfer ligt met 95 % zekerheid tussen de "
            "ondergrens en de bovengrens."
        ),
        teller="Inwoners van 18 jaar of ouder met een BMI van 25 of hoger",
        noemer="Alle inwoners van 18 jaar of ouder (zelfstandig wonend, volgens de enquête)",
        eenheid="%",
        hoger_is="slechter",
        decimalen=1,
        bron=("CBS 83674NED (2016)", "CBS 85012NED (2020)", "CBS 85563NED (2022)", "CBS 86137NED (2024)"),
        niveaus=NIVEAUS,
        thema="gezondheid",
        eigenaar=ROL_GEZONDHEID,
        budgetten=("sociale_basis",),
        toets="marge",
        statusregels=STATUS_MONITOR,
        perioden=PERIODEN_MONITOR,
        cbs=(TOPIC,),
        sql=as_published(TOPIC, NIVEAUS),
    )
)
