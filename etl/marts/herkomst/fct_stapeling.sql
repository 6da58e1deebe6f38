-- per: levering
-- The deliveries behind fct_stapeling: of each law the newest up to the peildatum.
SELECT
    '*' AS maand, '*' AS gebied_code, '*' AS eenheid, '*' AS maat, '*' AS combinatie, s.peildatum, h.levering_id,
    max(h.rijen) AS rijen
FROM stg.persoon__stand AS s
JOIN stg.voorziening__herkomst AS h ON h.wet = s.wet AND h.peildatum = s.bron_peildatum
WHERE s.peildatum IN (SELECT DISTINCT peildatum FROM mart.fct_stapeling)
GROUP BY ALL
