"""Every question the screens ask about indicators; like queries.py, reads mart and meta only and gives DataFrames."""

from __future__ import annotations

import pandas as pd

from dashboard.store import Publication

TOTAAL = "totaal"


def indicatoren(pub: Publication) -> list[str]:
    """Ids of the indicators that have any value."""
    return list(pub.frame("SELECT DISTINCT indicator FROM mart.v_indicatorwaarde ORDER BY indicator")["indicator"])


def eigen_waarden(pub: Publication, gemeente: str, land: str) -> pd.DataFrame:
    """Every value of the own gemeente and the country as a whole: indicator, periode, gebied_code, waarde, status."""
    return pub.frame(
        """SELECT indicator, periode, gebied_code, teller, noemer, waarde, ondergrens, bovengrens, status, onderdrukt
        FROM mart.v_indicatorwaarde WHERE uitsplitsing = 'totaal' AND gebied_code IN (?, ?)
        ORDER BY indicator, periode""",
        (gemeente, land),
    )


def uitsplitsingen(pub: Publication, indicator: str, gemeente: str) -> list[str]:
    """The breakdowns that an indicator has for the own gemeente."""
    frame = pub.frame(
        "SELECT DISTINCT uitsplitsing FROM mart.v_indicatorwaarde WHERE indicator = ? AND gebied_code = ?",
        (indicator, gemeente),
    )
    return list(frame["uitsplitsing"])


def indicatorwaarden(pub: Publication, indicator: str, uitsplitsing: str, gebieden: tuple[str, ...]) -> pd.DataFrame:
    """All values of one breakdown of an indicator for the regions asked, with the region's name and level."""
    marks = ", ".join("?" * len(gebieden))
    return pub.frame(
        f"""SELECT i.*, coalesce(g.naam, i.gebied_code) AS gebied, g.niveau
        FROM mart.v_indicatorwaarde i LEFT JOIN mart.dim_gebied g USING (gebied_code)
        WHERE i.indicator = ? AND i.uitsplitsing = ? AND i.gebied_code IN ({marks})
        ORDER BY i.periode, i.gebied_code""",
        (indicator, uitsplitsing, *gebieden),
    )


def gebieden(pub: Publication, indicator: str, uitsplitsing: str) -> pd.DataFrame:
    """Every gemeente and provincie that has a value of one breakdown: gebied_code, naam, niveau; by name."""
    return pub.frame(
        """SELECT DISTINCT i.gebied_code, coalesce(g.naam, i.gebied_code) AS naam,
               CASE WHEN i.gebied_code LIKE 'GM%' THEN 'gemeente' ELSE 'provincie' END AS niveau
        FROM mart.v_indicatorwaarde i LEFT JOIN mart.dim_gebied g USING (gebied_code)
        WHERE i.indicator = ? AND i.uitsplitsing = ? AND i.waarde IS NOT NULL
          AND (i.gebied_code LIKE 'GM%' OR i.gebied_code LIKE 'PV%') ORDER BY niveau, naam, i.gebied_code""",
        (indicator, uitsplitsing),
    )


def gemeenten(pub: Publication, indicator: str, uitsplitsing: str, periode: str) -> pd.DataFrame:
    """The value of every gemeente in one period: gebied_code, naam, waarde, status."""
    return pub.frame(
        """SELECT i.gebied_code, coalesce(g.naam, i.gebied_code) AS naam, i.waarde, i.status
        FROM mart.v_indicatorwaarde i LEFT JOIN mart.dim_gebied g USING (gebied_code)
        WHERE i.indicator = ? AND i.uitsplitsing = ? AND i.periode = ? AND i.gebied_code LIKE 'GM%'
          AND i.waarde IS NOT NULL ORDER BY i.waarde, i.gebied_code""",
        (indicator, uitsplitsing, periode),
    )


def wijken(pub: Publication, indicator: str, uitsplitsing: str, gemeente: str) -> pd.DataFrame:
    """The newest value of every wijk of the own gemeente, with its tile; periode, waarde, onderdrukt, x, y."""
    return pub.frame(
        """WITH waarde AS (
            SELECT * FROM mart.v_indicatorwaarde
            WHERE indicator = ? AND uitsplitsing = ? AND gebied_code LIKE 'WK%'
        ), laatste AS (SELECT max(periode) AS periode FROM waarde WHERE waarde IS NOT NULL)
        SELECT g.gebied_code, g.naam, w.periode, w.waarde, w.onderdrukt, w.status, v.x, v.y
        FROM mart.dim_gebied g
        LEFT JOIN (SELECT * FROM waarde WHERE periode = (SELECT periode FROM laatste)) w USING (gebied_code)
        LEFT JOIN (SELECT gebied_code, arg_max(x, jaar) AS x, arg_max(y, jaar) AS y FROM mart.dim_gebied_vorm
                   WHERE soort = 'tegel' GROUP BY ALL) v USING (gebied_code)
        WHERE g.niveau = 'wijk' AND g.ouder_code = ? AND EXISTS (SELECT 1 FROM laatste WHERE periode IS NOT NULL)
        ORDER BY g.gebied_code""",
        (indicator, uitsplitsing, gemeente),
    )


def wijkgrenzen(pub: Publication, gemeente: str) -> pd.DataFrame:
    """The boundaries of the wijken of a gemeente, a row per wijk and year: gebied_code, jaar, x, y, vorm, bron."""
    return pub.frame(
        """SELECT gebied_code, jaar, x, y, vorm, bron FROM mart.dim_gebied_vorm
        WHERE soort = 'kaart' AND gebied_code LIKE 'WK' || substr(?, 3, 4) || '%' ORDER BY jaar, gebied_code""",
        (gemeente,),
    )


def veranderingen(pub: Publication, gemeente: str) -> pd.DataFrame:
    """What was found about every change of the own gemeente as a whole, newest period of each comparison."""
    return pub.frame(
        """SELECT * FROM mart.fct_indicatorverandering v
        WHERE gebied_code = ? AND uitsplitsing = 'totaal' ORDER BY indicator, soort, periode, tegenover""",
        (gemeente,),
    )


def verandering(pub: Publication, indicator: str, uitsplitsing: str, gemeente: str) -> pd.DataFrame:
    """What was found about the changes of one breakdown: soort, periode, tegenover, oordeel, toelichting, bounds."""
    return pub.frame(
        """SELECT * FROM mart.fct_indicatorverandering
        WHERE indicator = ? AND uitsplitsing = ? AND gebied_code = ?
        ORDER BY list_position(['vorige', 'trend', 'gebied'], soort), periode DESC, tegenover""",
        (indicator, uitsplitsing, gemeente),
    )


def posities(pub: Publication, gemeente: str) -> pd.DataFrame:
    """Place of the own gemeente among all, per indicator and period: rang, aantal, kwartiel."""
    return pub.frame(
        """SELECT indicator, periode, rang, aantal, kwartiel FROM mart.fct_indicatorpositie
        WHERE gebied_code = ? AND uitsplitsing = 'totaal'""",
        (gemeente,),
    )


def groepen(pub: Publication) -> pd.DataFrame:
    """The groups that the own gemeente is compared with, and their members: groep, naam, gebied_code, toelichting."""
    return pub.frame(
        """SELECT v.*, coalesce(g.naam, v.gebied_code) AS gebied
        FROM mart.dim_vergelijkingsgroep v LEFT JOIN mart.dim_gebied g USING (gebied_code)
        ORDER BY list_position(['vergelijkbaar', 'regio', 'provincie', 'grootteklasse'], groep),
                 volgorde, gebied_code"""
    )


def toen_en_nu(pub: Publication) -> pd.DataFrame:
    """The baseline of the own gemeente with the newest figure beside it; no rows when it has none.

    A publication that was made before the monitor had this table stays readable.
    """
    there = pub.frame("SELECT 1 FROM information_schema.tables WHERE table_name = 'fct_toen_en_nu'")
    return pub.frame("SELECT * FROM mart.fct_toen_en_nu ORDER BY volgorde, onderwerp") if len(there) else there
