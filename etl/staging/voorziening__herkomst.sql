-- after: stg.voorziening__levering
-- Which deliveries the state of a law at a peildatum is made of, with how many lines of each.
SELECT l.wet, l.peildatum, d.levering_id, CAST(sum(d.rijen) AS INTEGER) AS rijen
FROM stg.voorziening__levering AS l
JOIN raw.levering AS d ON d.bron = l.wet AND d.entiteit = l.entiteit AND d.peildatum = l.bron_peildatum
GROUP BY ALL
