-- One row per declaration line of the Jeugdwet, as the newest state has it. The person is a number within this file, to count
-- unique clients: nothing else is asked of it.
WITH nummer AS (
    SELECT persoon, row_number() OVER () AS persoon_nr
    FROM (SELECT DISTINCT persoon FROM raw.jeugd__declaratie)
)
SELECT
    r.levering_id,
    r.peildatum,
    n.persoon_nr,
    r.prestatiemaand,
    CAST(date_trunc('month', r.ontvangen_op) AS DATE) AS ontvangstmaand,
    r.onderdeel,
    coalesce(r.leveringsvorm, 'onbekend') AS leveringsvorm,
    r.aanbieder,
    r.bedrag_eur
FROM raw.jeugd__declaratie AS r
JOIN nummer AS n ON n.persoon = r.persoon
