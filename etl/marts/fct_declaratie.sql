-- Declared care by month of care and month of receipt, for the whole gemeente: declared less credited.
-- The newest state of each law; the lines themselves say when they came, so every earlier state is in it.
WITH regel AS (
    SELECT 'wmo' AS wet, * EXCLUDE (levering_id) FROM stg.wmo__declaratie
    UNION ALL
    SELECT 'jeugd' AS wet, * EXCLUDE (levering_id) FROM stg.jeugd__declaratie
)
SELECT
    r.prestatiemaand,
    r.ontvangstmaand,
    r.wet,
    r.onderdeel,
    r.leveringsvorm,
    CAST(sum(r.bedrag_eur) AS DECIMAL(18,2)) AS bedrag_eur,
    CAST(count(*) AS INTEGER) AS regels,
    CAST(count(DISTINCT r.persoon_nr) AS INTEGER) AS clienten,
    s.peildatum
FROM regel AS r
JOIN (SELECT wet, max(peildatum) AS peildatum FROM regel GROUP BY wet) AS s USING (wet)
GROUP BY ALL
