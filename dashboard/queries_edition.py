"""What the council edition asks the published database: everything as it was known at the peildatum of the edition.

Reads mart only; money is summed in SQL, where it is exact, and handed over as DOUBLE euros.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

from dashboard.store import Publication

_PROGNOSE_OP = """
    peildatum = (SELECT max(peildatum) FROM {table} x WHERE x.boekjaar = p.boekjaar AND x.peildatum <= ?)"""


def peildatum(pub: Publication, boekjaar: int, begin: dt.date, einde: dt.date) -> dt.date | None:
    """The newest peildatum within a period of which there is a forecast of the year; None without one."""
    return _newest(
        pub, "SELECT max(peildatum) AS dag FROM mart.fct_prognose WHERE boekjaar = ? AND peildatum BETWEEN ? AND ?",
        (boekjaar, begin, einde),
    )  # fmt: skip


def begroot_op(pub: Publication, boekjaar: int, begin: dt.date, einde: dt.date) -> dt.date | None:
    """The newest peildatum within a period of which there is a budget of the year; None without one."""
    return _newest(
        pub, "SELECT max(peildatum) AS dag FROM mart.fct_begroting WHERE boekjaar = ? AND peildatum BETWEEN ? AND ?",
        (boekjaar, begin, einde),
    )  # fmt: skip


def _newest(pub: Publication, sql: str, parameters: tuple[int, dt.date, dt.date]) -> dt.date | None:
    found = pub.frame(sql, parameters).iloc[0]["dag"]
    return None if pd.isna(found) else pd.Timestamp(found).date()


def begroting(pub: Publication, boekjaar: int, day: dt.date) -> pd.DataFrame:
    """Budget per onderdeel and side: peildatum, onderdeel, wet, lasten_baten, primitief_eur, actueel_eur."""
    where = _PROGNOSE_OP.format(table="mart.fct_begroting")
    return pub.frame(
        f"""SELECT p.peildatum, p.onderdeel, coalesce(d.wet, 'overig') AS wet, d.volgorde, p.lasten_baten,
               sum(p.primitief_eur)::DOUBLE AS primitief_eur, sum(p.actueel_eur)::DOUBLE AS actueel_eur
        FROM mart.fct_begroting p LEFT JOIN mart.dim_onderdeel d USING (onderdeel)
        WHERE p.boekjaar = ? AND {where} GROUP BY ALL ORDER BY d.volgorde NULLS LAST, p.onderdeel, p.lasten_baten""",
        (boekjaar, day),
    )


def prognose(pub: Publication, boekjaar: int, day: dt.date) -> pd.DataFrame:
    """The model's forecast per onderdeel or sum and side: quantiles in euros, chance, dates the money is gone."""
    where = _PROGNOSE_OP.format(table="mart.fct_prognose")
    return pub.frame(
        f"""SELECT peildatum, onderdeel, lasten_baten, p10_eur::DOUBLE AS p10_eur, p25_eur::DOUBLE AS p25_eur,
               p50_eur::DOUBLE AS p50_eur, p75_eur::DOUBLE AS p75_eur, p90_eur::DOUBLE AS p90_eur,
               kans_overschrijding, uitputting_p50
        FROM mart.fct_prognose p
        WHERE boekjaar = ? AND scenario = 'basis' AND methode = 'model' AND {where}
        ORDER BY onderdeel, lasten_baten""",
        (boekjaar, day),
    )


def saldo(pub: Publication, boekjaar: int, day: dt.date) -> pd.DataFrame:
    """Baten less lasten per onderdeel or sum: peildatum, begroot_eur, p50_eur, p10_eur, p90_eur, kans_nadeel."""
    where = _PROGNOSE_OP.format(table="mart.fct_prognose_saldo")
    return pub.frame(
        f"""SELECT peildatum, onderdeel, begroot_eur::DOUBLE AS begroot_eur, p50_eur::DOUBLE AS p50_eur,
               p10_eur::DOUBLE AS p10_eur, p90_eur::DOUBLE AS p90_eur, kans_nadeel
        FROM mart.fct_prognose_saldo p WHERE boekjaar = ? AND scenario = 'basis' AND {where} ORDER BY onderdeel""",
        (boekjaar, day),
    )


def verklaring(pub: Publication, boekjaar: int, day: dt.date) -> pd.DataFrame:
    """Why each forecast differs from its budget: onderdeel, lasten_baten, oorzaak, effect_eur, zin; largest first."""
    where = _PROGNOSE_OP.format(table="mart.fct_verklaring")
    return pub.frame(
        f"""SELECT peildatum, onderdeel, lasten_baten, oorzaak, volgorde, effect_eur::DOUBLE AS effect_eur, zin
        FROM mart.fct_verklaring p WHERE boekjaar = ? AND {where}
        ORDER BY onderdeel, lasten_baten, volgorde, oorzaak""",
        (boekjaar, day),
    )


def verloop(pub: Publication, boekjaar: int, day: dt.date, onderdeel: str) -> pd.DataFrame:
    """The course of the year behind a forecast, cumulative per month in euros, lasten."""
    where = _PROGNOSE_OP.format(table="mart.fct_prognose_verloop")
    return pub.frame(
        f"""SELECT maand, geboekt_eur::DOUBLE AS geboekt_eur, nog_te_ontvangen_eur::DOUBLE AS nog_te_ontvangen_eur,
               p10_eur::DOUBLE AS p10_eur, p50_eur::DOUBLE AS p50_eur, p90_eur::DOUBLE AS p90_eur
        FROM mart.fct_prognose_verloop p
        WHERE boekjaar = ? AND onderdeel = ? AND lasten_baten = 'L' AND scenario = 'basis' AND {where}
        ORDER BY maand""",
        (boekjaar, onderdeel, day),
    )


def gebruik(pub: Publication, gemeente: str, day: dt.date) -> pd.DataFrame:
    """Persons with a provision per wet, on the last day of the newest month and of the same month a year earlier.

    Exact counts of the whole gemeente: the edition rounds them. Columns wet, peildatum, maand, aantal, vorig_jaar.
    """
    return pub.frame(
        """WITH stand AS (
            SELECT wet, peildatum, maand, aantal FROM mart.fct_voorziening v
            WHERE maat = 'stand' AND onderdeel = 'totaal' AND gebied_code = ? AND last_day(maand) <= ?
              AND peildatum = (SELECT max(peildatum) FROM mart.fct_voorziening x
                               WHERE x.wet = v.wet AND x.peildatum <= ? AND x.maat = 'stand')
        ), nieuwste AS (SELECT wet, max(maand) AS maand FROM stand GROUP BY wet)
        SELECT s.wet, s.peildatum, s.maand, s.aantal, v.aantal AS vorig_jaar
        FROM nieuwste n JOIN stand s USING (wet, maand)
        LEFT JOIN stand v ON v.wet = s.wet AND v.maand = s.maand - INTERVAL 1 YEAR ORDER BY s.wet""",
        (gemeente, day, day),
    )


def terugtoets(pub: Publication, boekjaar: int, peilmaand: int) -> pd.DataFrame:
    """What the model said in one month of closed years, in euros: onderdeel, boekjaar, voorspeld, band, uitkomst."""
    return pub.frame(
        """SELECT onderdeel, boekjaar, peilmaand, methode, voorspeld_eur::DOUBLE AS voorspeld_eur,
               p10_eur::DOUBLE AS p10_eur, p90_eur::DOUBLE AS p90_eur, uitkomst_eur::DOUBLE AS uitkomst_eur
        FROM mart.fct_terugtoets WHERE boekjaar < ? AND peilmaand = ? ORDER BY onderdeel, boekjaar, methode""",
        (boekjaar, peilmaand),
    )


def programmas(pub: Publication, day: dt.date) -> pd.DataFrame:
    """Every programme and activity, with what was spent as far as known at a day: besteed_op is that peildatum.

    `verloop` tells whether the amount comes from mart.fct_programmaverloop; a publication from before that table has
    the newest amounts only.
    """
    frame = pub.frame(
        """SELECT programma, activiteit, doel, van, tot_en_met, begroting_eur::DOUBLE AS begroting_eur,
               besteed_eur::DOUBLE AS besteed_eur, peildatum
        FROM mart.fct_programma ORDER BY programma, activiteit"""
    )
    return _as_known(frame, _verloop(pub, day), ["programma", "activiteit"], "besteed_eur")


def resultaten(pub: Publication, day: dt.date) -> pd.DataFrame:
    """What was planned and reached, as far as known at a day; columns as programmas, with `bereikt`."""
    frame = pub.frame(
        """SELECT programma, activiteit, resultaat, eenheid, gepland::DOUBLE AS gepland, bereikt::DOUBLE AS bereikt,
               peildatum
        FROM mart.fct_programmaresultaat ORDER BY programma, activiteit, resultaat"""
    )
    return _as_known(frame, _verloop(pub, day), ["programma", "activiteit", "resultaat"], "bereikt")


def _verloop(pub: Publication, day: dt.date) -> pd.DataFrame:
    there = pub.frame("SELECT 1 FROM information_schema.tables WHERE table_name = 'fct_programmaverloop'")
    if there.empty:
        return pd.DataFrame(columns=["programma", "activiteit", "resultaat", "op", "toen"])
    return pub.frame(
        """SELECT programma, activiteit, resultaat, max(peildatum) AS op,
               arg_max(bereikt, peildatum)::DOUBLE AS toen
        FROM mart.fct_programmaverloop WHERE peildatum <= ? GROUP BY ALL""",
        (day,),
    )


def _as_known(frame: pd.DataFrame, then: pd.DataFrame, keys: list[str], column: str) -> pd.DataFrame:
    """Put the figures of then in the place of the newest ones, where there are any."""
    money = "resultaat" not in keys
    then = then[then["resultaat"].fillna("").eq("") == money][[*keys, "op", "toen"]]
    both = frame.merge(then, how="left", on=keys) if len(then) else frame.assign(op=pd.NaT, toen=float("nan"))
    known = both["op"].notna()
    both[column] = both["toen"].where(known, both[column])
    return both.assign(besteed_op=both["op"].where(known, both["peildatum"]), verloop=known).drop(
        columns=["op", "toen"]
    )


def leveringen(pub: Publication, day: dt.date) -> pd.DataFrame:
    """The newest valid delivery per source up to a day: bron, peildatum."""
    return pub.frame(
        """SELECT bron, max(peildatum) AS peildatum FROM meta.levering
        WHERE status = 'geldig' AND peildatum <= ? GROUP BY bron ORDER BY bron""",
        (day,),
    )
