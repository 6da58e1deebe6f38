-- per: levering
-- The deliveries behind fct_voorziening: one pattern of keys per law and peildatum, with the lines of each delivery.
-- A line of a person source is about a person, so no sheet and no row: the delivery and how many lines it gave.
SELECT '*' AS maand, wet, '*' AS onderdeel, '*' AS gebied_code, '*' AS maat, peildatum, levering_id, rijen
FROM stg.voorziening__herkomst
WHERE wet <> 'schuldhulp' AND (wet, peildatum) IN (SELECT DISTINCT wet, peildatum FROM mart.fct_voorziening)
