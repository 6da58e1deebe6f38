-- Figures of CBS as published: the value and its bounds, which CBS gives as three rows, become one row.
SELECT
    tabel,
    onderwerp,
    gebied_code,
    periode,
    uitsplitsing,
    max(waarde) FILTER (WHERE marge = 'waarde') AS waarde,
    max(waarde) FILTER (WHERE marge = 'ondergrens') AS ondergrens,
    max(waarde) FILTER (WHERE marge = 'bovengrens') AS bovengrens,
    any_value(eenheid) AS eenheid,
    any_value(status) AS status
FROM stg.cbs__waarneming
GROUP BY tabel, onderwerp, gebied_code, periode, uitsplitsing
