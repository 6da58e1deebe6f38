"""What the screens ask about a budget: what went before it, what is committed, and the primitive one beside it.

Reads mart only. `onderdeel` may be a budget part or a sum, as in queries.
"""

from __future__ import annotations

import pandas as pd

from dashboard.queries import DELEN, onderdelen
from dashboard.store import OtherVersion, Publication


def gebeurtenissen(pub: Publication, onderdeel: str, boekjaar: int) -> pd.DataFrame:
    """Known moments of this year that touch an onderdeel, its wet or everything: datum, titel, toelichting."""
    rows = pub.frame(
        """SELECT onderdeel, datum, titel, toelichting FROM mart.dim_gebeurtenis
        WHERE year(datum) = ? ORDER BY datum, titel""",
        (boekjaar,),
    )
    parts = onderdelen(pub)
    wet = dict(zip(parts["onderdeel"], parts["wet"], strict=True))

    def touches(about: str) -> bool:
        wider = ("totaal", onderdeel, wet.get(onderdeel))
        return onderdeel == "totaal" or about in wider or wet.get(about) == onderdeel

    found = rows[rows["onderdeel"].map(touches).astype(bool)]
    return found.drop(columns="onderdeel").reset_index(drop=True)


def effecten(pub: Publication, onderdeel: str) -> pd.DataFrame:
    """What was seen after measures on exactly this budget or sum, newest measure first; euros or persons a month."""
    return pub.frame(
        """SELECT g.titel, g.datum, e.maat, e.peildatum, e.verwacht, e.werkelijk, e.ondergrens, e.bovengrens, e.oordeel
        FROM mart.fct_effect e JOIN mart.dim_gebeurtenis g USING (gebeurtenis)
        WHERE g.onderdeel = ? AND e.peildatum = (SELECT max(peildatum) FROM mart.fct_effect)
        ORDER BY g.datum DESC, g.titel, e.maat = 'lasten' DESC, e.maat""",
        (onderdeel,),
    )


def begrotingen(pub: Publication, onderdeel: str, boekjaar: int) -> pd.DataFrame:
    """The budget in force at each delivery of a year, in euros: peildatum, actueel_eur."""
    return pub.part(
        f"""WITH regel AS (
            SELECT onderdeel, wet, peildatum, actueel_eur
            FROM mart.fct_begroting LEFT JOIN mart.dim_onderdeel USING (onderdeel)
            WHERE lasten_baten = 'L' AND boekjaar = ?
        ), deel AS (SELECT {DELEN} AS deel, peildatum, actueel_eur FROM regel d)
        SELECT deel, peildatum, sum(actueel_eur)::DOUBLE AS actueel_eur FROM deel
        GROUP BY ALL ORDER BY deel, peildatum""",
        (boekjaar,),
        onderdeel,
    )


def signalen_sinds(pub: Publication, onderdeel: str, boekjaar: int) -> pd.DataFrame:
    """Signals about this onderdeel itself that began in this year: sinds, titel, toelichting.

    A programme has money of its own and says nothing of the course of a budget.
    """
    return pub.part(
        """SELECT onderdeel, sinds, titel, toelichting FROM mart.fct_signaal
        WHERE year(sinds) = ? AND NOT starts_with(regel, 'programma') ORDER BY onderdeel, volgorde, signaal""",
        (boekjaar,),
        onderdeel,
    )


def aantallen(pub: Publication, onderdeel: str, gemeente: str, maat: str) -> pd.DataFrame:
    """Persons (stand) or applications (aanvraag) of the gemeente by month: maand, aantal, peildatum.

    A wet is asked by its own total of unique persons; the whole domain has none, as a person may have help of two laws.
    """
    return pub.part(
        """SELECT CASE WHEN onderdeel = 'totaal' THEN wet ELSE onderdeel END AS deel, maand,
               sum(aantal)::DOUBLE AS aantal, max(peildatum) AS peildatum
        FROM mart.v_voorziening WHERE gebied_code = ? AND maat = ?
        GROUP BY ALL HAVING count(aantal) = count(*) ORDER BY deel, maand""",
        (gemeente, maat),
        onderdeel,
    )


def prijs(pub: Publication, onderdeel: str) -> pd.DataFrame:
    """What the awards of a month are worth per person with an award, in euros: maand, per_client, peildatum.

    Only months in which every award has a known price: others would count persons without their euros. An onderdeel
    only: persons of two onderdelen cannot be added up.
    """
    return pub.part(
        """SELECT onderdeel, maand, sum(verwacht_eur)::DOUBLE / sum(clienten) AS per_client, max(peildatum) AS peildatum
        FROM mart.fct_toewijzing t
        WHERE leveringsvorm = 'ZIN'
          AND peildatum = (SELECT max(peildatum) FROM mart.fct_toewijzing x WHERE x.wet = t.wet AND x.maand = t.maand)
        GROUP BY onderdeel, maand HAVING sum(zonder_prijs) = 0 AND sum(clienten) > 7 ORDER BY onderdeel, maand""",
        (),
        onderdeel,
    )


def primitief(pub: Publication, onderdeel: str, boekjaar: int) -> pd.DataFrame:
    """The newest forecast against the primitive budget: kans_overschrijding, uitputting_p50; at most one row.

    No row without a primitive budget, nor in a publication of before it was laid beside the forecast.
    """
    try:
        return pub.part(
            """SELECT onderdeel, kans_overschrijding_primitief AS kans_overschrijding,
                   uitputting_primitief_p50 AS uitputting_p50
            FROM mart.fct_prognose p
            WHERE boekjaar = ? AND lasten_baten = 'L' AND scenario = 'basis' AND methode = 'model'
              AND kans_overschrijding_primitief IS NOT NULL
              AND peildatum = (SELECT max(peildatum) FROM mart.fct_prognose x WHERE x.boekjaar = p.boekjaar)""",
            (boekjaar,),
            onderdeel,
        )
    except OtherVersion:
        return pd.DataFrame({"kans_overschrijding": [], "uitputting_p50": []})


def verplichtingen_k2f(pub: Publication, onderdeel: str, boekjaar: int) -> pd.DataFrame:
    """Open commitments (lasten) in the newest ledger of a year: verplichting_eur, peildatum; no row where unknown."""
    return pub.part(
        f"""WITH regel AS (
            SELECT r.onderdeel, d.wet, r.verplichting_eur, r.peildatum
            FROM mart.v_realisatie r LEFT JOIN mart.dim_onderdeel d USING (onderdeel)
            WHERE r.boekjaar = ? AND r.lasten_baten = 'L' AND r.verplichting_eur IS NOT NULL
        )
        SELECT deel, sum(verplichting_eur)::DOUBLE AS verplichting_eur, max(peildatum) AS peildatum
        FROM (SELECT {DELEN} AS deel, verplichting_eur, peildatum FROM regel d) GROUP BY deel ORDER BY deel""",
        (boekjaar,),
        onderdeel,
    )


def verplichtingen_toewijzing(pub: Publication, onderdeel: str, boekjaar: int) -> pd.DataFrame:
    """What awards are worth for the rest of a year, at the newest peildatum of each law; at most one row.

    Returns:
        verplicht_eur (NULL where nothing may be told), toewijzingen, zonder_prijs, geheim (onderdelen of which the
        euros are not told and not in the amount), eerste and laatste (peildata of the laws), wet (NULL for several).
        No row where no awards were delivered, nor in a publication of before they were valued so.
    """
    try:
        return pub.part(
            f"""WITH regel AS (
                SELECT v.* EXCLUDE (wet), v.wet AS toegekend_in, o.wet
                FROM mart.fct_verplichting v LEFT JOIN mart.dim_onderdeel o USING (onderdeel)
                WHERE boekjaar = ?
                  AND peildatum = (SELECT max(peildatum) FROM mart.fct_verplichting x
                                   WHERE x.wet = v.wet AND x.boekjaar = v.boekjaar)
            ), deel AS (SELECT {DELEN} AS deel, d.* FROM regel d)
            SELECT deel, sum(verplicht_eur)::DOUBLE AS verplicht_eur, sum(toewijzingen)::BIGINT AS toewijzingen,
                   sum(zonder_prijs)::BIGINT AS zonder_prijs,
                   count(*) FILTER (verplicht_eur IS NULL AND zonder_prijs < toewijzingen) AS geheim,
                   min(peildatum) AS eerste, max(peildatum) AS laatste,
                   CASE WHEN count(DISTINCT toegekend_in) = 1 THEN min(toegekend_in) END AS wet
            FROM deel GROUP BY deel ORDER BY deel""",
            (boekjaar,),
            onderdeel,
        )
    except OtherVersion:
        return pd.DataFrame({"verplicht_eur": []})


def verklaring_delen(pub: Publication, boekjaar: int, onderdeel: str) -> pd.DataFrame:
    """The newest explanation of every part of a sum: naam, oorzaak, effect_eur; no rows for what is no sum."""
    return pub.part(
        """SELECT unnest(list_distinct([d.wet, 'totaal'])) AS deel, d.naam, v.oorzaak,
               v.effect_eur::DOUBLE AS effect_eur
        FROM mart.fct_verklaring v JOIN mart.dim_onderdeel d USING (onderdeel)
        WHERE v.boekjaar = ? AND v.lasten_baten = 'L'
          AND v.peildatum = (SELECT max(peildatum) FROM mart.fct_verklaring x WHERE x.boekjaar = v.boekjaar)
        ORDER BY deel, d.volgorde, d.onderdeel, v.volgorde, v.oorzaak""",
        (boekjaar,),
        onderdeel,
    )
