-- after: stg.voorziening__periode
-- Inflow and outflow of every group by month, and by how much its stock changes: unique persons, as known at the peildatum.
-- The stock follows from the flows: periods of one person never overlap, so stand = begun so far - ended before today.
WITH dubbel AS (
    -- Who leaves on the 1st and is back on the 31st enters (or leaves) twice in one month: unique persons count once.
    SELECT b.peildatum, b.groep_nr, b.van, b.tot
    FROM stg.voorziening__periode AS b
    JOIN stg.voorziening__periode AS a USING (peildatum, groep_nr, persoon_nr)
    WHERE day(b.van) = 31 AND a.van = a.tot AND a.tot = b.van - 30
), los AS (
    SELECT peildatum, groep_nr, CAST(date_trunc('month', van) AS DATE) AS maand,
        count(*) AS instroom, 0 AS uitstroom, count(*) AS erbij
    FROM stg.voorziening__periode WHERE van <= peildatum GROUP BY ALL
    UNION ALL
    SELECT peildatum, groep_nr, CAST(date_trunc('month', tot) AS DATE), 0, count(*), 0
    FROM stg.voorziening__periode WHERE tot <= peildatum GROUP BY ALL
    UNION ALL
    SELECT peildatum, groep_nr, CAST(date_trunc('month', tot + 1) AS DATE), 0, 0, -count(*)
    FROM stg.voorziening__periode WHERE tot < peildatum GROUP BY ALL
    UNION ALL
    SELECT peildatum, groep_nr, CAST(date_trunc('month', van) AS DATE), -count(*), -count(*) FILTER (tot = van), 0
    FROM dubbel WHERE van <= peildatum GROUP BY ALL
)
SELECT peildatum, groep_nr, maand,
    CAST(sum(instroom) AS INTEGER) AS instroom, CAST(sum(uitstroom) AS INTEGER) AS uitstroom,
    CAST(sum(erbij) AS INTEGER) AS erbij
FROM los
GROUP BY ALL
