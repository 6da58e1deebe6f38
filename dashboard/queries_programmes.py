"""What the screens ask about programmes, the savings target and the client survey; reads mart only."""

from __future__ import annotations

import pandas as pd

from dashboard.store import Publication


def programmas(pub: Publication) -> pd.DataFrame:
    """Every programme and activity: goal, period, money (euros); the programme as a whole has activiteit ''."""
    return pub.frame(
        """SELECT programma, activiteit, doel, van, tot_en_met, dekking, begroting_eur::DOUBLE AS begroting_eur,
               besteed_eur::DOUBLE AS besteed_eur, verplicht_eur::DOUBLE AS verplicht_eur, peildatum
        FROM mart.fct_programma ORDER BY programma, activiteit"""
    )


def resultaten(pub: Publication) -> pd.DataFrame:
    """What was planned and reached: programma, activiteit, resultaat, eenheid, gepland, bereikt, peildatum."""
    return pub.frame(
        """SELECT programma, activiteit, resultaat, eenheid, gepland::DOUBLE AS gepland, bereikt::DOUBLE AS bereikt,
               peildatum
        FROM mart.fct_programmaresultaat ORDER BY programma, activiteit, resultaat"""
    )


def verloop(pub: Publication, programma: str) -> pd.DataFrame:
    """The results of one programme at each delivery: activiteit, resultaat, eenheid, peildatum, gepland, bereikt."""
    return pub.frame(
        """SELECT activiteit, resultaat, eenheid, peildatum, gepland::DOUBLE AS gepland, bereikt::DOUBLE AS bereikt
        FROM mart.fct_programmaverloop WHERE programma = ? AND resultaat <> ''
        ORDER BY activiteit, resultaat, peildatum""",
        [programma],
    )


def gebruik(pub: Publication, gebied_code: str) -> pd.DataFrame:
    """Persons with help at the end of the newest month of each law, and a year before: wet, maand, aantal, vorig_jaar.

    Args:
        pub: The publication.
        gebied_code: The own gemeente.
    """
    return pub.frame(
        """WITH stand AS (
            SELECT wet, maand, aantal FROM mart.v_voorziening
            WHERE onderdeel = 'totaal' AND maat = 'stand' AND gebied_code = ?
        )
        SELECT nu.wet, nu.maand, nu.aantal, toen.aantal AS vorig_jaar
        FROM stand AS nu LEFT JOIN stand AS toen ON toen.wet = nu.wet AND toen.maand = nu.maand - INTERVAL 1 YEAR
        WHERE nu.maand = (SELECT max(maand) FROM stand AS x WHERE x.wet = nu.wet)""",
        [gebied_code],
    )


def taakstelling(pub: Publication) -> pd.DataFrame:
    """The savings target by part and year: doel_eur, gerealiseerd_eur, prognose_eur (by its owner)."""
    return pub.frame(
        """SELECT t.taakstelling, t.onderdeel, coalesce(d.naam, t.onderdeel) AS naam, t.boekjaar,
               t.doel_eur::DOUBLE AS doel_eur, t.gerealiseerd_eur::DOUBLE AS gerealiseerd_eur,
               t.prognose_eur::DOUBLE AS prognose_eur, t.peildatum
        FROM mart.fct_taakstelling t LEFT JOIN mart.dim_onderdeel d USING (onderdeel)
        ORDER BY t.taakstelling, t.onderdeel, t.boekjaar"""
    )


def ervaring(pub: Publication) -> pd.DataFrame:
    """Answers of clients, newest year of each law and the one before: jaar, wet, vraag, waarde, n, kleine_n."""
    return pub.frame(
        """SELECT jaar, wet, vraagnummer, vraag, thema, antwoord, waarde::DOUBLE AS waarde, eenheid, aantal_antwoorden,
               respons_pct::DOUBLE AS respons_pct, kleine_n
        FROM mart.fct_ervaring e
        WHERE jaar >= (SELECT max(jaar) FROM mart.fct_ervaring x WHERE x.wet = e.wet) - 1
        ORDER BY wet, vraagnummer, jaar"""
    )
