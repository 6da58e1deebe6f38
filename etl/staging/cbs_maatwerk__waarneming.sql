-- Figures that CBS publishes only as a workbook or dashboard, as they stand newest.
SELECT
    indicator, gebied_code, periode, coalesce(uitsplitsing, 'totaal') AS uitsplitsing, waarde, ondergrens, bovengrens,
    eenheid, status, adres, peildatum,
    levering_id, bron_blad, bron_rij
FROM raw.cbs_maatwerk__waarneming
