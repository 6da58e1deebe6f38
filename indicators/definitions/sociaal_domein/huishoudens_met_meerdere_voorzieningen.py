"""Share of households with two or more provisions of the social domain, as CBS counts them."""

from __future__ import annotations

from indicators.core import provisions
from indicators.core.cbs import Topic, as_published
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "provincie", "gemeente", "wijk")
STAPELING = Topic(
    "HuishoudensRelatief",
    "%",
    tabellen=("stapeling",),
    onderwerp="HuishoudensMetMeerVoorzieningen",
    ook=("ParticuliereHuishoudensRelatief", "HuishoudensMetVoorzieningenRelatief", "PercentageHuishoudens"),
)

INDICATOR = register(
    Indicator(
        id="huishoudens_met_meerdere_voorzieningen",
        domein="sociaal_domein",
        titel="Huishoudens met meerdere voorzieningen (CBS)",
        vraag="Welk deel van de huishoudens gebruikt meer dan één voorziening?",
        definitie=(
            "Het deel van de huishoudens dat in een jaar twee of meer voorzieningen gebruikte uit de Wmo, de Jeugdwet "
            "of de Participatiewet, zoals CBS dat telt over alle gemeenten. Het cijfer uit de eigen registratie staat "
            "er apart naast: dat telt op één dag en kent ook schuldhulp. De twee zijn niet gelijk en vervangen elkaar "
            "niet."
        ),
        teller="Huishoudens met twee of meer voorzieningen in het jaar",
        noemer="Alle particuliere huishoudens",
        eenheid="%",
        hoger_is="neutraal",
        decimalen=1,
        bron=("CBS 85994NED (2024)",),
        niveaus=NIVEAUS,
        npg=7,
        eigenaar=provisions.ROL_PROGRAMMA,
        budgetten=("wmo", "jeugd", "participatiewet"),
        toets="geen",
        statusregels=(
            "CBS zegt bij elk jaar of het cijfer definitief of voorlopig is. De onderwerpen van deze tabel zijn nog "
            "niet gezien toen deze indicator werd gemaakt: noemt CBS ze anders, dan staat er 'niet beschikbaar' en "
            "zegt de pagina Gegevens wat er ontbreekt."
        ),
        perioden="Per jaar, met gaten: CBS maakt niet van elk jaar een tabel.",
        naast="eigen_huishoudens_met_meerdere_voorzieningen",
        cbs=(STAPELING,),
        sql=as_published(STAPELING, NIVEAUS),
    )
)
