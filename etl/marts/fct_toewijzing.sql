-- per: peildatum (the newest in full)
-- What the awards running in a month are worth, for the whole gemeente; awards without a price are counted apart.
SELECT
    maand,
    wet,
    onderdeel,
    leveringsvorm,
    CAST(count(DISTINCT persoon_nr) AS INTEGER) AS clienten,
    CAST(count(*) AS INTEGER) AS toewijzingen,
    CAST(count(*) FILTER (verwacht_eur IS NULL) AS INTEGER) AS zonder_prijs,
    CAST(sum(verwacht_eur) AS DECIMAL(18,2)) AS verwacht_eur,
    peildatum
FROM stg.voorziening__toewijzing
GROUP BY ALL
