"""Score of CBS on wealth, schooling and work of households (SES-WOA)."""

from __future__ import annotations

from indicators.core.cbs import Topic, as_published
from indicators.core.cbs_basis import ROL_INKOMEN, STATUS_TABEL
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "gemeente", "wijk")
SCORE = Topic(
    "GemiddeldeScore",
    "score",
    parent="Totaal",
    hint="GemiddeldeScore_29",
    tabellen=("ses",),
    onderwerp="GemiddeldeScoreTotaal",
    eenheden=("getal", "aantal", "index", "punten"),
)

INDICATOR = register(
    Indicator(
        id="sociaal_economische_status",
        domein="welvaart",
        titel="Sociaal-economische status",
        vraag="Hoe staan huishoudens ervoor met welvaart, opleiding en werk?",
        definitie=(
            "De gemiddelde SES-WOA-score van huishoudens. CBS maakt die uit drie dingen: welvaart, opleidingsniveau "
            "en recent arbeidsverleden. Nul is ongeveer het gemiddelde van Nederland. Een hogere score is gunstiger. "
            "De score van een jaar vergelijkt gebieden met elkaar; hij zegt minder over vooruitgang in de tijd."
        ),
        teller="De scores van alle particuliere huishoudens samen",
        noemer="Alle particuliere huishoudens met een score",
        eenheid="punten",
        hoger_is="beter",
        decimalen=3,
        bron=("CBS 86296NED (2014 tot en met 2024)",),
        niveaus=NIVEAUS,
        npg=4,
        thema="materiële welvaart",
        eigenaar=ROL_INKOMEN,
        budgetten=("inkomensregelingen", "arbeidsparticipatie", "sociale_basis"),
        toets="geen",
        statusregels=STATUS_TABEL,
        perioden="Per jaar. Nieuwe cijfers komen ongeveer anderhalf jaar na afloop van het jaar.",
        cbs=(SCORE,),
        sql=as_published(SCORE, NIVEAUS),
    )
)
