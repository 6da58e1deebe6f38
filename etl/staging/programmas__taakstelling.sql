-- Savings targets, as they stand newest.
SELECT taakstelling, onderdeel, boekjaar, doel_eur, gerealiseerd_eur, prognose_eur, peildatum,
    levering_id, bron_blad, bron_rij
FROM raw.programmas__taakstelling
