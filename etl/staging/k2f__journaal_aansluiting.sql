-- Whether a journal counts: its lines beside the overview of the same boekjaar and peildatum, per onderdeel and taakveld.
-- The overview gives the totals: where the journal is the same to the cent it gives the detail, where it is not it does
-- not count. Without an overview it gives the state, unless a period is missing (some of it was never delivered) or most
-- lines of one delivery stand in another one too (files of the year to date that were added up).
WITH overzicht AS (
    SELECT boekjaar, peildatum, onderdeel, taakveld, lasten_baten, sum(bedrag_eur) AS overzicht_eur
    FROM stg.k2f__overzicht
    WHERE bedrag_eur IS NOT NULL
    GROUP BY boekjaar, peildatum, onderdeel, taakveld, lasten_baten
), journaal AS (
    SELECT boekjaar, peildatum, onderdeel, taakveld, lasten_baten, sum(bedrag_eur) AS journaal_eur
    FROM stg.k2f__journaal
    GROUP BY boekjaar, peildatum, onderdeel, taakveld, lasten_baten
), stand AS (
    SELECT
        boekjaar,
        peildatum,
        list_sort(list_filter(
            range(1, least(max(periode), 12) + 1), lambda p: NOT list_contains(list(DISTINCT periode), p)
        )) AS ontbrekende_perioden,
        EXISTS (
            SELECT 1 FROM overzicht AS o WHERE o.boekjaar = j.boekjaar AND o.peildatum = j.peildatum
        ) AS met_overzicht
    FROM stg.k2f__journaal AS j
    GROUP BY boekjaar, peildatum
), geteld AS (
    SELECT boekjaar, peildatum, levering_id, count(DISTINCT levering_id) OVER (
        PARTITION BY boekjaar, peildatum, periode, boekdatum, prestatiemaand, taakveld, kostenplaats, kostensoort,
            lasten_baten, bedrag_eur
    ) AS leveringen
    FROM stg.k2f__journaal
), herhaling AS (
    SELECT boekjaar, peildatum, max(deel) > 0.5 AS dubbel
    FROM (
        SELECT boekjaar, peildatum, levering_id, avg(CASE WHEN leveringen > 1 THEN 1 ELSE 0 END) AS deel
        FROM geteld
        GROUP BY boekjaar, peildatum, levering_id
    )
    GROUP BY boekjaar, peildatum
), cel AS (
    SELECT * FROM overzicht FULL JOIN journaal USING (boekjaar, peildatum, onderdeel, taakveld, lasten_baten)
)
SELECT
    c.boekjaar,
    c.peildatum,
    c.onderdeel,
    c.taakveld,
    c.lasten_baten,
    c.overzicht_eur,
    c.journaal_eur,
    s.met_overzicht,
    s.ontbrekende_perioden,
    h.dubbel,
    CASE
        WHEN s.met_overzicht THEN coalesce(c.overzicht_eur, 0) = coalesce(c.journaal_eur, 0)
        ELSE len(s.ontbrekende_perioden) = 0 AND NOT h.dubbel
    END AS sluit_aan
FROM cel AS c
INNER JOIN stand AS s USING (boekjaar, peildatum)
INNER JOIN herhaling AS h USING (boekjaar, peildatum)
