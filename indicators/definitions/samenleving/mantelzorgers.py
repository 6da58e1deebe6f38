"""Share of adults who give informal care, with the bounds of the survey."""

from __future__ import annotations

from indicators.core.cbs import Topic, as_published
from indicators.core.cbs_basis import PERIODEN_MONITOR, ROL_GEZONDHEID, STATUS_MONITOR
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "provincie", "gemeente")
TOPIC = Topic("Mantelzorger", "%", hint="Mantelzorger_15", tabellen=("gezondheid",))

INDICATOR = register(
    Indicator(
        id="mantelzorgers",
        domein="samenleving",
        titel="Mantelzorgers",
        vraag="Welk deel van de volwassenen geeft mantelzorg?",
        definitie=(
            "Het deel van de inwoners van 18 jaar of ouder dat voor een naaste zorgt: minstens drie maanden lang of "
            "minstens acht uur in de week. Veel mantelzorg kan een teken zijn van omzien naar elkaar, maar ook van te "
            "weinig hulp. Daarom is hoger hier niet beter of slechter. Het cijfer komt uit een enquête, de "
            "Gezondheidsmonitor. Daarom staat er een marge bij: het echte cijfer ligt met 95 % zekerheid tussen de "
            "ondergrens en de bovengrens."
        ),
        teller="Inwoners van 18 jaar of ouder die mantelzorg geven",
        noemer="Alle inwoners van 18 jaar of ouder (zelfstandig wonend, volgens de enquête)",
        eenheid="%",
        hoger_is="neutraal",
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
