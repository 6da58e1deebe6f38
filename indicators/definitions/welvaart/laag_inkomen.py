"""Share of households with a low income."""

from __future__ import annotations

from indicators.core.cbs import Topic, as_published
from indicators.core.cbs_basis import ROL_INKOMEN, STATUS_TABEL
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "provincie", "gemeente")
LAAG_INKOMEN = Topic(
    "ParticuliereHuishoudensRelatief", "%", hint="ParticuliereHuishoudensRelatief_4", tabellen=("laag_inkomen",)
)

INDICATOR = register(
    Indicator(
        id="laag_inkomen",
        domein="welvaart",
        titel="Huishoudens met een laag inkomen",
        vraag="Welk deel van de huishoudens heeft een laag inkomen?",
        definitie=(
            "Het deel van de huishoudens met een inkomen onder de lage-inkomensgrens van CBS. Die grens heeft elk "
            "jaar dezelfde koopkracht en houdt rekening met de grootte van het huishouden. Dit is een andere grens "
            "dan die van de nieuwe armoedecijfers (personen in armoede)."
        ),
        teller="Huishoudens met een inkomen onder de lage-inkomensgrens",
        noemer="Alle particuliere huishoudens met een heel jaar inkomen (zonder studenten)",
        eenheid="%",
        hoger_is="slechter",
        decimalen=1,
        bron=("CBS 86202NED",),
        niveaus=NIVEAUS,
        thema="materiële welvaart",
        eigenaar=ROL_INKOMEN,
        budgetten=("inkomensregelingen",),
        toets="geen",
        statusregels=STATUS_TABEL,
        perioden="Per jaar. Voorlopige cijfers komen ongeveer tien maanden na afloop van het jaar.",
        naast="personen_in_armoede",
        cbs=(LAAG_INKOMEN,),
        sql=as_published(LAAG_INKOMEN, NIVEAUS),
    )
)
