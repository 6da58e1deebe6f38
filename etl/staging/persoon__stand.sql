-- after: stg.voorziening__levering, stg.voorziening__bereik
-- Which delivery of each law says how a day stood: sources deliver on different days, so the state of all laws together
-- at a peildatum uses of each law its newest delivery up to that day. A law that was silent for over half a year (debt aid
-- comes by the quarter, and can be late) says nothing about today any more and is left out.
-- The newest of all days gives the 24 months up to it, an earlier one its own month (`vanaf`), as it was known then.
-- Only days on which two or more laws are known: with one there is nothing to lay beside it.
SELECT
    d.peildatum, l.wet, l.bron_peildatum,
    CAST(date_trunc('month', d.peildatum) - if(d.peildatum = (SELECT max(peildatum) FROM stg.voorziening__bereik),
        INTERVAL 23 MONTH, INTERVAL 0 MONTH) AS DATE) AS vanaf
FROM (SELECT DISTINCT peildatum FROM stg.voorziening__levering) AS d
JOIN LATERAL (
    SELECT wet, max(peildatum) AS bron_peildatum
    FROM stg.voorziening__levering
    WHERE peildatum BETWEEN d.peildatum - 184 AND d.peildatum
    GROUP BY wet
) AS l ON TRUE
QUALIFY count(*) OVER (PARTITION BY d.peildatum) >= 2
