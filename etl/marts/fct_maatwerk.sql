-- Figures that CBS publishes only as a workbook or dashboard, as they stand newest.
SELECT
    indicator, gebied_code, periode, uitsplitsing, waarde, ondergrens, bovengrens, eenheid, status, adres, peildatum
FROM stg.cbs_maatwerk__waarneming
