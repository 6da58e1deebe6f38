-- per: levering
-- The deliveries behind fct_declaratie_aanbieder: those behind fct_declaratie.
SELECT '*' AS prestatiemaand, '*' AS ontvangstmaand, 'wmo' AS wet, '*' AS onderdeel, '*' AS aanbieder, levering_id, count(*) AS rijen
FROM stg.wmo__declaratie GROUP BY ALL
UNION ALL
SELECT '*', '*', 'jeugd', '*', '*', levering_id, count(*)
FROM stg.jeugd__declaratie GROUP BY ALL
