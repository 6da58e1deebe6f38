-- after: stg.voorziening__venster
-- Debt aid by month and kind, for the whole gemeente, from two sides that are never added up: counted from the dossiers of
-- each peildatum, and as the office reports it itself (newest state).
-- nieuw: dossiers that began in the month; lopend: running on its last day (or on the peildatum); beeindigd: with their
-- last day in it; geslaagd: of these, with that result. Who applied and still waits has no first day and is none of these.
-- Months before a cut in the export are left out: they would be made of the dossiers that outlived it and seem to grow.
-- Euros of dossiers: the debt or credit at the start.
WITH dossier AS (
    SELECT peildatum, soort, ingangsdatum AS van, einddatum AS tot, resultaat, schuld_eur
    FROM stg.schuldhulp__dossier
), maand AS (
    SELECT d.peildatum, d.instroom_vanaf, CAST(m.maand AS DATE) AS maand,
        least(last_day(CAST(m.maand AS DATE)), d.peildatum) AS dag
    FROM (
        SELECT d.peildatum, greatest(date_trunc('month', min(d.van)), max(v.vanaf) FILTER (v.afgekapt)) AS vanaf,
            coalesce(max(v.instroom_vanaf) FILTER (v.afgekapt), DATE '1900-01-01') AS instroom_vanaf
        FROM dossier AS d
        LEFT JOIN stg.voorziening__venster AS v
            ON v.wet = 'schuldhulp' AND v.onderdeel = 'totaal' AND v.peildatum = d.peildatum
        WHERE d.van <= d.peildatum
        GROUP BY d.peildatum
    ) AS d
    CROSS JOIN LATERAL (SELECT unnest(generate_series(d.vanaf, d.peildatum, INTERVAL 1 MONTH)) AS maand) AS m
), geteld AS (
    SELECT m.peildatum, m.maand, d.soort,
        CASE WHEN d.van BETWEEN m.maand AND m.dag AND m.maand >= m.instroom_vanaf THEN 1 END AS nieuw,
        CASE WHEN coalesce(d.tot >= m.dag, TRUE) THEN 1 END AS lopend,
        CASE WHEN d.tot BETWEEN m.maand AND m.dag THEN 1 END AS beeindigd,
        CASE WHEN d.tot BETWEEN m.maand AND m.dag AND d.resultaat = 'geslaagd' THEN 1 END AS geslaagd,
        d.schuld_eur
    FROM maand AS m
    JOIN dossier AS d ON d.peildatum = m.peildatum AND d.van <= m.dag AND (d.tot IS NULL OR d.tot >= m.maand)
)
SELECT
    maand,
    soort,
    maat,
    'dossiers' AS bron,
    CAST(count(*) AS INTEGER) AS aantal,
    CAST(sum(schuld_eur) AS DECIMAL(18,2)) AS bedrag_eur,
    peildatum
FROM geteld UNPIVOT (een FOR maat IN (nieuw, lopend, beeindigd, geslaagd))
GROUP BY ALL
UNION ALL
SELECT maand, soort, maat, 'overzicht', aantal, bedrag_eur, max(peildatum) OVER ()
FROM stg.schuldhulp__overzicht
