-- Of each law and peildatum: which delivery of each kind of line counts. Almost always that is the one of the day itself.
-- A law can come in files of their own (benefits, trajectories) of different days: the state of the law at a day is then
-- of each kind its newest delivery up to that day. Older than a quarter is too old to stand in: that kind is left out.
WITH dag AS (
    SELECT DISTINCT bron AS wet, entiteit, peildatum
    FROM raw.levering
    WHERE (bron, entiteit) IN (
        ('wmo', 'toekenning'), ('jeugd', 'toekenning'), ('participatiewet', 'uitkering'),
        ('participatiewet', 'verstrekking'), ('participatiewet', 'traject'), ('schuldhulp', 'dossier'))
)
SELECT d.wet, e.entiteit, d.peildatum, max(e.peildatum) AS bron_peildatum
FROM (SELECT DISTINCT wet, peildatum FROM dag) AS d
JOIN dag AS e ON e.wet = d.wet AND e.peildatum BETWEEN d.peildatum - 92 AND d.peildatum
GROUP BY ALL
