-- after: stg.wmo__toekenning, stg.jeugd__toekenning
-- What each award costs every time, and over how many days that is spread: what awards are worth follows from it.
-- The unit needs no conversion, since the tariff is per unit. How often (WMO757): 1 a day, 2 a week, 4 a month (`dagen` is
-- empty: the days of the month itself), 6 in all (spread evenly over the days of the award, so its end must be known); 3 is
-- per four weeks: outside the standard, but it occurs.
-- No price: volume, tariff, frequency or form not known, an unknown frequency, or a volume in euros (unit 83), which
-- has no tariff.
WITH award AS (
    SELECT 'wmo' AS wet, peildatum, persoon_nr, onderdeel, leveringsvorm, aanbieder, ingangsdatum AS van, einddatum AS tot,
        CAST(volume AS DOUBLE) * CAST(tarief_eur AS DOUBLE) AS per_keer, eenheid, frequentie
    FROM stg.wmo__toekenning WHERE besluit = 'toegekend'
    UNION ALL
    SELECT 'jeugd', peildatum, persoon_nr, onderdeel, leveringsvorm, aanbieder, ingangsdatum, einddatum,
        CAST(volume AS DOUBLE) * CAST(tarief_eur AS DOUBLE), eenheid, frequentie
    FROM stg.jeugd__toekenning WHERE besluit = 'toegekend'
)
SELECT
    wet, peildatum, persoon_nr, onderdeel, leveringsvorm, aanbieder, van, tot,
    CASE WHEN leveringsvorm IN ('ZIN', 'PGB') AND coalesce(eenheid, '83') <> '83'
            AND (frequentie IN ('1', '2', '3', '4') OR frequentie = '6' AND tot IS NOT NULL)
        THEN per_keer END AS per_keer_eur,
    CASE frequentie WHEN '1' THEN 1 WHEN '2' THEN 7 WHEN '3' THEN 28 WHEN '6' THEN tot - van + 1 END AS dagen
FROM award
