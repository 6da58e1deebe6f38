"""Share of decisions within eight weeks of the application, per law and per onderdeel."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

BRON = provisions.added(
    *(
        provisions.part_of(wet, maat, "beslistijd", ("0-14 dagen", "15-56 dagen"), of_known=True)
        for wet in provisions.WETTEN
        for maat in provisions.BESLUITEN
    )
)

INDICATOR = register(
    Indicator(
        id="beslist_binnen_acht_weken",
        domein="sociaal_domein",
        titel="Besluiten binnen acht weken",
        vraag="Welk deel van de aanvragers krijgt binnen acht weken een besluit?",
        definitie=(
            "Van de besluiten in de periode: het deel dat hoogstens 56 dagen na de aanvraag is genomen. Acht weken "
            "is wat de wet een redelijke termijn noemt (Algemene wet bestuursrecht, artikel 4:13). Hoe lang iemand "
            "daarna nog op de hulp wacht, staat niet in de registratie."
        ),
        teller="Besluiten (toekenningen en afwijzingen) binnen 56 dagen na de aanvraag",
        noemer="Alle besluiten in de periode waarvan de aanvraagdatum bekend is",
        eenheid="%",
        hoger_is="beter",
        decimalen=1,
        bron=(
            "Wmo-registratie van de gemeente",
            "Jeugdhulpregistratie van de gemeente",
            "Registratie Participatiewet van de gemeente",
        ),
        niveaus=("gemeente",),
        toets="proportie",
        eigenaar=provisions.ROL_PROGRAMMA,
        budgetten=("toegang",),
        statusregels=provisions.STATUSREGELS,
        perioden=provisions.PERIODEN_KWARTAAL,
        sql=figures.flow(BRON, "KW", "JJ", waarde=figures.AANDEEL),
    )
)
