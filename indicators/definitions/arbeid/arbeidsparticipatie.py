"""Share of people of 15 to 75 years who have paid work."""

from __future__ import annotations

from indicators.core.cbs import Topic, as_published
from indicators.core.cbs_basis import ROL_WERK, STATUS_TABEL
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "provincie", "gemeente")
PARTICIPATIE = Topic("NettoArbeidsparticipatie", "%", hint="NettoArbeidsparticipatie_24", tabellen=("86008NED",))

INDICATOR = register(
    Indicator(
        id="arbeidsparticipatie",
        domein="arbeid",
        titel="Arbeidsparticipatie",
        vraag="Welk deel van de inwoners heeft betaald werk?",
        definitie=(
            "Het deel van de inwoners van 15 tot 75 jaar met betaald werk, ook als dat maar een paar uur per week is "
            "(netto arbeidsparticipatie). CBS schat dit uit een enquête, aangevuld met registraties. CBS geeft in "
            "deze tabel geen marge. Een klein verschil tussen twee jaren kan dus toeval zijn."
        ),
        teller="Inwoners van 15 tot 75 jaar met betaald werk",
        noemer="Alle inwoners van 15 tot 75 jaar (zonder bewoners van instellingen)",
        eenheid="%",
        hoger_is="beter",
        decimalen=1,
        bron=("CBS 86008NED (2014 en later)",),
        niveaus=NIVEAUS,
        npg=1,
        thema="arbeid en vrije tijd",
        eigenaar=ROL_WERK,
        budgetten=("arbeidsparticipatie", "inkomensregelingen"),
        toets="marge",
        statusregels=STATUS_TABEL,
        perioden="Per jaar. Gemeentecijfers komen ongeveer een jaar na afloop van het jaar.",
        cbs=(PARTICIPATIE,),
        sql=as_published(PARTICIPATIE, NIVEAUS),
    )
)
