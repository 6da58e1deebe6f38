-- after: stg.voorziening__regel, stg.voorziening__gebied, stg.voorziening__groep, stg.voorziening__venster
-- after: stg.voorziening__stroom
-- Exact monthly counts (work database only; the mart publishes them protected): one row per peildatum, month, law,
-- onderdeel and region, zeros included, because a row that is only there when someone is in it would itself say so.
-- aanvraag, toekenning and afwijzing are lines by date of application and decision; instroom, uitstroom and stand are unique persons.
-- In the month of the peildatum everything counts up to and with the peildatum, and the stock is that of the peildatum.
WITH gemeente AS (
    SELECT gebied_code FROM stg.voorziening__gebied WHERE niveau = 'gemeente'
), rooster AS (
    SELECT v.peildatum, CAST(m.maand AS DATE) AS maand, v.wet, g.groep_nr, g.onderdeel, g.gebied_code, g.niveau,
        v.instroom_vanaf
    FROM stg.voorziening__venster AS v
    JOIN stg.voorziening__groep AS g USING (wet, onderdeel)
    CROSS JOIN LATERAL (SELECT unnest(generate_series(v.vanaf, v.peildatum, INTERVAL 1 MONTH)) AS maand) AS m
    WHERE g.kenmerk = '' AND v.wet <> 'schuldhulp'
), regel AS (
    SELECT peildatum, wet, onderdeel, wijk_code, aanvraagdatum AS datum, 1 AS aanvraag, 0 AS toekenning, 0 AS afwijzing
    FROM stg.voorziening__regel
    UNION ALL
    SELECT peildatum, wet, onderdeel, wijk_code, besluitdatum, 0,
        CAST(besluit = 'toegekend' AS INTEGER), CAST(besluit = 'afgewezen' AS INTEGER)
    FROM stg.voorziening__regel WHERE besluit IN ('toegekend', 'afgewezen')
), per_wijk AS (
    SELECT peildatum, wet, onderdeel, wijk_code, CAST(date_trunc('month', datum) AS DATE) AS maand,
        sum(aanvraag) AS aanvraag, sum(toekenning) AS toekenning, sum(afwijzing) AS afwijzing
    FROM regel WHERE datum <= peildatum
    GROUP BY ALL
), regels AS (
    SELECT peildatum, maand, wet, if(grouping(onderdeel) = 1, 'totaal', onderdeel) AS onderdeel,
        coalesce(if(grouping(wijk_code) = 1, (SELECT gebied_code FROM gemeente), wijk_code), '') AS gebied_code,
        sum(aanvraag) AS aanvraag, sum(toekenning) AS toekenning, sum(afwijzing) AS afwijzing
    FROM per_wijk
    GROUP BY GROUPING SETS (
        (peildatum, maand, wet, onderdeel, wijk_code), (peildatum, maand, wet, wijk_code),
        (peildatum, maand, wet, onderdeel), (peildatum, maand, wet))
), stromen AS (
    SELECT s.peildatum, s.groep_nr, greatest(s.maand, v.vanaf) AS maand,
        sum(if(s.maand >= v.vanaf, instroom, 0)) AS instroom, sum(if(s.maand >= v.vanaf, uitstroom, 0)) AS uitstroom,
        sum(erbij) AS erbij
    FROM stg.voorziening__stroom AS s
    JOIN stg.voorziening__groep AS g USING (groep_nr)
    JOIN stg.voorziening__venster AS v USING (peildatum, wet, onderdeel)
    WHERE g.kenmerk = ''
    GROUP BY ALL
)
SELECT
    r.peildatum, r.maand, r.wet, r.onderdeel, r.gebied_code, r.niveau,
    CAST(coalesce(l.aanvraag, 0) AS INTEGER) AS aanvraag,
    CAST(coalesce(l.toekenning, 0) AS INTEGER) AS toekenning,
    CAST(coalesce(l.afwijzing, 0) AS INTEGER) AS afwijzing,
    CASE WHEN r.maand >= r.instroom_vanaf
        THEN CAST(coalesce(s.instroom, 0) AS INTEGER) END AS instroom,
    CAST(coalesce(s.uitstroom, 0) AS INTEGER) AS uitstroom,
    CAST(sum(coalesce(s.erbij, 0)) OVER reeks AS INTEGER) AS stand
FROM rooster AS r
LEFT JOIN regels AS l USING (peildatum, maand, wet, onderdeel, gebied_code)
LEFT JOIN stromen AS s USING (peildatum, maand, groep_nr)
WINDOW reeks AS (PARTITION BY r.peildatum, r.groep_nr ORDER BY r.maand)
