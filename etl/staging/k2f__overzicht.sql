-- One row per line of a K2F overview that counts: amounts of one taakveld, onderdeel, lasten or baten, at a peildatum.
-- Typed and judged by the reader already; here they only get the names that the marts use.
SELECT
    levering_id,
    peildatum,
    bron_blad,
    bron_rij,
    boekjaar,
    periode,
    onderdeel,
    taakveld,
    lasten_baten,
    primitief_eur,
    wijzigingen_eur,
    actueel_eur,
    bedrag_eur,
    verplichting_eur,
    prognose_eur
FROM raw.k2f__overzicht
