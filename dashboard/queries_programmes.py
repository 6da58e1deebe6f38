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
    """What was planned and reached: programma, activiteit, resultaat, eenheid, gepland, bereikt."""
    return pub.frame(
        """SELECT programma, activiteit, resultaat, eenheid, gepland::DOUBLE AS gepland, bereikt::DOUBLE AS bereikt
        FROM mart.fct_programmaresultaat ORDER BY programma, activiteit, resultaat"""
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
