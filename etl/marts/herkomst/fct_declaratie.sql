-- per: levering
-- The deliveries behind fct_declaratie: every one that has lines in the newest state of its law.
SELECT
    '*' AS prestatiemaand, '*' AS ontvangstmaand, 'wmo' AS wet, '*' AS onderdeel, '*' AS leveringsvorm, levering_id,
    count(*) AS rijen
FROM stg.wmo__declaratie GROUP BY ALL
UNION ALL
SELECT '*', '*', 'jeugd', '*', '*', levering_id, count(*)
FROM stg.jeugd__declaratie GROUP BY ALL
