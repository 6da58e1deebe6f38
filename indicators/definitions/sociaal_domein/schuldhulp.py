"""Running debt aid at the end of a month, per kind."""

from __future__ import annotations

from indicators.core import figures, provisions
from indicators.core.indicator import Indicator, register

BRON = """
    WITH stand AS (
        SELECT maand, soort, aantal, bron, peildatum FROM mart.fct_schuldhulp AS s
        WHERE maat = 'lopend' AND last_day(maand) <= peildatum
          AND bron = (
              SELECT bron FROM mart.fct_schuldhulp WHERE maat = 'lopend'
              GROUP BY bron ORDER BY max(peildatum) DESC, bron LIMIT 1)
          AND peildatum = (SELECT max(x.peildatum) FROM mart.fct_schuldhulp AS x WHERE x.bron = s.bron)
    ), rooster AS (
        SELECT maand, max(peildatum) AS peildatum FROM stand GROUP BY ALL
    ), per_soort AS (
        SELECT r.maand, k.soort, coalesce(s.aantal, 0) AS aantal, r.peildatum
        FROM rooster AS r CROSS JOIN (SELECT DISTINCT soort FROM stand) AS k
        LEFT JOIN stand AS s ON s.maand = r.maand AND s.soort = k.soort
    )
    SELECT maand, $gemeente AS gebied_code, 'soort=' || soort AS uitsplitsing, aantal AS teller, NULL AS noemer,
           peildatum
    FROM per_soort
    UNION ALL
    SELECT maand, $gemeente, 'totaal', sum(aantal), NULL, max(peildatum)
    FROM per_soort WHERE soort <> 'vroegsignaal' GROUP BY maand"""

INDICATOR = register(
    Indicator(
        id="schuldhulp",
        domein="sociaal_domein",
        titel="Lopende schuldhulp",
        vraag="Hoeveel trajecten schuldhulp lopen er?",
        definitie=(
            "Het aantal lopende dossiers op de laatste dag van de periode: krediet, budgetbeheer, schuldregeling, "
            "saneringskrediet en stabilisatie. Een inwoner kan meer dossiers hebben. Vroegsignalering (een melding "
            "van een achterstand) staat apart en zit niet in het totaal. Waar geen dossiers zijn aangeleverd, geldt "
            "de opgave van de schuldhulp zelf."
        ),
        teller="Lopende dossiers op de laatste dag van de periode",
        noemer="Geen: het is een aantal",
        eenheid="dossiers",
        hoger_is="neutraal",
        decimalen=0,
        bron=("Schuldhulpregistratie van de gemeente",),
        niveaus=("gemeente",),
        toets="telling",
        eigenaar="Beleidsadviseur schuldhulp",
        budgetten=("inkomensregelingen",),
        statusregels=provisions.STATUSREGELS,
        perioden="Per maand en per jaar, na elke levering.",
        naast="problematische_schulden",
        compute=figures.of_own_gemeente(figures.stock(BRON, "MM", "JJ")),
    )
)
