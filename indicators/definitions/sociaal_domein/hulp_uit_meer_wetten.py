"""Share of those with a provision who have provisions of two or more laws, and which."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

STAND = """
    SELECT maand, gebied_code, maat, combinatie, aantal, peildatum FROM mart.fct_stapeling
    WHERE eenheid = 'persoon' AND peildatum = (SELECT max(peildatum) FROM mart.fct_stapeling)
      AND last_day(maand) <= peildatum"""
BRON = f"""
    WITH stand AS ({STAND}), geheel AS (
        SELECT maand, gebied_code, aantal, peildatum FROM stand WHERE maat = 'stand' AND combinatie = 'alle'
    ), samen AS (
        SELECT * FROM stand WHERE maat = 'stand' AND contains(combinatie, '+')
    )
    SELECT g.maand, g.gebied_code, 'totaal' AS uitsplitsing, if(g.aantal IS NULL, NULL, s.aantal) AS teller,
           g.aantal AS noemer, g.peildatum
    FROM geheel AS g
    JOIN stand AS s ON s.maand = g.maand AND s.gebied_code = g.gebied_code AND s.maat = 'integraal_aanbod'
    UNION ALL
    -- A combination without a row in a month is one that nobody has in it.
    SELECT g.maand, g.gebied_code, 'combinatie=' || k.combinatie, coalesce(s.aantal, 0), g.aantal, g.peildatum
    FROM geheel AS g
    JOIN (SELECT DISTINCT gebied_code, combinatie FROM samen) AS k ON k.gebied_code = g.gebied_code
    LEFT JOIN samen AS s ON s.maand = g.maand AND s.gebied_code = g.gebied_code AND s.combinatie = k.combinatie
    WHERE left(g.gebied_code, 2) = 'GM'"""

INDICATOR = register(
    Indicator(
        id="hulp_uit_meer_wetten",
        domein="sociaal_domein",
        titel="Hulp uit meer dan één wet",
        vraag="Welk deel van de mensen met een voorziening krijgt hulp uit twee of meer wetten?",
        definitie=(
            "Van de inwoners met een lopende voorziening op de laatste dag van de periode: het deel met hulp uit "
            "twee of meer van deze vier: Wmo, Jeugdwet, Participatiewet en schuldhulp. De verdeling laat zien welke "
            "wetten samengaan. Het gaat om personen; huishoudens met meer voorzieningen zijn een aparte indicator."
        ),
        teller="Inwoners met voorzieningen uit twee of meer wetten (of uit precies deze wetten)",
        noemer="Alle inwoners met een voorziening op de laatste dag van de periode",
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
        toets="proportie",
        eigenaar=provisions.ROL_PROGRAMMA,
        budgetten=("wmo", "jeugd", "participatiewet"),
        statusregels=provisions.STATUSREGELS + " " + provisions.GEHEIM_IN_WIJKEN,
        perioden="Per maand, kwartaal en jaar over de laatste twee jaar, na elke levering; voor wijken per kwartaal.",
        sql=figures.stock(BRON, waarde=figures.AANDEEL),
    )
)
