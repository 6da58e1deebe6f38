-- after: stg.wmo__toekenning, stg.jeugd__toekenning, stg.voorziening__bereik
-- What each award is worth in each month that it runs in: the newest peildatum of a law gives its month and the 35 before,
-- an earlier one only its own month.
-- Worth = volume x tariff x how often x days of the month in which it runs. The unit needs no conversion, since the tariff is
-- per unit. How often (WMO757): 1 a day, 2 a week, 4 a month (the part of the month in which it runs), 6 in all (spread
-- evenly over the days of the award, so its end must be known); 3 is per four weeks: outside the standard, but it occurs.
-- No price: volume, tariff, frequency or form not known, an unknown frequency, or a volume in euros (unit 83), which
-- has no tariff. Cents are rounded per award and month (half a cent goes up), so that a total is the sum of its parts.
WITH award AS (
    SELECT 'wmo' AS wet, peildatum, persoon_nr, onderdeel, leveringsvorm, aanbieder, ingangsdatum AS van, einddatum AS tot,
        CAST(volume AS DOUBLE) * CAST(tarief_eur AS DOUBLE) AS per_keer, eenheid, frequentie
    FROM stg.wmo__toekenning WHERE besluit = 'toegekend'
    UNION ALL
    SELECT 'jeugd', peildatum, persoon_nr, onderdeel, leveringsvorm, aanbieder, ingangsdatum, einddatum,
        CAST(volume AS DOUBLE) * CAST(tarief_eur AS DOUBLE), eenheid, frequentie
    FROM stg.jeugd__toekenning WHERE besluit = 'toegekend'
), maand AS (
    SELECT d.wet, d.peildatum, CAST(m.maand AS DATE) AS maand, last_day(CAST(m.maand AS DATE)) AS laatste
    FROM stg.voorziening__bereik AS d
    CROSS JOIN LATERAL (SELECT unnest(generate_series(
        greatest(date_trunc('month', d.peildatum) - INTERVAL 35 MONTH, d.vanaf), d.peildatum, INTERVAL 1 MONTH)) AS maand) AS m
)
SELECT
    a.peildatum, m.maand, a.wet, a.onderdeel, a.leveringsvorm, a.aanbieder, a.persoon_nr,
    CASE WHEN a.leveringsvorm IN ('ZIN', 'PGB') AND coalesce(a.eenheid, '83') <> '83' THEN
        CAST(round(a.per_keer * (least(coalesce(a.tot, m.laatste), m.laatste) - greatest(a.van, m.maand) + 1) / CASE
            a.frequentie
            WHEN '1' THEN 1
            WHEN '2' THEN 7
            WHEN '3' THEN 28
            WHEN '4' THEN day(m.laatste)
            WHEN '6' THEN a.tot - a.van + 1
        END + 1e-9, 2) AS DECIMAL(18,2))
    END AS verwacht_eur
FROM award AS a
JOIN maand AS m
    ON m.wet = a.wet AND m.peildatum = a.peildatum AND a.van <= m.laatste AND (a.tot IS NULL OR a.tot >= m.maand)
