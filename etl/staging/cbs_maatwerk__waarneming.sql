-- Figures that CBS publishes only as a workbook or dashboard, as they stand newest.
SELECT
    indicator, gebied_code, periode, coalesce(uitsplitsing, 'totaal') AS uitsplitsing, waarde, ondergrens, bovengrens,
    eenheid, status, adres, peildatum
FROM raw.cbs_maatwerk__waarneming
