"""Awards of youth care by who referred."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="jeugd_verwijzers",
        domein="jeugd",
        titel="Verwijzers naar jeugdhulp",
        vraag="Wie verwijst naar jeugdhulp?",
        definitie=(
            "Het deel van de toegekende jeugdhulp per verwijzer: de gemeente zelf, de huisarts, de jeugdarts, de "
            "medisch specialist, een gecertificeerde instelling of de rechter. Elke toekenning heeft één verwijzer. "
            "Een jongere met twee toekenningen telt twee keer."
        ),
        teller="Toekenningen van jeugdhulp via deze verwijzer, met een besluitdatum in de periode",
        noemer="Alle toekenningen van jeugdhulp in de periode",
        eenheid="%",
        hoger_is="neutraal",
        decimalen=1,
        bron=("Jeugdhulpregistratie van de gemeente",),
        niveaus=("gemeente",),
        breuken=(provisions.WOONPLAATSBEGINSEL,),
        toets="proportie",
        eigenaar=provisions.ROL_JEUGD,
        budgetten=("jeugd",),
        statusregels=provisions.STATUSREGELS,
        perioden=provisions.PERIODEN_KWARTAAL,
        sql=figures.flow(
            provisions.by_property("jeugd", "toekenning", "totaal", "verwijzer"), "KW", "JJ", waarde=figures.AANDEEL
        ),
    )
)
