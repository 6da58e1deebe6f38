"""Share of those leaving a benefit who go to work or a business of their own."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

UITSTROOM = provisions.by_property("participatiewet", "uitstroom", "inkomensregelingen", "uitstroom")

INDICATOR = register(
    Indicator(
        id="uitstroom_naar_werk",
        domein="participatiewet",
        titel="Uitstroom naar werk",
        vraag="Welk deel van de mensen die uit de uitkering gaan, gaat werken?",
        definitie=(
            "Van de inwoners voor wie de uitkering eindigt: het deel dat in loondienst gaat werken of een eigen "
            "bedrijf begint. De reden staat in de registratie van de gemeente; waar die niet bekend is, telt iemand "
            "wel mee in het totaal."
        ),
        teller="Inwoners die uit de uitkering gaan naar werk of een eigen bedrijf",
        noemer="Alle inwoners die in de periode uit de uitkering gaan",
        eenheid="%",
        hoger_is="beter",
        decimalen=1,
        bron=("Registratie Participatiewet van de gemeente",),
        niveaus=("gemeente",),
        toets="proportie",
        eigenaar=provisions.ROL_PARTICIPATIEWET,
        budgetten=("inkomensregelingen", "arbeidsparticipatie"),
        statusregels=provisions.STATUSREGELS,
        perioden=provisions.PERIODEN_KWARTAAL,
        sql=figures.flow(
            f"""
            SELECT maand, gebied_code, 'totaal' AS uitsplitsing,
                   coalesce(sum(teller) FILTER (uitsplitsing IN ('uitstroom=werk', 'uitstroom=zelfstandig')), 0)
                       AS teller, sum(teller) AS noemer, peildatum
            FROM ({UITSTROOM}) GROUP BY ALL""",
            "KW",
            "JJ",
            waarde=figures.AANDEEL,
        ),
    )
)
