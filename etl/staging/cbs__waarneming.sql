-- Every figure of CBS that was asked for: marge says whether a row is the value or a bound of its 95 % interval. Tables
-- about the same stand side by side: joining them is the indicator's.
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
FROM raw.cbs__waarneming
