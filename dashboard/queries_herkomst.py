"""From a published figure to the deliveries, sheets and rows behind it, and back; reads mart and meta only."""

from __future__ import annotations

import pandas as pd

from dashboard.queries import DELEN
from dashboard.store import OtherVersion, Publication
from indicators.core.contract import BY_NAME

_LEVERING = "l.bron, l.bestand, l.peildatum, l.status"


def _sleutel(table: str) -> str:
    """The key of a fact as meta.herkomst writes it: its key columns as text, joined by |."""
    return " || '|' || ".join(f"coalesce(CAST({name} AS VARCHAR), '')" for name in BY_NAME[table].key)


def sporen(pub: Publication, tabel: str, sleutel: str) -> pd.DataFrame:
    """The origins of one figure, a key with * for every value included; newest delivery first.

    Returns:
        sleutel (as noted), levering_id, blad, rij_van, rij_tot, rijen, bron, bestand, peildatum, status.
    """
    return pub.frame(
        f"""SELECT h.sleutel, h.levering_id, h.blad, h.rij_van, h.rij_tot, h.rijen, {_LEVERING}
        FROM meta.herkomst h JOIN meta.levering l USING (levering_id)
        WHERE h.mart_tabel = ? AND (h.sleutel = ? OR (
            h.sleutel LIKE '%*%' AND len(string_split(h.sleutel, '|')) = len(string_split(?, '|'))
            AND len(list_filter(list_zip(string_split(h.sleutel, '|'), string_split(?, '|')),
                                lambda z: z[1] <> '*' AND z[2] <> '*' AND z[1] <> z[2])) = 0))
        ORDER BY l.peildatum DESC NULLS LAST, l.bestand, h.blad, h.rij_van""",
        (tabel, sleutel, sleutel, sleutel),
    )


def levering(pub: Publication, levering_id: str) -> pd.DataFrame:
    """The row of meta.levering of one delivery; no row for an unknown one."""
    return pub.frame("SELECT * FROM meta.levering WHERE levering_id = ?", (levering_id,))


def gevoed(pub: Publication, levering_id: str) -> pd.DataFrame:
    """How many figures a delivery feeds: mart_tabel, cijfers (keys), rijen (rows of the delivery that they rest on)."""
    return pub.frame(
        """SELECT mart_tabel, count(DISTINCT sleutel) AS cijfers, sum(rijen)::BIGINT AS rijen
        FROM meta.herkomst WHERE levering_id = ? GROUP BY ALL ORDER BY cijfers DESC, mart_tabel""",
        (levering_id,),
    )


def figuren(pub: Publication, levering_id: str, tabel: str) -> pd.DataFrame:
    """The figures of one table that a delivery feeds: sleutel, blad, rij_van, rij_tot, rijen."""
    return pub.frame(
        """SELECT sleutel, blad, rij_van, rij_tot, rijen FROM meta.herkomst
        WHERE levering_id = ? AND mart_tabel = ? ORDER BY sleutel, blad, rij_van""",
        (levering_id, tabel),
    )


def waarden(pub: Publication, tabel: str, sleutel: str) -> pd.DataFrame:
    """The published row itself; none where the key stands for many rows, or for none."""
    if tabel not in BY_NAME or not tabel.startswith("mart.fct_"):
        return pd.DataFrame()
    # The table is a name of the contract, the key a value: nothing of the address gets into the SQL.
    return pub.frame(f"SELECT * FROM {tabel} WHERE {_sleutel(tabel)} = ?", (sleutel,))


_DEEL = "(? = 'totaal' OR r.onderdeel = ? OR r.onderdeel IN (SELECT onderdeel FROM mart.dim_onderdeel WHERE wet = ?))"


def begroting_regels(pub: Publication, boekjaar: int, onderdeel: str) -> pd.DataFrame:
    """The budget per taakveld as it stands: onderdeel, taakveld, lasten_baten, peildatum, amounts in euros, sleutel."""
    return pub.part(
        f"""WITH deel AS (SELECT r.*, d.wet FROM mart.v_begroting r LEFT JOIN mart.dim_onderdeel d USING (onderdeel))
        SELECT {DELEN} AS deel, onderdeel, taakveld, lasten_baten, peildatum,
               primitief_eur::DOUBLE AS primitief_eur, wijzigingen_eur::DOUBLE AS wijzigingen_eur,
               actueel_eur::DOUBLE AS actueel_eur, {_sleutel("mart.fct_begroting")} AS sleutel
        FROM deel d WHERE boekjaar = ?
        ORDER BY deel, onderdeel, lasten_baten DESC, taakveld""",
        (boekjaar,),
        onderdeel,
    )


def boekingen(pub: Publication, boekjaar: int, onderdeel: str) -> pd.DataFrame:
    """What is booked, as it stands: a row per onderdeel, taakveld, lasten_baten, periode and soort (stand, mutatie).

    Returns:
        Those columns, prestatiemaanden (how many months of care), peildatum, bedrag_eur in euros.
    """
    return pub.part(
        f"""WITH som AS (
            SELECT onderdeel, taakveld, lasten_baten, periode, soort, max(peildatum) AS peildatum,
                   sum(bedrag_eur)::DOUBLE AS bedrag_eur
            FROM mart.v_realisatie WHERE boekjaar = ? AND bedrag_eur IS NOT NULL GROUP BY ALL
        ), deel AS (SELECT som.*, d.wet FROM som LEFT JOIN mart.dim_onderdeel d USING (onderdeel))
        SELECT {DELEN} AS deel, * EXCLUDE (wet)
        FROM deel d ORDER BY deel, onderdeel, lasten_baten DESC, taakveld, periode""",
        (boekjaar,),
        onderdeel,
    )


def boeking_sporen(pub: Publication, boekjaar: int, onderdeel: str) -> pd.DataFrame:
    """The origins of `boekingen`: its columns up to soort, sleutel, and where each comes from."""
    return pub.frame(
        f"""WITH regel AS (
            SELECT r.onderdeel, r.taakveld, r.lasten_baten, r.periode, r.soort,
                   {_sleutel("mart.fct_realisatie")} AS sleutel
            FROM mart.v_realisatie r WHERE r.boekjaar = ? AND r.bedrag_eur IS NOT NULL AND {_DEEL}
        )
        SELECT regel.*, h.levering_id, h.blad, h.rij_van, h.rij_tot, h.rijen, {_LEVERING}
        FROM regel JOIN meta.herkomst h ON h.mart_tabel = 'mart.fct_realisatie' AND h.sleutel = regel.sleutel
        JOIN meta.levering l USING (levering_id) ORDER BY l.bestand, h.blad, h.rij_van""",
        (boekjaar, onderdeel, onderdeel, onderdeel),
    )


def leveringen_achter(pub: Publication, tabellen: tuple[str, ...]) -> pd.DataFrame:
    """The newest delivery per source behind tables, and how many there are: bron, levering_id, bestand, peildatum."""
    marks = ", ".join("?" * len(tabellen))
    return pub.frame(
        f"""WITH achter AS (
            SELECT DISTINCT l.levering_id, {_LEVERING} FROM meta.herkomst h JOIN meta.levering l USING (levering_id)
            WHERE h.mart_tabel IN ({marks})
        )
        SELECT bron, arg_max(levering_id, peildatum) AS levering_id, arg_max(bestand, peildatum) AS bestand,
               max(peildatum) AS peildatum, count(*) AS leveringen
        FROM achter GROUP BY bron ORDER BY bron""",
        tabellen,
    )


def cbs_tabellen(pub: Publication, onderwerpen: tuple[str, ...]) -> pd.DataFrame:
    """The rows of meta.cbs_tabel of the tables that gave figures on these topics."""
    marks = ", ".join("?" * len(onderwerpen))
    return pub.frame(
        f"""SELECT * FROM meta.cbs_tabel WHERE tabel IN (
            SELECT DISTINCT tabel FROM mart.fct_cbs_waarneming WHERE onderwerp IN ({marks})
        ) ORDER BY tabel""",
        onderwerpen,
    )


def bronnen(pub: Publication) -> pd.DataFrame:
    """Every source that can be read, delivered or not: bron, titel, ritme_dagen, over_personen, and what was delivered.

    A publication of before sources were published gives those that delivered, without name and rhythm.
    """
    delivered = pub.frame(
        """SELECT bron, count(*) AS leveringen, max(peildatum) FILTER (status = 'geldig') AS nieuwste,
               sum(rijen_gelezen)::BIGINT AS gelezen, sum(rijen_geladen)::BIGINT AS geladen,
               sum(rijen_geweigerd)::BIGINT AS geweigerd, sum(rijen_buiten_bereik)::BIGINT AS buiten_bereik
        FROM meta.levering GROUP BY bron ORDER BY bron"""
    )
    try:
        known = pub.frame("SELECT bron, titel, ritme_dagen, over_personen FROM meta.bron ORDER BY bron")
    except OtherVersion:
        known = pd.DataFrame({"bron": [], "titel": [], "ritme_dagen": [], "over_personen": []})
    return known.merge(delivered, on="bron", how="outer").sort_values("bron")


def tabellen_van(pub: Publication, bronnen: tuple[str, ...]) -> list[str]:
    """The tables with figures that the deliveries of some sources feed."""
    marks = ", ".join("?" * len(bronnen))
    sql = f"""SELECT DISTINCT h.mart_tabel FROM meta.herkomst h JOIN meta.levering l USING (levering_id)
        WHERE l.bron IN ({marks}) ORDER BY h.mart_tabel"""
    return list(pub.frame(sql, bronnen)["mart_tabel"])


def levering_van(pub: Publication, bron: str, sha256: str) -> str:
    """The id of the delivery that a file of these bytes became; "" when there is none."""
    rows = pub.frame(
        "SELECT levering_id FROM meta.levering WHERE bron = ? AND sha256 = ? ORDER BY ingelezen_op DESC LIMIT 1",
        (bron, sha256),
    )
    return str(rows["levering_id"].iloc[0]) if len(rows) else ""
