"""Share of clients who answer a question of the yearly survey with yes or agree (jeugd)."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

INDICATOR = register(
    Indicator(
        id="clientervaring_jeugd",
        domein="jeugd",
        titel="Cliëntervaring jeugdhulp",
        vraag="Hoe ervaren cliënten de hulp van de jeugdhulp?",
        definitie=(
            "Het deel van de cliënten dat het eens is met een uitspraak, of ja zegt, in het jaarlijkse "
            "cliëntervaringsonderzoek. Voor jeugdhulp is er geen vaste landelijke vragenlijst en antwoorden weinig "
            "mensen: let op de marge. Verandert de tekst van een vraag, dan begint een nieuwe reeks. Omdat niet "
            "iedereen antwoordt, staat er een marge van 95 % bij; die gaat uit van toeval en niet van verschil "
            "tussen wie wel en niet antwoordt."
        ),
        teller="Cliënten die het eens zijn of ja zeggen",
        noemer="Cliënten die deze vraag hebben beantwoord",
        eenheid="%",
        hoger_is="beter",
        decimalen=1,
        bron=("Cliëntervaringsonderzoek van de gemeente",),
        niveaus=("gemeente",),
        toets="marge",
        eigenaar=provisions.ROL_JEUGD,
        budgetten=("jeugd",),
        statusregels="Definitief. Bij minder dan 50 antwoorden is de marge groot: vergelijk dan liever geen jaren.",
        perioden="Per jaar, na het onderzoek.",
        compute=figures.of_own_gemeente(provisions.survey("jeugd")),
    )
)
