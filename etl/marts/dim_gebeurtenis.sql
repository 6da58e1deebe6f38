-- Known moments on the axis of time, from the reference list (data/reference/gebeurtenissen.csv).
SELECT gebeurtenis, CAST(datum AS DATE) AS datum, titel, soort, onderdeel, toelichting,
    CAST(bedrag_eur AS DECIMAL(18,2)) AS bedrag_eur
FROM raw.ref_gebeurtenissen
