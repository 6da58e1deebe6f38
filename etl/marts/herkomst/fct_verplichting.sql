-- per: levering
-- The deliveries behind fct_verplichting: those behind fct_voorziening, for the laws and peildata it has.
SELECT '*' AS boekjaar, wet, '*' AS onderdeel, peildatum, levering_id, rijen
FROM stg.voorziening__herkomst
WHERE (wet, peildatum) IN (SELECT DISTINCT wet, peildatum FROM mart.fct_verplichting)
