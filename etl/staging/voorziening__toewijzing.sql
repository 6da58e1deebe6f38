-- after: stg.voorziening__prijs, stg.voorziening__bereik
-- What each award is worth in each month that it runs in: the newest peildatum of a law gives its month and the 35 before,
-- an earlier one only its own month.
-- Worth = volume x tariff x how often x days of the month in which it runs (voorziening__prijs); of a price a month the
-- part of the month in which it runs. Cents are rounded per award and month (half a cent goes up), so that a total is the
-- sum of its parts.
WITH maand AS (
    SELECT d.wet, d.peildatum, CAST(m.maand AS DATE) AS maand, last_day(CAST(m.maand AS DATE)) AS laatste
    FROM stg.voorziening__bereik AS d
    CROSS JOIN LATERAL (SELECT unnest(generate_series(
        greatest(date_trunc('month', d.peildatum) - INTERVAL 35 MONTH, d.vanaf), d.peildatum, INTERVAL 1 MONTH)) AS maand) AS m
)
SELECT
    a.peildatum, m.maand, a.wet, a.onderdeel, a.leveringsvorm, a.aanbieder, a.persoon_nr,
    CAST(round(a.per_keer_eur * (least(coalesce(a.tot, m.laatste), m.laatste) - greatest(a.van, m.maand) + 1)
        / coalesce(a.dagen, day(m.laatste)) + 1e-9, 2) AS DECIMAL(18,2)) AS verwacht_eur
FROM stg.voorziening__prijs AS a
JOIN maand AS m
    ON m.wet = a.wet AND m.peildatum = a.peildatum AND a.van <= m.laatste AND (a.tot IS NULL OR a.tot >= m.maand)
