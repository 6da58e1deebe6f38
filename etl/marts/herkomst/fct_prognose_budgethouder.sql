-- The lines behind each row of fct_prognose_budgethouder, those without a forecast too: they are why a sum is not whole.
SELECT
    boekjaar,
    peildatum,
    onderdeel,
    taakveld,
    lasten_baten,
    levering_id,
    bron_blad AS blad,
    bron_rij AS rij
FROM stg.k2f__overzicht
SEMI JOIN (FROM stg.k2f__overzicht WHERE prognose_eur IS NOT NULL) USING (boekjaar, peildatum)
WHERE prognose_eur IS NOT NULL OR primitief_eur <> 0 OR actueel_eur <> 0 OR bedrag_eur <> 0
