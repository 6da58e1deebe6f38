"""Share of adults who give informal care and can hardly bear it, with the bounds of the survey."""

from __future__ import annotations

from indicators.core.cbs import Topic, as_published
from indicators.core.cbs_basis import PERIODEN_MONITOR, ROL_GEZONDHEID, STATUS_MONITOR
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "provincie", "gemeente")
TOPIC = Topic("ZwaarBelasteMantelzorgers", "%", hint="ZwaarBelasteMantelzorgers_16", tabellen=("gezondheid",))

INDICATOR = register(
    Indicator(
        id="zwaar_belaste_mantelzorgers",
        domein="samenleving",
        titel="Zwaar belaste mantelzorgers",
        vraag="Welk deel van de mantelzorgers is zwaar belast?",
        definitie=(
            "Het deel van de mantelzorgers van 18 jaar of ouder dat zich door de zorg tamelijk zwaar, zeer zwaar of "
            "te zwaar belast voelt. Het cijfer komt uit een enquête, de Gezondheidsmonitor. Daarom staat er een marge "
            "bij: het echte cijfer ligt met 95 % zekerheid tussen de ondergrens en de bovengrens."
        ),
        teller="Mantelzorgers van 18 jaar of ouder die zich zwaar belast voelen",
        noemer="Mantelzorgers van 18 jaar of ouder (volgens de enquête)",
        eenheid="%",
        hoger_is="slechter",
        decimalen=1,
        bron=("CBS 83674NED (2016)", "CBS 85012NED (2020)", "CBS 85563NED (2022)", "CBS 86137NED (2024)"),
        niveaus=NIVEAUS,
        thema="samenleving",
        eigenaar=ROL_GEZONDHEID,
        budgetten=("sociale_basis", "wmo"),
        toets="marge",
        statusregels=STATUS_MONITOR,
        perioden=PERIODEN_MONITOR,
        cbs=(TOPIC,),
        sql=as_published(TOPIC, NIVEAUS),
    )
)
