"""What programmes reached of what they planned."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

#: The date after which a programme, or the activity a result belongs to, has ended.
SQL = """
    WITH resultaat AS (
        SELECT r.*, coalesce(a.tot_en_met, p.tot_en_met) AS tot_en_met
        FROM mart.fct_programmaresultaat AS r
        LEFT JOIN mart.fct_programma AS a ON a.programma = r.programma AND a.activiteit = r.activiteit
        LEFT JOIN mart.fct_programma AS p ON p.programma = r.programma AND p.activiteit = ''
    )
    SELECT strftime(peildatum, '%YMM%m') AS periode, $gemeente AS gebied_code,
           'resultaat=' || concat_ws(', ', programma, nullif(activiteit, '')) || ': ' || resultaat AS uitsplitsing,
           CAST(bereikt AS DOUBLE) AS teller, CAST(gepland AS DOUBLE) AS noemer,
           100.0 * CAST(bereikt AS DOUBLE) / nullif(CAST(gepland AS DOUBLE), 0) AS waarde,
           NULL AS ondergrens, NULL AS bovengrens,
           if(tot_en_met < peildatum, 'definitief', 'voorlopig') AS status, false AS onderdrukt
    FROM resultaat"""

INDICATOR = register(
    Indicator(
        id="programmaresultaat",
        domein="programma",
        titel="Resultaat van programma's",
        vraag="Hoeveel van het geplande resultaat hebben de programma's bereikt?",
        definitie=(
            "Per afgesproken resultaat: wat tot nu toe is bereikt, als deel van wat voor de hele looptijd is "
            "gepland. Vergelijk het met het deel van de looptijd dat om is: halverwege hoort ongeveer de helft er te "
            "zijn. Meer dan 100 % kan."
        ),
        teller="Bereikt tot en met de peildatum",
        noemer="Gepland voor de hele looptijd van het programma",
        eenheid="%",
        hoger_is="beter",
        decimalen=0,
        bron=("Programmalijst van de gemeente",),
        niveaus=("gemeente",),
        toets="geen",
        eigenaar=provisions.ROL_PROGRAMMA,
        budgetten=("sociale_basis",),
        statusregels="Voorlopig zolang het programma loopt.",
        perioden="De nieuwste stand, na elke levering van de programmalijst.",
        compute=figures.of_own_gemeente(SQL),
    )
)
