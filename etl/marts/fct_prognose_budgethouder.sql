-- What the budget holder expects the year to come to, per onderdeel and taakveld, as delivered at every peildatum.
-- A peildatum without any forecast says nothing. At one that has some, lines with money and no forecast are counted: the
-- sum is then not the whole of the onderdeel.
SELECT
    boekjaar,
    peildatum,
    onderdeel,
    taakveld,
    lasten_baten,
    sum(prognose_eur) AS bedrag_eur,
    CAST(count(*) FILTER (prognose_eur IS NULL) AS INTEGER) AS zonder_prognose
FROM stg.k2f__overzicht
SEMI JOIN (FROM stg.k2f__overzicht WHERE prognose_eur IS NOT NULL) USING (boekjaar, peildatum)
WHERE prognose_eur IS NOT NULL OR primitief_eur <> 0 OR actueel_eur <> 0 OR bedrag_eur <> 0
GROUP BY boekjaar, peildatum, onderdeel, taakveld, lasten_baten
