-- The budget of each onderdeel and taakveld as known at every peildatum. A line without any budget column says nothing.
SELECT
    boekjaar,
    peildatum,
    onderdeel,
    taakveld,
    lasten_baten,
    sum(primitief_eur) AS primitief_eur,
    sum(wijzigingen_eur) AS wijzigingen_eur,
    sum(actueel_eur) AS actueel_eur
FROM stg.k2f__overzicht
WHERE primitief_eur IS NOT NULL OR wijzigingen_eur IS NOT NULL OR actueel_eur IS NOT NULL
GROUP BY boekjaar, peildatum, onderdeel, taakveld, lasten_baten
