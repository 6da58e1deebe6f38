"""Share of the labour force without work for a year or longer, from a workbook of CBS."""

from __future__ import annotations

from indicators.core.cbs import from_maatwerk
from indicators.core.cbs_basis import ROL_WERK, STATUS_MAATWERK
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "provincie", "gemeente")

INDICATOR = register(
    Indicator(
        id="langdurige_werkloosheid",
        domein="arbeid",
        titel="Langdurige werkloosheid",
        vraag="Welk deel van de beroepsbevolking is een jaar of langer werkloos?",
        definitie=(
            "Het deel van de beroepsbevolking dat twaalf maanden of langer naar werk zoekt. CBS geeft dit per "
            "gemeente niet in een open tabel; het komt uit een bestand. De duur van de bijstand uit de eigen "
            "registratie staat er apart naast: dat is een andere groep mensen en een ander cijfer."
        ),
        teller="Inwoners die twaalf maanden of langer werkloos zijn",
        noemer="De beroepsbevolking: werkenden en werklozen van 15 tot 75 jaar",
        eenheid="%",
        hoger_is="slechter",
        decimalen=1,
        bron=("CBS, maatwerktabel (werkboek, geen open tabel)",),
        niveaus=NIVEAUS,
        npg=8,
        thema="arbeid en vrije tijd",
        eigenaar=ROL_WERK,
        budgetten=("arbeidsparticipatie", "inkomensregelingen"),
        toets="marge",
        statusregels=STATUS_MAATWERK,
        perioden="Per jaar, als het datateam een nieuw bestand van CBS inleest.",
        naast="langdurig_in_de_bijstand",
        sql=from_maatwerk("langdurige_werkloosheid", NIVEAUS),
    )
)
