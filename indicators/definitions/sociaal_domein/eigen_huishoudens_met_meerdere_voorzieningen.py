"""Share of the households with a provision that have two or more, from the own registrations."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

BRON = """
    WITH stand AS (
        SELECT maand, gebied_code, maat, aantal, peildatum FROM mart.fct_stapeling
        WHERE eenheid = 'huishouden' AND combinatie = 'alle' AND last_day(maand) <= peildatum
          AND peildatum = (SELECT max(peildatum) FROM mart.fct_stapeling)
    )
    -- A secret whole makes the part secret too: the share would give it away.
    SELECT g.maand, g.gebied_code, 'totaal' AS uitsplitsing, if(g.aantal IS NULL, NULL, m.aantal) AS teller,
           g.aantal AS noemer, g.peildatum
    FROM stand AS g
    JOIN stand AS m ON m.maand = g.maand AND m.gebied_code = g.gebied_code AND m.maat = 'meervoudig'
    WHERE g.maat = 'stand'"""

INDICATOR = register(
    Indicator(
        id="eigen_huishoudens_met_meerdere_voorzieningen",
        domein="sociaal_domein",
        titel="Huishoudens met meerdere voorzieningen (eigen registratie)",
        vraag="Welk deel van de huishoudens met hulp heeft meer dan één voorziening?",
        definitie=(
            "Van de huishoudens met een lopende voorziening op de laatste dag van de periode: het deel met twee of "
            "meer voorzieningen uit de Wmo, de Jeugdwet, de Participatiewet of de schuldhulp. Een huishouden is hier "
            "iedereen op één adres. Het cijfer van CBS staat er apart naast: dat telt over een heel jaar en over alle "
            "huishoudens, ook zonder hulp. De twee zijn niet gelijk en vervangen elkaar niet."
        ),
        teller="Huishoudens met twee of meer lopende voorzieningen",
        noemer="Alle huishoudens met een lopende voorziening",
        eenheid="%",
        hoger_is="neutraal",
        decimalen=1,
        bron=(
            "Wmo-registratie van de gemeente",
            "Jeugdhulpregistratie van de gemeente",
            "Registratie Participatiewet van de gemeente",
            "Schuldhulpregistratie van de gemeente",
        ),
        niveaus=("gemeente", "wijk"),
        eigenaar=provisions.ROL_PROGRAMMA,
        budgetten=("wmo", "jeugd", "participatiewet"),
        toets="proportie",
        statusregels=provisions.STATUSREGELS + " " + provisions.GEHEIM_IN_WIJKEN,
        perioden="Per maand, kwartaal en jaar over de laatste twee jaar, na elke levering; voor wijken per kwartaal.",
        naast="huishoudens_met_meerdere_voorzieningen",
        sql=figures.stock(BRON, waarde=figures.AANDEEL),
    )
)
