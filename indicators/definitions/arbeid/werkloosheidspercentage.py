"""Share of the labour force without work that looks for it."""

from __future__ import annotations

from indicators.core.cbs import Topic, as_published
from indicators.core.cbs_basis import ROL_WERK, STATUS_TABEL
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "provincie", "gemeente")
WERKLOOSHEID = Topic("Werkloosheidspercentage", "%", hint="Werkloosheidspercentage_21", tabellen=("86008NED",))

INDICATOR = register(
    Indicator(
        id="werkloosheidspercentage",
        domein="arbeid",
        titel="Werkloosheidspercentage",
        vraag="Welk deel van de mensen die kunnen en willen werken, is werkloos?",
        definitie=(
            "Het deel van de beroepsbevolking zonder betaald werk dat kort geleden naar werk zocht en meteen kan "
            "beginnen. Wie geen werk zoekt, telt niet mee. Het is dus iets anders dan het aantal uitkeringen. CBS "
            "schat dit uit een enquête, aangevuld met registraties, en geeft in deze tabel geen marge."
        ),
        teller="Werkloze inwoners van 15 tot 75 jaar",
        noemer="De beroepsbevolking: werkenden en werklozen van 15 tot 75 jaar",
        eenheid="%",
        hoger_is="slechter",
        decimalen=1,
        bron=("CBS 86008NED (2014 en later)",),
        niveaus=NIVEAUS,
        npg=3,
        thema="arbeid en vrije tijd",
        eigenaar=ROL_WERK,
        budgetten=("arbeidsparticipatie", "inkomensregelingen"),
        toets="marge",
        statusregels=STATUS_TABEL,
        perioden="Per jaar. Gemeentecijfers komen ongeveer een jaar na afloop van het jaar.",
        cbs=(WERKLOOSHEID,),
        sql=as_published(WERKLOOSHEID, NIVEAUS),
    )
)
