-- From which month on a peildatum gives details (counts by property, worth of awards, laws together): the newest
-- peildatum of a law gives every month, an earlier one only its own month, as it was known then. Every detail of every
-- month would be many times as much, for the same figures again and again.
SELECT
    d.wet,
    d.peildatum,
    if(d.peildatum = max(d.peildatum) OVER (PARTITION BY d.wet),
        DATE '1900-01-01', CAST(date_trunc('month', d.peildatum) AS DATE)) AS vanaf
FROM (SELECT DISTINCT bron AS wet, peildatum FROM raw.levering WHERE entiteit IN (
    'toekenning', 'uitkering', 'verstrekking', 'traject', 'dossier')) AS d
