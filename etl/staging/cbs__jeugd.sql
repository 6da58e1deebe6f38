-- Youth care per region and period, one row per figure. 82972NED and 85098NED side by side: joining them is the indicator's.
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
FROM raw.cbs__jeugd
