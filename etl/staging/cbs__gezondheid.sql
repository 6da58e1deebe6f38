-- Health of adults per region and edition: marge says whether a row is the value or a bound of its 95 % interval.
SELECT
    tabel,
    onderwerp,
    gebied_code,
    gebied_naam,
    periode,
    uitsplitsing,
    marge,
    waarde,
    eenheid,
    status
FROM raw.cbs__gezondheid
