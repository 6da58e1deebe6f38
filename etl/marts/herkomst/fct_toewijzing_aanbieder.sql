-- per: levering
-- The deliveries behind fct_toewijzing_aanbieder: those behind fct_voorziening, for the laws and peildata it has.
SELECT '*' AS maand, wet, '*' AS onderdeel, '*' AS aanbieder, peildatum, levering_id, rijen
FROM stg.voorziening__herkomst
WHERE (wet, peildatum) IN (SELECT DISTINCT wet, peildatum FROM mart.fct_toewijzing_aanbieder)
