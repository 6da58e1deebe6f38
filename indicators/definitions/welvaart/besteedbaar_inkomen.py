"""Mean disposable income of households."""

from __future__ import annotations

from indicators.core.cbs import Topic, as_published
from indicators.core.cbs_basis import ROL_INKOMEN, STATUS_TABEL
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "provincie", "gemeente")
INKOMEN = Topic(
    "GemiddeldBesteedbaarInkomen", "x 1 000 euro", hint="GemiddeldBesteedbaarInkomen_5", tabellen=("inkomen",)
)

INDICATOR = register(
    Indicator(
        id="besteedbaar_inkomen",
        domein="welvaart",
        titel="Besteedbaar inkomen",
        vraag="Hoeveel heeft een huishouden gemiddeld per jaar te besteden?",
        definitie=(
            "Het gemiddelde inkomen van een huishouden na belastingen en premies, in euro's van dat jaar. Er is niet "
            "gerekend met prijsstijging en niet met de grootte van het huishouden. Een gemiddelde zegt niets over de "
            "verdeling: een paar hoge inkomens trekken het omhoog."
        ),
        teller="Het besteedbare inkomen van alle particuliere huishoudens samen",
        noemer="Alle particuliere huishoudens, ook van studenten",
        eenheid="euro",
        hoger_is="beter",
        decimalen=0,
        bron=("CBS 86161NED (indeling 2025)",),
        niveaus=NIVEAUS,
        npg=2,
        thema="materiële welvaart",
        eigenaar=ROL_INKOMEN,
        budgetten=("inkomensregelingen",),
        toets="geen",
        statusregels=STATUS_TABEL,
        perioden="Per jaar. Voorlopige cijfers komen ongeveer tien maanden na afloop van het jaar.",
        cbs=(INKOMEN,),
        sql=as_published(INKOMEN, NIVEAUS, factor=1000),
    )
)
