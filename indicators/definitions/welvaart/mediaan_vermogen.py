"""Median wealth of private households."""

from __future__ import annotations

from indicators.core.cbs import as_published
from indicators.core.cbs_basis import (
    BRON_KERNCIJFERS,
    NIVEAUS_KERNCIJFERS,
    PERIODEN_KERNCIJFERS,
    ROL_INKOMEN,
    STATUS_KERNCIJFERS,
    kerncijfer,
)
from indicators.core.indicator import Indicator, register

TOPIC = kerncijfer("MediaanVermogenVanParticuliereHuish", "x 1 000 euro", "MediaanVermogenVanParticuliereHuish_86")

INDICATOR = register(
    Indicator(
        id="mediaan_vermogen",
        domein="welvaart",
        titel="Vermogen van huishoudens",
        vraag="Hoeveel vermogen heeft een gewoon huishouden?",
        definitie=(
            "Het vermogen van het middelste huishouden: de helft heeft meer, de helft heeft minder. Vermogen is bezit "
            "min schuld; het eigen huis en de hypotheek tellen mee. Stijgende huizenprijzen maken dit cijfer hoger, "
            "ook als niemand meer te besteden heeft."
        ),
        teller="Het vermogen van het middelste huishouden",
        noemer="Alle particuliere huishoudens, van laag naar hoog vermogen",
        eenheid="euro",
        hoger_is="beter",
        decimalen=0,
        bron=BRON_KERNCIJFERS,
        niveaus=NIVEAUS_KERNCIJFERS,
        thema="materiële welvaart",
        eigenaar=ROL_INKOMEN,
        toets="geen",
        statusregels=STATUS_KERNCIJFERS,
        perioden=PERIODEN_KERNCIJFERS,
        cbs=(TOPIC,),
        sql=as_published(TOPIC, NIVEAUS_KERNCIJFERS, factor=1000),
    )
)
