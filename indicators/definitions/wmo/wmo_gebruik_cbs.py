"""Clients of the Wmo per 1,000 inhabitants as CBS counts them, to compare gemeenten."""

from __future__ import annotations

from indicators.core import provisions
from indicators.core.cbs import as_published
from indicators.core.cbs_basis import (
    BRON_KERNCIJFERS,
    NIVEAUS_KERNCIJFERS,
    PERIODEN_KERNCIJFERS,
    STATUS_KERNCIJFERS,
    WMO,
)
from indicators.core.indicator import Breuk, Indicator, register

INDICATOR = register(
    Indicator(
        id="wmo_gebruik_cbs",
        domein="wmo",
        titel="Wmo-cliënten per 1.000 inwoners (CBS)",
        vraag="Hoeveel inwoners gebruiken een maatwerkvoorziening van de Wmo, vergeleken met andere gemeenten?",
        definitie=(
            "Het aantal inwoners dat in een jaar een maatwerkvoorziening van de Wmo had, per 1.000 inwoners, zoals "
            "CBS dat telt uit de opgaven van gemeenten. De eigen registratie staat er apart naast: die telt op één "
            "dag. Niet elke gemeente levert alle voorzieningen aan CBS."
        ),
        teller="Inwoners met een maatwerkvoorziening van de Wmo in het jaar",
        noemer="Alle inwoners, gedeeld door 1.000",
        eenheid="per 1.000 inwoners",
        hoger_is="neutraal",
        decimalen=0,
        bron=BRON_KERNCIJFERS,
        niveaus=NIVEAUS_KERNCIJFERS,
        breuken=(
            Breuk(
                "2020JJ00",
                "Sinds 2019 en 2020 betaalt iedereen hetzelfde lage bedrag voor de Wmo (abonnementstarief). "
                "Daardoor vroegen meer mensen hulp. Cijfers van voor en na 2020 zijn niet zonder meer te vergelijken.",
            ),
        ),
        eigenaar=provisions.ROL_WMO,
        budgetten=("wmo",),
        toets="geen",
        statusregels=STATUS_KERNCIJFERS,
        perioden=PERIODEN_KERNCIJFERS,
        naast="wmo_clienten",
        cbs=(WMO,),
        sql=as_published(WMO, NIVEAUS_KERNCIJFERS),
    )
)
