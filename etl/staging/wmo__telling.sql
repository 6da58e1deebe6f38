-- after: stg.wmo__toekenning, stg.wmo__gebied, stg.wmo__groep, stg.wmo__venster, stg.wmo__periode
-- Exact monthly counts (work database only; the mart publishes them protected): one row per peildatum, month, onderdeel and
-- region, zeros included, because a row that is only there when someone is in it would itself say so.
-- aanvraag, toekenning and afwijzing are lines by date of application and decision; instroom, uitstroom and stand are unique persons.
-- The stock follows from the flows: periods of one person never overlap, so stand = begun so far - ended before today.
-- In the month of the peildatum everything counts up to and with the peildatum, and the stock is that of the peildatum.
WITH gemeente AS (
    SELECT gebied_code FROM stg.wmo__gebied WHERE niveau = 'gemeente'
), onderdelen AS (
    SELECT DISTINCT peildatum, onderdeel FROM stg.wmo__toekenning
    UNION SELECT DISTINCT peildatum, 'totaal' FROM stg.wmo__toekenning
), rooster AS (
    SELECT o.peildatum, CAST(m.maand AS DATE) AS maand, g.groep_nr, g.onderdeel, g.gebied_code, g.niveau, v.instroom_vanaf
    FROM onderdelen AS o
    JOIN stg.wmo__venster AS v USING (peildatum)
    JOIN stg.wmo__groep AS g USING (onderdeel)
    CROSS JOIN LATERAL (SELECT unnest(generate_series(v.vanaf, v.peildatum, INTERVAL 1 MONTH)) AS maand) AS m
), regel AS (
    SELECT peildatum, onderdeel, wijk_code, aanvraagdatum AS datum, 1 AS aanvraag, 0 AS toekenning, 0 AS afwijzing
    FROM stg.wmo__toekenning
    UNION ALL
    SELECT peildatum, onderdeel, wijk_code, besluitdatum, 0,
        CAST(besluit = 'toegekend' AS INTEGER), CAST(besluit = 'afgewezen' AS INTEGER)
    FROM stg.wmo__toekenning WHERE besluit IN ('toegekend', 'afgewezen')
), per_wijk AS (
    SELECT peildatum, onderdeel, wijk_code, CAST(date_trunc('month', datum) AS DATE) AS maand,
        sum(aanvraag) AS aanvraag, sum(toekenning) AS toekenning, sum(afwijzing) AS afwijzing
    FROM regel WHERE datum <= peildatum
    GROUP BY ALL
), regels AS (
    SELECT peildatum, maand, if(grouping(onderdeel) = 1, 'totaal', onderdeel) AS onderdeel,
        coalesce(if(grouping(wijk_code) = 1, (SELECT gebied_code FROM gemeente), wijk_code), '') AS gebied_code,
        sum(aanvraag) AS aanvraag, sum(toekenning) AS toekenning, sum(afwijzing) AS afwijzing
    FROM per_wijk
    GROUP BY GROUPING SETS (
        (peildatum, maand, onderdeel, wijk_code), (peildatum, maand, wijk_code), (peildatum, maand, onderdeel), (peildatum, maand))
), dubbel AS (
    -- Who leaves on the 1st and is back on the 31st enters (or leaves) twice in one month: unique persons count once.
    SELECT b.peildatum, b.groep_nr, b.van, b.tot
    FROM stg.wmo__periode AS b
    JOIN stg.wmo__periode AS a USING (peildatum, groep_nr, persoon_nr)
    WHERE day(b.van) = 31 AND a.van = a.tot AND a.tot = b.van - 30
), stroom AS (
    SELECT peildatum, groep_nr, CAST(date_trunc('month', van) AS DATE) AS maand,
        count(*) AS instroom, 0 AS uitstroom, count(*) AS erbij
    FROM stg.wmo__periode WHERE van <= peildatum GROUP BY ALL
    UNION ALL
    SELECT peildatum, groep_nr, CAST(date_trunc('month', tot) AS DATE), 0, count(*), 0
    FROM stg.wmo__periode WHERE tot <= peildatum GROUP BY ALL
    UNION ALL
    SELECT peildatum, groep_nr, CAST(date_trunc('month', tot + 1) AS DATE), 0, 0, -count(*)
    FROM stg.wmo__periode WHERE tot < peildatum GROUP BY ALL
    UNION ALL
    SELECT peildatum, groep_nr, CAST(date_trunc('month', van) AS DATE), -count(*), -count(*) FILTER (tot = van), 0
    FROM dubbel WHERE van <= peildatum GROUP BY ALL
), stromen AS (
    SELECT s.peildatum, s.groep_nr, greatest(s.maand, v.vanaf) AS maand,
        sum(if(s.maand >= v.vanaf, instroom, 0)) AS instroom, sum(if(s.maand >= v.vanaf, uitstroom, 0)) AS uitstroom,
        sum(erbij) AS erbij
    FROM stroom AS s JOIN stg.wmo__venster AS v USING (peildatum)
    GROUP BY ALL
)
SELECT
    r.peildatum, r.maand, r.onderdeel, r.gebied_code, r.niveau,
    CAST(coalesce(l.aanvraag, 0) AS INTEGER) AS aanvraag,
    CAST(coalesce(l.toekenning, 0) AS INTEGER) AS toekenning,
    CAST(coalesce(l.afwijzing, 0) AS INTEGER) AS afwijzing,
    CASE WHEN r.maand >= r.instroom_vanaf
        THEN CAST(coalesce(s.instroom, 0) AS INTEGER) END AS instroom,
    CAST(coalesce(s.uitstroom, 0) AS INTEGER) AS uitstroom,
    CAST(sum(coalesce(s.erbij, 0)) OVER reeks AS INTEGER) AS stand
FROM rooster AS r
LEFT JOIN regels AS l USING (peildatum, maand, onderdeel, gebied_code)
LEFT JOIN stromen AS s USING (peildatum, maand, groep_nr)
WINDOW reeks AS (PARTITION BY r.peildatum, r.groep_nr ORDER BY r.maand)
