-- after: stg.voorziening__regel
-- Which months the deliveries of a peildatum can tell about, per law and onderdeel.
-- An export often leaves out awards that ended before some date. Before that date the stock would be made of survivors
-- only and seem to grow. The cut is not written in the file, but it shows: many awards had begun before the first end
-- date that the file knows, for so long that some of them should have ended earlier, and none did. How long is learned
-- from the awards that began later. Where five or more earlier ends were to be expected (without a cut the chance of
-- none is then below 1 %), counting starts in the month of that first end; otherwise at the first date in the file.
-- An onderdeel (or the law) that is filled from several kinds of file starts at the latest of their cuts.
WITH award AS (
    SELECT peildatum, wet, entiteit, ingangsdatum, einddatum
    FROM stg.voorziening__regel
    WHERE in_zorg AND ingangsdatum <= peildatum
), eerste AS (
    SELECT
        peildatum, wet, entiteit,
        CAST(date_trunc('month', min(least(aanvraagdatum, besluitdatum, CASE WHEN in_zorg THEN ingangsdatum END)
        )) AS DATE) AS eerste_maand
    FROM stg.voorziening__regel
    GROUP BY ALL
), einde AS (
    SELECT peildatum, wet, entiteit, CAST(date_trunc('month', min(einddatum)) AS DATE) AS eerste_einde
    FROM award
    WHERE einddatum <= peildatum
    GROUP BY ALL
), eerder AS (
    SELECT a.peildatum, a.wet, a.entiteit, e.eerste_einde, count(*) AS begonnen,
        median(e.eerste_einde - a.ingangsdatum) AS dagen
    FROM award AS a JOIN einde AS e USING (peildatum, wet, entiteit)
    WHERE a.ingangsdatum < e.eerste_einde
    GROUP BY ALL
), verwacht AS (
    SELECT v.peildatum, v.wet, v.entiteit, v.eerste_einde,
        v.begonnen * avg(CASE WHEN a.einddatum - a.ingangsdatum < v.dagen THEN 1 ELSE 0 END) AS einden
    FROM eerder AS v JOIN award AS a USING (peildatum, wet, entiteit)
    WHERE a.ingangsdatum >= v.eerste_einde
    GROUP BY v.peildatum, v.wet, v.entiteit, v.eerste_einde, v.begonnen
), entiteit AS (
    SELECT f.peildatum, f.wet, f.entiteit, f.eerste_maand, if(v.einden >= 5, v.eerste_einde, NULL) AS afkap
    FROM eerste AS f LEFT JOIN verwacht AS v USING (peildatum, wet, entiteit)
), per_onderdeel AS (
    SELECT o.peildatum, o.wet, o.onderdeel, max(e.afkap) AS afkap, min(e.eerste_maand) AS eerste_maand
    FROM (
        SELECT DISTINCT peildatum, wet, entiteit, onderdeel FROM stg.voorziening__regel
        UNION SELECT DISTINCT peildatum, wet, entiteit, 'totaal' FROM stg.voorziening__regel
    ) AS o
    JOIN entiteit AS e USING (peildatum, wet, entiteit)
    GROUP BY ALL
)
SELECT
    peildatum, wet, onderdeel,
    greatest(afkap, eerste_maand) AS vanaf,
    -- The first weeks after a cut may hold renewals of awards that were left out: no inflow can be told from them.
    greatest(afkap + 29, eerste_maand) AS instroom_vanaf,
    afkap IS NOT NULL AS afgekapt
FROM per_onderdeel
WHERE greatest(afkap, eerste_maand) <= peildatum
