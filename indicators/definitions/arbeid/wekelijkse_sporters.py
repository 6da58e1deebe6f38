"""Share of adults who do a sport every week, with the bounds of the survey."""

from __future__ import annotations

from indicators.core.cbs import Topic, as_published
from indicators.core.cbs_basis import PERIODEN_MONITOR, ROL_GEZONDHEID, STATUS_MONITOR
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "provincie", "gemeente")
TOPIC = Topic(
    "WekelijkseSporters", "%", hint="WekelijkseSporters_14", tabellen=("gezondheid",), ook=("WekelijksSporter",)
)

INDICATOR = register(
    Indicator(
        id="wekelijkse_sporters",
        domein="arbeid",
        titel="Wekelijkse sporters",
        vraag="Welk deel van de volwassenen sport elke week?",
        definitie=(
            "Het deel van de inwoners van 18 jaar of ouder dat minstens één keer in de week sport. Het cijfer komt "
            "uit een enquête, de Gezondheidsmonitor. Daarom staat er een marge bij: het echte cijfer ligt met 95 % "
            "zekerheid tussen de ondergrens en de bovengrens."
        ),
        teller="Inwoners van 18 jaar of ouder die elke week sporten",
        noemer="Alle inwoners van 18 jaar of ouder (zelfstandig wonend, volgens de enquête)",
        eenheid="%",
        hoger_is="beter",
        decimalen=1,
        bron=("CBS 83674NED (2016)", "CBS 85012NED (2020)", "CBS 85563NED (2022)", "CBS 86137NED (2024)"),
        niveaus=NIVEAUS,
        thema="arbeid en vrije tijd",
        eigenaar=ROL_GEZONDHEID,
        budgetten=("sociale_basis",),
        toets="marge",
        statusregels=STATUS_MONITOR,
        perioden=PERIODEN_MONITOR,
        cbs=(TOPIC,),
        sql=as_published(TOPIC, NIVEAUS),
    )
)
