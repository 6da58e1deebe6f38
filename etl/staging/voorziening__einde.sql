-- after: stg.voorziening__regel, stg.voorziening__groep, stg.voorziening__periode, stg.voorziening__bereik
-- Who left, and why: the periods of the whole gemeente that ended, with the reason of the award that ended on that day.
-- Where two awards end on one day for two reasons, the reason is 'verschillend'.
-- `uitstroom` says what the reason means, for benefits only; a reason that is in no list is 'onbekend', not 'overig'.
WITH einde AS (
    SELECT p.peildatum, g.wet, g.onderdeel, g.kenmerk, p.persoon_nr, p.tot
    FROM stg.voorziening__periode AS p
    JOIN stg.voorziening__groep AS g USING (groep_nr)
    JOIN stg.voorziening__bereik AS b USING (wet, peildatum)
    WHERE g.niveau = 'gemeente' AND g.kenmerk IN ('', 'uitkering') AND g.wet <> 'schuldhulp'
        AND p.tot BETWEEN b.vanaf AND p.peildatum
), reden AS (
    SELECT e.peildatum, e.wet, e.onderdeel, e.kenmerk, e.persoon_nr, e.tot,
        if(min(r.reden_einde) = max(r.reden_einde), min(r.reden_einde), 'verschillend') AS reden_einde,
        if(count(DISTINCT r.reden_soort) > 1, 'overig', coalesce(min(r.reden_soort), 'onbekend')) AS uitstroom
    FROM einde AS e
    JOIN stg.voorziening__regel AS r
        ON r.peildatum = e.peildatum AND r.wet = e.wet AND r.persoon_nr = e.persoon_nr AND r.einddatum = e.tot
        AND r.in_zorg AND (e.onderdeel = 'totaal' OR r.onderdeel = e.onderdeel)
        AND (e.kenmerk = '' OR r.entiteit = 'uitkering')
    GROUP BY ALL
)
SELECT peildatum, wet, onderdeel, CAST(date_trunc('month', tot) AS DATE) AS maand,
    'reden_einde' AS kenmerk, reden_einde AS waarde, count(DISTINCT persoon_nr) AS aantal
FROM reden WHERE kenmerk = '' GROUP BY ALL
UNION ALL
SELECT peildatum, wet, onderdeel, CAST(date_trunc('month', tot) AS DATE),
    'uitstroom', uitstroom, count(DISTINCT persoon_nr)
FROM reden WHERE kenmerk = 'uitkering' AND onderdeel <> 'totaal' GROUP BY ALL
