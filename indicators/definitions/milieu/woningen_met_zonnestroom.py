"""Share of homes with solar panels."""

from __future__ import annotations

from indicators.core.cbs import as_published
from indicators.core.cbs_basis import (
    BRON_KERNCIJFERS,
    NIVEAUS_KERNCIJFERS,
    ROL_DUURZAAM,
    STATUS_KERNCIJFERS,
    kerncijfer,
)
from indicators.core.indicator import Indicator, register

TOPIC = kerncijfer("WoningenMetZonnestroom", "%", "WoningenMetZonnestroom_59", vanaf=2024)

INDICATOR = register(
    Indicator(
        id="woningen_met_zonnestroom",
        domein="milieu",
        titel="Woningen met zonnepanelen",
        vraag="Welk deel van de woningen heeft zonnepanelen?",
        definitie=(
            "Het deel van de woningen met een of meer geregistreerde installaties voor zonnestroom. Van groepen van "
            "minder dan 100 woningen geeft CBS geen cijfer."
        ),
        teller="Woningen met geregistreerde zonnepanelen",
        noemer="Alle woningen",
        eenheid="%",
        hoger_is="beter",
        decimalen=1,
        bron=BRON_KERNCIJFERS,
        niveaus=NIVEAUS_KERNCIJFERS,
        thema="milieu",
        eigenaar=ROL_DUURZAAM,
        toets="geen",
        statusregels=STATUS_KERNCIJFERS,
        perioden="Per jaar, vanaf de tabel waarin CBS dit cijfer geeft.",
        cbs=(TOPIC,),
        sql=as_published(TOPIC, NIVEAUS_KERNCIJFERS),
    )
)
