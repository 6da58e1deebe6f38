-- per: levering
-- The deliveries behind fct_schuldhulp: the dossiers of each peildatum, and the office's report.
SELECT '*' AS maand, '*' AS soort, '*' AS maat, 'dossiers' AS bron, CAST(peildatum AS VARCHAR) AS peildatum, levering_id,
    count(*) AS rijen
FROM stg.schuldhulp__dossier GROUP BY ALL
UNION ALL
SELECT '*', '*', '*', 'overzicht', '*', levering_id, count(*)
FROM stg.schuldhulp__overzicht GROUP BY ALL
