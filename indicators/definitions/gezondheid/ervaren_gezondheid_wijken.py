"""Share of adults per wijk who call their health good or very good, as RIVM estimates it with a model."""

from __future__ import annotations

from indicators.core.cbs import Topic, as_published
from indicators.core.cbs_basis import ROL_GEZONDHEID
from indicators.core.indicator import Indicator, register

NIVEAUS = ("land", "gemeente", "wijk")
# The topic has the same stem as that of the survey, so it needs a name of its own in the mart.
TOPIC = Topic(
    "ErvarenGezondheidGoedZeerGoed",
    "%",
    hint="ErvarenGezondheidGoedZeerGoed_4",
    tabellen=("gezondheid_wijk",),
    onderwerp="ErvarenGezondheidGeschat",
)

INDICATOR = register(
    Indicator(
        id="ervaren_gezondheid_wijken",
        domein="gezondheid",
        titel="Ervaren gezondheid per wijk (schatting RIVM)",
        vraag="In welke wijken vinden veel of weinig volwassenen hun gezondheid goed?",
        definitie=(
            "Het deel van de inwoners van 18 jaar of ouder dat de eigen gezondheid goed of zeer goed noemt, zoals het "
            "RIVM dat per wijk schat. In een wijk vullen te weinig mensen de enquête in om te tellen. Daarom rekent "
            "het RIVM met een model: wie woont er, hoe oud zijn zij, wat verdienen zij? Een wijk die anders is dan "
            "het model verwacht, valt zo minder op. Vergelijk dit cijfer niet met dat van de enquête per gemeente."
        ),
        teller="Inwoners van 18 jaar of ouder die hun gezondheid goed of zeer goed noemen (geschat)",
        noemer="Alle inwoners van 18 jaar of ouder",
        eenheid="%",
        hoger_is="beter",
        decimalen=1,
        bron=("RIVM 50150NED, op basis van de Gezondheidsmonitor",),
        niveaus=NIVEAUS,
        eigenaar=ROL_GEZONDHEID,
        budgetten=("sociale_basis", "wmo"),
        toets="marge",
        statusregels=(
            "Het RIVM schat deze cijfers na elke Gezondheidsmonitor opnieuw, ook die van eerder. Bij een kleine wijk "
            "geeft het soms geen cijfer."
        ),
        perioden="Eens in de vier jaar, met een extra meting in 2022.",
        naast="ervaren_gezondheid",
        cbs=(TOPIC,),
        sql=as_published(TOPIC, NIVEAUS),
    )
)
