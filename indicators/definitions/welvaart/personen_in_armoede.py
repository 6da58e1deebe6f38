"""Share of persons in poverty by the definition of 2024."""

from __future__ import annotations

from indicators.core.cbs import as_published
from indicators.core.cbs_basis import (
    BRON_KERNCIJFERS,
    NIVEAUS_KERNCIJFERS,
    ROL_INKOMEN,
    STATUS_KERNCIJFERS,
    kerncijfer,
)
from indicators.core.indicator import Indicator, register

TOPIC = kerncijfer("PersonenInArmoede", "%", "PersonenInArmoede_81", vanaf=2024)

INDICATOR = register(
    Indicator(
        id="personen_in_armoede",
        domein="welvaart",
        titel="Personen in armoede",
        vraag="Welk deel van de inwoners leeft in armoede?",
        definitie=(
            "Het deel van de inwoners in een huishouden dat te weinig geld heeft voor wat echt nodig is, volgens de "
            "armoedegrens die CBS, Nibud en SCP in 2024 samen maakten. Deze grens bestaat pas sinds 2024. Oudere "
            "armoedecijfers zijn hiermee niet te vergelijken."
        ),
        teller="Inwoners in een huishouden onder de armoedegrens",
        noemer="Alle inwoners in particuliere huishoudens",
        eenheid="%",
        hoger_is="slechter",
        decimalen=1,
        bron=BRON_KERNCIJFERS,
        niveaus=NIVEAUS_KERNCIJFERS,
        thema="materiële welvaart",
        eigenaar=ROL_INKOMEN,
        budgetten=("inkomensregelingen",),
        toets="geen",
        statusregels=STATUS_KERNCIJFERS,
        perioden="Per jaar, vanaf de tabel waarin CBS de nieuwe grens gebruikt (2024).",
        naast="laag_inkomen",
        cbs=(TOPIC,),
        sql=as_published(TOPIC, NIVEAUS_KERNCIJFERS),
    )
)
