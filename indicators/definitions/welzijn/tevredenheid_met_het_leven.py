"""Share of adults who are satisfied with their life, from a dashboard of CBS."""

from __future__ import annotations

from indicators.core.cbs import from_maatwerk
from indicators.core.cbs_basis import STATUS_MAATWERK
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "provincie", "gemeente")

INDICATOR = register(
    Indicator(
        id="tevredenheid_met_het_leven",
        domein="welzijn",
        titel="Tevredenheid met het leven",
        vraag="Welk deel van de volwassenen is tevreden met het leven?",
        definitie=(
            "Het deel van de inwoners van 18 jaar of ouder dat het eigen leven een 7 of hoger geeft. Het cijfer komt "
            "uit een enquête. Als CBS een marge geeft, staat die erbij: het echte cijfer ligt met 95 % zekerheid "
            "tussen de ondergrens en de bovengrens. CBS geeft dit voor gemeenten alleen in een dashboard; het komt "
            "uit een bestand."
        ),
        teller="Inwoners van 18 jaar of ouder die hun leven een 7 of hoger geven",
        noemer="Alle inwoners van 18 jaar of ouder (volgens de enquête)",
        eenheid="%",
        hoger_is="beter",
        decimalen=1,
        bron=("CBS, dashboard Regionale Monitor Brede Welvaart (werkboek, geen open tabel)",),
        niveaus=NIVEAUS,
        npg=10,
        thema="subjectief welzijn",
        eigenaar="Programmamanager Sociaal Domein",
        budgetten=("sociale_basis", "wmo", "jeugd", "participatiewet"),
        toets="marge",
        statusregels=STATUS_MAATWERK,
        perioden="Per jaar, als het datateam een nieuw bestand van CBS inleest.",
        sql=from_maatwerk("tevredenheid_met_het_leven", NIVEAUS),
    )
)
