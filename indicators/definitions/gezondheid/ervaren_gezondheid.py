"""Share of adults who call their health good or very good, with the bounds of the survey."""

from __future__ import annotations

from indicators.core.cbs import Topic, as_published
from indicators.core.cbs_basis import PERIODEN_MONITOR, ROL_GEZONDHEID, STATUS_MONITOR
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "provincie", "gemeente")
GEZONDHEID = Topic(
    "ErvarenGezondheidGoedZeerGoed", "%", hint="ErvarenGezondheidGoedZeerGoed_1", tabellen=("gezondheid",)
)

INDICATOR = register(
    Indicator(
        id="ervaren_gezondheid",
        domein="gezondheid",
        titel="Ervaren gezondheid",
        vraag="Welk deel van de volwassenen vindt de eigen gezondheid goed of zeer goed?",
        definitie=(
            "Het deel van de inwoners van 18 jaar of ouder dat de eigen gezondheid goed of zeer goed noemt. "
            "Het cijfer komt uit een enquête, de Gezondheidsmonitor. Daarom staat er een marge bij: het echte cijfer "
            "ligt met 95 % zekerheid tussen de ondergrens en de bovengrens. Overlappen de marges van twee cijfers, "
            "dan kan het verschil toeval zijn."
        ),
        teller="Inwoners van 18 jaar of ouder die hun gezondheid goed of zeer goed noemen",
        noemer="Alle inwoners van 18 jaar of ouder (zelfstandig wonend, volgens de enquête)",
        eenheid="%",
        hoger_is="beter",
        decimalen=1,
        bron=("CBS 83674NED (2016)", "CBS 85012NED (2020)", "CBS 85563NED (2022)", "CBS 86137NED (2024)"),
        niveaus=NIVEAUS,
        npg=9,
        thema="gezondheid",
        eigenaar=ROL_GEZONDHEID,
        budgetten=("sociale_basis", "wmo"),
        toets="marge",
        statusregels=STATUS_MONITOR,
        perioden=PERIODEN_MONITOR,
        naast="ervaren_gezondheid_wijken",
        cbs=(GEZONDHEID,),
        sql=as_published(GEZONDHEID, NIVEAUS),
    )
)
