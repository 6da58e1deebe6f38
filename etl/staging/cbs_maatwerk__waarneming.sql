-- Figures that CBS publishes only as a workbook or dashboard, as they stand newest.
-- No breakdown is the total, however the file writes it.
SELECT
    indicator, gebied_code, periode,
    if(lower(coalesce(uitsplitsing, '')) IN ('', 'totaal'), 'totaal', uitsplitsing) AS uitsplitsing,
    waarde, ondergrens, bovengrens,
    eenheid, status, adres, peildatum,
    levering_id, bron_blad, bron_rij
FROM raw.cbs_maatwerk__waarneming
