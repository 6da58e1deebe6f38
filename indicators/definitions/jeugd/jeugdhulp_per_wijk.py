"""Share of young people with youth care per wijk, from the yearly tables of CBS."""

from __future__ import annotations

from indicators.core import provisions
from indicators.core.cbs import as_published
from indicators.core.cbs_basis import (
    BRON_KERNCIJFERS,
    JEUGDHULP,
    NIVEAUS_KERNCIJFERS,
    PERIODEN_KERNCIJFERS,
    STATUS_KERNCIJFERS,
)
from indicators.core.indicator import Breuk, Indicator, register

INDICATOR = register(
    Indicator(
        id="jeugdhulp_per_wijk",
        domein="jeugd",
        titel="Jongeren met jeugdzorg per wijk (CBS)",
        vraag="In welke wijken krijgt een groot of klein deel van de jongeren jeugdzorg?",
        definitie=(
            "Het deel van de jongeren tot 23 jaar dat in een jaar jeugdzorg in natura kreeg, zoals CBS dat per wijk "
            "geeft. Jeugdzorg is hier jeugdhulp, jeugdbescherming en jeugdreclassering samen. In een kleine wijk maken "
            "een paar jongeren veel verschil."
        ),
        teller="Jongeren tot 23 jaar met jeugdzorg in natura in het jaar",
        noemer="Alle jongeren tot 23 jaar",
        eenheid="%",
        hoger_is="neutraal",
        decimalen=1,
        bron=BRON_KERNCIJFERS,
        niveaus=NIVEAUS_KERNCIJFERS,
        breuken=(
            Breuk(
                "2022JJ00",
                "Sinds 2022 betaalt de gemeente waar een kind voor de hulp woonde (woonplaatsbeginsel). Daardoor telt "
                "een deel van de jongeren bij een andere gemeente dan ervoor.",
            ),
        ),
        eigenaar=provisions.ROL_JEUGD,
        budgetten=("jeugd",),
        toets="geen",
        statusregels=STATUS_KERNCIJFERS,
        perioden=PERIODEN_KERNCIJFERS,
        naast="jeugdhulpgebruik",
        cbs=(JEUGDHULP,),
        sql=as_published(JEUGDHULP, NIVEAUS_KERNCIJFERS),
    )
)
