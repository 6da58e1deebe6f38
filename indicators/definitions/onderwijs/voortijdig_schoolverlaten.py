"""Share of pupils and students who leave school without a basic qualification."""

from __future__ import annotations

from indicators.core.cbs import Topic, as_published
from indicators.core.cbs_basis import STATUS_TABEL
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "provincie", "gemeente")
SCHOOLVERLATERS = Topic(
    "VoortijdigSchoolverlatersPercentage",
    "%",
    hint="VoortijdigSchoolverlatersPercentage_4",
    tabellen=("schoolverlaters",),
)

INDICATOR = register(
    Indicator(
        id="voortijdig_schoolverlaten",
        domein="onderwijs",
        titel="Voortijdig schoolverlaten",
        vraag="Welk deel van de leerlingen gaat van school zonder startkwalificatie?",
        definitie=(
            "Het deel van de leerlingen en studenten tot 23 jaar dat in een schooljaar stopt zonder startkwalificatie "
            "(een diploma havo, vwo of mbo-2 of hoger). Geteld is waar de leerling woont. In een kleine gemeente gaat "
            "het om enkele tientallen jongeren: een klein verschil kan toeval zijn."
        ),
        teller="Leerlingen die in het schooljaar stopten zonder startkwalificatie",
        noemer="Alle leerlingen en studenten tot 23 jaar in het voortgezet onderwijs en mbo",
        eenheid="%",
        hoger_is="slechter",
        decimalen=1,
        bron=("CBS 84780NED",),
        niveaus=NIVEAUS,
        npg=5,
        thema="arbeid en vrije tijd",
        eigenaar="Beleidsadviseur onderwijs en jeugd",
        budgetten=("jeugd", "sociale_basis"),
        toets="geen",
        statusregels=STATUS_TABEL,
        perioden="Per schooljaar. Voorlopige cijfers komen ongeveer een half jaar na het schooljaar.",
        cbs=(SCHOOLVERLATERS,),
        sql=as_published(SCHOOLVERLATERS, NIVEAUS, soorten=("SJ",)),
    )
)
