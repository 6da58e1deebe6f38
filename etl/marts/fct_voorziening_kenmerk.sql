-- per: peildatum (the newest in full)
-- Monthly counts for the whole gemeente by one property of the provision or the person, exact. A row that is not there
-- is a count of 0. The newest peildatum of a law gives every month, an earlier one its own month. Wijken are left out: by property nearly every count of a wijk would be secret.
WITH beweging AS (
    SELECT s.peildatum, g.wet, g.onderdeel, g.kenmerk, g.waarde, s.maand, s.instroom, s.uitstroom, s.erbij
    FROM stg.voorziening__stroom AS s
    JOIN stg.voorziening__groep AS g USING (groep_nr)
    WHERE g.kenmerk NOT IN ('', 'uitkering')
    UNION ALL
    SELECT peildatum, wet, onderdeel, kenmerk, waarde, maand, 0, 0, erbij FROM stg.voorziening__duur
), binnen AS (
    SELECT b.peildatum, b.wet, b.onderdeel, b.kenmerk, b.waarde, greatest(b.maand, v.vanaf, r.vanaf) AS maand,
        sum(if(b.maand >= greatest(v.instroom_vanaf, r.vanaf), b.instroom, 0)) AS instroom,
        sum(if(b.maand >= greatest(v.vanaf, r.vanaf), b.uitstroom, 0)) AS uitstroom,
        sum(b.erbij) AS erbij
    FROM beweging AS b
    JOIN stg.voorziening__venster AS v USING (peildatum, wet, onderdeel)
    JOIN stg.voorziening__bereik AS r USING (wet, peildatum)
    GROUP BY ALL
), dicht AS (
    SELECT w.peildatum, w.wet, w.onderdeel, w.kenmerk, w.waarde, CAST(m.maand AS DATE) AS maand
    FROM (SELECT DISTINCT peildatum, wet, onderdeel, kenmerk, waarde FROM binnen) AS w
    JOIN stg.voorziening__venster AS v USING (peildatum, wet, onderdeel)
    JOIN stg.voorziening__bereik AS r USING (wet, peildatum)
    CROSS JOIN LATERAL (SELECT unnest(generate_series(greatest(v.vanaf, r.vanaf), v.peildatum, INTERVAL 1 MONTH)) AS maand) AS m
), personen AS (
    SELECT d.*, coalesce(b.instroom, 0) AS instroom, coalesce(b.uitstroom, 0) AS uitstroom,
        sum(coalesce(b.erbij, 0)) OVER (
            PARTITION BY d.peildatum, d.wet, d.onderdeel, d.kenmerk, d.waarde ORDER BY d.maand
        ) AS stand
    FROM dicht AS d LEFT JOIN binnen AS b USING (peildatum, wet, onderdeel, kenmerk, waarde, maand)
), alles AS (
    SELECT peildatum, wet, onderdeel, kenmerk, waarde, maand, maat, aantal
    FROM personen UNPIVOT (aantal FOR maat IN (instroom, uitstroom, stand))
    UNION ALL
    SELECT peildatum, wet, onderdeel, kenmerk, waarde, maand, 'uitstroom', aantal FROM stg.voorziening__einde
    UNION ALL
    SELECT peildatum, wet, onderdeel, kenmerk, waarde, maand, maat, aantal FROM stg.voorziening__kenmerkregel
)
SELECT
    a.maand,
    a.wet,
    a.onderdeel,
    (SELECT gebied_code FROM stg.voorziening__gebied WHERE niveau = 'gemeente') AS gebied_code,
    a.kenmerk,
    a.waarde,
    a.maat,
    CAST(a.aantal AS INTEGER) AS aantal,
    a.peildatum
FROM alles AS a
JOIN stg.voorziening__venster AS v USING (peildatum, wet, onderdeel)
JOIN stg.voorziening__bereik AS r USING (wet, peildatum)
WHERE a.aantal > 0 AND a.maand >= greatest(v.vanaf, r.vanaf)
