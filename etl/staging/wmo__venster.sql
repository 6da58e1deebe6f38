-- after: stg.wmo__toekenning
-- Which months the delivery of a peildatum can tell about.
-- An export often leaves out awards that ended before some date. Before that date the stock would be made of survivors
-- only and seem to grow. The cut is not written in the file, but it shows: many awards had begun before the first end
-- date that the file knows, for so long that some of them should have ended earlier, and none did. How long is learned
-- from the awards that began later. Where five or more earlier ends were to be expected (without a cut the chance of
-- none is then below 1 %), counting starts in the month of that first end; otherwise at the first date in the file.
WITH award AS (
    SELECT peildatum, ingangsdatum, einddatum
    FROM stg.wmo__toekenning
    WHERE besluit = 'toegekend' AND ingangsdatum <= peildatum
), eerste AS (
    SELECT
        peildatum,
        CAST(date_trunc('month', min(least(aanvraagdatum, besluitdatum, CASE WHEN besluit = 'toegekend' THEN ingangsdatum END)
        )) AS DATE) AS eerste_maand
    FROM stg.wmo__toekenning
    GROUP BY peildatum
), einde AS (
    SELECT peildatum, CAST(date_trunc('month', min(einddatum)) AS DATE) AS eerste_einde
    FROM award
    WHERE einddatum <= peildatum
    GROUP BY peildatum
), eerder AS (
    SELECT a.peildatum, e.eerste_einde, count(*) AS begonnen, median(e.eerste_einde - a.ingangsdatum) AS dagen
    FROM award AS a JOIN einde AS e USING (peildatum)
    WHERE a.ingangsdatum < e.eerste_einde
    GROUP BY a.peildatum, e.eerste_einde
), verwacht AS (
    SELECT
        v.peildatum,
        v.eerste_einde,
        v.begonnen * avg(CASE WHEN a.einddatum - a.ingangsdatum < v.dagen THEN 1 ELSE 0 END) AS einden
    FROM eerder AS v JOIN award AS a ON a.peildatum = v.peildatum AND a.ingangsdatum >= v.eerste_einde
    GROUP BY v.peildatum, v.eerste_einde, v.begonnen
)
SELECT
    f.peildatum,
    CASE WHEN v.einden >= 5 THEN v.eerste_einde ELSE f.eerste_maand END AS vanaf,
    -- The first weeks after a cut may hold renewals of awards that were left out: no inflow can be told from them.
    CASE WHEN v.einden >= 5 THEN v.eerste_einde + 29 ELSE f.eerste_maand END AS instroom_vanaf,
    coalesce(v.einden >= 5, FALSE) AS afgekapt
FROM eerste AS f LEFT JOIN verwacht AS v USING (peildatum)
WHERE f.eerste_maand IS NOT NULL AND f.eerste_maand <= f.peildatum
