"""Every question the screens ask the published database. Reads mart and meta only; each function gives a DataFrame.

Money is summed in SQL, where it is exact, and handed over as DOUBLE euros. `onderdeel` may be a budget part or a sum:
those in contract.AGGREGATEN ('totaal', 'wmo', ...). The screens follow lasten (spending); baten come with the saldo.
"""

from __future__ import annotations

import pandas as pd

from dashboard.store import Publication
from indicators.core.contract import AGGREGATEN
from indicators.core.settings import settings
from indicators.forecast.scenario_basis import SQL as SCENARIO_SQL
from indicators.forecast.scenario_basis import Basis

#: What a row with `onderdeel` and `wet` of `d` counts in: itself, the sum of its law, and all.
DELEN = "unnest(list_distinct([d.onderdeel, d.wet, 'totaal']))"

#: Budget and names per onderdeel and per sum of onderdelen, newest state of each year.
_BEGROTING = """
    per_onderdeel AS (
        SELECT b.boekjaar, b.peildatum, b.onderdeel, d.wet,
               sum(b.primitief_eur) AS primitief_eur, sum(b.actueel_eur) AS actueel_eur
        FROM mart.v_begroting b LEFT JOIN mart.dim_onderdeel d USING (onderdeel)
        WHERE b.lasten_baten = 'L' GROUP BY ALL
    ), begroting AS (
        SELECT boekjaar, peildatum, onderdeel, primitief_eur, actueel_eur FROM per_onderdeel
        UNION ALL
        SELECT boekjaar, peildatum, wet, sum(primitief_eur), sum(actueel_eur)
        FROM per_onderdeel WHERE wet IS NOT NULL GROUP BY ALL
        UNION ALL
        SELECT boekjaar, peildatum, 'totaal', sum(primitief_eur), sum(actueel_eur) FROM per_onderdeel GROUP BY ALL
    )"""

#: The newest forecast of each year; for a closed year that is the last one made for it.
_PROGNOSE = """
    prognose AS (
        SELECT * FROM mart.fct_prognose p
        WHERE lasten_baten = 'L' AND scenario = 'basis'
          AND peildatum = (SELECT max(peildatum) FROM mart.fct_prognose x WHERE x.boekjaar = p.boekjaar)
    )"""

_STAND = """
    per_maand AS (
        SELECT r.boekjaar, r.periode, r.onderdeel, d.wet, r.stand_eur
        FROM mart.v_realisatie_maand r LEFT JOIN mart.dim_onderdeel d USING (onderdeel) WHERE r.lasten_baten = 'L'
    )"""


def publicatie(pub: Publication) -> pd.DataFrame:
    """The one row about this publication: run, gemaakt_op, peildatum, gemeente, voorbeelddata."""
    return pub.frame("SELECT * FROM meta.publicatie LIMIT 1")


def boekjaren(pub: Publication) -> list[int]:
    """Years with a budget or a forecast, newest first."""
    frame = pub.frame(
        "SELECT DISTINCT boekjaar FROM (SELECT boekjaar FROM mart.fct_begroting UNION ALL SELECT "
        "boekjaar FROM mart.fct_prognose) "
        "ORDER BY boekjaar DESC"
    )
    return [int(v) for v in frame["boekjaar"]]


def onderdelen(pub: Publication) -> pd.DataFrame:
    """onderdeel, naam, wet and volgorde of every budget part."""
    return pub.frame("SELECT onderdeel, naam, wet, volgorde FROM mart.dim_onderdeel ORDER BY volgorde, onderdeel")


def namen(pub: Publication) -> dict[str, str]:
    """Dutch name per onderdeel, sums included."""
    frame = onderdelen(pub)
    return {**AGGREGATEN, **dict(zip(frame["onderdeel"], frame["naam"], strict=True))}


def budgetten(pub: Publication, boekjaar: int) -> pd.DataFrame:
    """Per onderdeel and sum: budget in force, forecast of the model, chance, dates and what is booked (euros).

    One row per onderdeel that has a budget or a forecast in this year; columns of the model are NULL without one.
    """
    return pub.frame(
        f"""WITH {_BEGROTING}, {_PROGNOSE}, {_STAND}, model AS (
            SELECT * FROM prognose WHERE boekjaar = ? AND methode = 'model'
        ), van_jaar AS (SELECT * FROM begroting WHERE boekjaar = ?),
        deel AS (
            SELECT {DELEN} AS onderdeel, periode, stand_eur FROM per_maand d WHERE boekjaar = ?
        ), opgeteld AS (SELECT onderdeel, periode, sum(stand_eur) AS stand_eur FROM deel GROUP BY ALL),
        geboekt AS (SELECT onderdeel, arg_max(stand_eur, periode) AS geboekt_eur FROM opgeteld GROUP BY ALL)
        SELECT onderdeel, d.naam, d.wet, d.volgorde, m.peildatum, b.peildatum AS begroting_peildatum,
               b.primitief_eur::DOUBLE AS primitief_eur, b.actueel_eur::DOUBLE AS actueel_eur,
               m.p10_eur::DOUBLE AS p10_eur, m.p25_eur::DOUBLE AS p25_eur, m.p50_eur::DOUBLE AS p50_eur,
               m.p75_eur::DOUBLE AS p75_eur, m.p90_eur::DOUBLE AS p90_eur,
               m.kans_overschrijding, m.uitputting_p10, m.uitputting_p50, m.uitputting_p90, m.toelichting,
               g.geboekt_eur::DOUBLE AS geboekt_eur
        FROM van_jaar b FULL JOIN model m USING (onderdeel)
        LEFT JOIN mart.dim_onderdeel d USING (onderdeel) LEFT JOIN geboekt g USING (onderdeel)
        ORDER BY d.volgorde NULLS FIRST, onderdeel""",
        (boekjaar, boekjaar, boekjaar),
    )


def eerdere_prognose(pub: Publication, boekjaar: int, onderdeel: str) -> pd.DataFrame:
    """The forecast before the newest one for this year: peildatum and p50_eur, at most one row."""
    return pub.frame(
        """SELECT peildatum, p50_eur::DOUBLE AS p50_eur FROM mart.fct_prognose
        WHERE boekjaar = ? AND onderdeel = ? AND lasten_baten = 'L' AND scenario = 'basis' AND methode = 'model'
          AND peildatum < (SELECT max(peildatum) FROM mart.fct_prognose WHERE boekjaar = ?)
        ORDER BY peildatum DESC LIMIT 1""",
        (boekjaar, onderdeel, boekjaar),
    )


def methoden(pub: Publication, boekjaar: int, onderdeel: str) -> pd.DataFrame:
    """What every method expects for this year: methode, peildatum, quantiles in euros, chance, dates."""
    return pub.part(
        f"""WITH {_PROGNOSE}
        SELECT onderdeel, methode, peildatum, p10_eur::DOUBLE AS p10_eur, p50_eur::DOUBLE AS p50_eur,
               p90_eur::DOUBLE AS p90_eur, kans_overschrijding, uitputting_p10, uitputting_p50, uitputting_p90
        FROM prognose WHERE boekjaar = ?
        ORDER BY onderdeel,
               list_position(['model', 'budgethouder', 'lineair', 'vorig_jaar', 'begroting'], methode), methode""",
        (boekjaar,),
        onderdeel,
    )


def baten(pub: Publication, boekjaar: int, onderdeel: str) -> pd.DataFrame:
    """Baten of an onderdeel or sum, in euros: actueel_eur, p50_eur (model), geboekt_eur; no row where it has none."""
    return pub.part(
        f"""WITH lid AS (SELECT d.onderdeel, {DELEN} AS deel FROM mart.dim_onderdeel d), begroot AS (
            SELECT deel, sum(actueel_eur)::DOUBLE AS actueel_eur FROM mart.v_begroting JOIN lid USING (onderdeel)
            WHERE boekjaar = ? AND lasten_baten = 'B' GROUP BY ALL
        ), per_onderdeel AS (
            SELECT onderdeel, arg_max(stand_eur, periode) AS stand_eur FROM mart.v_realisatie_maand
            WHERE boekjaar = ? AND lasten_baten = 'B' GROUP BY ALL
        ), geboekt AS (
            SELECT deel, sum(stand_eur)::DOUBLE AS geboekt_eur
            FROM per_onderdeel JOIN lid USING (onderdeel) GROUP BY ALL
        ), verwacht AS (
            SELECT onderdeel AS deel, max(p50_eur)::DOUBLE AS p50_eur FROM mart.fct_prognose p
            WHERE boekjaar = ? AND lasten_baten = 'B' AND scenario = 'basis' AND methode = 'model'
              AND peildatum = (SELECT max(peildatum) FROM mart.fct_prognose x WHERE x.boekjaar = p.boekjaar)
            GROUP BY ALL
        )
        SELECT deel, actueel_eur, geboekt_eur, p50_eur
        FROM begroot FULL JOIN geboekt USING (deel) FULL JOIN verwacht USING (deel)
        WHERE actueel_eur IS NOT NULL OR geboekt_eur IS NOT NULL OR p50_eur IS NOT NULL""",
        (boekjaar, boekjaar, boekjaar),
        onderdeel,
    )


def verloop(pub: Publication, boekjaar: int, onderdeel: str) -> pd.DataFrame:
    """The course of the year, cumulative per month in euros: maand, geboekt, nog te ontvangen, p10, p50, p90."""
    return pub.part(
        """SELECT onderdeel, maand, geboekt_eur::DOUBLE AS geboekt_eur,
               nog_te_ontvangen_eur::DOUBLE AS nog_te_ontvangen_eur,
               p10_eur::DOUBLE AS p10_eur, p50_eur::DOUBLE AS p50_eur, p90_eur::DOUBLE AS p90_eur
        FROM mart.fct_prognose_verloop v
        WHERE boekjaar = ? AND lasten_baten = 'L' AND scenario = 'basis'
          AND peildatum = (SELECT max(peildatum) FROM mart.fct_prognose_verloop x WHERE x.boekjaar = v.boekjaar)
        ORDER BY onderdeel, maand""",
        (boekjaar,),
        onderdeel,
    )


def standen(pub: Publication, onderdeel: str) -> pd.DataFrame:
    """Booked so far per year and period, cumulative in euros: boekjaar, periode (0-13), stand_eur."""
    return pub.part(
        f"""WITH {_STAND}, deel AS (SELECT {DELEN} AS deel, boekjaar, periode, stand_eur FROM per_maand d)
        SELECT deel, boekjaar, periode, sum(stand_eur)::DOUBLE AS stand_eur FROM deel
        GROUP BY ALL ORDER BY deel, boekjaar, periode""",
        (),
        onderdeel,
    )


def terugtoets(pub: Publication, onderdeel: str) -> pd.DataFrame:
    """What each method said in earlier years and what came out, in euros, per boekjaar, peilmaand and methode."""
    return pub.part(
        """SELECT onderdeel, boekjaar, peilmaand, methode, voorspeld_eur::DOUBLE AS voorspeld_eur,
               p10_eur::DOUBLE AS p10_eur, p90_eur::DOUBLE AS p90_eur, uitkomst_eur::DOUBLE AS uitkomst_eur
        FROM mart.fct_terugtoets ORDER BY onderdeel, boekjaar DESC, peilmaand, methode""",
        (),
        onderdeel,
    )


def scenario_basis(pub: Publication) -> Basis:
    """What a scenario starts from: the newest forecast, read by the SQL of the scenario itself."""
    own = settings().gemeente.code
    return Basis(*(pub.frame(sql, (own,) if "$1" in sql else ()) for sql in SCENARIO_SQL.values()))


def signalen(pub: Publication) -> pd.DataFrame:
    """What asks for attention, first things first, each with how often its rule is wrong."""
    return pub.frame(
        """SELECT s.* REPLACE (s.effect_eur::DOUBLE AS effect_eur), r.titel AS regel_titel, r.vals_alarm_per_jaar,
               r.vertraging_maanden, coalesce(d.naam, s.onderdeel) AS naam
        FROM mart.fct_signaal s
        LEFT JOIN mart.dim_signaalregel r USING (regel) LEFT JOIN mart.dim_onderdeel d USING (onderdeel)
        ORDER BY s.volgorde, s.signaal"""
    )


def signaalregels(pub: Publication) -> pd.DataFrame:
    """The rules behind the signals, with how often each is wrong and how late it is."""
    return pub.frame("SELECT * FROM mart.dim_signaalregel ORDER BY titel")


def verklaring(pub: Publication, boekjaar: int, onderdeel: str) -> pd.DataFrame:
    """Why the newest forecast differs from the budget in force: oorzaak, effect_eur, zin, detail; largest first."""
    return pub.part(
        """SELECT onderdeel, oorzaak, volgorde, effect_eur::DOUBLE AS effect_eur, zin, detail, peildatum
        FROM mart.fct_verklaring v
        WHERE boekjaar = ? AND lasten_baten = 'L'
          AND peildatum = (SELECT max(peildatum) FROM mart.fct_verklaring x WHERE x.boekjaar = v.boekjaar)
        ORDER BY onderdeel, volgorde, oorzaak""",
        (boekjaar,),
        onderdeel,
    )


def bron_k2f(pub: Publication) -> pd.DataFrame:
    """The newest valid delivery per source: bron, bestand, peildatum."""
    return pub.frame(
        """SELECT bron, max(peildatum) AS peildatum, arg_max(bestand, peildatum) AS bestand
        FROM meta.levering WHERE status = 'geldig' GROUP BY bron ORDER BY bron"""
    )


def leveringen(pub: Publication) -> pd.DataFrame:
    """Every delivery that was read, newest peildatum first."""
    return pub.frame("SELECT * FROM meta.levering ORDER BY peildatum DESC NULLS LAST, bron, ingelezen_op DESC")


def weigeringen(pub: Publication) -> pd.DataFrame:
    """Every refusal, with its source."""
    return pub.frame(
        """SELECT w.*, l.bron, l.peildatum FROM meta.weigering w LEFT JOIN meta.levering l USING (levering_id)
        ORDER BY l.peildatum DESC NULLS LAST, w.bestand, w.blad, w.rij NULLS FIRST"""
    )


def nog_in_te_delen(pub: Publication) -> pd.DataFrame:
    """Give what was booked on codes that have no onderdeel yet, newest state per boekjaar, largest first."""
    return pub.frame(
        """WITH bedrag AS (
            SELECT boekjaar, peildatum, taakveld, lasten_baten, actueel_eur::DOUBLE AS begroot_eur, NULL AS geboekt_eur
            FROM mart.v_begroting WHERE onderdeel = 'nog_in_te_delen'
            UNION ALL
            SELECT boekjaar, peildatum, taakveld, lasten_baten, NULL, bedrag_eur::DOUBLE
            FROM mart.v_realisatie WHERE onderdeel = 'nog_in_te_delen'
        )
        SELECT boekjaar, max(peildatum) AS peildatum, taakveld, lasten_baten,
               sum(begroot_eur) AS begroot_eur, sum(geboekt_eur) AS geboekt_eur
        FROM bedrag GROUP BY boekjaar, taakveld, lasten_baten
        ORDER BY boekjaar DESC, greatest(coalesce(abs(sum(begroot_eur)), 0), coalesce(abs(sum(geboekt_eur)), 0)) DESC"""
    )


def cbs_tabellen(pub: Publication) -> pd.DataFrame:
    """Every CBS table and how fresh its copy is."""
    return pub.frame("SELECT * FROM meta.cbs_tabel ORDER BY tabel")
