-- per: levering
-- The deliveries behind fct_voorziening_kenmerk: those behind fct_voorziening, for the laws and peildata it has.
SELECT
    '*' AS maand, wet, '*' AS onderdeel, '*' AS gebied_code, '*' AS kenmerk, '*' AS waarde, '*' AS maat, peildatum,
    levering_id, rijen
FROM stg.voorziening__herkomst
WHERE wet <> 'schuldhulp' AND (wet, peildatum) IN (SELECT DISTINCT wet, peildatum FROM mart.fct_voorziening_kenmerk)
