"""Share of households with problematic debts, from a workbook of CBS."""

from __future__ import annotations

from indicators.core.cbs import from_maatwerk
from indicators.core.cbs_basis import ROL_INKOMEN, STATUS_MAATWERK
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "provincie", "gemeente")

INDICATOR = register(
    Indicator(
        id="problematische_schulden",
        domein="welvaart",
        titel="Huishoudens met problematische schulden",
        vraag="Welk deel van de huishoudens heeft problematische schulden?",
        definitie=(
            "Het deel van de huishoudens dat geregistreerde schulden heeft die het zelf niet meer kan afbetalen, "
            "zoals een langdurige achterstand bij de zorgverzekering of de belasting, of een schuldsanering. Wie "
            "nergens geregistreerd staat, telt niet mee. Het gaat om andere huishoudens dan die nu schuldhulp "
            "krijgen: dat cijfer staat er apart naast."
        ),
        teller="Huishoudens met geregistreerde problematische schulden",
        noemer="Alle huishoudens",
        eenheid="%",
        hoger_is="slechter",
        decimalen=1,
        bron=("CBS, dashboard Schuldenproblematiek in beeld (werkboek, geen open tabel)",),
        niveaus=NIVEAUS,
        npg=6,
        thema="materiële welvaart",
        eigenaar=ROL_INKOMEN,
        budgetten=("inkomensregelingen", "sociale_basis"),
        toets="geen",
        statusregels=STATUS_MAATWERK,
        perioden="Per jaar, als het datateam een nieuw bestand van CBS inleest.",
        naast="schuldhulp",
        sql=from_maatwerk("problematische_schulden", NIVEAUS),
    )
)
