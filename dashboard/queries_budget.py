"""What the screens ask about what went before a budget: events, persons with help, price and applications.

Reads mart only. `onderdeel` may be a budget part or a sum, as in queries.
"""

from __future__ import annotations

import pandas as pd

from dashboard.store import Publication


def gebeurtenissen(pub: Publication, onderdeel: str, boekjaar: int) -> pd.DataFrame:
    """Known moments of this year that touch an onderdeel, its wet or everything: datum, titel, toelichting."""
    return pub.frame(
        """SELECT datum, titel, toelichting FROM mart.dim_gebeurtenis
        WHERE year(datum) = ? AND (? = 'totaal' OR onderdeel IN ('totaal', ?)
            OR onderdeel = (SELECT any_value(wet) FROM mart.dim_onderdeel WHERE onderdeel = ?)
            OR onderdeel IN (SELECT onderdeel FROM mart.dim_onderdeel WHERE wet = ?))
        ORDER BY datum, titel""",
        (boekjaar, onderdeel, onderdeel, onderdeel, onderdeel),
    )


def begrotingen(pub: Publication, onderdeel: str, boekjaar: int) -> pd.DataFrame:
    """The budget in force at each delivery of a year, in euros: peildatum, actueel_eur."""
    return pub.frame(
        """SELECT b.peildatum, sum(b.actueel_eur)::DOUBLE AS actueel_eur
        FROM mart.fct_begroting b LEFT JOIN mart.dim_onderdeel d USING (onderdeel)
        WHERE b.lasten_baten = 'L' AND b.boekjaar = ? AND (? = 'totaal' OR b.onderdeel = ? OR d.wet = ?)
        GROUP BY ALL ORDER BY b.peildatum""",
        (boekjaar, onderdeel, onderdeel, onderdeel),
    )


def signalen_sinds(pub: Publication, onderdeel: str, boekjaar: int) -> pd.DataFrame:
    """Signals about this onderdeel itself that began in this year: sinds, titel, toelichting."""
    return pub.frame(
        """SELECT sinds, titel, toelichting FROM mart.fct_signaal
        WHERE onderdeel = ? AND year(sinds) = ? ORDER BY volgorde, signaal""",
        (onderdeel, boekjaar),
    )


def aantallen(pub: Publication, onderdeel: str, gemeente: str, maat: str) -> pd.DataFrame:
    """Persons (stand) or applications (aanvraag) of the gemeente by month: maand, aantal, peildatum.

    A wet is asked by its own total of unique persons; the whole domain has none, as a person may have help of two laws.
    """
    return pub.frame(
        """SELECT maand, sum(aantal)::DOUBLE AS aantal, max(peildatum) AS peildatum FROM mart.v_voorziening
        WHERE gebied_code = ? AND maat = ? AND ((wet = ? AND onderdeel = 'totaal') OR onderdeel = ?)
          AND onderdeel <> (CASE WHEN ? = 'totaal' THEN 'totaal' ELSE '' END)
        GROUP BY maand HAVING count(aantal) = count(*) ORDER BY maand""",
        (gemeente, maat, onderdeel, onderdeel, onderdeel),
    )


def prijs(pub: Publication, onderdeel: str) -> pd.DataFrame:
    """What the awards of a month are worth per person with an award, in euros: maand, per_client, peildatum.

    Only months in which every award has a known price: others would count persons without their euros. An onderdeel
    only: persons of two onderdelen cannot be added up.
    """
    return pub.frame(
        """SELECT maand, sum(verwacht_eur)::DOUBLE / sum(clienten) AS per_client, max(peildatum) AS peildatum
        FROM mart.fct_toewijzing t
        WHERE onderdeel = ? AND leveringsvorm = 'ZIN'
          AND peildatum = (SELECT max(peildatum) FROM mart.fct_toewijzing x WHERE x.wet = t.wet AND x.maand = t.maand)
        GROUP BY maand HAVING sum(zonder_prijs) = 0 AND sum(clienten) > 7 ORDER BY maand""",
        (onderdeel,),
    )
